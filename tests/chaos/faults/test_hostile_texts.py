"""J5: every naughty text through a real gateway that goes on to deal with it: kept, logged on one line."""

import asyncio
import json
from collections.abc import Iterator
from itertools import count
from typing import Any
from uuid import uuid4

import pytest
from aiohttp import ClientSession, CookieJar

from bot.gateway.storable import storable
from tests.chaos.faults.fortress import API, PATIENCE, WEBHOOK, Fortress
from tests.integration.naughty import HOSTILE, NAUGHTY, OURS
from tests.journeys.town import WEBHOOK_SECRET

pytestmark = pytest.mark.chaos

TEXTS = [text[:4000] for text in (*NAUGHTY, *OURS, *HOSTILE) if text.strip()]
#: Messages one resident may send at once, and one chat of Telegram.
AT_ONCE = 100


def shares(texts: list[str]) -> Iterator[list[str]]:
    for begin in range(0, len(texts), AT_ONCE):
        yield texts[begin : begin + AT_ONCE]


async def test_the_page_keeps_every_text_as_it_was_written(fortress: Fortress) -> None:
    for share in shares(TEXTS):
        async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as http:
            await http.post(f"{fortress.town.url}{API}/session", json={"locale": "zh-CN"})
            for text in share:
                body = json.dumps({"client_msg_id": str(uuid4()), "text": text})
                headers = {"Content-Type": "application/json"}
                sent = await http.post(
                    f"{fortress.town.url}{API}/messages", data=body, headers=headers
                )
                assert sent.status == 202, (text, await sent.text())
            assert await own(fortress, http) == [storable(text) for text in share]

    await is_one_line_an_event(fortress)


async def own(fortress: Fortress, http: ClientSession) -> list[str]:
    """What the transcript says they wrote."""
    found: list[dict[str, Any]] = []
    while True:
        after = found[-1]["seq"] if found else 0
        async with http.get(f"{fortress.town.url}{API}/messages?after={after}") as answer:
            news = (await answer.json())["messages"]
        if not news:
            return [each["text"] for each in found if each["direction"] == "in"]
        found += news


async def test_telegram_texts_and_names_are_kept_as_they_were_written(fortress: Fortress) -> None:
    """Commands of Telegram's own kind do what they do there; everything else is words."""
    numbers = count(50_000)
    texts = [text for text in TEXTS if not text.startswith("/")]
    chats: dict[int, list[str]] = {}
    async with ClientSession() as http:
        for number, share in enumerate(shares(texts), 80_000):
            chats[number] = [storable(text) for text in share]
            for text in share:
                await deliver(fortress, http, said(next(numbers), number, text))
        for number, name in enumerate(TEXTS[::12], 90_000):
            await deliver(fortress, http, said(next(numbers), number, "你好", name))

    await until_read(fortress)
    for number, wanted in chats.items():
        assert kept_of(fortress, number) == wanted
    assert fortress.ask("SELECT count(*) FROM people WHERE length(display_name) > 80") == [(0,)]
    await is_one_line_an_event(fortress)


def said(update: int, chat: int, text: str, name: str = "陈") -> dict[str, Any]:
    person = {"id": chat, "is_bot": False, "first_name": name, "last_name": name}
    message = {
        "message_id": update, "date": 1_772_000_000, "text": text, "from": person,
        "chat": {"id": chat, "type": "private"},
    }  # fmt: skip
    return {"update_id": update, "message": message}


async def deliver(fortress: Fortress, http: ClientSession, update: dict[str, Any]) -> None:
    headers = {"X-Telegram-Bot-Api-Secret-Token": WEBHOOK_SECRET}
    url = f"{fortress.town.url}{WEBHOOK}"
    answer = await http.post(url, data=json.dumps(update), headers=headers)
    assert answer.status == 200


async def until_read(fortress: Fortress) -> None:
    async with asyncio.timeout(PATIENCE):
        while fortress.ask("SELECT count(*) FROM received WHERE state = 'pending'") != [(0,)]:  # noqa: ASYNC110  another process reads
            await asyncio.sleep(0.05)


def kept_of(fortress: Fortress, chat: int) -> list[str]:
    rows = fortress.ask(
        "SELECT m.text FROM messages m JOIN inbox i ON m.inbox_id = i.id"
        f" WHERE i.channel = 'telegram' AND i.external_id LIKE '{chat}.%' ORDER BY m.id"
    )
    return [row[0] for row in rows]


async def is_one_line_an_event(fortress: Fortress) -> None:
    """Each line of the log is a record of ours, and says nothing of what was written."""
    for line in fortress.town.said().splitlines():
        assert isinstance(json.loads(line), dict), line
        assert "close_ticket" not in line
    await fortress.still_serves()
