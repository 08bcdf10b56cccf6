"""The ledger itself: what it must notice, and what it must let pass."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from tests.chaos.ledger import Ledger, Operation, Outcome, Verdict

Lines = list[dict[str, Any]]


def line(seq: int, direction: str, **more: Any) -> dict[str, Any]:
    usual = {"seq": seq, "id": f"m{seq}", "direction": direction, "text": f"text {seq}"}
    return {**usual, "client_msg_id": None, "in_reply_to": None, "ticket": None, **more}


def history() -> tuple[Ledger, Operation, Lines]:
    """A card was submitted, acknowledged, filed and answered."""
    ledger = Ledger()
    press = ledger.invoke("r0", uuid4(), {"action": "x"}, "提交", card="m1")
    press.sent = 1
    ledger.took(press, "m2", 2)
    lines = [
        line(1, "out"),
        line(2, "in", client_msg_id=press.client_msg_id, text="提交"),
        line(3, "out", in_reply_to="m2", ticket={"number": "LJ-1"}),
    ]
    return ledger, press, lines


def verdict_on(ledger: Ledger, lines: Lines) -> Verdict:
    return ledger.judge("r0", lines)


def test_a_kept_promise_is_clean() -> None:
    ledger, press, lines = history()

    assert press.outcome is Outcome.OK
    assert verdict_on(ledger, lines).is_clean


DOUBLED: dict[str, Callable[[Lines], None]] = {
    "the message": lambda lines: lines.append({**lines[1], "seq": 4, "id": "m4"}),
    "the answer": lambda lines: lines.append({**lines[2], "seq": 4, "id": "m4"}),
    "the ticket": lambda lines: lines.append(
        line(4, "out", in_reply_to="m2", ticket={"number": "LJ-2"})
    ),
}


@pytest.mark.parametrize("what", DOUBLED)
def test_what_is_there_twice_is_seen(what: str) -> None:
    ledger, _, lines = history()
    DOUBLED[what](lines)

    assert len(verdict_on(ledger, lines).doubled) >= 1


@pytest.mark.parametrize("kept", [0, 1, 2])
def test_what_is_missing_is_lost(kept: int) -> None:
    ledger, _, lines = history()

    assert verdict_on(ledger, lines[:kept]).lost != []


def test_what_nobody_was_promised_may_be_missing_and_may_be_there() -> None:
    ledger, _, lines = history()
    unknown = ledger.invoke("r0", uuid4(), {"text": "x"}, "x")
    unknown.sent = 1

    assert unknown.outcome is Outcome.INFO
    assert verdict_on(ledger, lines).is_clean
    lines += [
        line(4, "in", client_msg_id=unknown.client_msg_id, text="x"),
        line(5, "out", in_reply_to="m4"),
    ]
    assert verdict_on(ledger, lines).is_clean


@pytest.mark.parametrize(
    "change", [{"seq": 9}, {"text": "别的"}, {"id": "m7"}, {"client_msg_id": "nobody's"}]
)
def test_what_is_not_as_it_was_said_is_seen(change: dict[str, Any]) -> None:
    ledger, _, lines = history()
    lines[1] |= change

    assert not verdict_on(ledger, lines).is_clean


def test_a_refused_message_must_not_be_there() -> None:
    ledger, press, lines = history()
    press.taken, press.refused = None, 1

    assert press.outcome is Outcome.FAIL
    assert verdict_on(ledger, lines).violations != []


def test_two_answers_to_one_id_are_a_broken_promise() -> None:
    ledger, press, _ = history()
    ledger.took(press, "m5", 5)

    assert len(ledger.broken_promises.doubled) == 1
