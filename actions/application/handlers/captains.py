"""The building's captain looks: told the kind, the building and what to look for, no more."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from actions.application import values
from actions.application.awaited import Given, Taker, expect, expect_nothing
from actions.application.commands.base import Command
from actions.application.commands.mediating import AnswerCaptain, AskCaptain
from actions.application.deeds import act, id_of, keep, require
from actions.application.handlers.fieldwork import attach
from actions.application.notification import Notification, Purpose
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import next_buttons, place_of, press
from actions.domain.category import FOR_FEW
from actions.domain.errors import NotAllowed, NotFound, OutOfDate
from actions.domain.identifiers import PersonId, TicketId
from actions.domain.people import Role
from actions.domain.permissions import capacity
from actions.domain.placing import code_of
from actions.domain.sealing import has_other_side, words_for_workers
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import Verb
from actions.domain.timeline import TimelineEntry

LOOKS: Final = ("still", "where", "done")
#: How long a captain's words or photo belong to the look they took.
_ADDS_FOR: Final = timedelta(hours=1)
_ASKED: Final = 2


async def ask_captain(command: AskCaptain, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    await _as_assignee(ticket, uow)
    if not await _captains(ticket, uow):
        buttons = next_buttons(ticket)
        await uow.reply("captain_nobody", buttons=buttons, ticket_id=ticket.id)
        return
    if command.look in LOOKS:
        await _send(ticket, uow, look=command.look)
        return
    await expect(uow, "look", ticket_id=id_of(ticket))
    await uow.reply(
        "captain_ask",
        params={"number": values.number(ticket.number)},
        buttons=tuple(
            press(f"button_look_{look}", AskCaptain(ticket_id=id_of(ticket), look=look), "chip")
            for look in LOOKS
        ),
        ticket_id=ticket.id,
    )


async def _as_assignee(ticket: Ticket, uow: UnitOfWork) -> None:
    """Raises NotAllowed for others who may look themselves, and for anybody where few may know."""
    if await require(uow, ticket, Verb.VERIFY) != "assignee" or ticket.privacy in FOR_FEW:
        raise NotAllowed(number=values.number(ticket.number))


async def _captains(ticket: Ticket, uow: UnitOfWork) -> list[PersonId]:
    """The captain is asked whether or not they spoke of it: to leave them out would tell."""
    held = await uow.people.holders(Role.CAP.value, ticket.area)
    return [person for person in held if person not in ticket.recused][:_ASKED]


async def take_look(about: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(about["ticket_id"]))
    await _as_assignee(ticket, uow)
    if not given.text:
        await uow.reply("relay_needs_words", ticket_id=ticket.id)
        return
    await expect_nothing(uow)
    await _send(ticket, uow, words=words_for_workers(ticket, given.text))


async def _send(ticket: Ticket, uow: UnitOfWork, *, look: str = "", words: str = "") -> None:
    captains = await _captains(ticket, uow)
    asked = await act(uow, ticket, Verb.VERIFY, reason=words, look=look, asks=captains)
    sealed = has_other_side(ticket)
    for captain in captains:
        # Without the ticket: it does not exist for whoever only takes a look.
        await uow.tell(
            Notification(
                person_id=captain,
                template="captain_please",
                params={
                    "where": values.place(code_of(ticket.location)) if sealed else place_of(ticket),
                    "what": values.category(ticket.category),
                    "look": words or values.text(f"look_{look}"),
                },
                buttons=_answers(ticket, asked),
                purpose=Purpose.PUSH,
            )
        )
    params = {"number": values.number(ticket.number)}
    buttons = next_buttons(ticket)
    await uow.reply("captain_asked", params=params, buttons=buttons, ticket_id=ticket.id)


def _answers(ticket: Ticket, asked: TimelineEntry) -> Any:
    number = id_of(ticket)
    return tuple(
        press(label, AnswerCaptain(ticket_id=number, asked=asked.seq, seen=seen))
        for label, seen in (("button_seen", True), ("button_not_seen", False))
    )


async def answer_captain(command: AnswerCaptain, uow: UnitOfWork) -> None:
    """One tap; words and photos may follow."""
    ticket, timeline = await _asked_of_me(command.ticket_id, command.asked, uow)
    me = uow.turn.actor.person_id
    if any(e.data.get("answers") == command.asked and e.actor == me for e in timeline):
        raise OutOfDate
    await _note(ticket, uow, command.asked, reason_key="seen" if command.seen else "not_seen")
    await expect(uow, "captain_more", waits=_ADDS_FOR, ticket_id=id_of(ticket), asked=command.asked)
    await uow.reply("captain_thanks")


async def take_captain_more(about: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    await expect_nothing(uow)
    ticket, _ = await _asked_of_me(about["ticket_id"], about["asked"], uow)
    photos = await attach(ticket, given.photos, "work", uow)
    await _note(ticket, uow, about["asked"], reason=given.text, photos=photos)
    await uow.reply("captain_more_thanks")


async def _asked_of_me(
    number: int, asked: int, uow: UnitOfWork
) -> tuple[Ticket, Sequence[TimelineEntry]]:
    """The ticket, though the captain does not see it.

    Raises:
        NotFound: this person was not asked to look, or is captain there no more.
        OutOfDate: it is over; its number is not said.
    """
    ticket = await uow.tickets.get(TicketId(number))
    timeline = await uow.tickets.timeline(TicketId(number))
    me = uow.turn.actor
    named = [e for e in timeline if e.seq == asked and me.person_id in e.data.get("asks", ())]
    if not named or me.person_id in ticket.recused:
        raise NotFound
    if not ticket.allows(Verb.VERIFY):
        raise OutOfDate
    if capacity(me, Verb.VERIFY, ticket) is None:
        raise NotFound
    return ticket, timeline


async def _note(
    ticket: Ticket, uow: UnitOfWork, asked: int, *, reason: str = "", **data: Any
) -> None:
    ticket.record(Verb.VERIFY, uow.deed(Role.CAP.value), reason=reason, answers=asked, **data)
    await keep(uow, ticket)


HANDLERS: dict[type[Command], Handler] = {AskCaptain: ask_captain, AnswerCaptain: answer_captain}
AWAITED: dict[str, Taker] = {"look": take_look, "captain_more": take_captain_more}
