"""J: somebody wants to break it."""

from tests.chaos.catalogue.fault import Fault

TITLE = "Somebody wants to break it"

_BODIES = "tests/chaos/faults/test_hostile_bodies.py::test_"
_JSON = "tests/chaos/faults/test_hostile_json.py::test_"
_REQUESTS = "tests/chaos/faults/test_hostile_requests.py::test_"
_TEXTS = "tests/integration/test_naughty_texts.py::test_"
_REAL = "tests/chaos/faults/test_hostile_texts.py::test_"
_CONSOLE = "tests/integration/test_console_naughty.py::test_"
_FRAME = "tests/integration/test_console_frame.py::test_"
_BROWSER = "tests/journeys/test_console_naughty.py::test_"
_WORDS = "tests/integration/test_console_hostile.py::test_"
_PAGE = "tests/integration/test_webchat_messages.py::test_"
_NUMBER = "tests/unit/domain/test_ticket_number.py::test_"
_GROWTH = "tests/unit/domain/test_takes_linear_time.py::test_"
_MASKING = "tests/unit/domain/test_masking.py::test_"
_UPLOAD = "tests/integration/test_webchat_attachments.py::test_"

ROWS = (
    Fault(
        "J1",
        "bodies: empty, huge, endless, lying, compressed",
        (
            f"{_BODIES}no_size_of_a_body_is_too_much_for_a_door",
            f"{_BODIES}a_body_that_ends_before_its_announced_length_is_not_taken",
            f"{_BODIES}a_packed_body_is_refused_and_never_unpacked",
            f"{_JSON}no_form_breaks_the_console_or_an_upload",
        ),
    ),
    Fault(
        "J2",
        "JSON",
        (
            f"{_JSON}no_member_of_a_body_breaks_the_page",
            f"{_JSON}whatever_the_webhook_is_sent_is_kept_and_put_away",
            f"{_PAGE}a_hostile_body_is_refused_and_leaves_nothing",
            f"{_WORDS}no_word_of_an_address_breaks_a_page",
        ),
    ),
    Fault(
        "J3",
        "XML",
        why_not="with the WeChat channel (issue 7): no other door reads XML",
    ),
    Fault(
        "J4",
        "bytes that are no UTF-8",
        (
            f"{_BODIES}bytes_that_are_no_text_are_refused_by_the_page",
            f"{_BODIES}bytes_that_are_no_text_are_kept_for_whoever_looks_after_the_webhook",
            f"{_BODIES}bytes_that_are_no_text_may_stand_in_an_address",
        ),
    ),
    Fault(
        "J5",
        "naughty texts in every sink",
        (
            f"{_TEXTS}the_page_keeps_every_text",
            f"{_TEXTS}telegram_keeps_every_text",
            f"{_TEXTS}a_name_is_one_short_line",
            f"{_REAL}the_page_keeps_every_text_as_it_was_written",
            f"{_CONSOLE}a_board_of_naughty_matters_has_the_bones_of_any_other",
            f"{_CONSOLE}naughty_conversations_are_read_letter_by_letter",
            f"{_FRAME}naughty_names_stay_names",
            f"{_BROWSER}nothing_a_resident_wrote_runs",
        ),
    ),
    Fault(
        "J6",
        "ticket numbers as text",
        (
            f"{_NUMBER}the_ways_people_type_it_are_understood",
            f"{_NUMBER}what_is_not_a_number_is_refused",
            f"{_NUMBER}long_hostile_texts_take_linear_time",
            f"{_WORDS}no_word_of_an_address_breaks_a_page",
        ),
    ),
    Fault(
        "J7",
        "patterns that take for ever",
        (
            f"{_GROWTH}reading_takes_linear_time",
            f"{_MASKING}hostile_texts_take_linear_time",
        ),
    ),
    Fault(
        "J8",
        "file names",
        (
            f"{_JSON}no_name_of_a_file_is_used",
            f"{_UPLOAD}a_file_name_means_nothing",
        ),
    ),
    Fault(
        "J9",
        "frames of web sockets",
        (f"{_REQUESTS}the_frames_of_a_web_socket_meet_nobody",),
        why_not="there are none: live messages are server-sent events",
    ),
    Fault(
        "J10",
        "request smuggling, header floods, odd methods",
        (
            f"{_REQUESTS}a_request_whose_end_is_in_doubt_is_refused",
            f"{_REQUESTS}an_odd_head_gets_an_answer",
            f"{_REQUESTS}a_host_that_is_not_ours_is_not_served",
            f"{_REQUESTS}two_hosts_are_none",
        ),
    ),
)
