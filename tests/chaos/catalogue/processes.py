"""A: processes die."""

from tests.chaos.catalogue.fault import Fault

TITLE = "Processes die"

_KILLS = "tests/chaos/test_kills.py::test_"
_STUCK = "tests/chaos/test_stuck.py::test_"
_GATEWAYS = "tests/chaos/faults/test_processes.py::test_"
_DEADLY = "tests/integration/test_deadly.py::test_"
_RECEIVING = "tests/integration/test_telegram_receiving.py::test_"
_LETTERS = "tests/integration/test_console_letters.py::test_"
_STREAM = "tests/integration/test_webchat_events.py::test_"
_WATCHDOG = "tests/unit/bot/test_watchdog.py::test_"

ROWS = (
    Fault(
        "A1",
        "gateway killed at random",
        (
            "make chaos",
            f"{_KILLS}a_storm_of_kills_loses_and_doubles_nothing",
            f"{_KILLS}a_storm_of_kills_while_telegram_is_asked",
        ),
    ),
    Fault(
        "A2",
        "killed at each named fail point",
        (
            "make chaos",
            f"{_KILLS}the_storms_know_every_step_of_the_code",
            f"{_KILLS}a_schedule_visits_every_step_alike_and_is_replayed_by_its_seed",
        ),
    ),
    Fault(
        "A3",
        "killed while it holds a conversation",
        (
            f"{_STUCK}another_gateway_goes_on_in_order_when_one_is_killed",
            f"{_STUCK}a_lease_and_two_looks_are_less_than_the_promised_rescue",
        ),
    ),
    Fault(
        "A4",
        "stopped past its lease and woken again",
        (f"{_STUCK}a_gateway_that_slept_through_its_lease_writes_nothing",),
    ),
    Fault(
        "A5",
        "both gateways die in the same instant",
        (f"{_GATEWAYS}when_both_gateways_die_at_once_they_come_back_by_themselves",),
    ),
    Fault(
        "A6",
        "SIGTERM under load",
        (
            f"{_GATEWAYS}told_to_stop_under_load_it_refuses_nothing_it_accepted",
            f"{_STREAM}streams_and_held_lines_end_with_the_house",
        ),
    ),
    Fault(
        "A7",
        "a message that breaks whoever handles it",
        (
            f"{_DEADLY}what_breaks_its_handler_is_given_up_after_five_tries_and_holds_up_nobody",
            f"{_DEADLY}what_a_process_died_of_waits_longer_each_time_and_nobody_else_does",
            f"{_DEADLY}what_every_process_dies_of_goes_to_a_person_and_is_not_touched_again",
            f"{_RECEIVING}a_poison_update_is_put_away_and_its_chat_goes_on",
            f"{_LETTERS}what_is_stuck_is_listed_and_read_with_numbers_covered",
        ),
    ),
    Fault(
        "A8",
        "out of memory",
        (f"{_GATEWAYS}a_gateway_that_gets_no_more_memory_loses_nothing_it_accepted",),
    ),
    Fault(
        "A9",
        "event loop blocked for ten seconds",
        (
            f"{_WATCHDOG}a_loop_that_stands_still_is_noticed",
            f"{_WATCHDOG}the_process_ends_and_says_where_it_stood",
            f"{_WATCHDOG}a_loop_that_moves_is_left_alone",
        ),
    ),
)
