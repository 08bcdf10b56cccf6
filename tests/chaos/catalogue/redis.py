"""C: Redis fails."""

from tests.chaos.catalogue.fault import Fault

TITLE = "Redis fails"

_OURS = "tests/integration/test_redis.py::test_"
_LINES = "tests/chaos/faults/test_redis_lines.py::test_"
_ACKS = "make chaos ARGS=--acks"

ROWS = (
    Fault(
        "C1",
        "Redis killed or emptied",
        (
            f"{_OURS}an_emptied_redis_begins_anew",
            f"{_OURS}a_killed_redis_leaves_each_its_part_and_is_used_again_when_it_is_back",
            f"{_OURS}they_hear_each_other_again_after_redis_was_away",
            _ACKS,
        ),
    ),
    Fault(
        "C2",
        "Redis hangs",
        (f"{_OURS}a_redis_that_hangs_is_waited_for_once_and_not_long", _ACKS),
    ),
    Fault(
        "C3",
        "Redis slow, cutting, loading, read-only, full, closed",
        (
            f"{_LINES}limits_hold_stricter_while_the_line_is_bad",
            f"{_OURS}a_redis_that_refuses_is_as_one_that_is_away",
        ),
    ),
    Fault(
        "C4",
        "a wake-up is lost",
        (f"{_LINES}what_nobody_was_woken_for_is_found_by_looking",),
    ),
    Fault(
        "C5",
        "no Redis at start",
        (f"{_OURS}no_redis_at_the_start_is_no_reason_not_to_start",),
    ),
)
