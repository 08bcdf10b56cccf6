"""These fail when Rasa changes underneath our corrections."""

import asyncio
import hashlib
import inspect
import re
import textwrap

import jsonschema
import pytest
import rasa
from aiohttp import web
from rasa.core.actions.action import RemoteAction
from rasa.engine.graph import GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.nlu.classifiers.regex_message_handler import RegexMessageHandler
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.training_data.message import Message
from rasa.utils.endpoints import EndpointConfig

from nlu import rasa_patches

rasa_patches.apply()

#: sha256 of the methods we replace, as Rasa 3.6.21 has them.
REPLACED = {
    (
        "rasa.core.actions.action",
        "RemoteAction",
        "_validate_action_result",
    ): "ce61fe852bba0d78041dccaa58b2b43722f31b27478829fe4d499b2004f202bd",
    (
        "rasa.core.actions.action",
        "RemoteAction",
        "_action_call_format",
    ): "c5ceef0ee700750ded8c679283a5b5f8c0f9e258ec82fc27765121e5d395bb05",
    (
        "rasa.nlu.classifiers.regex_message_handler",
        "RegexMessageHandler",
        "process",
    ): "697d1a7a9d94cf9124efebecefac59cdfb90931700d0bcd9fe6d6ac073fa15e8",
    (
        "rasa.core.actions.action",
        "RemoteAction",
        "run",
    ): "34d62ee8d8110e9f26829c2f37b077ea54495b638510832bb987a46475cf5d07",
    (
        "rasa.engine.runner.dask",
        "DaskGraphRunner",
        "run",
    ): "f58ed98f29b1bd4da35066a5dddbe7aa92c558566f8a437d0e3f3eb43b8aeae1",
    (
        "rasa.utils.endpoints",
        "EndpointConfig",
        "session",
    ): "24bb9e164e09dd9a7151b242fccfab8e3635eba5ca635f153858852e9e5d2dd2",
    (
        "rasa.shared.core.domain",
        "Domain",
        "is_empty",
    ): "3ad1263bc1d1f881f7f2c8256a5612a567fdb2c779cc245c2afeff5d0cf789f9",
}


def source_of(module, kind, method):
    """The method as the file has it, whatever stands in its place now."""
    text = inspect.getsource(__import__(module, fromlist=[kind]))
    after = text[text.index(f"class {kind}") :]
    start = re.search(rf"^    (async )?def {method}\(", after, re.MULTILINE).start()
    body = []
    for line in after[start:].splitlines():
        if body and line.strip() and not line.startswith((" " * 5, "    )")):
            break
        body.append(line)
    return textwrap.dedent("\n".join(body)).strip()


@pytest.mark.parametrize("place", REPLACED, ids=lambda place: place[2])
def test_what_we_replace_is_what_it_was(place):
    assert hashlib.sha256(source_of(*place).encode()).hexdigest() == REPLACED[place]


def test_rasa_is_the_version_the_corrections_are_for():
    assert rasa.__version__ == rasa_patches.WRITTEN_FOR


def test_another_version_is_refused(monkeypatch):
    monkeypatch.setattr(rasa, "__version__", "3.7.0")
    with pytest.raises(RuntimeError, match=r"rasa is 3\.7\.0"):
        rasa_patches.apply()


def test_the_replacements_take_the_same_parameters():
    ours = rasa_patches.signature(RemoteAction._action_call_format)
    assert ours == ["self", "tracker", "domain"]
    assert rasa_patches.signature(RemoteAction._validate_action_result)[1:] == ["result"]
    assert rasa_patches.signature(RegexMessageHandler.process)[1:] == ["messages", "domain"]
    assert rasa_patches.signature(DaskGraphRunner.run) == ["self", "inputs", "targets"]
    taken = ["self", "output_channel", "nlg", "tracker", "domain"]
    assert rasa_patches.signature(RemoteAction.run) == taken


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"events": [], "responses": []},
        {"events": [{"event": "slot", "name": "a", "value": 1}], "responses": [{"text": "ok"}]},
        {"events": [{"event": "no such event"}]},
        {"responses": "no list"},
        {"responses": [1]},
        {"events": None},
    ],
)
def test_the_validator_built_once_judges_like_the_one_built_anew(answer):
    action = RemoteAction("action_tell_matter", None)
    try:
        jsonschema.validate(answer, RemoteAction.action_response_format_spec())
    except jsonschema.ValidationError:
        with pytest.raises(jsonschema.ValidationError):
            action._validate_action_result(answer)
    else:
        assert action._validate_action_result(answer) is True


def test_an_action_gets_what_was_understood_and_neither_events_nor_domain():
    endpoint = EndpointConfig("http://127.0.0.1:1/webhook", enable_selective_domain=True)
    tracker = DialogueStateTracker("c1", [])
    tracker.update(UserUttered("灯坏了", parse_data={"understood": {"text": "灯坏了"}}))
    call = RemoteAction("action_tell_matter", endpoint)._action_call_format(tracker, Domain.empty())
    assert call.keys() == {"next_action", "sender_id", "tracker", "version"}
    assert call["tracker"]["latest_message"]["understood"] == {"text": "灯坏了"}
    assert call["tracker"]["events"] == []


@pytest.mark.parametrize("text", ["/report", '/rate{"score": 5}', "/restart", "/session_start"])
def test_nobody_names_their_own_intent(text):
    message = Message({"text": text})
    handled = RegexMessageHandler.process(object(), [message], Domain.empty())
    assert handled == [message]
    assert message.get("intent") is None


def runner_of(needs, called):
    """A runner over functions that note who was called with what."""

    def node(name):
        def call(*inputs):
            called.append(name)
            return name, f"{name}({','.join(value for _, value in inputs)})"

        return call

    made = DaskGraphRunner.__new__(DaskGraphRunner)
    made._graph_schema = GraphSchema(
        {
            name: SchemaNode({n: n for n in needed}, object, "create", "run", {})
            for name, needed in needs.items()
        }
    )
    made._instantiated_nodes = {name: node(name) for name in needs}
    return made


def test_each_node_is_run_once_after_all_it_needs_and_only_if_it_is_needed():
    called = []
    needs = {"end": ["b", "a"], "a": ["b"], "b": ["__message__"], "other": ["a"]}
    runner = runner_of(needs, called)
    for _ in range(2):
        called.clear()
        found = runner.run(inputs={"__message__": "m"}, targets=["end"])
        assert found == {"end": "end(b(m),a(b(m)))"}
        assert called == ["b", "a", "end"]


def test_what_is_empty_is_still_found_empty():
    assert Domain.empty().is_empty()
    assert not Domain.from_dict({"intents": ["report"]}).is_empty()


def test_action_calls_share_a_connection_and_each_ends_the_turn():
    doors = []

    async def webhook(request):
        doors.append(request.transport.get_extra_info("peername"))
        return web.json_response({"events": [], "responses": []})

    async def call_twice():
        app = web.Application()
        app.add_routes([web.post("/webhook", webhook)])
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = site._server.sockets[0].getsockname()[1]
        endpoint = EndpointConfig(f"http://127.0.0.1:{port}/webhook", enable_selective_domain=True)
        action = RemoteAction("action_tell_matter", endpoint)
        tracker = DialogueStateTracker("c1", [])
        events = [await action.run(None, None, tracker, Domain.empty()) for _ in range(2)]
        await endpoint._connector().close()
        await runner.cleanup()
        return events

    events = asyncio.run(call_twice())
    assert [[event.action_name for event in each] for each in events] == [["action_listen"]] * 2
    assert len(set(doors)) == 1
