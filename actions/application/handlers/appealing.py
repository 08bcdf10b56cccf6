"""Appealing against being declined: somebody else decides, and the resident hears who and when."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from actions.application import values
from actions.application.awaited import Given, Taker, expect, expect_nothing
from actions.application.colleagues import leads
from actions.application.commands.base import Command
from actions.application.commands.deciding import AppealTicket
from actions.application.deeds import act, id_of, require
from actions.application.handlers.dispatch import tell_leads
from actions.application.handlers.following import STOP
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.domain.dispatch import Candidate
from actions.domain.events import TicketChanged
from actions.domain.identifiers import PersonId, TicketId
from actions.domain.masking import mask
from actions.domain.people import Role
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import Verb
from actions.domain.timeline import TimelineEntry

#: Who decides an appeal against whom: their own level first, then the one above.
_LEVELS: Final[Mapping[str, tuple[Role, ...]]] = {
    Role.CMT.value: (Role.CMT, Role.DSP),
    Role.DSP.value: (Role.DSP, Role.CMT),
}
_ALL: Final = (Role.CMT, Role.DSP)


async def appeal_ticket(command: AppealTicket, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    await require(uow, ticket, Verb.APPEAL)
    await expect(uow, "appeal_reason", ticket_id=id_of(ticket))
    params = {"number": values.number(ticket.number)}
    await uow.reply("appeal_why", params=params, buttons=STOP, ticket_id=ticket.id)


async def take_appeal_reason(about: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    """The words and photos go with it; a ticket that was declined with another stands alone now."""
    ticket = await uow.tickets.get(TicketId(about["ticket_id"]))
    await require(uow, ticket, Verb.APPEAL)
    if not given.text:
        await uow.reply("decide_needs_words", ticket_id=ticket.id)
        return
    await expect_nothing(uow)
    photos = list(given.photos)
    await uow.tickets.attach(id_of(ticket), given.photos, "report", uow.turn.actor.person_id)
    await act(uow, ticket, Verb.APPEAL, reason=mask(given.text), photos=photos, master="")
    deciders = await _deciders(ticket, await uow.tickets.timeline(id_of(ticket)), uow)
    role = deciders[0].role.value if deciders else Role.CMT.value
    by = values.moment(uow.now + uow.rules_of(ticket).policy.triage_within)
    params = {"number": values.number(ticket.number), "role": values.role(role), "by": by}
    template = "appealed" if deciders else "appealed_same_person"
    await uow.reply(template, params=params, ticket_id=ticket.id, version=ticket.version)


async def tell_deciders(event: TicketChanged, uow: UnitOfWork) -> None:
    """Subscriber: an appeal goes to those who have not declined it; nobody else, to whoever has."""
    ticket, entry = event.ticket, event.entry
    if entry.verb is not Verb.APPEAL:
        return
    timeline = await uow.tickets.timeline(id_of(ticket))
    deciders = await _deciders(ticket, timeline, uow)
    await tell_leads(
        ticket,
        uow,
        "lead_appealed" if deciders else "lead_appealed_alone",
        roles=(deciders[0].role,) if deciders else _ALL,
        excluding=_declined_by(timeline) if deciders else (),
        reason=mask(entry.reason) or values.text("relay_photo_only"),
    )


async def others_decide(ticket: Ticket, uow: UnitOfWork) -> bool:
    """Says no to whoever declined it before, as long as somebody else can decide the appeal."""
    timeline = await uow.tickets.timeline(id_of(ticket))
    if uow.turn.actor.person_id not in _declined_by(timeline):
        return False
    deciders = await _deciders(ticket, timeline, uow)
    if not deciders:
        return False
    params = {
        "number": values.number(ticket.number),
        "role": values.role(deciders[0].role.value),
    }
    await uow.reply("appeal_not_by_you", params=params, ticket_id=ticket.id)
    return True


async def _deciders(
    ticket: Ticket, timeline: Sequence[TimelineEntry], uow: UnitOfWork
) -> list[Candidate]:
    last = [entry.role for entry in timeline if entry.verb is Verb.DECLINE][-1:]
    roles = _LEVELS.get(last[0], _ALL) if last else _ALL
    return await leads(uow, ticket, roles, excluding=_declined_by(timeline))


def _declined_by(timeline: Sequence[TimelineEntry]) -> tuple[PersonId, ...]:
    return tuple(entry.actor for entry in timeline if entry.verb is Verb.DECLINE)


HANDLERS: dict[type[Command], Handler] = {AppealTicket: appeal_ticket}
AWAITED: dict[str, Taker] = {"appeal_reason": take_appeal_reason}
