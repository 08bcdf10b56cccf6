"""A seat is taken back: the powers end with the commit, the work goes on in other hands."""

from collections.abc import Sequence

from actions.application import values
from actions.application.colleagues import places
from actions.application.for_work import is_for_work, is_of_a_ticket
from actions.application.handlers.callbacks import give_back_calls
from actions.application.handlers.rerouting import LEFT, reroute
from actions.application.notification import Notification, Purpose
from actions.application.records import Waiting
from actions.application.unit_of_work import UnitOfWork
from actions.domain.identifiers import PersonId
from actions.domain.people import Actor, RoleGrant
from actions.domain.permissions import handles, may_see
from actions.domain.place import is_inside
from actions.domain.ticket import Ticket


async def take_back(
    person_id: PersonId, seats: Sequence[RoleGrant], uow: UnitOfWork, *, by: PersonId, reason: str
) -> tuple[int, int]:
    """Revoke, withhold what was still owed, hand on what they held, and say so.

    Returns:
        How many tickets went to others, and how many nobody could take.
    """
    for seat in seats:
        await uow.people.revoke(person_id, seat, at=uow.now)
        about = f"person:{person_id} {seat.role}"
        await uow.audit.append("revoke", about, by=by, area=seat.area, reason=reason)
    left = await uow.people.actor(person_id)
    if not left.grants:
        await uow.people.unseat(person_id)
    await _withhold(left, uow)
    if not left.is_worker:
        await give_back_calls(person_id, uow)
    gone, rest = await _hand_on(left, uow)
    await _say_so(person_id, seats, gone + rest, uow)
    return gone, rest


async def _withhold(left: Actor, uow: UnitOfWork) -> None:
    """What was owed for the work and has not been shown yet is never shown."""
    waiting = await uow.outbox.waiting_for(left.person_id)
    known: dict[int, Ticket] = {}
    gone = [each.id for each in waiting if not await _may_have(each, left, known, uow)]
    if gone:
        await uow.outbox.supersede(gone)


async def _may_have(
    waiting: Waiting, left: Actor, known: dict[int, Ticket], uow: UnitOfWork
) -> bool:
    if waiting.ticket_id is None:
        return left.is_worker or not is_for_work(waiting.template)
    if waiting.ticket_id not in known:
        known[waiting.ticket_id] = await uow.tickets.get(waiting.ticket_id)
    ticket = known[waiting.ticket_id]
    if handles(left, ticket):
        return True
    if is_of_a_ticket(waiting.template):
        return False
    return may_see(left, ticket, await uow.tickets.followers(waiting.ticket_id))


async def _hand_on(left: Actor, uow: UnitOfWork) -> tuple[int, int]:
    held = [
        ticket
        for ticket in await uow.tickets.held_by(left.person_id)
        if not _keeps(left, ticket, uow)
    ]
    taken = [await reroute(ticket, uow, why=LEFT) for ticket in held]
    return taken.count(True), taken.count(False)


def _keeps(left: Actor, ticket: Ticket, uow: UnitOfWork) -> bool:
    """Another seat of theirs still covers the ticket in the role they hold it in."""
    return any(
        grant.role == ticket.assignee_role and is_inside(place, grant.area)
        for grant in left.grants
        for place in places(ticket, uow.community)
    )


async def _say_so(
    person_id: PersonId, seats: Sequence[RoleGrant], count: int, uow: UnitOfWork
) -> None:
    await uow.tell(
        Notification(
            person_id=person_id,
            template="seat_taken",
            params={
                "roles": values.joined(*[named(seat) for seat in seats]),
                "at": values.moment(uow.now),
                "held": values.text("seat_held", count=count) if count else "",
                "phone": uow.community.office.phone.dial,
            },
            purpose=Purpose.PUSH,
        )
    )


def named(seat: RoleGrant) -> dict[str, object]:
    """A seat in words: 网格员（3号网格）."""
    return values.text("seat_named", role=values.role(seat.role), area=values.place(seat.area))
