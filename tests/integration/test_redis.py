"""What gateways share over Redis, and what becomes of it while Redis is away in each of its ways."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
import redis.asyncio

from actions.adapters.redis_link import LIMIT, RedisAway, RedisLink
from actions.adapters.wakeups import About, Wakeups
from bot.gateway.throttle import TokenBuckets
from bot.ports import Allowance
from bot.redis_throttle import SharedBuckets
from tests.servers.process import free_port
from tests.servers.redis import RedisServer

SECRET = b"a secret of the installation"
FOUR = Allowance("four", burst=4, a_second=0.01)
OWN = Allowance("own", burst=2, a_second=0.01, shared=False)
#: Against hanging alone.
LONG = 60


@pytest.fixture
def own_redis() -> Iterator[RedisServer]:
    """One that a test may hurt."""
    server = RedisServer()
    server.start()
    yield server
    server.stop()


@asynccontextmanager
async def linked(url: str, count: int = 1) -> AsyncIterator[list[RedisLink]]:
    links = [RedisLink(url, SECRET) for _ in range(count)]
    yield links
    for link in links:
        await link.close()


def gateway(link: RedisLink) -> SharedBuckets:
    return SharedBuckets(
        link, TokenBuckets(time.monotonic), TokenBuckets(time.monotonic, share=0.5)
    )


async def granted(buckets: SharedBuckets, tries: int, allowance: Allowance = FOUR) -> int:
    return sum([await buckets.take(allowance, "somebody") == 0.0 for _ in range(tries)])


async def test_two_gateways_hand_out_one_allowance_together(redis_url: str) -> None:
    async with linked(redis_url, 2) as links:
        one, other = map(gateway, links)

        assert await granted(one, 3) == 3
        assert await granted(other, 3) == 1
        assert await other.take(FOUR, "somebody") > 0
        assert await other.take(FOUR, "somebody else") == 0.0


async def test_what_each_counts_for_itself_never_asks_redis() -> None:
    async with linked(f"redis://127.0.0.1:{free_port()}/0") as (link,):
        assert await granted(gateway(link), 3, OWN) == 2
        assert link.word == "ok"


async def test_a_busy_sender_costs_one_question_for_several(redis_url: str) -> None:
    many = Allowance("many", burst=500, a_second=0.01)
    async with linked(redis_url) as (link,), redis.asyncio.from_url(redis_url) as watched:
        await watched.config_resetstat()
        await granted(gateway(link), 30, many)

        asked = (await watched.info("commandstats"))["cmdstat_evalsha"]["calls"]
        assert asked < 10


async def test_no_key_tells_whom_it_is_about(redis_url: str) -> None:
    async with linked(redis_url) as (link,), redis.asyncio.from_url(redis_url) as watched:
        await gateway(link).take(FOUR, "telegram:4711")

        keys = [key.decode() for key in await watched.keys("*")]
        assert len(keys) == 1
        assert "4711" not in keys[0]
        assert await watched.pttl(keys[0]) > 0


async def test_an_emptied_redis_begins_anew(redis_url: str, redis_server: RedisServer) -> None:
    async with linked(redis_url) as (link,):
        buckets = gateway(link)
        assert await granted(buckets, 5) == 4

        redis_server.empty()

        assert await buckets.take(FOUR, "somebody") == 0.0
        assert link.word == "ok"


async def test_a_killed_redis_leaves_each_its_part_and_is_used_again_when_it_is_back(
    own_redis: RedisServer, caplog: pytest.LogCaptureFixture
) -> None:
    async with linked(own_redis.url) as (link,):
        buckets = gateway(link)
        assert await buckets.take(FOUR, "somebody") == 0.0
        own_redis.kill()

        assert await granted(buckets, 10) == 2
        assert link.word == "away"

        own_redis.start_again()
        async with asyncio.timeout(LONG):
            while link.word == "away":
                await buckets.take(FOUR, "somebody else")
                await asyncio.sleep(0.05)
    said = [each.getMessage() for each in caplog.records if "redis" in each.getMessage()]
    assert said == ["redis (limits) is away, going on without", "redis (limits) is back"]


async def test_a_redis_that_hangs_is_waited_for_once_and_not_long(own_redis: RedisServer) -> None:
    async with linked(own_redis.url) as (link,):
        buckets = gateway(link)
        await buckets.take(FOUR, "somebody")
        os.kill(own_redis.pid, signal.SIGSTOP)
        try:
            began = time.monotonic()
            await granted(buckets, 50)
            took = time.monotonic() - began
        finally:
            os.kill(own_redis.pid, signal.SIGCONT)

    # One question of the fifty waits; the breaker spares the others. (20 × against a busy machine.)
    assert took < LIMIT * 20
    assert link.word == "away"


@pytest.mark.parametrize(
    "hurt",
    [
        ("CONFIG", "SET", "maxmemory", "1"),
        ("REPLICAOF", "127.0.0.1", "1"),
        ("CONFIG", "SET", "requirepass", "something else"),
    ],
    ids=["full", "read only", "closed"],
)
async def test_a_redis_that_refuses_is_as_one_that_is_away(
    own_redis: RedisServer, hurt: tuple[str, ...]
) -> None:
    async with redis.asyncio.from_url(own_redis.url) as client:
        await client.execute_command(*hurt)
    async with linked(own_redis.url) as (link,):
        assert await granted(gateway(link), 10) == 2
        assert link.word == "away"


async def test_no_redis_at_the_start_is_no_reason_not_to_start() -> None:
    async with linked(f"redis://127.0.0.1:{free_port()}/0") as (link,):
        wakeups = Wakeups(link)
        running = asyncio.create_task(wakeups.run())
        wakeups.tell(About.OUTBOX)
        with pytest.raises(RedisAway):
            await link.ask("wake-ups", lambda client: client.ping())
        assert not wakeups.hears.is_set()
        assert not running.done()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_what_one_gateway_tells_the_others_hear_and_it_does_not(redis_url: str) -> None:
    async with linked(redis_url, 2) as links, together(links) as (one, other):
        heard: asyncio.Queue[tuple[str, int]] = asyncio.Queue()
        one.listen(About.NEWS, lambda number: heard.put_nowait(("one", number)))
        other.listen(About.NEWS, lambda number: heard.put_nowait(("other", number)))
        other.listen(About.OUTBOX, lambda number: heard.put_nowait(("other's outbox", number)))

        for number in (7, 7, 8):
            one.tell(About.NEWS, number)
        one.tell(About.OUTBOX)

        async with asyncio.timeout(LONG):
            found = [await heard.get() for _ in range(3)]
        assert found == [("other", 7), ("other", 8), ("other's outbox", 0)]


async def test_they_hear_each_other_again_after_redis_was_away(own_redis: RedisServer) -> None:
    async with linked(own_redis.url, 2) as links, together(links) as (one, other):
        heard: asyncio.Queue[int] = asyncio.Queue()
        other.listen(About.WORK, heard.put_nowait)
        own_redis.kill()
        async with asyncio.timeout(LONG):
            while other.hears.is_set():  # noqa: ASYNC110
                await asyncio.sleep(0.02)
            own_redis.start_again()
            await other.hears.wait()
            while heard.empty():
                one.tell(About.WORK, 5)
                await asyncio.sleep(0.05)

        assert heard.get_nowait() == 5


@asynccontextmanager
async def together(links: list[RedisLink]) -> AsyncIterator[list[Wakeups]]:
    """They listen, once the body begins."""
    all_of_them = [Wakeups(link) for link in links]
    tasks = [asyncio.create_task(each.run()) for each in all_of_them]
    async with asyncio.timeout(LONG):
        for each in all_of_them:
            await each.hears.wait()
    yield all_of_them
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
