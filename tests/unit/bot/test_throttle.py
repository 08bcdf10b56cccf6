"""Buckets empty, fill again, and never outgrow the house."""

from bot.gateway import throttle
from bot.gateway.throttle import TokenBuckets
from bot.ports import Allowance

THREE = Allowance("three", burst=3, a_second=0.5)


class Watch:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


async def test_what_is_allowed_at_once_is_allowed_and_then_has_to_wait() -> None:
    buckets = TokenBuckets(Watch())

    waits = [await buckets.take(THREE, "a") for _ in range(4)]

    assert waits == [0.0, 0.0, 0.0, 2.0]


async def test_a_bucket_fills_with_time_up_to_its_brim() -> None:
    watch = Watch()
    buckets = TokenBuckets(watch)
    for _ in range(3):
        await buckets.take(THREE, "a")

    watch.seconds = 2
    after_two = [await buckets.take(THREE, "a") for _ in range(2)]
    watch.seconds = 1000
    long_after = [await buckets.take(THREE, "a") for _ in range(4)]

    assert after_two == [0.0, 2.0]
    assert long_after == [0.0, 0.0, 0.0, 2.0]


async def test_nobody_waits_for_what_others_used_up() -> None:
    buckets = TokenBuckets(Watch())
    for _ in range(4):
        await buckets.take(THREE, "a")

    assert await buckets.take(THREE, "b") == 0.0
    assert await buckets.take(Allowance("other", 1, 1), "a") == 0.0


async def test_a_crowd_of_strangers_does_not_fill_the_memory_nor_free_a_flooder() -> None:
    watch = Watch()
    buckets = TokenBuckets(watch)
    slow = Allowance("slow", burst=1, a_second=1e-6)
    await buckets.take(slow, "flooder")

    for number in range(throttle.MOST * 2):
        await buckets.take(THREE, str(number))

    assert len(buckets._buckets) <= throttle.MOST
    assert await buckets.take(slow, "flooder") > 0


async def test_a_process_on_its_own_hands_out_its_part_of_what_is_shared() -> None:
    buckets = TokenBuckets(Watch(), share=0.5)
    shared = Allowance("shared", burst=4, a_second=1)
    own = Allowance("own", burst=4, a_second=1, shared=False)

    waits = [await buckets.take(shared, "a") for _ in range(3)]

    assert waits == [0.0, 0.0, 2.0]
    assert [await buckets.take(own, "a") for _ in range(4)] == [0.0] * 4
    assert await buckets.take(Allowance("one", burst=1, a_second=1), "a") == 0.0


async def test_everybody_together_has_a_limit_as_well() -> None:
    buckets = TokenBuckets(Watch())
    for _ in range(int(throttle.FROM_EVERYBODY.burst)):
        await buckets.take(throttle.FROM_EVERYBODY, throttle.ALL)

    assert await buckets.take(throttle.FROM_EVERYBODY, throttle.ALL) > 0
