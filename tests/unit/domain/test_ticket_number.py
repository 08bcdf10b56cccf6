"""Ticket numbers survive being read aloud, typed on a phone and pasted from a screen."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from actions.domain.ticket_number import (
    CHECK_LETTERS,
    find_ticket_number,
    parse_ticket_number,
    proposal_number,
    ticket_number,
)
from tests.growth import times_dearer

DAYS = st.dates(date(2020, 1, 1), date(2099, 12, 31))
COUNTS = st.integers(1, 99_999)


def test_the_number_has_date_running_number_and_check_letter() -> None:
    assert ticket_number(date(2026, 11, 20), 7) == "LL-261120-0007-K"


def test_running_numbers_grow_past_four_digits() -> None:
    assert ticket_number(date(2026, 11, 20), 12345).startswith("LL-261120-12345-")


def test_a_running_number_starts_at_one() -> None:
    with pytest.raises(ValueError, match="0"):
        ticket_number(date(2026, 11, 20), 0)


def test_check_letters_are_unambiguous() -> None:
    assert len(set(CHECK_LETTERS)) == 23
    assert not set(CHECK_LETTERS) & set("IOU")


@given(DAYS, COUNTS)
def test_a_number_reads_back_as_itself(day: date, n: int) -> None:
    number = ticket_number(day, n)
    assert parse_ticket_number(number) == number
    assert find_ticket_number(f"我的事项{number},到哪一步了?") == number


@given(DAYS, COUNTS, st.data())
def test_one_wrong_character_is_noticed(day: date, n: int, data: st.DataObject) -> None:
    number = ticket_number(day, n)
    spots = [i for i, c in enumerate(number) if c.isdigit() or i == len(number) - 1]
    spot = data.draw(st.sampled_from(spots))
    alphabet = "0123456789" if number[spot].isdigit() else CHECK_LETTERS
    wrong = data.draw(st.sampled_from(alphabet))
    assume(wrong != number[spot])
    assert parse_ticket_number(number[:spot] + wrong + number[spot + 1 :]) is None


@given(DAYS, COUNTS, st.data())
def test_two_swapped_digits_are_noticed(day: date, n: int, data: st.DataObject) -> None:
    number = ticket_number(day, n)
    digits = [i for i, c in enumerate(number) if c.isdigit()]
    k = data.draw(st.integers(0, len(digits) - 2))
    i, j = digits[k], digits[k + 1]
    assume(number[i] != number[j])
    swapped = list(number)
    swapped[i], swapped[j] = swapped[j], swapped[i]
    assert parse_ticket_number("".join(swapped)) is None


@pytest.mark.parametrize(
    "typed",
    [
        "LL-261120-0007-K",
        "ll-261120-0007-k",
        "LL2611200007K",
        "ll 261120 0007 k",
        "261120-0007-K",
        "２６１１２０－０００７－Ｋ",
        "ＬＬ－２６１１２０－０００７－Ｋ",
        "LL—261120—0007—K",
        "LL-261120-OOO7-K",
        "LL-26ll2O-0007-K",
        "11-261120-0007-K",
        "  LL - 261120 - 0007 - K  ",
        "No. LL-261120-0007-K",
        "#LL-261120-0007-K",
        "LL-26-11-20-0007-K",
        "LL_261120_0007_K",
    ],
)
def test_the_ways_people_type_it_are_understood(typed: str) -> None:
    assert parse_ticket_number(typed) == "LL-261120-0007-K"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "LL",
        "LL-261120-0007",
        "LL-261120-0007-A",
        "LL-261320-0007-K",
        "LL-261120-0000-D",
        "LL-261120-00007-K",
        "LL-%-_-K",
        "LL-261120-0007-K' OR 1=1",
        "13800138000",
        "LL-٢٦١١٢٠-٠٠٠٧-K",
        "9" * 1_000_000,
    ],
)
def test_what_is_not_a_number_is_refused(typed: str) -> None:
    assert parse_ticket_number(typed) is None


def test_a_number_is_found_in_a_sentence() -> None:
    assert find_ticket_number("催一下 ll261120 0007k 谢谢") == "LL-261120-0007-K"
    assert find_ticket_number("2611200007K 那件事") is None
    assert find_ticket_number("LL-261120-0007-B 不对,是 LL-261120-0007-K") == "LL-261120-0007-K"
    assert find_ticket_number("LL-261120-0007-Kitchen") is None


@pytest.mark.parametrize("unit", ["LL-", "LL261120", "L ", "0", "LL-261120-0007-", "｜"])
def test_long_hostile_texts_take_linear_time(unit: str) -> None:
    assert find_ticket_number(unit * (200_000 // len(unit))) is None
    assert times_dearer(find_ticket_number, unit, short=25_000) < 30


@pytest.mark.parametrize("n", [1, 9, 10, 9999, 10_000])
def test_the_number_of_a_proposal_passes_for_no_ticket(n: int) -> None:
    number = proposal_number(date(2026, 11, 20), n)

    assert number.startswith("YS-261120-")
    assert parse_ticket_number(number) is None
    assert parse_ticket_number(number.removeprefix("YS-")) is None
    assert number.removeprefix("YS") != ticket_number(date(2026, 11, 20), n).removeprefix("LL")


def test_proposals_are_counted_from_one() -> None:
    with pytest.raises(ValueError, match="0"):
        proposal_number(date(2026, 11, 20), 0)
