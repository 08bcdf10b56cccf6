"""Whatever lifecycle.csv does not allow is refused: each button and each answer, whoever tries it,
in every state; and the ticket stays as it is.

That `capacity_among_raisers` says what the table says is shown in tests/unit/domain/test_lifecycle.
"""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator, Sequence
from functools import partial

import pytest

from actions.application.awaited import Given
from actions.application.commands.base import Pressable
from actions.application.commands.deciding import (
    CorrectCategory,
    CorrectPlace,
    DeclineTicket,
    DeliberateTicket,
    MergeTicket,
    UnmergeTicket,
)
from actions.application.commands.following import AnswerTicket, WithdrawTicket
from actions.application.commands.intake import ShowContact
from actions.application.commands.ladder import EscalateTicket
from actions.application.commands.mediating import AskCaptain, RecordPromise, StepAside
from actions.application.commands.sharing import EndParts, SplitTicket
from actions.application.commands.tiers import LowerTier, RaiseTier
from actions.application.commands.waiting import (
    ApproveProposal,
    AskToExtend,
    AskToHold,
    HandOutTicket,
    RefuseProposal,
    RescheduleTicket,
    RuleItStays,
    ScheduleTicket,
    TakeBack,
)
from actions.application.commands.working import DispatchTicket, ReturnTicket, TransferTicket
from actions.application.handlers.takers import takers
from actions.application.offers import OFFERS
from actions.application.routes import build_routes
from actions.application.turn import Turn
from actions.application.unit_of_work import UnitOfWork
from actions.domain.errors import CommunityError, NotFound
from actions.domain.identifiers import TicketId
from actions.domain.people import Actor, Role
from actions.domain.permissions import capacity_among_raisers, may_see
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb
from tests.builders import Someone
from tests.integration.lifecycle_doors import Case, Doors

#: What is tried, the verbs that would allow it, and how.
Attempt = tuple[str, set[Verb], Callable[[UnitOfWork], Awaitable[None]]]
DAY = "2026-03-05"


def verbs_of() -> dict[type[Pressable], set[Verb]]:
    """What each button may come to, by where the ticket stands."""
    found: dict[type[Pressable], set[Verb]] = defaultdict(set)
    for offer in OFFERS:
        found[type(offer.make(TicketId(1)))].add(offer.verb)
    found[DispatchTicket] |= {Verb.TRANSFER}
    found[ApproveProposal], found[RefuseProposal] = {Verb.EXTEND}, {Verb.REFUSE}
    found[EndParts] = {Verb.SPLIT}
    found[AnswerTicket] |= {Verb.SAY}  # a word to whoever has it, when nothing was asked
    found[WithdrawTicket] |= {Verb.LEAVE}
    return found


VERBS = verbs_of()
ROUTES = build_routes()
TAKERS = takers()


def pressed(number: TicketId, other: TicketId, colleague: int) -> list[Pressable]:
    """Every button, and what comes after it when a question was put in between.

    That a contact left is shown to few is test_on_behalf's.
    """
    first = {str(made): made for made in (offer.make(number) for offer in OFFERS)}
    return [
        *(made for label, made in first.items() if type(made) is not ShowContact),
        DispatchTicket(ticket_id=number, to=colleague),
        TransferTicket(ticket_id=number, to=colleague, reason="off_duty"),
        ReturnTicket(ticket_id=number, reason="not_my_area"),
        RuleItStays(ticket_id=number, reason="your_area"),
        EscalateTicket(ticket_id=number, to_me=True),
        MergeTicket(ticket_id=number, into=other, sure=True),
        UnmergeTicket(ticket_id=number, reason="another_matter"),
        DeclineTicket(ticket_id=number, door="-", reason="others_duty"),
        DeliberateTicket(ticket_id=number, plain=True),
        HandOutTicket(ticket_id=number, body="市城管局", receipt="none"),
        ScheduleTicket(ticket_id=number, on=DAY),
        RescheduleTicket(ticket_id=number, on=DAY, reason="weather"),
        AskToHold(ticket_id=number, on=DAY, reason="funds"),
        AskToExtend(ticket_id=number, on=DAY, reason="funds"),
        ApproveProposal(ticket_id=number, seq=7),
        RefuseProposal(ticket_id=number, seq=7, reason="carry_on"),
        TakeBack(ticket_id=number, reason="not_taken"),
        WithdrawTicket(ticket_id=number, confirmed=True),
        RaiseTier(ticket_id=number, reason="tier_many"),
        LowerTier(ticket_id=number, reason="tier_few"),
        SplitTicket(ticket_id=number, everybody=True, together=True),
        EndParts(ticket_id=number),
        StepAside(ticket_id=number, confirmed=True),
        RecordPromise(ticket_id=number, days=7),
        AskCaptain(ticket_id=number, look="still"),
        CorrectCategory(ticket_id=number, leaf="SAN02"),
        CorrectPlace(ticket_id=number, place="BL-44"),
    ]


