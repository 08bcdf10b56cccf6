"""A message of several parts: what was taken is not sent again, and no part is left out."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest

from tests.clock import FrozenClock
from tests.integration.outbox_table import SHANGHAI
from tests.integration.telegram_post import BeforeCall, GivenWords, PostOffice, post_office
from tests.simulators.telegram.faults import cut, server_error, too_many

#: Four parts.
TEXT = "\n".join(f"{number} 楼梯扶手松了，请看一看" for number in range(800))


@pytest.fixture
async def post(
    store_url: str, frozen_clock: FrozenClock, tmp_path: Path
) -> AsyncIterator[PostOffice]:
    frozen_clock.set(datetime(2026, 11, 20, 15, 0, tzinfo=SHANGHAI))
    async with post_office(store_url, frozen_clock, tmp_path / "media") as opened:
        yield opened


@pytest.mark.parametrize("fault", [server_error(), too_many(20)], ids=lambda each: each.name)
@pytest.mark.parametrize("nth", [2, 3, 4])
async def test_a_later_try_goes_on_behind_what_was_taken(
    post: PostOffice, nth: int, fault: object
) -> None:
    li = await post.neighbour()
    await post.owe(li, TEXT, "提交")

    await post.deliver_failing(nth, fault)
    assert len(post.sent(li)) == nth - 1
    await post.deliver_after(minutes=1)

    assert "\n".join(post.texts(li)) == TEXT
    assert [each.labels for each in post.sent(li)] == [[], [], [], ["提交"]]
    assert await post.street.transcript(li.conversation_id) == [TEXT]


async def test_small_talk_goes_on_behind_a_part_in_doubt(post: PostOffice) -> None:
    li = await post.neighbour()
    await post.owe(li, TEXT)

    await post.deliver_failing(2, cut())

    assert "\n".join(post.texts(li)) == TEXT
    assert post.street.tally.seen == [("telegram", "in_doubt")]


async def test_of_news_only_the_part_in_doubt_comes_twice(post: PostOffice) -> None:
    li = await post.neighbour()
    await post.news(li, TEXT)

    await post.deliver_failing(2, cut())
    await post.deliver_after(minutes=1)

    first, second, again, *rest = post.texts(li)
    assert again == second
    assert "\n".join([first, second, *rest]) == TEXT


async def test_a_process_killed_between_two_parts_leaves_the_rest_to_the_next(
    post: PostOffice,
) -> None:
    li = await post.neighbour()
    await post.owe(li, TEXT)
    reached = asyncio.Event()

    async def stop() -> None:
        reached.set()
        await asyncio.Event().wait()

    [due] = await post.street.store("doomed").claim(
        "telegram", post.clock.now(), limit=5, in_order=True, lease=45
    )
    doomed = post.channel("doomed", BeforeCall(3, stop))
    sending = asyncio.create_task(doomed.send(due, GivenWords().show(due)))
    await reached.wait()
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)

    await post.street.forget_leases()
    await post.deliver()

    assert "\n".join(post.texts(li)) == TEXT


async def test_who_was_overtaken_sends_no_further_part(post: PostOffice) -> None:
    li = await post.neighbour()
    await post.owe(li, TEXT)
    now = post.clock.now()
    [due] = await post.street.store("slow").claim("telegram", now, limit=5, in_order=True, lease=0)
    await post.street.store("quick").claim("telegram", now, limit=5, in_order=True, lease=45)

    await post.channel("slow").send(due, GivenWords().show(due))

    assert len(post.sent(li)) == 1
