"""One whole turn: message in, rule, action call with what was understood, answer out."""

import asyncio

import pytest
from aiohttp import web
from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.utils import AvailableEndpoints

from nlu import rasa_patches
from nlu.fingerprint import CONFIG
from nlu.tracker_store import BoundedTrackerStore

pytestmark = pytest.mark.model
rasa_patches.apply()


class ActionServer:
    """Remembers what it was asked and answers one sentence."""

    def __init__(self):
        self.calls = []

    async def webhook(self, request):
        self.calls.append(await request.json())
        return web.json_response({"events": [], "responses": [{"text": "ok"}]})

    async def start(self):
        app = web.Application()
        app.add_routes([web.post("/webhook", self.webhook)])
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        return site._server.sockets[0].getsockname()[1]

    async def stop(self):
        await self._runner.cleanup()


async def talk(messages, model, monkeypatch):
    server = ActionServer()
    port = await server.start()
    monkeypatch.setenv("LINLI_ACTIONS_URL", f"http://127.0.0.1:{port}/webhook")
    endpoints = AvailableEndpoints.read_endpoints(str(CONFIG / "endpoints.yml"))
    store = BoundedTrackerStore(None)
    agent = Agent.load(model, action_endpoint=endpoints.action, tracker_store=store)
    answers = []
    for text in messages:
        channel = CollectingOutputChannel()
        await agent.handle_message(
            UserMessage(text, channel, sender_id="c1", metadata={"inbox_id": "i1"})
        )
        answers.append([message["text"] for message in channel.messages])
    await server.stop()
    return server.calls, answers


def test_the_action_server_hears_what_was_understood(model, monkeypatch):
    texts = ["45栋楼梯扶手松了", "你好", "/restart", "我的单子处理到哪一步了"]
    calls, answers = asyncio.run(talk(texts, model, monkeypatch))
    assert answers == [["ok"]] * len(texts)
    assert [call["tracker"]["latest_message"]["understood"]["text"] for call in calls] == texts
    assert calls[0]["next_action"] == "action_tell_matter"
    assert calls[1]["next_action"] == "action_small_talk"
    assert calls[3]["next_action"] == "action_ask_status"
    first = calls[0]["tracker"]
    assert first["latest_message"]["metadata"] == {"inbox_id": "i1"}
    assert first["sender_id"] == "c1"
    assert "domain" not in calls[0]
