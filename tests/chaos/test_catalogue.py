"""Every fault has a test that is there, or a reason; the page says the same."""

import pytest

from tests.chaos.catalogue import CATALOGUE
from tests.chaos.catalogue.fault import Fault
from tests.chaos.catalogue.page import PAGE, page

#: How many faults each family has, so that no row goes missing.
FAMILIES = {"A": 9, "B": 14, "C": 5, "D": 9, "E": 10, "F": 7, "G": 6, "H": 4, "J": 10}


def test_no_row_is_missing() -> None:
    expected = [f"{letter}{n}" for letter, count in FAMILIES.items() for n in range(1, count + 1)]

    assert [fault.id for fault in CATALOGUE] == expected


@pytest.mark.parametrize("fault", CATALOGUE, ids=lambda fault: fault.id)
def test_something_shows_it_and_is_there(fault: Fault) -> None:
    assert not fault.is_open
    assert list(fault.missing()) == []


def test_the_page_is_the_catalogue() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m tests.chaos.catalogue --write"