#: What was asked for, the verb it is for, and what was kept with the question.
ASKED: Sequence[tuple[str, Verb, dict[str, object]]] = (
    ("merge_into", Verb.MERGE, {}),
    ("unmerge_reason", Verb.UNMERGE, {}),
    ("milestone", Verb.MILESTONE, {}),
    ("take_from_agenda", Verb.TAKE_BACK, {}),
    ("take_back_why", Verb.TAKE_BACK, {}),
    ("return_reason", Verb.RETURN, {}),
    ("transfer_reason", Verb.TRANSFER, {"to": 3}),
    ("tier_reason", Verb.RAISE_TIER, {"raises": True}),
    ("tier_reason", Verb.LOWER_TIER, {"raises": False}),
    ("explanation", Verb.EXPLAIN, {}),
    ("promise", Verb.PROMISE, {}),
    ("question", Verb.ASK, {}),
    ("answer", Verb.ANSWER, {}),
    ("message", Verb.SAY, {}),
    ("decline_door", Verb.DECLINE, {}),
    ("decline_reason", Verb.DECLINE, {"door": "-"}),
    ("appeal_reason", Verb.APPEAL, {}),
    ("stay_why", Verb.RULE, {}),
    ("note", Verb.NOTE, {}),
    ("proof", Verb.RESOLVE, {}),
    ("hold_day", Verb.HOLD, {}),
    ("hold_why", Verb.HOLD, {"on": DAY}),
    ("extend_day", Verb.PROPOSE, {}),
    ("extend_why", Verb.PROPOSE, {"on": DAY}),
    ("schedule_day", Verb.SCHEDULE, {}),
    ("reschedule_day", Verb.RESCHEDULE, {}),
    ("reschedule_why", Verb.RESCHEDULE, {"on": DAY}),
    ("place_words", Verb.RELOCATE, {}),
    ("category_words", Verb.RECATEGORISE, {}),
    ("temporary_proof", Verb.TEMPORARY, {}),
    ("change", Verb.CHANGED, {}),
    ("refuse_why", Verb.REFUSE, {"seq": 7}),
    ("what_remains", Verb.PARTLY, {"verdict": "partly"}),
    ("what_remains", Verb.DISSATISFIED, {"verdict": "dissatisfied"}),
    ("why_reopen", Verb.REOPEN, {}),
    ("part", Verb.SPLIT, {"to": 3}),
    ("late_receipt", Verb.REPORT, {}),
    ("outside_news", Verb.REPORT, {}),
    ("proposal_title", Verb.DELIBERATE, {}),
    ("outside_body", Verb.HAND_OUT, {}),
    ("outside_receipt", Verb.HAND_OUT, {"body": "市城管局"}),
)


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)  # no query decides who may
@pytest.mark.parametrize("state", [state for state in TicketStatus if state != "draft"])
async def test_what_the_table_lacks_is_refused_to_everybody(
    doors: Doors, state: TicketStatus
) -> None:
    case = await doors.case_at(state)
    await doors.follow(case)
    other = await doors.case_at(TicketStatus.DISPATCHED)
    people = {**doors.cast, "RES": case.reporter, "follower": doors.follower, "-": doors.stranger}
    let_through = {
        who: found
        for who, someone in people.items()
        if (found := await _tries(doors, case, other, someone))
    }

    assert let_through == {}
    assert await doors.world.ticket(case.ticket) == case.ticket


async def _tries(doors: Doors, case: Case, other: Case, someone: Someone) -> list[str]:
    """What this person may not do and does all the same, in a transaction that keeps nothing."""
    actor = await doors.world._actor(someone.id)
    turn = Turn(cause="tries", actor=actor, conversation_id=someone.conversation_id)
    number = TicketId(case.ticket.id or 0)
    async with doors.world.open_uow(turn) as uow:
        before = await uow.tickets.get(number)
        followers = await uow.tickets.followers(number)
        sees = may_see(actor, before, followers)
        if not sees and actor.grants and Role.CAP not in {grant.role for grant in actor.grants}:
            return []  # the captain and a stranger try for all to whom it does not exist

        def may(*verbs: Verb) -> bool:
            return any(_may(actor, verb, before, followers) for verb in verbs)

        through = [
            what
            for what, verbs, attempt in _attempts(number, TicketId(other.ticket.id or 0), doors)
            if not may(*verbs) and not await _refused(attempt(uow), sees=sees)
        ]
        if await uow.tickets.get(number) != before:
            through.append("changed it")
    return through


def _attempts(number: TicketId, other: TicketId, doors: Doors) -> Iterator[Attempt]:
    for command in pressed(number, other, doors.cast["GWF"].id):
        verbs = VERBS[type(command)]
        yield str(command), verbs, partial(ROUTES.command(command), command)
    for what, verb, about in ASKED:
        asked = {"for": what, "ticket_id": number, **about}
        verbs = {verb, Verb.SAY} if verb is Verb.ANSWER else {verb}  # as with its button
        yield what, verbs, partial(TAKERS[what], asked, Given(text="明天"))


def _may(actor: Actor, verb: Verb, ticket: Ticket, followers: Sequence[int]) -> bool:
    return ticket.allows(verb) and bool(capacity_among_raisers(actor, verb, ticket, followers))


async def _refused(attempt: Awaitable[None], *, sees: bool) -> bool:
    """For whom it does not exist, it does not even turn out that it does."""
    try:
        await attempt
    except CommunityError as error:
        return sees or isinstance(error, NotFound)
    return False
