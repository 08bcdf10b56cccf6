"""B: the store fails."""

from tests.chaos.catalogue.fault import Fault

TITLE = "The store fails"

_POSTGRESQL = "tests/chaos/faults/test_postgresql_fails.py::test_"
_SQLITE = "tests/chaos/faults/test_sqlite_fails.py::test_"
_SPOILT = "tests/chaos/faults/test_file_spoilt.py::test_"
_DISK = "tests/chaos/faults/test_disk_fails.py::test_"
_KILLS = "tests/chaos/test_kills.py::test_"
_POWER = "what_was_acknowledged_outlives_the_power_and_without_the_sync_it_would_not"
_TURNS = "tests/chaos/faults/test_turns_wait.py::test_"
_RESTORED = "tests/chaos/faults/test_restored.py::test_"
_MIGRATION = "tests/chaos/faults/test_migration_killed.py::test_"

ROWS = (
    Fault("B1", "power cut, SQLite", (f"{_KILLS}{_POWER}", "make chaos ARGS='--only cuts'")),
    Fault(
        "B2",
        "fsync fails at the n-th call",
        (f"{_DISK}no_word_is_acknowledged_after_a_sync_that_failed_b2",),
    ),
    Fault(
        "B3",
        "disk full",
        (
            f"{_SQLITE}a_full_disk_refuses_and_is_read_and_recovers_by_itself_b3",
            f"{_DISK}a_gateway_without_room_refuses_and_takes_all_when_there_is_room_b3",
        ),
    ),
    Fault(
        "B4",
        "the write-ahead log grows behind a long reader",
        (f"{_SQLITE}a_log_that_a_reader_kept_from_ending_is_cut_again_b4",),
    ),
    Fault(
        "B5",
        "another process holds the write lock",
        (
            f"{_SQLITE}a_lock_held_for_a_moment_is_waited_for_b5",
            f"{_SQLITE}a_lock_held_for_long_is_told_and_blocks_nobody_who_reads_b5",
        ),
    ),
    Fault(
        "B6",
        "file read-only, missing, cut short or damaged",
        (
            f"{_SPOILT}a_damaged_file_is_told_and_left_as_it_is",
            f"{_SPOILT}nothing_is_begun_where_a_database_has_been",
            f"{_SPOILT}what_may_not_be_written_is_told_plainly",
        ),
    ),
    Fault(
        "B7",
        "killed in the middle of a migration; an older binary",
        (
            f"{_MIGRATION}a_killed_migration_of_a_file_goes_on",
            f"{_MIGRATION}a_killed_migration_of_a_server_goes_on",
            f"{_MIGRATION}a_file_killed_at_every_statement_goes_on",
            f"{_MIGRATION}a_server_killed_at_every_statement_goes_on",
            f"{_SPOILT}a_newer_schema_is_refused_and_left_as_it_is",
        ),
    ),
    Fault(
        "B8",
        "PostgreSQL killed or restarted",
        (
            f"{_POSTGRESQL}a_message_waits_for_a_restart_and_is_kept_b8",
            f"{_TURNS}a_line_that_breaks_in_every_turn_uses_up_no_try",
            "make chaos ARGS='--only crashes'",
            "make chaos ARGS=--acks",
        ),
    ),
    Fault(
        "B9",
        "PostgreSQL hangs",
        (f"{_POSTGRESQL}a_server_that_hangs_is_told_in_time_and_served_after_it_b9_g6",),
    ),
    Fault(
        "B10",
        "COMMIT sent, answer lost",
        (f"{_POSTGRESQL}a_commit_whose_answer_is_lost_is_one_row_b10",),
    ),
    Fault(
        "B11",
        "serialization failure, deadlock",
        (
            f"{_POSTGRESQL}what_the_store_gave_up_is_repeated_and_takes_effect_once_b11",
            f"{_POSTGRESQL}each_complaint_of_the_server_has_a_meaning",
        ),
    ),
    Fault(
        "B12",
        "PostgreSQL read-only, out of connections, sessions terminated",
        (
            f"{_POSTGRESQL}a_read_only_server_is_still_read_and_written_when_it_is_not_b12",
            f"{_POSTGRESQL}a_server_without_room_for_connections_is_waited_for_b12",
            f"{_POSTGRESQL}sessions_that_are_ended_again_and_again_lose_and_double_nothing_b12",
        ),
    ),
    Fault(
        "B13",
        "restored from an older copy, then platforms deliver again",
        (f"{_RESTORED}what_comes_again_is_taken_once_and_no_number_is_given_twice",),
    ),
    Fault(
        "B14",
        "the two stores behave alike",
        ("tests/tooling/test_store_fixture.py::test_a_store_is_migrated_and_empty",),
        "every test over a store runs on both: `store_url` in tests/conftest.py",
    ),
)
