"""E: what goes out does not arrive."""

from tests.chaos.catalogue.fault import Fault

TITLE = "What goes out does not arrive"

_FAULTS = "tests/integration/test_telegram_sending_faults.py::test_"
_JUDGING = "tests/unit/bot/test_telegram_judging.py::test_"
_LANE = "tests/integration/test_delivery_channels.py::test_"
_PAGE = "tests/integration/test_delivery_page.py::test_"
_ELSEWHERE = "tests/integration/test_telegram_sending_elsewhere.py::test_"
_PARTS = "tests/integration/test_telegram_sending_parts.py::test_"
_OUTAGE = "tests/integration/test_outage.py::test_"
_SPLITTING = "tests/unit/bot/test_telegram_splitting.py::test_"
_SENDING = "tests/integration/test_telegram_sending.py::test_"
_PUSH = "tests/integration/test_webpush.py::test_"

ROWS = (
    Fault(
        "E1",
        "429 with retry_after",
        (
            f"{_FAULTS}a_chat_that_has_to_wait_holds_up_nobody_else",
            f"{_FAULTS}when_everybody_is_refused_the_channel_waits",
            f"{_LANE}the_wait_a_platform_asks_for_is_kept",
            f"{_LANE}a_wait_asked_of_everybody_holds_the_whole_channel",
            f"{_JUDGING}a_chat_that_has_to_wait_far_longer_waits_alone",
            f"{_PUSH}a_busy_push_service_is_asked_again_when_it_said",
        ),
    ),
    Fault(
        "E2",
        "5xx, time-out, DNS, TLS, reset",
        (
            f"{_FAULTS}news_that_was_not_taken_is_sent_again",
            f"{_FAULTS}a_platform_that_is_away_loses_nothing",
            f"{_FAULTS}in_a_storm_each_message_arrives_as_promised",
            f"{_JUDGING}what_never_left_is_tried_again",
            f"{_LANE}after_three_days_of_failures_it_is_a_dead_letter",
        ),
    ),
    Fault(
        "E3",
        "accepted, answer lost",
        (
            f"{_FAULTS}news_whose_answer_was_lost_is_said_once_more",
            f"{_FAULTS}small_talk_whose_answer_was_lost_is_not_said_twice",
            f"{_FAULTS}what_can_be_pressed_is_not_lost_with_an_answer",
            f"{_LANE}news_in_doubt_is_sent_again_and_small_talk_is_not",
            f"{_PARTS}of_news_only_the_part_in_doubt_comes_twice",
        ),
    ),
    Fault(
        "E4",
        "blocked, chat gone, window closed",
        (
            f"{_ELSEWHERE}who_blocked_us_reads_it_on_the_page_in_order",
            f"{_ELSEWHERE}who_has_no_page_cannot_be_told",
            f"{_ELSEWHERE}a_chat_that_has_another_id_is_followed",
            f"{_LANE}who_is_gone_is_not_tried_again_and_the_console_says_why",
            f"{_PUSH}a_browser_that_is_gone_is_forgotten",
        ),
        why_not="the closed window and its limits with the WeChat channel (issue 7)",
    ),
    Fault(
        "E5",
        "access token expired, two processes refresh",
        why_not="with the WeChat channel (issue 7); the token of Telegram does not expire",
    ),
    Fault(
        "E6",
        "a slow API",
        (
            f"{_LANE}a_slow_channel_does_not_hold_up_another",
            f"{_LANE}no_more_are_under_way_than_the_channel_bears",
        ),
    ),
    Fault(
        "E7",
        "100k pushes wait after an outage",
        (
            f"{_OUTAGE}a_backlog_drains_to_the_newest_news_of_each_matter",
            f"{_OUTAGE}a_hundred_thousand_pushes_drain_in_flat_memory",
            f"{_LANE}old_news_never_follows_newer_news",
        ),
    ),
    Fault(
        "E8",
        "one of two destinations is down",
        (f"{_OUTAGE}what_one_way_cannot_take_another_takes_all_the_same",),
    ),
    Fault(
        "E9",
        "a push cannot be worded",
        (
            f"{_LANE}a_row_that_cannot_be_rendered_holds_up_nobody",
            f"{_PAGE}a_row_that_cannot_be_rendered_is_tried_again_later_and_later",
        ),
    ),
    Fault(
        "E10",
        "text over the limit of the channel",
        (
            f"{_SPLITTING}the_parts_joined_are_the_text",
            f"{_SPLITTING}no_character_as_readers_see_it_is_cut",
            f"{_SENDING}a_long_text_comes_in_parts_with_the_buttons_on_the_last",
            f"{_SENDING}emphasis_the_platform_dislikes_is_left_out",
            f"{_SENDING}nobodys_words_break_a_message",
        ),
    ),
)
