"""Who decides in each tier, what lifts a matter, and how often chasing reaches somebody."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from actions.domain.category import Tier
from actions.domain.identifiers import LeafCode, PersonId
from actions.domain.people import Role
from actions.domain.policy import Policy
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb
from actions.domain.tier import Signal, decider, lifted, one_down, one_up, sooner_contact
from actions.domain.timeline import TimelineEntry
from actions.domain.urging import reach_of_next
from tests.builders import the_community

NOW = datetime(2026, 3, 2, 6, 30, tzinfo=UTC)
RULES = the_community()


def test_each_tier_has_its_decider() -> None:
    assert [decider(tier) for tier in Tier] == [Role.GWF, Role.CMT, Role.CHR]


def test_the_tiers_are_three_steps() -> None:
    assert [one_up(tier) for tier in Tier] == [Tier.URGENT, Tier.HARD, None]
    assert [one_down(tier) for tier in Tier] == [None, Tier.SMALL, Tier.URGENT]


@pytest.mark.parametrize(
    ("tier", "signal", "now"),
    [
        (Tier.SMALL, Signal.SAFETY, Tier.URGENT),
        (Tier.SMALL, Signal.HOUSEHOLDS, Tier.URGENT),
        (Tier.SMALL, Signal.REOPENED, Tier.URGENT),
        (Tier.URGENT, Signal.SAFETY, None),
        (Tier.URGENT, Signal.HOUSEHOLDS, None),
        (Tier.URGENT, Signal.REOPENED, Tier.HARD),
        (Tier.HARD, Signal.REOPENED, None),
    ],
)
def test_a_signal_lifts_one_step_and_no_further_than_it_reaches(
    tier: Tier, signal: Signal, now: Tier | None
) -> None:
    assert lifted(tier, signal) is now


def _open(due: datetime | None) -> Ticket:
    return Ticket(status=TicketStatus.ACCEPTED, contact_due_at=due)


def test_a_date_only_ever_gets_better() -> None:
    policy = Policy(urgent_contact_within=timedelta(hours=24))
    later, sooner = NOW + timedelta(days=3), NOW + timedelta(hours=2)

    assert sooner_contact(_open(later), Tier.URGENT, NOW, policy) == NOW + timedelta(hours=24)
    assert sooner_contact(_open(sooner), Tier.URGENT, NOW, policy) is None
    assert sooner_contact(_open(later), Tier.HARD, NOW, policy) is None
    assert sooner_contact(_open(None), Tier.URGENT, NOW, policy) is None


def test_no_date_changes_where_the_rules_do_not_say_so() -> None:
    policy = Policy(urgent_contact_within=timedelta())

    assert sooner_contact(_open(NOW + timedelta(days=3)), Tier.URGENT, NOW, policy) is None


def test_who_was_contacted_or_waits_gets_no_new_date() -> None:
    contacted = replace(_open(NOW + timedelta(days=3)), contacted_at=NOW)
    waiting = replace(_open(NOW + timedelta(days=3)), status=TicketStatus.NEEDS_INFO)

    for ticket in (contacted, waiting):
        assert sooner_contact(ticket, Tier.URGENT, NOW, Policy()) is None


def _chased(*ago: tuple[float, bool, bool]) -> Sequence[TimelineEntry]:
    """(hours ago, told to the worker, told to the lead)"""
    return [
        TimelineEntry(
            seq=n,
            verb=Verb.URGE,
            source=TicketStatus.ACCEPTED,
            target=TicketStatus.ACCEPTED,
            actor=PersonId(1),
            role="RES",
            at=NOW - timedelta(hours=hours),
            data={"told": told, "lead_told": lead},
        )
        for n, (hours, told, lead) in enumerate(ago, 1)
    ]


ROUND_THE_CLOCK = Ticket(category=LeafCode("BLD01"))


Chases = tuple[tuple[float, bool, bool], ...]


@pytest.mark.parametrize(
    ("earlier", "reached"),
    [
        ((), {"worker"}),
        (((1, True, False),), set()),
        (((2, True, False), (1, False, False)), {"lead"}),
        (((4, True, False),), {"worker"}),
        (((5, True, False), (4.5, False, False), (3, True, True)), set()),
        (
            ((9, True, False), (8, False, True), (2, True, False), (1, False, False)),
            {"lead"},
        ),
        (
            ((3, True, False), (2, False, True), (1, False, False), (1, False, False)),
            set(),
        ),
    ],
)
def test_a_chase_reaches_the_worker_once_in_four_hours_and_every_third_the_lead(
    earlier: Chases, reached: set[str]
) -> None:
    reach = reach_of_next(_chased(*earlier), ROUND_THE_CLOCK, NOW, RULES)

    assert {name for name in ("worker", "lead") if getattr(reach, name)} == reached


def test_over_a_weekend_working_hours_do_not_pass() -> None:
    working = Ticket(category=LeafCode("NOI01"))
    monday = NOW + timedelta(days=7)
    friday = _chased((70 - 7 * 24, True, False))  # half past four in the afternoon

    assert not reach_of_next(friday, working, monday - timedelta(hours=5), RULES).worker
    assert reach_of_next(friday, working, monday, RULES).worker


def test_a_new_owner_was_not_chased() -> None:
    moved = Ticket(category=LeafCode("BLD01"), accept_from=NOW - timedelta(minutes=30))

    assert reach_of_next(_chased((1, True, False)), moved, NOW, RULES).worker
