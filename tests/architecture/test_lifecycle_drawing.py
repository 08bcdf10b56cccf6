"""The drawing in docs/lifecycle.md shows the table of the code, row for row."""

import pytest
from draw_lifecycle import PAGE, diagram, edges, meanings, redrawn

from actions.domain.ticket_status import TRANSITIONS, TicketStatus, Transition, Verb


def test_the_drawing_is_the_present_table() -> None:
    page = PAGE.read_text(encoding="utf-8")

    assert page == redrawn(page), "stale: run .venv/bin/python scripts/draw_lifecycle.py"


def test_every_status_stands_in_the_drawing_and_has_its_meaning() -> None:
    drawn = "\n".join(diagram())

    assert [status for status in TicketStatus if status.value not in drawn] == []
    assert [status for status in TicketStatus if not meanings()[status.value]] == []


def test_a_new_row_changes_the_drawing() -> None:
    row = Transition("draft", Verb.ARCHIVE, "archived", frozenset({"system"}))

    assert ("draft", "archived") not in edges(TRANSITIONS)
    assert edges([*TRANSITIONS, row])["draft", "archived"] == ["archive"]


@pytest.mark.parametrize(
    ("row", "arrows"),
    [
        (Transition("-", Verb.BEGIN, "draft", frozenset()), {("[*]", "draft")}),
        (Transition("any open", Verb.RAISE_TIER, "(same)", frozenset()), set()),
        (
            Transition("any open", Verb.WITHDRAW, "withdrawn", frozenset()),
            {("any_open", "withdrawn")},
        ),
        (
            Transition("needs_info", Verb.ANSWER, "(where it came from)", frozenset()),
            {("needs_info", "triage"), ("needs_info", "accepted"), ("needs_info", "in_progress")},
        ),
    ],
)
def test_a_wildcard_is_drawn_as_what_it_stands_for(
    row: Transition, arrows: set[tuple[str, str]]
) -> None:
    assert set(edges([row])) == arrows
