"""F1, F2, F5, F6: updates that come again after a month, out of order, and of every kind."""

import json
import random
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from telegram import Message
from telegram.constants import UpdateType

from bot.channels.telegram import files
from bot.channels.telegram.taking import CHANNEL
from bot.gateway.reader import REPEATED_FOR
from tests.builders import World
from tests.integration.telegram_house import TelegramHouse, opened_telegram

A_MONTH = timedelta(days=30)


@pytest.fixture
async def house(world: World, tmp_path: Path) -> AsyncIterator[TelegramHouse]:
    async with opened_telegram(world, tmp_path / "media") as opened_one:
        yield opened_one


async def brought(house: TelegramHouse, *updates: dict[str, Any]) -> None:
    """As the webhook keeps them, one after the other, and read."""
    bot_id = house.telegram.token.partition(":")[0]
    for each in updates:
        kept = (str(each["update_id"]), queue_of(each), json.dumps(each))
        await house.received.keep(CHANNEL, bot_id, [kept], house.world.clock.now())
    await house.reader.catch_up()
    house.world.clock.advance(timedelta(seconds=5))  # an album is complete by then
    await house.reader.catch_up()


def queue_of(update: dict[str, Any]) -> str:
    return next((str(each["chat"]["id"]) for each in update.values() if is_message(each)), "none")


def is_message(each: Any) -> bool:
    return isinstance(each, dict) and isinstance(each.get("chat"), dict)


def bodies(house: TelegramHouse) -> list[dict[str, Any]]:
    return [dict(each.body) for each in house.telegram.pending]


async def test_what_comes_again_after_a_month_changes_nothing(house: TelegramHouse) -> None:
    chen = house.telegram.user(1001)
    chen.starts()
    chen.writes("灯坏了")
    chen.sends_photo(caption="扶手")
    chen.sends_voice()
    chen.blocks()
    chen.unblocks()
    old = bodies(house)
    await house.arrives()
    house.world.clock.advance(timedelta(seconds=5))
    await house.reader.catch_up()
    before = await house.arrived()

    for later in (timedelta(days=1), REPEATED_FOR, A_MONTH):
        house.world.clock.advance(later)
        await house.received.prune(CHANNEL, house.world.clock.now() - REPEATED_FOR, limit=1000)
        shuffled = old * 3
        random.Random(later.days).shuffle(shuffled)
        await brought(house, *shuffled)

    assert await house.arrived() == before != []
    assert set(await house.states()) == {"done"}


async def test_updates_out_of_order_and_with_gaps_are_each_heard_once(house: TelegramHouse) -> None:
    people = [house.telegram.user(number) for number in (1001, 1002, 1003)]
    for number in range(10):
        for person in people:
            person.writes(f"{person.id}: {number}")
    dice = random.Random(7)
    mixed = [each for each in bodies(house) if dice.random() > 0.2]
    dice.shuffle(mixed)

    await brought(house, *mixed, *mixed)

    wanted = [each["message"]["text"] for each in mixed]
    assert sorted(await house.texts()) == sorted(wanted)
    for person in people:
        someone = await house.someone(person.id)
        theirs = [
            row["text"]
            for row in await house.arrived()
            if row["conversation_id"] == someone.conversation_id
        ]
        assert theirs == [text for text in wanted if text.startswith(f"{person.id}:")]


PERSON = {"id": 1001, "is_bot": False, "first_name": "陈"}
PRIVATE = {"id": 1001, "type": "private"}
WRITTEN = {"message_id": 5, "date": 1_772_000_000, "chat": PRIVATE, "from": PERSON}
#: What may stand where the Bot API promises an object.
STRANGE: tuple[Any, ...] = (
    None, {}, [], "x", 7, True, {"id": 1}, {"from": PERSON}, {"chat": PRIVATE}, WRITTEN,
    {**WRITTEN, "from": None}, {**WRITTEN, "from": {**PERSON, "is_bot": True}},
    {**WRITTEN, "chat": {"id": -5, "type": "supergroup", "title": "楼"}},
    {**WRITTEN, "chat": {"id": -6, "type": "channel", "title": "台"}},
    {**WRITTEN, "chat": {"id": 1001, "type": "hologram"}}, {**WRITTEN, "text": 7},
    {**WRITTEN, "text": "在", "sender_chat": {"id": -6, "type": "channel", "title": "台"}},
    {**WRITTEN, "date": -1}, {**WRITTEN, "date": 2**62}, {**WRITTEN, "message_id": 2**70},
    {**WRITTEN, "from": {"id": 1002, "is_bot": False, "first_name": "何"}, "text": "替"},
)  # fmt: skip
KINDS = [*(str(each.value) for each in UpdateType), "hologram_message"]


def of_every_kind() -> Iterator[dict[str, Any]]:
    number = 1
    for kind in KINDS:
        for strange in STRANGE:
            number += 1
            yield {"update_id": number, kind: strange}
    for content in sorted(Message.__slots__):
        for value in ({}, "x", 7, [{}], {"file_id": "f", "file_unique_id": "u"}):
            number += 1
            yield {"update_id": number, "message": {**WRITTEN, content: value}}


async def test_no_kind_of_update_stays_unread_or_fails(
    house: TelegramHouse, caplog: pytest.LogCaptureFixture
) -> None:
    """Of all kinds there are, with what is promised there and with what is not."""
    bot_id = house.telegram.token.partition(":")[0]
    # How it is read is the same on both stores; how it is put away is not.
    odd = list(of_every_kind())[:: 1 if house.world.database.is_sqlite else 8]
    kept = [
        (str(each["update_id"]), f"{number % 200}", json.dumps(each))
        for number, each in enumerate(odd)
    ]
    await house.received.keep(CHANNEL, bot_id, kept, house.world.clock.now())

    for _ in range(3):
        await house.reader.catch_up()
        house.world.clock.advance(timedelta(minutes=10))

    assert set(await house.states()) <= {"done", "refused", "faulty"}
    failed = [r for r in caplog.records if getattr(r, "action", "") == "telegram_update_failed"]
    assert [str(record.exc_info) for record in failed] == []


async def test_a_photo_that_drips_is_given_up_and_the_words_are_there(
    house: TelegramHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "TIMEOUT", files.ClientTimeout(total=0.3, sock_read=0.2))
    chen = house.telegram.user(1001)
    chen.sends_photo(caption="扶手")

    async def drips(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse()
        await answer.prepare(request)
        while True:
            await answer.write(b"\xff")
            await files.asyncio.sleep(0.05)

    server = web.Server(drips)
    runner = web.ServerRunner(server, handler_cancellation=True)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    fetching = house.files
    monkeypatch.setattr(
        fetching, "_address_of", lambda _photo: _given(f"http://{host}:{port}/photo")
    )
    try:
        await house.arrives()
        assert await house.texts() == ["扶手"]
        for _ in range(10):
            house.world.clock.advance(timedelta(minutes=10))
            await house.reader.catch_up()
    finally:
        await runner.cleanup()

    assert [row["payload"].get("what", row["kind"]) for row in await house.arrived()] == [
        "text", "photo",
    ]  # fmt: skip
    assert await house.states() == ["done"]


async def _given(address: str) -> str:
    return address
