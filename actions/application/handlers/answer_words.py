"""Yes and no to an answer out of the knowledge base, or to the one that was offered."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from actions.application.commands.knowing import AnswerHelped, NoneOfTheAnswers, ShowAnswer
from actions.application.commands.telling import Affirm, Deny, Heard, Rate
from actions.application.handlers.knowing import answer_helped, none_of_the_answers, show_answer
from actions.application.handlers.last_said import said_last
from actions.application.unit_of_work import UnitOfWork
from actions.domain.wording import verdict_in, yes_or_no

_ANSWERED: Final = frozenset({"knowledge_answer", "knowledge_unconfirmed"})
_ASKED: Final = frozenset({"knowledge_this", "knowledge_which"})


async def taken_as_verdict(command: Heard, uow: UnitOfWork) -> bool:
    """Only where the answer was said last; a yes to several choices tells nothing."""
    if not isinstance(command, Affirm | Deny | Rate):
        return False
    said = await said_last(uow)
    if said is None or said.template not in _ANSWERED | _ASKED:
        return False
    is_yes = _is_yes(command)
    if is_yes is None or (is_yes and said.template == "knowledge_which"):
        return False
    inbox_id, entry = _asked_by(said.buttons)
    if not is_yes:
        given = entry if said.template in _ANSWERED else ""
        await none_of_the_answers(NoneOfTheAnswers(inbox_id=inbox_id, entry=given), uow)
    elif said.template in _ANSWERED:
        await answer_helped(AnswerHelped(entry=entry), uow)
    else:
        await show_answer(ShowAnswer(entry=entry, inbox_id=inbox_id), uow)
    return True


def _is_yes(command: Heard) -> bool | None:
    text = command.understood.text
    verdict = verdict_in(text)
    if verdict is not None:
        return verdict == "satisfied"
    said = yes_or_no(text)
    if said is None and isinstance(command, Affirm | Deny):
        return isinstance(command, Affirm)
    return said


def _asked_by(buttons: Sequence[Mapping[str, Any]]) -> tuple[int, str]:
    """The message that asked and the entry that was put, from the buttons below it."""
    inbox_id, entry = 0, ""
    for button in buttons:
        command = button["command"]
        inbox_id = inbox_id or int(command.get("inbox_id") or 0)
        entry = entry or str(command.get("entry") or "")
    return inbox_id, entry
