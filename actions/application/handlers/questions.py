"""A question: answered at once when something is known, else by a person; the answer ends it."""

from collections.abc import Mapping
from typing import Any

from actions.application import values
from actions.application.awaited import Given, Taker, expect
from actions.application.commands.base import Command
from actions.application.commands.roads import FileQuestion
from actions.application.commands.telling import AskQuestion
from actions.application.deeds import id_of
from actions.application.handlers.filing import file, tell_filed
from actions.application.handlers.knowing import (
    ask_which,
    give_to,
    meant_by,
    note_unanswered,
    say_nothing_known,
)
from actions.application.handlers.resuming import this_conversation
from actions.application.handlers.settling import require_settling, settle
from actions.application.ports_knowledge import WhyUnanswered
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.domain.draft import Draft
from actions.domain.errors import OutOfDate
from actions.domain.identifiers import InboxId, TicketId
from actions.domain.road import QUESTION
from actions.domain.ticket import Ticket
from actions.domain.wording import summary_of


async def ask_question(command: AskQuestion, uow: UnitOfWork) -> None:
    """From the knowledge base when something fits; honest, with a person, when nothing does."""
    meant = await meant_by(command.understood, uow)
    if meant.answer is not None:
        await give_to(command.understood, meant.answer, uow)
    elif meant.choices:
        await ask_which(meant, command.understood, uow)
    else:
        await note_unanswered(uow.turn.inbox_id, WhyUnanswered.NOTHING_FITS, uow)
        await say_nothing_known(uow.turn.inbox_id, uow)


async def file_question(command: FileQuestion, uow: UnitOfWork) -> None:
    """Filed as it was asked; the same message is one question however often it is pressed."""
    text = await uow.inbox.text_of(InboxId(command.inbox_id), by=uow.turn.actor.person_id)
    step = f"question:{command.inbox_id}"
    if not text or not await uow.effects.claim(f"inbox:{command.inbox_id}", step, "FileQuestion"):
        raise OutOfDate
    if command.entry:
        await note_unanswered(command.inbox_id, WhyUnanswered.NO_HELP, uow, command.entry)
    draft = Draft(
        conversation_id=this_conversation(uow),
        person_id=uow.turn.actor.person_id,
        text=text,
        batch="",
        begun_at=uow.now,
        updated_at=uow.now,
        summary=summary_of(text),
        category=QUESTION,
        cause=uow.turn.cause,
    )
    await uow.drafts.add(draft)
    await tell_filed(await file(draft, uow), uow)


async def ask_answer(ticket: Ticket, uow: UnitOfWork) -> None:
    """The worker's words are the end of it: no place, no photo."""
    await require_settling(uow, ticket)
    await expect(uow, "question_answer", ticket_id=id_of(ticket))
    params = {"number": values.number(ticket.number), "text": ticket.summary}
    await uow.reply("ask_answer", params=params, ticket_id=ticket.id)


async def take_answer(about: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(about["ticket_id"]))
    await require_settling(uow, ticket)
    photos = (*about.get("photos", ()), *given.photos)
    if not given.text.strip():
        await expect(uow, "question_answer", ticket_id=id_of(ticket), photos=list(photos))
        await uow.reply("ask_answer_in_words", ticket_id=ticket.id)
        return
    await settle(uow, ticket, Given(text=given.text, photos=photos))
    await uow.reply(
        "question_answered", params={"number": values.number(ticket.number)}, ticket_id=ticket.id
    )


HANDLERS: dict[type[Command], Handler] = {FileQuestion: file_question}
AWAITED: dict[str, Taker] = {"question_answer": take_answer}
