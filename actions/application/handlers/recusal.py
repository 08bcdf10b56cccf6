"""Who a matter is about is never its handler: named by whoever complains, or by stepping aside."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from actions.application import values
from actions.application.awaited import Given, Taker, expect_nothing
from actions.application.commands.base import Command
from actions.application.commands.mediating import NameSubject, StepAside
from actions.application.commands.working import ShowRecord
from actions.application.deeds import act, id_of, require
from actions.application.handlers.asking import go_on
from actions.application.handlers.draft_details import add_photos, add_words
from actions.application.handlers.filing import own_draft
from actions.application.handlers.rerouting import reroute
from actions.application.handlers.subjects import subjects_in
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import press
from actions.domain.draft import Draft
from actions.domain.identifiers import PersonId, TicketId
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import Verb

#: Text `reason_…` of a hand-over that says nothing of why.
OTHER_HANDS: Final = "other_hands"


async def name_subject(command: NameSubject, uow: UnitOfWork) -> None:
    """A chip, or not said: those the complaint itself names are kept away all the same."""
    draft = await own_draft(command.draft_id, uow)
    named, _ = await subjects_in(draft, "", uow)
    chosen = frozenset(PersonId(person) for person in command.people) - {draft.person_id}
    await _keep(draft, named | chosen, uow)


async def take_subject(about: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    """Words are kept with the complaint; whoever they name is kept away from it."""
    draft = await own_draft(about["draft_id"], uow)
    await add_photos(draft, given.photos, uow)
    if not given.text:
        await go_on(draft, uow)
        return
    named, meant = await subjects_in(draft, given.text, uow)
    add_words(draft, given.text)
    await _keep(draft, named | meant, uow)


async def _keep(draft: Draft, people: Collection[PersonId], uow: UnitOfWork) -> None:
    await expect_nothing(uow)
    draft.subject_asked = True
    draft.subjects = tuple(sorted(people))
    draft.asking = None
    await uow.drafts.save(draft)
    await uow.reply("subject_noted" if people else "subject_not_known")
    await go_on(draft, uow)


async def step_aside(command: StepAside, uow: UnitOfWork) -> None:
    """Somebody else gets it, without a word of why; for this person it exists no more."""
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    await require(uow, ticket, Verb.RECUSE)
    if not command.confirmed:
        await _ask_really(ticket, uow)
        return
    me = uow.turn.actor.person_id
    had_it = ticket.assignee == me
    await act(uow, ticket, Verb.RECUSE, recused=[*ticket.recused, me])
    await _forget(ticket, uow)
    if had_it:
        await reroute(ticket, uow, why=OTHER_HANDS)
    await uow.reply("stepped_aside", params={"number": values.number(ticket.number)})


async def _ask_really(ticket: Ticket, uow: UnitOfWork) -> None:
    number = id_of(ticket)
    await uow.reply(
        "step_aside_ask",
        params={"number": values.number(ticket.number)},
        buttons=(
            press(
                "button_step_aside_really", StepAside(ticket_id=number, confirmed=True), "danger"
            ),
            press("button_record", ShowRecord(ticket_id=number)),
        ),
        ticket_id=number,
    )


async def _forget(ticket: Ticket, uow: UnitOfWork) -> None:
    """Nothing of it that is still on its way is shown; what they write next is not about it."""
    me = uow.turn.actor.person_id
    if me != ticket.reporter:
        await uow.tickets.unfollow(id_of(ticket), me)
    owed = await uow.outbox.waiting_for(me)
    await uow.outbox.supersede([each.id for each in owed if each.ticket_id == ticket.id])
    if uow.turn.conversation_id is None:
        return
    conversation = await uow.conversations.get(uow.turn.conversation_id)
    if conversation.focus == ticket.id:
        await uow.conversations.set_focus(uow.turn.conversation_id, None)


HANDLERS: dict[type[Command], Handler] = {NameSubject: name_subject, StepAside: step_aside}
AWAITED: dict[str, Taker] = {"subject": take_subject}
