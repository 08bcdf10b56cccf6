"""G: the network and its clients fail."""

from tests.chaos.catalogue.fault import Fault

TITLE = "The network and its clients fail"

_LINES = "tests/chaos/faults/test_lines_fail.py::test_"
_PARTITIONS = "tests/chaos/faults/test_partitions.py::test_"
_POSTGRESQL = "tests/chaos/faults/test_postgresql_fails.py::test_"
_STREAMS = "tests/integration/test_webchat_events.py::test_"

ROWS = (
    Fault(
        "G1",
        "stream cut at a random byte",
        (
            f"{_LINES}a_stream_cut_at_any_byte_shows_each_message_once_g1_g2",
            f"{_STREAMS}streams_cut_anywhere_lose_and_double_nothing",
        ),
    ),
    Fault(
        "G2",
        "two tabs, one asleep, nothing left of its stream",
        (
            f"{_LINES}a_page_that_slept_fetches_what_the_stream_told_g2",
            f"{_STREAMS}every_tab_gets_every_message",
        ),
    ),
    Fault(
        "G3",
        "sent, answer lost, sent again",
        (
            f"{_LINES}a_message_whose_answer_was_lost_is_sent_again_and_there_once_g3",
            f"{_LINES}a_doubled_request_is_one_message_g3",
        ),
    ),
    Fault(
        "G4",
        "a reader that never reads",
        ("tests/integration/test_webchat_sockets.py::test_a_reader_that_takes_nothing_is_cut_off",),
    ),
    Fault(
        "G5",
        "a connection whose other end is gone",
        (f"{_LINES}whoever_is_gone_without_a_word_is_noticed_within_a_minute_g5",),
    ),
    Fault(
        "G6",
        "partition from store, Redis and Rasa, each and in pairs",
        (
            f"{_PARTITIONS}every_partition_heals_without_a_message_lost_or_doubled",
            f"{_POSTGRESQL}a_server_that_hangs_is_told_in_time_and_served_after_it_b9_g6",
        ),
    ),
)
