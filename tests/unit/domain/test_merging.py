"""Which tickets may become one, and what the one then owes."""

from datetime import UTC, datetime, timedelta

import pytest

from actions.domain.identifiers import LeafCode, PersonId
from actions.domain.merging import Obstacle, obstacle, owed_by
from actions.domain.ticket import Ticket, stands_with
from actions.domain.ticket_status import CLOSED, TicketStatus

NOW = datetime(2026, 3, 2, 6, 30, tzinfo=UTC)


def made(number: str, **more: object) -> Ticket:
    facts: dict[str, object] = {
        "status": TicketStatus.TRIAGE, "category": LeafCode("BLD01"), "urgency": "N",
        "privacy": "public", "settle_due_at": NOW + timedelta(days=3),
    }  # fmt: skip
    return Ticket(number=number, **(facts | more))  # type: ignore[arg-type]


def test_two_open_ones_of_a_kind_have_no_obstacle() -> None:
    assert obstacle(made("a"), made("b", status=TicketStatus.ACCEPTED)) is None


def test_nothing_becomes_one_with_itself() -> None:
    assert obstacle(made("a"), made("a")) is Obstacle.ITSELF


@pytest.mark.parametrize("status", sorted({*CLOSED, TicketStatus.RESOLVED}))
def test_nothing_is_merged_into_what_is_done(status: TicketStatus) -> None:
    assert obstacle(made("a"), made("b", status=status)) is Obstacle.CLOSED


@pytest.mark.parametrize(
    ("mine", "other"),
    [
        ({"privacy": "restricted"}, {}),
        ({}, {"privacy": "private"}),
        ({"privacy": "sealed"}, {"privacy": "public"}),
        ({"recused": (7,)}, {"assignee": PersonId(7)}),
        ({}, {"origin": "part"}),
    ],
)
def test_what_different_people_may_see_stays_apart(
    mine: dict[str, object], other: dict[str, object]
) -> None:
    assert obstacle(made("a", **mine), made("b", **other)) is Obstacle.APART


@pytest.mark.parametrize(
    ("mine", "other"),
    [
        ({"privacy": "sealed"}, {"privacy": "sealed"}),
        ({"privacy": "public"}, {"privacy": "sealed"}),
        ({"privacy": "sealed", "category": LeafCode("OTH99")}, {"privacy": "public"}),
    ],
)
def test_sealed_with_sealed_is_fine_and_so_is_sealed_by_caution(
    mine: dict[str, object], other: dict[str, object]
) -> None:
    assert obstacle(made("a", **mine), made("b", **other)) is None


def test_the_earlier_date_the_greater_urgency_and_both_recusals_count() -> None:
    sooner = NOW + timedelta(hours=2)
    owed = owed_by(
        made("a", settle_due_at=sooner, urgency="U", recused=(9,)), made("b", recused=(4,))
    )

    assert owed == {"settle_due_at": sooner.isoformat(), "urgency": "U", "recused": [4, 9]}


def test_a_later_date_and_a_lesser_urgency_change_nothing() -> None:
    later = NOW + timedelta(days=9)

    assert owed_by(made("a", settle_due_at=later, urgency="Q"), made("b")) == {}


def test_a_merged_one_stands_where_the_whole_stands_unless_taken_back() -> None:
    whole = made("b", status=TicketStatus.IN_PROGRESS)
    merged = made("a", status=TicketStatus.MERGED)
    gone = made("a", status=TicketStatus.WITHDRAWN)

    assert stands_with(merged, whole) is whole
    assert stands_with(gone, whole) is gone
    assert stands_with(whole, None) is whole
