"""The action endpoint serves whoever knows its token, and does what a turn of ours asks for."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import func, select

from actions.adapters.database.schema.messaging import effects, outbox
from actions.application.turn_ticket import TurnTicket, seal
from actions.conversation.catalogue import build_actions
from actions.domain.identifiers import InboxId
from actions.server import create_action_app
from tests.builders import World

TOKEN = "t0ken-" + "Zq7_" * 9
KEY = b"k" * 32
CALL = {"next_action": "action_small_talk", "sender_id": "x", "tracker": {"slots": {}}}

Door = TestClient[web.Request, web.Application]
pytestmark = pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)  # it never gets there


@pytest.fixture
async def door(world: World) -> AsyncIterator[Door]:
    app = create_action_app(build_actions(world.bus, KEY), TOKEN)
    async with TestClient(TestServer(app)) as client:
        yield client


async def kept(world: World) -> int:
    async with world.database.read() as conn:
        counts = [
            (await conn.execute(select(func.count()).select_from(table))).scalar_one()
            for table in (effects, outbox)
        ]
    return sum(counts)


@pytest.mark.parametrize(
    "token", ["", "wrong", TOKEN[:-1], TOKEN + "x", "密钥", "%FF%FE", "%ED%A0%80"]
)
async def test_who_does_not_know_the_token_is_told_nothing(
    door: Door, world: World, token: str
) -> None:
    answer = await door.post(f"/webhook?token={token}", json=CALL)

    assert answer.status == 401
    assert await answer.json() == {"error": "unauthorised"}
    assert await kept(world) == 0


async def test_a_call_without_a_turn_of_ours_does_nothing(door: Door, world: World) -> None:
    someone = await world.resident()
    ticket = TurnTicket(
        inbox_id=InboxId(1),
        conversation_id=someone.conversation_id,
        person_id=someone.id,
        lease_token=1,
        locale="zh-CN",
    )
    forged = seal(ticket, b"another key of the same length..")
    for metadata in (None, {}, {"turn": ""}, {"turn": "x.y"}, {"turn": forged}):
        tracker = {"sender_id": "x", "slots": {}, "latest_message": {"metadata": metadata},
                   "events": [], "paused": False, "active_loop": {}}  # fmt: skip
        call = {**CALL, "tracker": tracker}
        answer = await door.post("/webhook", params={"token": TOKEN}, json=call)

        assert answer.status == 403, await answer.text()
    assert await kept(world) == 0
