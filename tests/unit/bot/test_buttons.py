"""A button's token is short, opaque, and good in one conversation only."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.domain.errors import OutOfDate
from bot.gateway.buttons import LONGEST, LONGEST_COMMAND, Buttons, is_command

BUTTONS = Buttons(b"k" * 32)
LAST = 2**63 - 1


def test_a_token_brings_back_what_it_was_made_of() -> None:
    token = BUTTONS.sign(12, 3, 7)

    assert BUTTONS.read(token, 7) == (12, 3)


def test_the_longest_token_fits_every_platform() -> None:
    assert len(BUTTONS.sign(LAST, 99, LAST)) <= LONGEST


def test_a_token_is_worth_nothing_elsewhere() -> None:
    token = BUTTONS.sign(12, 3, 7)

    for reader, conversation in ((BUTTONS, 8), (Buttons(b"x" * 32), 7)):
        with pytest.raises(OutOfDate):
            reader.read(token, conversation)


def test_a_command_brings_back_what_it_was_made_of() -> None:
    command = {"label": "button_accept", "command": {"do": "AcceptTicket", "ticket_id": LAST}}

    token = BUTTONS.sign_command(command, 7)

    assert is_command(token)
    assert not is_command(BUTTONS.sign(12, 3, 7))
    assert len(token) <= LONGEST_COMMAND
    assert BUTTONS.read_command(token, 7) == command


def test_a_command_cannot_be_changed_or_carried_elsewhere() -> None:
    token = BUTTONS.sign_command({"do": "A"}, 7)
    body = token.split(".")[1]
    other = BUTTONS.sign_command({"do": "B"}, 7).split(".")

    for forged, conversation in (
        (token, 8),
        (f"{other[0]}.{body}.{other[2]}", 7),
        (token.replace("c.", "d.", 1), 7),
    ):
        with pytest.raises(OutOfDate):
            BUTTONS.read_command(forged, conversation)


def test_a_command_that_is_too_long_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="too long"):
        BUTTONS.sign_command({"do": "x" * 400}, 7)


@given(st.text(max_size=80))
def test_no_text_is_taken_for_a_token(text: str) -> None:
    for read in (BUTTONS.read, BUTTONS.read_command):
        with pytest.raises(OutOfDate):
            read(text, 7)


@given(st.integers(0, LAST), st.integers(0, 99), st.integers(1, LAST), st.integers(1, LAST))
def test_two_buttons_never_share_a_token(one: int, index: int, talk: int, other: int) -> None:
    same = BUTTONS.sign(one, index, talk) == BUTTONS.sign(one, index, other)

    assert same == (talk == other)


def test_a_message_token_never_passes_for_a_command() -> None:
    raw = json.dumps({"do": "A"})

    assert not is_command(raw)
    with pytest.raises(OutOfDate):
        BUTTONS.read_command(BUTTONS.sign(1, 1, 7), 7)
