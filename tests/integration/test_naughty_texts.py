"""J5: every naughty text by the page and by Telegram is kept letter by letter, as is every name."""

import json
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from actions.adapters.database.engine import Database
from bot.channels.telegram.convert import read
from bot.channels.telegram.incoming import Letter
from bot.channels.telegram.taking import CHANNEL
from bot.gateway.storable import storable
from tests.builders import World
from tests.integration.naughty import HOSTILE, NAUGHTY, OURS
from tests.integration.telegram_house import TelegramHouse, opened_telegram
from tests.integration.web_house import House, new_id

TEXTS = [text[:4000] for text in (*NAUGHTY, *OURS, *HOSTILE) if text.strip()]
#: What one person and one chat may send at once.
AT_ONCE = 100


def shares(database: Database) -> Iterator[list[str]]:
    """All of them; on the slower store every fourth, and every one that is odd to a store."""
    texts = TEXTS if database.is_sqlite else TEXTS[::6] + TEXTS[-len(HOSTILE) :]
    for begin in range(0, len(texts), AT_ONCE):
        yield texts[begin : begin + AT_ONCE]


@pytest.fixture
async def telegram(world: World, tmp_path: Path) -> AsyncIterator[TelegramHouse]:
    async with opened_telegram(world, tmp_path / "media") as opened:
        yield opened


async def test_the_page_keeps_every_text(house: House) -> None:
    for share in shares(house.world.database):
        visitor = await house.visitor()
        for text in share:
            body = json.dumps({"client_msg_id": new_id(), "text": text}).encode()
            assert (await visitor.raw("/messages", body)).status == 202, text

        assert await own(visitor) == [storable(text) for text in share]


async def own(visitor: Any) -> list[str]:
    found: list[dict[str, Any]] = []
    while news := await visitor.messages(found[-1]["seq"] if found else 0):
        found += news
    return [each["text"] for each in found if each["direction"] == "in"]


async def test_telegram_keeps_every_text(
    telegram: TelegramHouse,
) -> None:
    """Commands of Telegram's own kind do what they do there; everything else is words."""
    for chat, share in enumerate(shares(telegram.world.database), 1001):
        words = [text for text in share if not text.startswith("/")]
        await hears(telegram, chat, words)
        someone = await telegram.someone(chat)
        kept = [row for row in await telegram.arrived() if row["kind"] == "text"]
        theirs = [r["text"] for r in kept if r["conversation_id"] == someone.conversation_id]
        assert theirs == [storable(text) for text in words]

    assert set(await telegram.states()) == {"done"}


@pytest.mark.parametrize("text", ["", "\u202e", "\u2028", "\r\n"])
def test_a_name_is_one_short_line(text: str) -> None:
    for name in TEXTS:
        letter = read(json.dumps(said(1, 1001, text + name)))[0]
        assert isinstance(letter, Letter)
        assert len(letter.writer.name) <= 80
        assert not set("\r\n\x00\x1b\u2028\u2029\u202e\u2066") & set(letter.writer.name), name


async def hears(telegram: TelegramHouse, chat: int, texts: Sequence[str]) -> None:
    """As many updates, each from somebody who calls themselves so."""
    bodies = [
        (str(chat * 1000 + number), str(chat), json.dumps(said(chat * 1000 + number, chat, text)))
        for number, text in enumerate(texts)
    ]
    now = telegram.world.clock.now()
    await telegram.received.keep(CHANNEL, telegram.telegram.token.partition(":")[0], bodies, now)
    telegram.world.clock.advance(timedelta(minutes=5))
    await telegram.reader.catch_up()


def said(update: int, chat: int, text: str) -> dict[str, Any]:
    person = {"id": chat, "is_bot": False, "first_name": text, "last_name": text}
    message = {
        "message_id": update, "date": 1_772_000_000, "text": text, "from": person,
        "chat": {"id": chat, "type": "private"},
    }  # fmt: skip
    return {"update_id": update, "message": message}
