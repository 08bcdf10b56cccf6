"""Somebody begins to work here: what their predecessor left moves on, what waits is shown."""

from typing import Final

from actions.application import values
from actions.application.commands.base import Command
from actions.application.commands.timed import RerouteLeft
from actions.application.commands.working import ShowRecord, ShowTodo
from actions.application.handlers.rerouting import LEFT, reroute
from actions.application.notification import Notification, Purpose
from actions.application.records import TicketSummary
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import press
from actions.domain.identifiers import PersonId, TicketId
from actions.domain.people import WORKING_ROLES, Actor
from actions.domain.permissions import handles
from actions.domain.sealing import label_for_workers
from actions.domain.seating import reach
from actions.domain.ticket_status import WITH_ASSIGNEE

_LISTED: Final = 8
_OPENED: Final = 5


async def show_round(person_id: PersonId, uow: UnitOfWork) -> None:
    """One message to a newcomer: what nobody has in their area, emergencies first."""
    actor = await uow.people.actor(person_id)
    areas = sorted(
        {
            each
            for grant in actor.grants
            if grant.role in WORKING_ROLES
            for each in reach(grant.area, uow.community)
        }
    )
    if not areas:
        return
    moved = 0
    for ticket in await uow.tickets.left_behind(areas):
        moved += await reroute(ticket, uow, why=LEFT)
    if moved:
        await _tell(actor, "seat_from_before", uow, count=moved)
    await _show_open(actor, areas, uow)


async def _show_open(actor: Actor, areas: list[str], uow: UnitOfWork) -> None:
    found = await uow.tickets.unassigned_in(areas)
    open_ones = [each for each in found if handles(actor, await uow.tickets.get(each.id))]
    if not open_ones:
        return
    await uow.tell(
        Notification(
            person_id=actor.person_id,
            template="seat_open_here",
            params={
                "count": len(open_ones),
                "list": values.numbered(*[_line(each) for each in open_ones[:_LISTED]]),
            },
            buttons=(
                *(
                    press("button_open_ticket", ShowRecord(ticket_id=each.id), what=_what(each))
                    for each in open_ones[:_OPENED]
                ),
                press("button_todo", ShowTodo(), "primary"),
            ),
            purpose=Purpose.PUSH,
            urgent=open_ones[0].urgency == "E",
        )
    )


async def _tell(actor: Actor, template: str, uow: UnitOfWork, **params: object) -> None:
    await uow.tell(
        Notification(
            person_id=actor.person_id, template=template, params=params, purpose=Purpose.PUSH
        )
    )


def _line(summary: TicketSummary) -> dict[str, object]:
    return values.joined(values.text(f"urgency_{summary.urgency}"), _what(summary))


def _what(summary: TicketSummary) -> dict[str, object]:
    """The kind and the place, without the reporter's own words for it where a list knows it."""
    code = summary.place or summary.area
    label = label_for_workers(summary.category, summary.label, summary.privacy)
    place = label or (values.place(code) if code else "")
    return values.joined(values.category(summary.category), place)


async def reroute_left(command: RerouteLeft, uow: UnitOfWork) -> None:
    """However the seat was lost: a successor's code, new settings, a person who was erased."""
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    if ticket.assignee is None or ticket.status not in WITH_ASSIGNEE:
        return
    holder = await uow.people.actor(ticket.assignee)
    if not any(grant.role == ticket.assignee_role for grant in holder.grants):
        await reroute(ticket, uow, why=LEFT)


HANDLERS: dict[type[Command], Handler] = {RerouteLeft: reroute_left}
