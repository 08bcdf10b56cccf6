"""What people asked and nothing written down answers, for those who could write it down."""

from typing import Final

from actions.application import values
from actions.application.commands.base import Command
from actions.application.commands.knowing import ShowUnanswered
from actions.application.ports_knowledge import OpenQuestion
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.domain.errors import NotAllowed
from actions.domain.origin import areas_led

_SHOWN: Final = 10


async def show_unanswered(_command: ShowUnanswered, uow: UnitOfWork) -> None:
    """Raises NotAllowed for whoever leads nowhere."""
    if not areas_led(uow.turn.actor):
        raise NotAllowed
    questions = await uow.unanswered.newest(limit=_SHOWN)
    if not questions:
        await uow.reply("unanswered_none")
        return
    lines = values.numbered(*[_line(each, uow) for each in questions])
    await uow.reply("unanswered", params={"questions": lines})


def _line(question: OpenQuestion, uow: UnitOfWork) -> object:
    """In the words it was asked in, with the entry that did not help."""
    entry = uow.knowledge.get(question.entry)
    near = values.text("unanswered_despite", title=values.named(entry.title)) if entry else ""
    params = {"text": question.text, "times": question.times, "despite": near}
    return values.text("unanswered_line", **params)


HANDLERS: dict[type[Command], Handler] = {ShowUnanswered: show_unanswered}
