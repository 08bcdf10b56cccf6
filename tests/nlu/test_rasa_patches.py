"""These fail when Rasa changes underneath our corrections."""

import hashlib
import inspect
import textwrap

import jsonschema
import pytest
import rasa
from rasa.core.actions.action import RemoteAction
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
}


def source_of(module, kind, method):
    """The method as the file has it, whatever stands in its place now."""
    text = inspect.getsource(__import__(module, fromlist=[kind]))
    after = text[text.index(f"class {kind}") :]
    start = after.index(f"    def {method}(")
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
