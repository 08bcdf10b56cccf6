"""Whoever cannot be reached in their chat hears it on their page, or the console says that not."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.delivery.switched_off import SwitchedOff
from tests.clock import FrozenClock
from tests.integration.outbox_table import SHANGHAI
from tests.integration.telegram_post import GivenWords, Neighbour, PostOffice, post_office
from tests.simulators.telegram import Person


@pytest.fixture
async def post(
    store_url: str, frozen_clock: FrozenClock, tmp_path: Path
) -> AsyncIterator[PostOffice]:
    frozen_clock.set(datetime(2026, 11, 20, 15, 0, tzinfo=SHANGHAI))
    async with post_office(store_url, frozen_clock, tmp_path / "media") as opened:
        yield opened


def never_started(chat: Person) -> None:
    chat.chat.standing = "unknown"


LEAVING = [Person.blocks, Person.deactivates, never_started]


@pytest.mark.parametrize("leaves", LEAVING, ids=["blocked", "deactivated", "not found"])
async def test_who_blocked_us_reads_it_on_the_page_in_order(
    post: PostOffice, leaves: object
) -> None:
    li = await post.neighbour()
    await post.opens_page(li)
    for text in ("one", "two"):
        await post.owe(li, text)
    leaves(li.chat)  # type: ignore[operator]

    await post.deliver()
    await post.deliver()

    assert post.texts(li) == []
    assert await post.street.transcript(li.conversation_id) == ["one", "two"]
    assert (await post.address_state(li))[1] == "blocked"
    assert await post.channel_of(li) == "webchat"
    assert await post.street.store().dead_letters() == []


async def test_later_news_goes_to_the_page_at_once(post: PostOffice) -> None:
    li = await post.neighbour()
    await post.opens_page(li)
    await post.owe(li, "one")
    li.chat.blocks()
    await post.deliver()
    calls = len(post.telegram.calls)

    await post.owe(li, "two")
    await post.deliver()

    assert len(post.telegram.calls) == calls
    assert await post.street.transcript(li.conversation_id) == ["one", "two"]


async def test_who_has_no_page_cannot_be_told(post: PostOffice) -> None:
    li = await post.neighbour()
    await post.owe(li, "hello")
    li.chat.blocks()

    await post.deliver()

    [letter] = await post.street.store().dead_letters()
    assert "blocked by the user" in letter.last_error
    assert await post.channel_of(li) == "telegram"


async def test_a_page_that_was_left_long_ago_is_none(post: PostOffice) -> None:
    li = await post.neighbour()
    await post.opens_page(li, days=30)
    post.clock.advance(timedelta(days=31))
    await post.owe(li, "hello")
    li.chat.blocks()

    await post.deliver()

    assert len(await post.street.store().dead_letters()) == 1


async def test_where_telegram_is_switched_off_the_page_takes_over(post: PostOffice) -> None:
    li, wang = await post.neighbour(), await post.neighbour()
    await post.opens_page(li)
    for each in (li, wang):
        await post.owe(each, "hello")

    worker = post.street.worker(SwitchedOff("telegram"), renderer=GivenWords())
    await worker.catch_up()
    await worker.catch_up()
    assert await post.street.transcript(li.conversation_id) == ["hello"]
    assert await post.street.store().dead_letters() == []

    await post.deliver_after(minutes=1)
    assert post.texts(wang) == ["hello"]


async def test_others_hear_as_before(post: PostOffice) -> None:
    li, wang = await post.neighbour(), await post.neighbour()
    li.chat.blocks()
    for each in (li, wang):
        await post.owe(each, "hello")

    await post.deliver()

    assert (post.texts(li), post.texts(wang)) == ([], ["hello"])


async def test_a_chat_that_has_another_id_is_followed(post: PostOffice) -> None:
    li, moved = await post.neighbour(), await _another_chat(post)
    li.chat.chat.migrated_to = moved.id
    await post.owe(li, "hello")

    await post.deliver()

    assert [sent.text for sent in post.telegram.sends(moved.id)] == ["hello"]
    assert await post.address_state(li) == (str(moved.id), "active")


async def _another_chat(post: PostOffice) -> Person:
    chat = post.telegram.user(5000)
    chat.starts()
    return chat


async def test_who_used_the_page_last_is_not_written_to(post: PostOffice) -> None:
    li: Neighbour = await post.neighbour()
    await post.opens_page(li)
    person, talk = await post.street.resident("webchat")
    await post.street.owe(person, "given", params={"text": "on the page"})

    await post.deliver()

    assert post.telegram.sends() == []
    assert await post.street.transcript(talk) == ["on the page"]
