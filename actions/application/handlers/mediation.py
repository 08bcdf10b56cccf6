"""Before the visit: what to say at the door, and what only the worker may look at."""

from actions.application import values
from actions.application.commands.base import Command
from actions.application.commands.mediating import (
    AskCaptain,
    RecordPromise,
    ShowEvidence,
    ShowTalkingPoints,
)
from actions.application.deeds import id_of, require
from actions.application.evidence import LOOKING
from actions.application.notification import Button, Card
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import part_of, press
from actions.domain.errors import OutOfDate
from actions.domain.identifiers import TicketId
from actions.domain.placing import code_of
from actions.domain.sealing import has_other_side
from actions.domain.talking_points import MEDIATED, opening_of
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import Verb


async def show_talking_points(command: ShowTalkingPoints, uow: UnitOfWork) -> None:
    """Neutral words, in the spirit of three parties at one door; no number stands on the card."""
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    await require(uow, ticket, Verb.PROMISE)
    if ticket.category not in MEDIATED:
        raise OutOfDate
    await uow.reply(
        "points",
        params={"where": values.place(code_of(ticket.location)),
                "what": values.category(ticket.category)},
        card=_points(ticket, uow),
        buttons=await _after_points(ticket, uow),
        ticket_id=ticket.id,
    )  # fmt: skip


def _points(ticket: Ticket, uow: UnitOfWork) -> Card:
    part = values.text(f"part_{part_of(uow, ticket) or 'unsaid'}")
    return Card(
        title=values.text("points_title"),
        urgency=ticket.urgency,
        lines=(
            ("points_say", values.text(opening_of(ticket.category), part=part)),
            ("points_with", values.text("points_with_three")),
            ("points_when", values.text("points_when_this")),
            ("points_ask", values.text("points_ask_this")),
            ("points_never", values.text("points_never_this")),
        ),
    )


async def _after_points(ticket: Ticket, uow: UnitOfWork) -> tuple[Button, ...]:
    number = id_of(ticket)
    buttons = [
        press("button_promised", RecordPromise(ticket_id=number), "primary"),
        press("button_ask_captain", AskCaptain(ticket_id=number)),
    ]
    if await uow.tickets.photos(number, "report"):
        buttons.append(press("button_evidence", ShowEvidence(ticket_id=number)))
    return tuple(buttons)


async def show_evidence(command: ShowEvidence, uow: UnitOfWork) -> None:
    """Passed to this person alone, with a warning, and on record."""
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    await require(uow, ticket, LOOKING)
    photos = tuple(await uow.tickets.photos(id_of(ticket), "report"))
    if not photos or not has_other_side(ticket):
        params = {"number": values.number(ticket.number)}
        await uow.reply("evidence_none", params=params, ticket_id=ticket.id)
        return
    await uow.audit.append(
        "evidence", f"ticket:{ticket.number}", by=uow.turn.actor.person_id, area=ticket.area
    )
    await uow.reply("evidence", photos=photos, ticket_id=ticket.id)


HANDLERS: dict[type[Command], Handler] = {
    ShowTalkingPoints: show_talking_points,
    ShowEvidence: show_evidence,
}
