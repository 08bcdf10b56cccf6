"""D: Rasa fails."""

from tests.chaos.catalogue.fault import Fault

TITLE = "Rasa fails"

_FAILS = "tests/chaos/test_understanding_fails.py::test_"
_ANSWERS = "tests/chaos/faults/test_rasa_answers.py::test_"
_ORDER = "tests/chaos/faults/test_order_of_turns.py::test_"
_PROCESS = "tests/integration/test_rasa_process.py::test_"
_MODELS = "tests/integration/test_succession.py::test_"

ROWS = (
    Fault(
        "D1",
        "Rasa down",
        (
            f"{_FAILS}rasa_is_down_and_everything_is_understood_once_in_order_when_it_is_back",
            f"{_FAILS}a_restart_finds_what_was_parked",
            f"{_ANSWERS}it_is_asked_again_after_a_break_of_the_line",
            f"{_PROCESS}it_is_started_again_when_it_dies",
        ),
    ),
    Fault(
        "D2",
        "Rasa hangs",
        (
            f"{_FAILS}a_slow_answer_is_announced_while_it_is_awaited_and_given_once",
            f"{_FAILS}what_hangs_beyond_the_deadline_is_asked_again_and_the_late_one_is_harmless",
            f"{_PROCESS}it_is_started_again_when_it_hangs",
            "make chaos ARGS=--acks",
        ),
    ),
    Fault(
        "D3",
        "Rasa answers rubbish or without end",
        (
            f"{_ANSWERS}whatever_is_not_a_plain_yes_means_that_it_is_away",
            f"{_ANSWERS}what_it_says_is_not_read_as_an_answer",
            f"{_ANSWERS}an_answer_without_end_is_read_to_a_bound_only",
            f"{_ANSWERS}a_cut_answer_means_that_nobody_knows",
            f"{_FAILS}what_came_to_nothing_is_tried_again",
        ),
    ),
    Fault(
        "D4",
        "Rasa answers for somebody else",
        (
            f"{_ANSWERS}what_it_says_is_not_read_as_an_answer",
            f"{_FAILS}what_took_effect_is_not_asked_again_whatever_rasa_answers",
        ),
    ),
    Fault(
        "D5",
        "killed after its action took effect",
        (f"{_FAILS}what_took_effect_is_not_asked_again_whatever_rasa_answers", "make chaos"),
    ),
    Fault(
        "D6",
        "a restart loses the tracker",
        ("make chaos",),
        "the stand-in of every storm remembers nothing between two messages; drafts are rows",
    ),
    Fault(
        "D7",
        "two messages of one chat at once",
        (
            f"{_ORDER}messages_sent_together_are_handled_one_by_one_in_order",
            f"{_ORDER}two_hundred_chats_of_ten_messages_keep_their_order",
        ),
    ),
    Fault(
        "D8",
        "another model under traffic",
        (
            f"{_MODELS}people_write_through_a_change_of_models",
            f"{_MODELS}what_the_old_one_was_asked_it_answers_before_it_goes",
        ),
    ),
    Fault(
        "D9",
        "sender ids that are patterns or too long",
        (
            f"{_ORDER}whatever_a_platform_calls_somebody_rasa_hears_a_name_of_ours",
            "tests/integration/test_redis.py::test_no_key_tells_whom_it_is_about",
        ),
    ),
)
