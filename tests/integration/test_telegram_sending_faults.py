"""Each message exactly as promised, whatever the platform does: its own record is the judge."""

import random
from collections import Counter
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from actions.domain.identifiers import TicketId
from bot.channels.telegram.adapter import CHANNEL
from tests.clock import FrozenClock
from tests.integration.outbox_table import SHANGHAI
from tests.integration.telegram_post import GivenWords, PostOffice, post_office
from tests.simulators.telegram.faults import (
    Fault,
    bad_gateway,
    cut,
    hang,
    reset,
    server_error,
    too_many,
)


@pytest.fixture
async def post(
    store_url: str, frozen_clock: FrozenClock, tmp_path: Path
) -> AsyncIterator[PostOffice]:
    frozen_clock.set(datetime(2026, 11, 20, 15, 0, tzinfo=SHANGHAI))
    async with post_office(store_url, frozen_clock, tmp_path / "media") as opened:
        yield opened


@pytest.mark.parametrize(
    "fault", [server_error(), bad_gateway(), reset(accepted=False)], ids=lambda each: each.name
)
async def test_news_that_was_not_taken_is_sent_again(post: PostOffice, fault: Fault) -> None:
    li = await post.neighbour()
    await post.news(li, "accepted")
    post.telegram.faults.on("sendMessage", fault)

    await post.deliver()
    assert post.texts(li) == []

    await post.deliver_after(seconds=3)
    assert post.texts(li) == ["accepted"]
    assert await post.street.transcript(li.conversation_id) == ["accepted"]


async def test_a_platform_that_is_away_loses_nothing(post: PostOffice) -> None:
    li = await post.neighbour()
    await post.owe(li, "hello")
    post.telegram.faults.on("sendMessage", server_error(), times=None)

    for _ in range(5):
        await post.deliver_after(minutes=16)
    post.telegram.faults.clear()
    await post.deliver_after(minutes=16)

    assert post.texts(li) == ["hello"]


STORM = [
    too_many(1),
    server_error(),
    bad_gateway(),
    reset(accepted=False),
    reset(accepted=True),
    cut(),
]
OWED = ["gas", "which block?", "good morning", "filed"]
LOST = [reset(accepted=True), cut(), hang(accepted=True)]


@pytest.mark.parametrize("fault", [*LOST, reset(accepted=False)], ids=lambda each: each.name)
async def test_what_can_be_pressed_is_not_lost_with_an_answer(
    post: PostOffice, fault: Fault
) -> None:
    li = await post.neighbour()
    await post.owe(li, "which block?", "45栋")
    post.telegram.faults.on("sendMessage", fault)

    await post.deliver()
    await post.deliver_after(minutes=1)

    assert post.texts(li)[-1] == "which block?"
    assert await post.street.transcript(li.conversation_id) == ["which block?"]


@pytest.mark.parametrize("fault", LOST, ids=lambda each: each.name)
async def test_small_talk_whose_answer_was_lost_is_not_said_twice(
    post: PostOffice, fault: Fault
) -> None:
    li = await post.neighbour()
    await post.owe(li, "good morning")
    post.telegram.faults.on("sendMessage", fault)

    await post.deliver()
    await post.deliver_after(minutes=1)

    assert post.texts(li) == ["good morning"]
    assert await post.street.transcript(li.conversation_id) == ["good morning"]


@pytest.mark.parametrize("fault", LOST, ids=lambda each: each.name)
async def test_news_whose_answer_was_lost_is_said_once_more(post: PostOffice, fault: Fault) -> None:
    li = await post.neighbour()
    await post.news(li, "resolved")
    post.telegram.faults.on("sendMessage", fault)

    await post.deliver()
    await post.deliver_after(minutes=1)

    assert post.texts(li) == ["resolved", "resolved"]
    assert await post.street.transcript(li.conversation_id) == ["resolved"]


async def test_a_chat_that_has_to_wait_holds_up_nobody_else(post: PostOffice) -> None:
    li, wang = await post.neighbour(), await post.neighbour()
    for text in ("one", "two"):
        await post.owe(li, text)
        await post.owe(wang, text)
    post.telegram.faults.on("sendMessage", too_many(30), chat=li.chat.id)

    await post.deliver()
    await post.deliver_after(seconds=29)
    assert (post.texts(li), post.texts(wang)) == ([], ["one", "two"])

    await post.deliver_after(seconds=1)
    assert post.texts(li) == ["one", "two"]


async def test_when_everybody_is_refused_the_channel_waits(post: PostOffice) -> None:
    neighbours = [await post.neighbour() for _ in range(4)]
    for each in neighbours:
        await post.owe(each, "hello")
    post.telegram.faults.on("sendMessage", too_many(20), times=None)
    worker = post.street.worker(post.channel(), renderer=GivenWords())
    await worker.catch_up()
    post.telegram.faults.clear()
    late = await post.neighbour()
    await post.owe(late, "late")

    await worker.catch_up()
    assert post.texts(late) == []

    post.clock.advance(timedelta(seconds=20))
    await worker.catch_up()
    assert [post.texts(each) for each in [*neighbours, late]] == [["hello"]] * 4 + [["late"]]


@pytest.mark.parametrize("seed", range(4))
async def test_in_a_storm_each_message_arrives_as_promised(post: PostOffice, seed: int) -> None:
    dice = random.Random(seed)
    neighbours = [await post.neighbour() for _ in range(4)]
    for each in neighbours:
        await post.owe(each, "gas", urgent=True)
        await post.owe(each, "which block?", "45栋")
        await post.owe(each, "good morning")
        await post.owe(each, "filed", ticket_id=TicketId(7))
    for _ in range(12):
        for each in neighbours:
            for fault in dice.sample(STORM, dice.randrange(3)):
                post.telegram.faults.on("sendMessage", fault, chat=each.chat.id)
        await post.deliver_after(seconds=20)
    post.telegram.faults.clear()
    await post.deliver_after(minutes=16)

    unread = sum(1 for call in post.telegram.calls if call.status == 0)
    times = [Counter(post.texts(each)) for each in neighbours]
    for each, counted in zip(neighbours, times, strict=True):
        lost = {"good morning"} - counted.keys()
        assert list(counted) == [text for text in OWED if text not in lost]
        assert counted["good morning"] <= 1
        assert await post.street.transcript(each.conversation_id) == OWED
    said, lost = sum(c.total() for c in times), sum(c["good morning"] == 0 for c in times)
    assert said + lost - len(OWED) * len(neighbours) <= unread
    assert lost <= post.street.tally.seen.count((CHANNEL, "in_doubt"))
    assert set((await post.street.states()).values()) == {"sent"}
