"""What every client was promised: each operation ends ok, fail, or nobody knows (info).

After the storm `ok ⊆ transcript ⊆ ok ∪ info` has to hold, and nothing may be there twice.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self
from uuid import UUID

from tests.chaos.words import said

Line = Mapping[str, Any]
#: How the answer begins to somebody who has as much open as one may.
TOO_MANY = said("error_too_many_open").partition("{")[0]


class Outcome(StrEnum):
    OK = "ok"
    FAIL = "fail"
    INFO = "info"


@dataclass
class Operation:
    """One message a client wants to be taken in, however often it has to be sent."""

    resident: str
    client_msg_id: str
    body: Mapping[str, Any]
    text: str = ""  #: what the transcript shows of it
    card: str = ""  #: the card whose 提交 this is
    taken: tuple[str, int] | None = None
    sent: int = 0
    refused: int = 0

    @property
    def outcome(self) -> Outcome:
        if self.taken:
            return Outcome.OK
        return Outcome.FAIL if self.sent and self.sent == self.refused else Outcome.INFO


@dataclass
class Verdict:
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)

    def __iadd__(self, other: "Verdict") -> Self:
        self.lost += other.lost
        self.doubled += other.doubled
        self.violations += other.violations
        return self

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.doubled or self.violations)


class Ledger:
    def __init__(self) -> None:
        self.operations: list[Operation] = []
        self.broken_promises = Verdict()
        self.server_errors = 0
        self.taken = 0

    def invoke(self, resident: str, client_msg_id: UUID, body: Mapping[str, Any],
               text: str, card: str = "") -> Operation:  # fmt: skip
        operation = Operation(resident, str(client_msg_id), body, text, card)
        self.operations.append(operation)
        return operation

    def took(self, operation: Operation, message_id: str, seq: int) -> None:
        """The server says it has it; asked again, it has to say the same."""
        if operation.taken not in (None, (message_id, seq)):
            self.broken_promises.doubled.append(
                f"{operation.client_msg_id} was {operation.taken} and then {(message_id, seq)}"
            )
        self.taken += operation.taken is None
        operation.taken = operation.taken or (message_id, seq)

    def of(self, resident: str) -> list[Operation]:
        return [each for each in self.operations if each.resident == resident]

    @property
    def submitted(self) -> int:
        return sum(bool(each.card and each.taken) for each in self.operations)

    def count(self, outcome: Outcome) -> int:
        return sum(each.outcome is outcome for each in self.operations)

    def judge(self, resident: str, transcript: Iterable[Line]) -> Verdict:
        """What one resident was promised against what their whole transcript holds."""
        lines = list(transcript)
        verdict = Verdict()
        _judge_numbers(resident, lines, verdict)
        told: dict[str, list[Line]] = {}
        for line in lines:
            if line["direction"] == "in":
                told.setdefault(str(line["client_msg_id"]), []).append(line)
        operations = self.of(resident)
        for operation in operations:
            _judge_operation(operation, told.pop(operation.client_msg_id, []), lines, verdict)
        verdict.violations += [f"{resident}: {each} was never sent" for each in told]
        _judge_cards(operations, lines, verdict)
        return verdict


def _judge_numbers(resident: str, lines: list[Line], verdict: Verdict) -> None:
    numbers = [line["seq"] for line in lines]
    if numbers != list(range(1, len(lines) + 1)):
        verdict.violations.append(f"{resident}: numbered {numbers}")


def _judge_operation(
    operation: Operation, found: list[Line], lines: list[Line], verdict: Verdict
) -> None:
    name = f"{operation.resident} {operation.client_msg_id} ({operation.outcome})"
    if not found:
        if operation.outcome is Outcome.OK:
            verdict.lost.append(f"{name} is not in the transcript")
        return
    if len(found) > 1:
        verdict.doubled.append(f"{name} is there {len(found)} times")
    if operation.outcome is Outcome.FAIL:
        verdict.violations.append(f"{name} was refused and is there")
    line = found[0]
    if operation.taken not in (None, (line["id"], line["seq"])):
        verdict.violations.append(f"{name} was promised {operation.taken}, is {line['seq']}")
    if line["text"] != operation.text:
        verdict.violations.append(f"{name} reads {line['text']!r}, not {operation.text!r}")
    _judge_answers(name, [each for each in lines if each["in_reply_to"] == line["id"]], verdict)


def _judge_answers(name: str, answers: list[Line], verdict: Verdict) -> None:
    """Answered, and never twice in the same words."""
    if not answers:
        verdict.lost.append(f"{name} was not answered")
    texts = [each["text"] for each in answers]
    verdict.doubled += [
        f"{name} was answered {texts.count(text)} times with {text!r}"
        for text in set(texts)
        if texts.count(text) > 1
    ]


def _judge_cards(operations: list[Operation], lines: list[Line], verdict: Verdict) -> None:
    """A card that was submitted, once or again and again, became exactly one ticket."""
    told = {line["client_msg_id"]: line["id"] for line in lines if line["direction"] == "in"}
    presses: dict[str, set[str]] = {}
    for operation in operations:
        if operation.card and operation.client_msg_id in told:
            presses.setdefault(operation.card, set()).add(told[operation.client_msg_id])
    for card, pressed in presses.items():
        numbers = tickets_of(lines, pressed)
        if not numbers and not _was_put_off(lines, pressed):
            verdict.lost.append(f"card {card} was submitted and became nothing")
        if len(numbers) > 1:
            verdict.doubled.append(f"card {card} became {numbers}")


def _was_put_off(lines: Iterable[Line], pressed: set[str]) -> bool:
    """Who has too much open is told so, and keeps the draft."""
    return any(
        line["text"].startswith(TOO_MANY) for line in lines if line["in_reply_to"] in pressed
    )


def tickets_of(lines: Iterable[Line], pressed: set[str]) -> list[str]:
    """Numbers of the tickets these presses were answered with."""
    return [
        line["ticket"]["number"]
        for line in lines
        if line["direction"] == "out" and line["in_reply_to"] in pressed and line["ticket"]
    ]
