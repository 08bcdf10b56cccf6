"""A ticket whose holder has left or is away finds somebody else at once, by rule."""

from typing import Final

from actions.application.colleagues import by_rule, candidates_for, lead_of_whole, places
from actions.application.deeds import act_by_rule, act_in_place_of_assignee
from actions.application.handlers.dispatch import clocks, tell_leads
from actions.application.unit_of_work import UnitOfWork
from actions.domain.dispatch import Candidate, choose_worker
from actions.domain.identifiers import PersonId
from actions.domain.parts import is_part
from actions.domain.terms import terms_of
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import Verb

#: Why: each has a text `reason_…`.
LEFT: Final = "left"
AWAY: Final = "away"


async def reroute(ticket: Ticket, uow: UnitOfWork, *, why: str) -> bool:
    """To the next by the rule of dispatch; nobody there: a lead decides.

    The dates the residents were told stay; they hear of it only when the role changes.

    Returns:
        Whether somebody has it now.
    """
    chosen = await _next(ticket, uow)
    if chosen is not None:
        await hand_by_rule(ticket, chosen, uow, why=why)
        return True
    await _to_nobody(ticket, uow, why=why)
    return False


async def _next(ticket: Ticket, uow: UnitOfWork) -> Candidate | None:
    if is_part(ticket):
        return await _of_same_body(ticket, uow)
    excluding: tuple[PersonId, ...] = (ticket.assignee,) if ticket.assignee else ()
    chosen = choose_worker(
        await candidates_for(uow, ticket),
        terms_of(ticket, uow.rules_of(ticket)),
        places(ticket, uow.community),
        excluding=excluding,
    )
    if chosen is not None:
        return chosen
    able = await by_rule(uow, ticket, excluding=excluding)
    return able[0] if able else None


async def _of_same_body(part: Ticket, uow: UnitOfWork) -> Candidate | None:
    """A part was asked of one body: nobody else of it, and whoever rules on it decides."""
    near = places(part, uow.community)
    able = [
        each
        for each in await candidates_for(uow, part)
        if each.role == part.assignee_role
        and each.person_id not in (part.assignee, await lead_of_whole(part, uow))
        and not each.away
        and each.nearness(near)
    ]
    return min(able, key=lambda c: (not c.on_duty, -c.nearness(near), c.load), default=None)


async def hand_by_rule(ticket: Ticket, chosen: Candidate, uow: UnitOfWork, *, why: str) -> None:
    """As whoever has it could themselves; what waits or has a date goes on as it stands."""
    category = terms_of(ticket, uow.rules_of(ticket))
    verb = Verb.TRANSFER if ticket.allows(Verb.TRANSFER) else Verb.TAKE_OVER
    hand = act_in_place_of_assignee if verb is Verb.TRANSFER else act_by_rule
    await hand(
        uow,
        ticket,
        verb,
        assignee=chosen.person_id,
        assignee_role=chosen.role.value,
        accept_due_at=clocks(category, uow.now, uow.community)["accept_due_at"],
        was={"assignee": ticket.assignee, "role": ticket.assignee_role},
        reason_key=why,
        rerouted=True,
    )


async def _to_nobody(ticket: Ticket, uow: UnitOfWork, *, why: str) -> None:
    """Back to those who rule on it; where it stands without a holder if it cannot go back."""
    if ticket.allows(Verb.RETURN):
        told_at = uow.now + uow.rules_of(ticket).policy.dispute_told_after
        await act_in_place_of_assignee(
            uow, ticket, Verb.RETURN, reason_key=why, review_at=told_at.isoformat(), rerouted=True
        )
        return
    was = {"assignee": ticket.assignee, "role": ticket.assignee_role}
    await act_by_rule(
        uow, ticket, Verb.TAKE_OVER, assignee=None, assignee_role="", was=was, reason_key=why,
        rerouted=True,
    )  # fmt: skip
    await tell_leads(ticket, uow, "lead_nobody_free")
