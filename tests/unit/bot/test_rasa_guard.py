"""A resident's slash is only a slash: nothing that Rasa would take for a command gets there."""

import pytest

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
