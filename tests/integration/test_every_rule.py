"""Every row of lifecycle.csv that is the system's happens: by a clock, or in the same breath."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

import pytest

from actions.application.commands.deciding import CorrectPlace
from actions.application.commands.following import WithdrawTicket
from actions.domain.identifiers import TicketId
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb
from tests.integration.lifecycle_doors import Case, Doors, rows

S = TicketStatus
#: No outside body reports to us by itself yet, and the committee's own milestones come with its
#: procedure; people tell both. What lifts a tier by rule is test_tiers's.
NOT_HERE = {
    (S.EXTERNAL, Verb.REPORT),
    (S.DELIBERATION, Verb.MILESTONE),
    *((row.state, row.verb) for row in rows() if row.verb is Verb.RAISE_TIER),
}
RULES = sorted({(row.state, row.verb) for row in rows() if row.who == "system"} - NOT_HERE)
Happening = Callable[[Doors], Awaitable[Ticket]]


def after(state: TicketStatus, **waited: float) -> Happening:
    """Nobody does anything for so long."""

    async def happens(doors: Doors) -> Ticket:
        case = await doors.case_at(state)
        doors.world.clock.advance(timedelta(**waited))
        await doors.world.tick()
        return case.ticket

    return happens


async def is_told_without_place(doors: Doors) -> Ticket:
    return (await doors.case_at(S.TRIAGE)).ticket


async def is_told(doors: Doors) -> Ticket:
    return (await doors.case_at(S.DISPATCHED)).ticket


async def its_place_is_found(doors: Doors) -> Ticket:
    case = await doors.case_at(S.TRIAGE)
    place = CorrectPlace(ticket_id=_number(case), place="BL-45")
    await doors.cast["GLD"].does(place)
    return case.ticket


async def is_not_settled(doors: Doors) -> Ticket:
    case = await doors.case_at(S.RESOLVED)
    await doors.through(case, Verb.DISSATISFIED, "RES")
    return case.ticket


async def its_whole_is_taken_back(doors: Doors) -> Ticket:
    case = await doors.case_at(S.MERGED)
    async with doors.world.reading() as uow:
        whole = await uow.tickets.find(case.ticket.master)
    assert whole is not None
    for person in (doors.reporters[whole.reporter or 0], case.reporter):
        await person.does(WithdrawTicket(ticket_id=whole.id or 0, confirmed=True))
    return case.ticket


def _number(case: Case) -> TicketId:
    return TicketId(case.ticket.id or 0)


ROADS: Mapping[tuple[TicketStatus, Verb], Happening] = {
    (S.SUBMITTED, Verb.TRIAGE): is_told_without_place,
    (S.SUBMITTED, Verb.DISPATCH): is_told,
    (S.TRIAGE, Verb.DISPATCH): its_place_is_found,
    (S.REOPENED, Verb.DISPATCH): is_not_settled,
    (S.MERGED, Verb.FOLLOW): its_whole_is_taken_back,
    (S.DISPATCHED, Verb.ESCALATE): after(S.DISPATCHED, hours=3),
    (S.NEEDS_INFO, Verb.GIVE_UP): after(S.NEEDS_INFO, days=7),
    (S.RESOLVED, Verb.LAPSE): after(S.RESOLVED, days=7),
    (S.ON_HOLD, Verb.RESUME): after(S.ON_HOLD, days=14),
    **{
        (state, Verb.ARCHIVE): after(state, days=3700)
        for state in (*(each for each in S if each.startswith("closed_")), S.WITHDRAWN)
    },
}


@pytest.mark.parametrize(("state", "verb"), RULES)
async def test_what_is_the_systems_to_do_is_done(
    doors: Doors, state: TicketStatus, verb: Verb
) -> None:
    ticket = await ROADS[state, verb](doors)

    steps = await doors.world.timeline(ticket)
    done = [step for step in steps if (step.source, step.verb) == (state, verb)]
    assert [(step.role, step.is_by_rule) for step in done] == [("system", True)]
