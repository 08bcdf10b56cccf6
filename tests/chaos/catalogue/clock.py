"""H: time is wrong."""

from tests.chaos.catalogue.fault import Fault

TITLE = "Time is wrong"

_TIME = "tests/integration/test_time_wrong.py::test_"
_TURNS = "tests/integration/test_turns.py::test_"

ROWS = (
    Fault(
        "H1",
        "the clock jumps",
        (
            f"{_TIME}who_wrote_first_is_heard_first_however_the_clock_jumps",
            f"{_TIME}what_came_before_the_clock_was_set_back_does_not_wait",
            f"{_TURNS}a_clock_that_was_set_back_holds_nobody_up",
        ),
    ),
    Fault(
        "H2",
        "gateways disagree about the time",
        (
            f"{_TIME}a_gateway_behind_goes_on_for_one_that_was_ahead_and_steals_no_lease",
            f"{_TIME}an_update_taken_by_a_gateway_ahead_is_read_by_one_behind",
        ),
    ),
    Fault(
        "H3",
        "date rollover, 29 February, year end, 2038",
        (
            f"{_TIME}a_ticket_is_of_its_day_in_shanghai",
            f"{_TIME}no_number_comes_twice_when_a_day_comes_twice",
        ),
    ),
    Fault(
        "H4",
        "suspended for six hours",
        (f"{_TIME}after_six_hours_asleep_everything_is_due_once",),
    ),
)
