"""Which rung a matter reaches when, in the hours its own clock counts."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.domain.category import WorkCalendar
from actions.domain.identifiers import LeafCode, PersonId
from actions.domain.ladder import (
    ACCEPT,
    CONTACT,
    DECIDE,
    SETTLE,
    Rung,
    climbed,
    heard_by,
    levels_above,
    next_rung,
)
from actions.domain.people import Role
from actions.domain.service_level import due_at, elapsed, moment_after, moment_before
from actions.domain.ticket import Deed, Ticket
from actions.domain.ticket_status import TicketStatus, Verb
from tests.builders import the_community

RULES = the_community()
SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def deed(moment: datetime) -> Deed:
    return Deed(actor=PersonId(1), role="RES", at=moment)


def filed(leaf: str, moment: datetime) -> Ticket:
    """Filed and offered to a grid worker in the same breath."""
    category = RULES.category(LeafCode(leaf))
    ticket = Ticket()
    ticket.begin(deed(moment))
    ticket.submit(
        deed(moment), number="LJ-1", reporter=1, category=leaf, **promised(category, moment)
    )
    ticket.dispatch(deed(moment), assignee=PersonId(2), role="GWF")
    return ticket


def promised(category: Any, moment: datetime) -> dict[str, datetime]:
    def by(minutes: int) -> datetime:
        return due_at(moment, counted(minutes, category), category.calendar, RULES.hours)

    return {
        "accept_due_at": by(category.accept_min),
        "contact_due_at": by(category.contact_min),
        "settle_due_at": by(category.settle_min),
    }


def counted(minutes: int, category: Any) -> int:
    if category.calendar is WorkCalendar.ALWAYS:
        return minutes
    days, rest = divmod(minutes, 1440)
    return days * RULES.hours.minutes_a_day + min(rest, RULES.hours.minutes_a_day)


def shown(ticket: Ticket) -> tuple[str, int, str]:
    step = next_rung(ticket, RULES)
    assert step is not None
    return step.clock, step.rung, f"{step.at.astimezone(SHANGHAI):%m-%d %H:%M}"


def climb(ticket: Ticket, moment: datetime) -> None:
    due = climbed(ticket, RULES, moment)
    ticket.record(
        Verb.CLIMB,
        deed(moment),
        rung=max(step.rung for step in due),
        rung_clock=due[0].clock,
        rungs={step.clock: int(step.rung) for step in due},
    )


def test_an_urgent_matter_climbs_by_the_minute_day_and_night() -> None:
    ticket = filed("BLD01", at("2026-03-02 23:30"))

    assert shown(ticket) == (ACCEPT, Rung.WORKER, "03-03 00:00")
    climb(ticket, at("2026-03-03 00:00"))
    assert shown(ticket) == (ACCEPT, Rung.LEAD, "03-03 00:18")
    climb(ticket, at("2026-03-03 00:18"))
    assert shown(ticket) == (ACCEPT, Rung.COMMITTEE, "03-03 00:30")
    climb(ticket, at("2026-03-03 00:30"))
    assert shown(ticket) == (ACCEPT, Rung.STREET, "03-03 01:00")


def test_working_time_stands_still_over_a_holiday_and_counts_a_weekend_worked_instead() -> None:
    # Lunch is from twelve to two; 1 to 7 October are free, Saturday the 10th is worked.
    ticket = filed("NOI01", at("2026-09-30 16:30"))

    assert shown(ticket) == (ACCEPT, Rung.WORKER, "10-08 09:30")
    climb(ticket, at("2026-10-08 09:30"))
    assert shown(ticket) == (ACCEPT, Rung.LEAD, "10-08 10:42")

    late = filed("NOI01", at("2026-10-09 16:30"))
    assert shown(late) == (ACCEPT, Rung.WORKER, "10-10 09:30")


def test_after_accepting_the_clock_of_contact_runs_from_the_filing() -> None:
    ticket = filed("BLD01", at("2026-03-02 14:00"))
    ticket.record(Verb.ACCEPT, deed(at("2026-03-02 14:05")))

    assert shown(ticket) == (CONTACT, Rung.WORKER, "03-02 16:00")
    ticket.record(Verb.CONTACT, deed(at("2026-03-02 14:10")))
    assert shown(ticket) == (SETTLE, Rung.WORKER, "03-03 02:00")


def test_a_broken_promise_is_seen_even_while_another_clock_runs() -> None:
    ticket = filed("BLD01", at("2026-03-02 14:00"))
    climb(ticket, at("2026-03-02 15:30"))

    assert shown(ticket) == (CONTACT, Rung.COMMITTEE, "03-02 18:00")


def test_whoever_comes_late_finds_every_rung_at_once_and_none_left_of_that_clock() -> None:
    ticket = filed("BLD01", at("2026-03-02 14:00"))

    due = climbed(ticket, RULES, at("2026-03-04 00:00"))

    assert {(step.clock, step.rung) for step in due} == {
        *((ACCEPT, rung) for rung in Rung),
        (CONTACT, Rung.COMMITTEE), (CONTACT, Rung.STREET), (SETTLE, Rung.COMMITTEE),
    }  # fmt: skip
    climb(ticket, at("2026-03-04 00:00"))
    assert shown(ticket) == (SETTLE, Rung.STREET, "03-04 02:00")


def test_a_new_owner_has_an_accept_clock_of_their_own() -> None:
    ticket = filed("BLD01", at("2026-03-02 14:00"))
    climb(ticket, at("2026-03-02 15:00"))
    ticket.record(
        Verb.ESCALATE,
        deed(at("2026-03-02 15:00")),
        assignee=3,
        assignee_role="GLD",
        accept_due_at=at("2026-03-02 16:00"),
    )

    assert (ticket.rung, ticket.rung_clock) == (0, "")
    assert shown(ticket) == (ACCEPT, Rung.WORKER, "03-02 15:30")


@pytest.mark.parametrize(
    ("verbs", "status"),
    [
        ((Verb.ACCEPT, Verb.ASK), TicketStatus.NEEDS_INFO),
        ((Verb.ACCEPT, Verb.START, Verb.HOLD), TicketStatus.ON_HOLD),
        ((Verb.ACCEPT, Verb.START, Verb.HAND_OUT), TicketStatus.EXTERNAL),
        ((Verb.ACCEPT, Verb.START, Verb.DELIBERATE), TicketStatus.DELIBERATION),
        ((Verb.ACCEPT, Verb.RESOLVE), TicketStatus.RESOLVED),
        ((Verb.WITHDRAW,), TicketStatus.WITHDRAWN),
    ],
)
def test_what_waits_or_is_over_climbs_nowhere(
    verbs: tuple[Verb, ...], status: TicketStatus
) -> None:
    ticket = filed("BLD01", at("2026-03-02 14:00"))
    for verb in verbs:
        ticket.record(verb, deed(at("2026-03-02 14:10")))

    assert ticket.status is status
    assert next_rung(ticket, RULES) is None


def test_a_pause_brings_no_rung_nearer() -> None:
    ticket = filed("BLD01", at("2026-03-02 14:00"))
    ticket.record(Verb.ACCEPT, deed(at("2026-03-02 14:05")))
    ticket.record(Verb.ASK, deed(at("2026-03-02 15:00")))
    ticket.record(Verb.ANSWER, deed(at("2026-03-04 15:00")))

    assert shown(ticket) == (CONTACT, Rung.WORKER, "03-04 16:00")


def test_nobody_decided_has_three_rungs_and_begins_again_at_each_return() -> None:
    ticket = filed("BLD01", at("2026-03-02 14:00"))
    ticket.record(Verb.RETURN, deed(at("2026-03-02 14:10")), reason="不是我的")
    rungs = [(s.rung, f"{s.at:%H:%M}") for s in climbed(ticket, RULES, at("2026-03-03 00:00"))
             if s.clock == DECIDE]  # fmt: skip

    assert rungs == [(Rung.WORKER, "08:10"), (Rung.COMMITTEE, "10:10"), (Rung.STREET, "12:10")]
    climb(ticket, at("2026-03-02 20:10"))
    ticket.record(Verb.RULE, deed(at("2026-03-02 20:15")), assignee=2, assignee_role="GWF")
    ticket.record(Verb.RETURN, deed(at("2026-03-02 20:20")), reason="真不是")
    assert shown(ticket) == (DECIDE, Rung.WORKER, "03-02 22:20")


def test_a_reopened_matter_runs_on_half_and_climbs_anew() -> None:
    ticket = filed("BLD01", at("2026-03-02 14:00"))
    climb(ticket, at("2026-03-02 15:30"))
    ticket.record(Verb.ACCEPT, deed(at("2026-03-02 15:30")))
    ticket.record(Verb.RESOLVE, deed(at("2026-03-02 16:00")))
    ticket.record(Verb.DISSATISFIED, deed(at("2026-03-02 20:00")), reason="还晃")

    assert ticket.rungs == {}
    ticket.record(
        Verb.DISPATCH,
        deed(at("2026-03-02 20:00")),
        assignee=3,
        assignee_role="GLD",
        accept_due_at=at("2026-03-02 20:30"),
        contact_due_at=at("2026-03-02 22:00"),
        settle_due_at=at("2026-03-03 08:00"),
    )
    assert shown(ticket) == (ACCEPT, Rung.WORKER, "03-02 20:15")
    ticket.record(Verb.ACCEPT, deed(at("2026-03-02 20:05")))
    assert shown(ticket) == (CONTACT, Rung.WORKER, "03-02 21:00")


def test_an_extension_starts_the_settling_clock_anew() -> None:
    ticket = filed("BLD01", at("2026-03-02 14:00"))
    ticket.record(Verb.ACCEPT, deed(at("2026-03-02 14:05")))
    ticket.record(Verb.CONTACT, deed(at("2026-03-02 14:06")))
    climb(ticket, at("2026-03-03 14:00"))
    assert ticket.rungs == {SETTLE: Rung.COMMITTEE}

    extended = at("2026-03-06 14:00")
    ticket.record(Verb.EXTEND, deed(at("2026-03-03 14:00")), settle_due_at=extended)

    assert shown(ticket) == (SETTLE, Rung.WORKER, "03-06 02:00")


@pytest.mark.parametrize(
    ("role", "levels"),
    [
        ("GWF", (Role.GLD, Role.CMT, Role.DSP)),
        ("PRM", (Role.GLD, Role.CMT, Role.DSP)),
        ("GLD", (Role.CMT, Role.DSP)),
        ("CMT", (Role.DSP,)),
        ("POL", (Role.CMT, Role.DSP)),
        ("SUP", (Role.DSP,)),
        ("DSP", ()),
        ("", (Role.GLD, Role.CMT, Role.DSP)),
    ],
)
def test_each_role_has_its_way_up(role: str, levels: tuple[Role, ...]) -> None:
    assert levels_above(role) == levels


def test_a_rung_is_heard_from_its_level_on() -> None:
    assert heard_by(Rung.LEAD, "GWF") == (Role.GLD, Role.CMT, Role.DSP)
    assert heard_by(Rung.LEAD, "GLD") == (Role.CMT, Role.DSP)
    assert heard_by(Rung.COMMITTEE, "GWF") == (Role.CMT, Role.DSP)
    assert heard_by(Rung.STREET, "GWF") == (Role.DSP,)
    assert heard_by(Rung.STREET, "DSP") == ()


MOMENTS = st.datetimes(
    datetime(2026, 1, 5),  # noqa: DTZ001 - the zone is drawn below
    datetime(2026, 11, 30),  # noqa: DTZ001
    timezones=st.just(SHANGHAI),
)


@given(MOMENTS, st.integers(0, 6000), st.sampled_from(WorkCalendar))
def test_a_length_before_a_date_is_that_length(
    due: datetime, minutes: int, calendar: WorkCalendar
) -> None:
    length = timedelta(minutes=minutes)

    begins = moment_before(due, length, calendar, RULES.hours)

    assert elapsed(begins, due, calendar, RULES.hours) == length
    assert begins <= due


@given(MOMENTS, st.integers(1, 6000), st.sampled_from(WorkCalendar))
def test_a_length_after_a_date_is_that_length(
    start: datetime, minutes: int, calendar: WorkCalendar
) -> None:
    length = timedelta(minutes=minutes)

    ends = moment_after(start, length, calendar, RULES.hours)

    assert elapsed(start, ends, calendar, RULES.hours) == length


def test_those_who_wait_hear_the_soonest_date_that_still_stands() -> None:
    ticket = filed("BLD01", at("2026-03-02 14:00"))
    ticket.record(
        Verb.ESCALATE,
        deed(at("2026-03-02 17:40")),
        assignee=3,
        assignee_role="GLD",
        accept_due_at=at("2026-03-02 18:40"),
    )

    assert ticket.next_date(at("2026-03-02 17:40")) == at("2026-03-02 18:00")
    assert ticket.next_date(at("2026-03-02 18:00")) == at("2026-03-02 18:40")
    assert not ticket.is_late(at("2026-03-02 18:00"))
    ticket.record(Verb.ACCEPT, deed(at("2026-03-02 18:10")))
    assert ticket.is_late(at("2026-03-02 18:10"))
