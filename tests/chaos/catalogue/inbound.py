"""F: what comes in is odd."""

from tests.chaos.catalogue.fault import Fault

TITLE = "What comes in is odd"

_ODD = "tests/integration/test_telegram_odd_updates.py::test_"
_DOORS = "tests/integration/test_telegram_doors.py::test_"
_RECEIVING = "tests/integration/test_telegram_receiving.py::test_"
_FILES = "tests/integration/test_telegram_receiving_files.py::test_"
_PAGE = "tests/integration/test_webchat_messages.py::test_"
_REQUESTS = "tests/chaos/faults/test_hostile_requests.py::test_"
_TAKING = "tests/integration/test_taking_in.py::test_"
_ELSEWHERE = "tests/integration/test_telegram_sending_elsewhere.py::test_"

ROWS = (
    Fault(
        "F1",
        "the same update many times, at once, late",
        (
            f"{_DOORS}the_same_update_many_times_at_once_is_kept_once",
            f"{_TAKING}two_processes_that_take_the_same_in_keep_it_once",
            f"{_PAGE}a_message_is_taken_once_however_often_it_is_sent",
            f"{_ODD}what_comes_again_after_a_month_changes_nothing",
        ),
    ),
    Fault(
        "F2",
        "updates reordered, with gaps",
        (
            f"{_ODD}updates_out_of_order_and_with_gaps_are_each_heard_once",
            f"{_RECEIVING}one_chat_is_read_in_order_and_by_one_reader_at_a_time",
            f"{_RECEIVING}numbers_that_begin_anew_after_a_quiet_week_are_heard",
        ),
    ),
    Fault(
        "F3",
        "the platform tries again while the first try runs",
        (f"{_DOORS}the_same_update_many_times_at_once_is_kept_once",),
        why_not="the five seconds of a passive answer with the WeChat channel (issue 7)",
    ),
    Fault(
        "F4",
        "signature wrong, absent, odd, old",
        (
            f"{_DOORS}who_does_not_know_the_secret_leaves_nothing",
            f"{_DOORS}while_the_secret_is_changed_both_count",
            f"{_REQUESTS}who_does_not_know_the_webhooks_secret_leaves_nothing",
        ),
        why_not="age and nonce with the WeChat channel (issue 7): Telegram signs neither",
    ),
    Fault(
        "F5",
        "updates of every kind",
        (
            f"{_ODD}no_kind_of_update_stays_unread_or_fails",
            f"{_RECEIVING}a_group_hears_one_sentence_and_is_left",
            f"{_DOORS}nonsense_that_knows_the_secret_is_kept_for_whoever_looks",
        ),
    ),
    Fault(
        "F6",
        "media unreachable, huge, wrong, empty, dripping",
        (
            f"{_FILES}a_photo_that_cannot_be_fetched_now_comes_later_and_holds_up_no_words",
            f"{_FILES}one_that_never_comes_is_said_in_the_end",
            f"{_FILES}what_is_larger_than_it_says_is_dropped_on_the_way",
            f"{_FILES}what_is_no_picture_is_said",
            f"{_ODD}a_photo_that_drips_is_given_up_and_the_words_are_there",
        ),
    ),
    Fault(
        "F7",
        "left, came back, blocked, migrated",
        (
            f"{_RECEIVING}blocking_and_coming_back_are_noted_and_make_nobody",
            f"{_ELSEWHERE}a_chat_that_has_another_id_is_followed",
            f"{_ELSEWHERE}who_blocked_us_reads_it_on_the_page_in_order",
        ),
    ),
)
