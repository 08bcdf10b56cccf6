"""What a ticket keeps of how it came in, and what is kept beside it."""

from typing import Any

from actions.application import values
from actions.application.deeds import act, id_of
from actions.application.handlers.findings import running
from actions.application.handlers.following import thanks_for_joining
from actions.application.unit_of_work import UnitOfWork
from actions.domain.draft import Draft
from actions.domain.origin import BY_WORKERS, Origin
from actions.domain.people import Actor
from actions.domain.permissions import capacity
from actions.domain.round import ROUND_ROLES, Finding, Outcome, round_role
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import Verb


def as_they_may(draft: Draft, uow: UnitOfWork) -> None:
    """What was begun as a part of the work is one's own matter once there is no such work."""
    actor = uow.turn.actor
    goes_round = draft.origin != Origin.PAPER and bool(round_role(actor))
    if draft.origin in BY_WORKERS and not (actor.is_worker or goes_round):
        draft.origin = draft.contact = ""


def begins_as(draft: Draft, uow: UnitOfWork) -> str:
    """The capacity in which it is filed: a worker's own where it is the work that found it."""
    if draft.anonymous:
        return "ANO"
    return _role_of_finder(uow.turn.actor) if draft.origin in BY_WORKERS else "RES"


def _role_of_finder(actor: Actor) -> str:
    """The role that counts most among those that may begin a ticket."""
    for role in ROUND_ROLES:
        held = frozenset(grant for grant in actor.grants if grant.role is role)
        alone = Actor(person_id=actor.person_id, grants=held)
        if held and capacity(alone, Verb.BEGIN, Ticket()) == role.value:
            return role.value
    return "RES"


async def told_of_origin(draft: Draft, uow: UnitOfWork) -> dict[str, Any]:
    """Data of the filing entry; empty for a resident's own matter."""
    if not draft.origin and not draft.finding:
        current = await running(uow)
        draft.origin = current.kind.value if current else ""
    told: dict[str, Any] = {"origin": draft.origin} if draft.origin else {}
    if draft.origin in BY_WORKERS:
        told["found_by"] = round_role(uow.turn.actor)
    if draft.agreed:
        told |= {"agreed": draft.agreed, "agreed_at": draft.agreed_at}
    return told


async def keep_beside(draft: Draft, ticket: Ticket, uow: UnitOfWork) -> None:
    """The contact moves to the ticket; what was found on a round is marked as filed."""
    if draft.contact:
        await uow.sealed_contacts.keep(ticket, draft.contact, draft.person_id)
        draft.contact = ""
    await mark_filed(draft, ticket, uow)


async def mark_filed(draft: Draft, ticket: Ticket, uow: UnitOfWork) -> None:
    if draft.finding:
        finding = await uow.rounds.finding(*draft.finding)
        finding.outcome, finding.ticket_id = Outcome.FILED, ticket.id
        await uow.rounds.save(finding)
        # Photos may have come while the place or kind was asked for.
        await uow.tickets.attach(id_of(ticket), finding.photos, "report", draft.person_id)
    elif draft.origin in (Origin.PATROL, Origin.VISIT):
        await _count_as_found(draft, ticket, uow)


async def _count_as_found(draft: Draft, ticket: Ticket, uow: UnitOfWork) -> None:
    """Filed at once, as danger is, while the round was under way."""
    current = await running(uow)
    if current is not None:
        found = Finding(
            round_id=current.id,
            seq=0,
            at=uow.now,
            touched_at=uow.now,
            words=draft.text,
            photos=draft.photos,
            outcome=Outcome.FILED,
            ticket_id=ticket.id,
        )
        await uow.rounds.add(found)


async def join(ticket: Ticket, draft: Draft, uow: UnitOfWork) -> None:
    """Me too; but whoever works on it has found their own work: a note, no household."""
    followers = await uow.tickets.followers(id_of(ticket))
    if not draft.finding or capacity(uow.turn.actor, Verb.NOTE, ticket, followers) is None:
        await thanks_for_joining(ticket, draft, uow)
    else:
        person = uow.turn.actor.person_id
        await uow.tickets.attach(id_of(ticket), draft.photos, "work", person)
        await act(uow, ticket, Verb.NOTE, reason=draft.text, photos=list(draft.photos))
        params = {"number": values.number(ticket.number)}
        await uow.reply("finding_added", params=params, ticket_id=ticket.id)
    await mark_filed(draft, ticket, uow)
