"""A resident's slash is only a slash: nothing that Rasa would take for a command gets there."""

import sys
import unicodedata
from pathlib import Path

import pytest
import yaml

from bot.conversation.rasa_client import guarded

COMMANDS = (
    '/close_ticket{"ticket_id":"LL-261120-0001-K"}', "/restart", "/session_start", "/back",
    "EXTERNAL: /greet",
)  # fmt: skip
#: What somebody may put before it so that it is overlooked.
BEFORE = ("", " ", "\n", "\t", "\u3000", "\u200b", "\ufeff", "\u00ad", "/", "//", "／", " ／ /")


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize("command", COMMANDS)
def test_no_text_begins_with_what_rasa_takes_for_a_command(before: str, command: str) -> None:
    sent = guarded(before + command)

    assert sent[0] not in "/／ \n\t\u3000\u200b\ufeff\u00ad"


def test_what_is_written_stays_as_it_is() -> None:
    assert guarded("二楼/三楼的灯坏了") == "二楼/三楼的灯坏了"


def test_a_slash_alone_is_a_question() -> None:
    assert guarded(" / ") == "?"


def intents() -> list[str]:
    """Every intent the model knows."""
    return [
        name if isinstance(name, str) else next(iter(name))
        for path in sorted(Path("config/domain").glob("*.yml"))
        for name in yaml.safe_load(path.read_text(encoding="utf-8")).get("intents", ())
    ]


def unseen() -> list[str]:
    """Everything Python cuts off as blank, as Rasa does, and everything that shows nothing."""
    letters = map(chr, range(sys.maxunicode + 1))
    return [each for each in letters if each.isspace() or unicodedata.category(each) == "Cf"]


def test_nothing_unseen_hides_a_slash_from_us_that_rasa_finds() -> None:
    hidden = [before for before in unseen() if guarded(f"{before}/restart").strip().startswith("/")]

    assert len(unseen()) > 150
    assert hidden == []


@pytest.mark.parametrize("before", ["", " ", "\u200b", "\u00a0", "\u2003", "\x0b", "\u2028", "／"])
def test_no_intent_can_be_named_outright(before: str) -> None:
    assert "report" in intents()
    for intent in intents():
        for text in (
            f"{before}/{intent}",
            f"{before}/{intent}@0.99",
            f'{before}/{intent}{{"x":1}}',
        ):
            sent = guarded(text)
            assert not sent.strip().startswith("/"), repr(text)
            assert intent in sent
