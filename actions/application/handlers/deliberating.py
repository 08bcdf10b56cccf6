"""Put before the committee: a matter gets its number and a date, and the chair hears of it."""

from collections.abc import Mapping
from typing import Any, Final

from actions.application import values
from actions.application.awaited import Given, Taker, expect, expect_nothing
from actions.application.commands.base import Command
from actions.application.commands.deciding import DeliberateTicket
from actions.application.deeds import act, id_of, require
from actions.application.handlers.dispatch import tell_leads
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import place_of, press
from actions.domain.category import FOR_FEW
from actions.domain.events import TicketChanged
from actions.domain.identifiers import TicketId
from actions.domain.masking import mask
from actions.domain.people import Role
from actions.domain.sealing import label_for_workers
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb

_CHAIRS: Final = (Role.CHR, Role.CMT, Role.DSP)
_LONGEST: Final = 80


async def deliberate_ticket(command: DeliberateTicket, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    await require(uow, ticket, Verb.DELIBERATE)
    if ticket.privacy in FOR_FEW:
        params = {"number": values.number(ticket.number)}
        await uow.reply("deliberate_private", params=params, ticket_id=ticket.id)
        return
    if command.plain:
        await _deliberate(ticket, plain_title(ticket, uow), uow)
        return
    await expect(uow, "proposal_title", ticket_id=id_of(ticket))
    plain = DeliberateTicket(ticket_id=id_of(ticket), plain=True)
    await uow.reply(
        "deliberate_what",
        params={
            "number": values.number(ticket.number),
            "what": values.category(ticket.category),
            "where": place_of(ticket),
        },
        buttons=(press("button_plain_title", plain, "chip"),),
        ticket_id=ticket.id,
    )


def plain_title(ticket: Ticket, uow: UnitOfWork) -> str:
    """Kind and place, in the community's own language; never the words of who raised it."""
    rules = uow.rules_of(ticket)
    category = rules.category(ticket.category)
    locale = uow.community.locales[0]
    name = category.label.get(locale) or category.name[locale]
    label = str(ticket.location.get("label") or "")
    where = label_for_workers(ticket.category, label, ticket.privacy)
    return f"{name} · {where}" if where else name


async def take_title(about: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(about["ticket_id"]))
    await require(uow, ticket, Verb.DELIBERATE)
    if not given.text:
        await uow.reply("decide_needs_words", ticket_id=ticket.id)
        return
    await _deliberate(ticket, mask(" ".join(given.text.split()))[:_LONGEST], uow)


async def _deliberate(ticket: Ticket, title: str, uow: UnitOfWork) -> None:
    await require(uow, ticket, Verb.DELIBERATE)
    by = uow.now + uow.community.policy.agenda_within
    area = ticket.area or uow.community.root
    number = await uow.proposals.begin(id_of(ticket), area, title, uow.turn.actor.person_id)
    await act(
        uow,
        ticket,
        Verb.DELIBERATE,
        proposal=number,
        text=title,
        date=by.date().isoformat(),
        former=ticket.assignee,
    )
    await expect_nothing(uow)
    params = {
        "number": values.number(ticket.number),
        "proposal": values.number(number),
        "title": title,
        "date": {"$moment": by.date().isoformat()},
    }
    await uow.reply("deliberated", params=params, ticket_id=ticket.id, version=ticket.version)


async def tell_chairs(event: TicketChanged, uow: UnitOfWork) -> None:
    """Subscriber: what comes before the committee is told to its chair; what leaves it, is over."""
    ticket, entry = event.ticket, event.entry
    if entry.source is TicketStatus.DELIBERATION and entry.moves and ticket.proposal:
        await uow.proposals.end(ticket.proposal, entry.verb.value)
    if entry.verb is Verb.DELIBERATE:
        await tell_leads(
            ticket,
            uow,
            "lead_agenda",
            roles=_CHAIRS,
            excluding=(entry.actor,),
            hands_out=False,
            proposal=values.number(ticket.proposal),
            title=str(entry.data.get("text") or ""),
            date={"$moment": str(entry.data["date"])} if "date" in entry.data else None,
        )


HANDLERS: dict[type[Command], Handler] = {DeliberateTicket: deliberate_ticket}
AWAITED: dict[str, Taker] = {"proposal_title": take_title}
