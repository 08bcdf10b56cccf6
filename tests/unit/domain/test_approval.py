"""Who answers what an assignee asks, and which question still stands."""

from datetime import UTC, datetime

import pytest

from actions.domain.approval import LEVELS, Asks, pending, rule_for, was_extended
from actions.domain.identifiers import PersonId
from actions.domain.people import Actor, Role, RoleGrant
from actions.domain.ticket import Deed, Ticket
from actions.domain.ticket_status import TicketStatus, Verb

NOW = datetime(2026, 3, 2, 6, 30, tzinfo=UTC)
HERE, ELSEWHERE = "RT/LJ/BL/BL-45", "RT/LJ/RY"
WORKER, LEAD = PersonId(1), PersonId(2)
BY_WORKER = Deed(actor=WORKER, role="assignee", at=NOW)


def actor(person: PersonId, *roles: Role, area: str = "RT/LJ") -> Actor:
    return Actor(
        person_id=person, grants=frozenset(RoleGrant(role=role, area=area) for role in roles)
    )


def ticket(status: TicketStatus = TicketStatus.IN_PROGRESS) -> Ticket:
    return Ticket(status=status, area=HERE, assignee=WORKER)


def asked(of: Ticket, asks: Asks) -> None:
    of.record(Verb.PROPOSE, BY_WORKER, asks=asks.value, date="2026-03-09")


@pytest.mark.parametrize(
    ("held", "levels"),
    [
        ((Role.GWF,), (Role.GLD, Role.CMT, Role.DSP)),
        ((Role.PRM,), (Role.GLD, Role.CMT, Role.DSP)),
        ((Role.GWF, Role.GLD), (Role.CMT, Role.DSP)),
        ((Role.CMT,), (Role.DSP,)),
        ((Role.DSP,), (Role.DSP,)),
    ],
)
def test_the_levels_above_answer_and_the_highest_to_its_like(
    held: tuple[Role, ...], levels: tuple[Role, ...]
) -> None:
    assert rule_for(actor(WORKER, *held), ticket(), LEVELS).levels == levels


def test_a_lead_of_another_place_is_a_worker_here() -> None:
    proposer = actor(WORKER, Role.GLD, area=ELSEWHERE)

    assert rule_for(proposer, ticket(), LEVELS).levels[0] is Role.GLD


def test_about_the_staff_the_grid_lead_has_no_say() -> None:
    assert rule_for(actor(WORKER, Role.GWF), ticket(), (Role.DSP, Role.CMT)).levels == (
        Role.CMT,
        Role.DSP,
    )


def test_nobody_answers_themselves_and_nobody_from_elsewhere_answers() -> None:
    about = ticket()
    asked(about, Asks.HOLD)
    question, rule = about.new_entries[-1], rule_for(actor(WORKER, Role.GWF), about, LEVELS)

    assert rule.allows(actor(LEAD, Role.GLD), question, about)
    assert not rule.allows(actor(WORKER, Role.CMT), question, about)
    assert not rule.allows(actor(LEAD, Role.GWF), question, about)
    assert not rule.allows(actor(LEAD, Role.GLD, area=ELSEWHERE), question, about)


@pytest.mark.parametrize("asks", list(Asks))
def test_the_last_question_stands_until_it_is_answered(asks: Asks) -> None:
    about = ticket()
    assert pending(about.new_entries, about) is None
    asked(about, asks)
    asked(about, asks)
    about.record(Verb.NOTE, BY_WORKER, reason="还在等")

    assert pending(about.new_entries, about) is about.new_entries[1]
    about.record(Verb.REFUSE, Deed(actor=LEAD, role="GLD", at=NOW))
    assert pending(about.new_entries, about) is None


def test_a_pause_is_moot_once_the_matter_moves_and_a_new_date_is_not() -> None:
    held, longer = ticket(), ticket()
    asked(held, Asks.HOLD)
    asked(longer, Asks.EXTEND)

    for about in (held, longer):
        about.record(Verb.SCHEDULE, BY_WORKER, date="2026-03-04")

    assert pending(held.new_entries, held) is None
    assert pending(longer.new_entries, longer) is longer.new_entries[0]


def test_what_somebody_else_has_by_now_is_not_asked_any_more() -> None:
    about = ticket()
    asked(about, Asks.EXTEND)
    about.assignee = LEAD

    assert pending(about.new_entries, about) is None


def test_an_extension_is_remembered() -> None:
    about = ticket()
    asked(about, Asks.EXTEND)
    assert not was_extended(about.new_entries)

    about.record(Verb.EXTEND, Deed(actor=LEAD, role="GLD", at=NOW))

    assert was_extended(about.new_entries)
