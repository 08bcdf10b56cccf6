"""How long a message waits after a failed try."""

from datetime import timedelta

from bot.delivery.retry import RetryPolicy

POLICY = RetryPolicy()
NEW = timedelta(0)


def waits(seed: int) -> list[timedelta]:
    return [POLICY.wait(attempts, NEW, seed=seed) or NEW for attempts in range(40)]


def test_each_wait_is_longer_than_the_last_until_the_cap() -> None:
    growing = waits(1)[:9]

    assert growing == sorted(growing)
    assert timedelta(seconds=1.6) <= growing[0] <= timedelta(seconds=2)


def test_no_wait_is_longer_than_a_quarter_of_an_hour() -> None:
    assert max(waits(1)) <= timedelta(minutes=15)
    assert min(waits(1)[15:]) >= timedelta(minutes=12)


def test_the_same_row_waits_the_same_and_two_rows_wait_apart() -> None:
    assert waits(1) == waits(1)
    assert waits(1)[12:] != waits(2)[12:]


def test_what_the_platform_asks_for_is_obeyed() -> None:
    asked = timedelta(hours=1)

    assert POLICY.wait(0, NEW, seed=1, asked=asked) == asked


def test_after_three_days_nobody_tries_again() -> None:
    just_before = timedelta(hours=72) - timedelta(seconds=1)

    assert POLICY.wait(300, just_before, seed=1) is not None
    assert POLICY.wait(300, timedelta(hours=72), seed=1) is None
    assert POLICY.wait(300, timedelta(hours=72), seed=1, asked=timedelta(seconds=1)) is None


def test_what_waited_a_week_for_its_reader_is_tried_some_times_all_the_same() -> None:
    week = timedelta(days=7)

    assert all(POLICY.wait(attempts, week, seed=1) for attempts in range(POLICY.least))
    assert POLICY.wait(POLICY.least, week, seed=1) is None
