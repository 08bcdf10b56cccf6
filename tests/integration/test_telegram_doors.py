"""How updates come in: the webhook answers what it has kept, polling confirms what it has kept."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import func, select

from actions.adapters.database.erasure import SqlPrivacy
from actions.adapters.database.received import SqlReceived
from actions.adapters.database.schema.channels import received
from bot.channels.telegram.polling import Polling, Refused
from bot.channels.telegram.registration import Registration
from bot.channels.telegram.standing import Standing
from bot.channels.telegram.webhook import HEADER, LONGEST, PATH, Webhook
from bot.problem import Refusal
from tests.builders import World
from tests.integration.telegram_house import TelegramHouse, opened_telegram
from tests.simulators.telegram.faults import bad_gateway, cut, reset, server_error, too_many

SECRET, OLD = "new-secret_1", "old-secret_2"


class Broken:
    """A store that is away."""

    async def keep(self, *_: Any) -> int:
        raise ConnectionError


@dataclass
class Door:
    client: TestClient[web.Request, web.Application]
    world: World
    notified: list[int]

    async def post(self, body: bytes | dict[str, Any], secret: str | None = SECRET) -> int:
        headers = {} if secret is None else {HEADER: secret}
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        async with self.client.post(PATH, data=raw, headers=headers) as answer:
            return answer.status

    async def rows(self) -> int:
        async with self.world.database.read() as conn:
            query = select(func.count()).select_from(received)
            return int((await conn.execute(query)).scalar_one())


@web.middleware
async def refusals(request: web.Request, handler: Any) -> web.StreamResponse:
    try:
        answer: web.StreamResponse = await handler(request)
    except Refusal as refusal:
        return web.Response(status=refusal.code)
    except OSError:
        return web.Response(status=500)
    return answer


async def opened_door(world: World, store: Any) -> Door:
    notified: list[int] = []
    webhook = Webhook(store, "7000001", [SECRET, OLD], world.clock, lambda: notified.append(1))
    app = web.Application(middlewares=[refusals])
    app.router.add_post(PATH, webhook.post)
    client = TestClient(TestServer(app))
    await client.start_server()
    return Door(client, world, notified)


@pytest.fixture
async def door(world: World) -> AsyncIterator[Door]:
    opened = await opened_door(world, SqlReceived(world.database, "host:1:door"))
    yield opened
    await opened.client.close()


@pytest.fixture
async def house(world: World, tmp_path: Path) -> AsyncIterator[TelegramHouse]:
    async with opened_telegram(world, tmp_path / "media") as opened_one:
        yield opened_one


def said(number: int, text: str = "灯坏了", chat: int = 1001) -> dict[str, Any]:
    person = {"id": chat, "is_bot": False, "first_name": "陈"}
    message = {"message_id": number, "date": 1_772_000_000, "text": text, "from": person,
               "chat": {"id": chat, "type": "private"}}  # fmt: skip
    return {"update_id": number, "message": message}


@pytest.mark.parametrize(
    "secret", [None, "", "wrong", SECRET + "x", SECRET[:-1], SECRET.upper(), "密码" * 5, "x" * 7000]
)
async def test_who_does_not_know_the_secret_leaves_nothing(door: Door, secret: str | None) -> None:
    assert await door.post(said(1), secret) == 401
    assert await door.rows() == 0


@pytest.mark.parametrize("secret", [SECRET, OLD])
async def test_while_the_secret_is_changed_both_count(door: Door, secret: str) -> None:
    assert await door.post(said(1), secret) == 200
    assert await door.rows() == 1


async def test_the_same_update_many_times_at_once_is_kept_once(door: Door) -> None:
    statuses = await asyncio.gather(*(door.post(said(5)) for _ in range(20)))

    assert set(statuses) == {200}
    assert await door.rows() == 1
    assert len(door.notified) == 1


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b'"x"', b"{}", b'{"update_id":"7"}', b'{"update_id":true}',
     b'{"update_id":-1}', b'{"update_id":1e400}', b"\xff\xfe\x00", b"[" * 50_000,
     b'{"update_id":' + b"9" * 5000 + b"}"],
)  # fmt: skip
async def test_nonsense_that_knows_the_secret_is_kept_for_whoever_looks(
    door: Door, house: TelegramHouse, body: bytes
) -> None:
    assert await door.post(body) == 200

    await house.reader.catch_up()

    assert await house.states() == ["faulty"]


async def test_too_much_is_refused(door: Door) -> None:
    too_much = BytesIO(b" " * (LONGEST + 1))
    headers = {HEADER: SECRET}
    async with door.client.post(PATH, data=too_much, headers=headers) as answer:
        assert answer.status == 413
    assert await door.rows() == 0


async def test_what_could_not_be_kept_is_not_acknowledged(world: World) -> None:
    door = await opened_door(world, Broken())

    assert await door.post(said(1)) == 500

    await door.client.close()


async def test_the_platform_brings_everything_once_through_failures(
    door: Door, house: TelegramHouse
) -> None:
    url = str(door.client.make_url(PATH))
    standing = Standing(lambda *, away: None)
    registration = Registration(house.bot, url, SECRET, standing)
    await registration._register()
    chen = house.telegram.user(1001)
    for number in range(5):
        house.telegram.repeats(chen.writes(str(number)) and house.telegram.pending[-1].id)

    await house.telegram.until(lambda: not house.telegram.pending)
    await house.reader.catch_up()

    assert await house.texts() == [str(number) for number in range(5)]
    assert await registration._look()
    await house.bot.delete_webhook()
    assert not await registration._look()


async def test_polling_confirms_only_what_was_kept(house: TelegramHouse, world: World) -> None:
    chen = house.telegram.user(1001)
    chen.writes("灯坏了")
    async with ClientSession() as http:
        broken = polling(http, house, Broken())
        with pytest.raises(ConnectionError):
            await broken.step()
    assert len(house.telegram.pending) == 1

    await house.arrives()

    assert house.telegram.pending == []
    assert await house.texts() == ["灯坏了"]


def polling(http: ClientSession, house: TelegramHouse, store: Any, **more: Any) -> Polling:
    return Polling(
        http,
        f"{house.telegram.api_base}/bot{house.telegram.token}",
        "7000001",
        store,
        house.world.clock,
        notify=lambda: None,
        standing=more.get("standing") or Standing(lambda *, away: None),
        sleep=more.get("sleep", asyncio.sleep),
    )


async def at_once(_seconds: float) -> None:
    """Nobody waits in a test, but everybody else gets a turn."""
    await asyncio.sleep(0)


async def test_polling_goes_on_through_every_failure(house: TelegramHouse) -> None:
    await house.bot.set_webhook("http://127.0.0.1:9/hook")
    chen = house.telegram.user(1001)
    for fault in (server_error(), bad_gateway(), reset(accepted=False), cut(), too_many(1)):
        house.telegram.faults.on("getUpdates", fault)
        chen.writes(fault.name)
    async with ClientSession() as http:
        asking = asyncio.create_task(polling(http, house, house.received, sleep=at_once).run())
        await house.telegram.until(lambda: not house.telegram.pending)
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)

    await house.reader.catch_up()

    assert await house.texts() == ["server_error", "bad_gateway", "reset", "cut", "refused"]


async def test_two_that_poll_for_one_bot_lose_and_double_nothing(house: TelegramHouse) -> None:
    chen = house.telegram.user(1001)
    async with ClientSession() as http:
        both = [
            asyncio.create_task(polling(http, house, house.received, sleep=at_once).run())
            for _ in range(2)
        ]
        for number in range(20):
            chen.writes(str(number))
            await house.telegram.until(lambda: not house.telegram.pending)
        for each in both:
            each.cancel()
        await asyncio.gather(*both, return_exceptions=True)

    await house.reader.catch_up()

    assert await house.texts() == [str(number) for number in range(20)]


async def test_a_batch_with_poison_in_it_is_taken_whole(house: TelegramHouse) -> None:
    chen = house.telegram.user(1001)
    house.telegram.injects({"message": {"message_id": "x"}}, queue=chen.id)
    chen.writes("灯坏了")

    await house.arrives()

    assert await house.texts() == ["灯坏了"]
    assert await house.states() == ["faulty", "done"]


async def test_trouble_is_told_once_without_the_token(
    house: TelegramHouse, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[bool] = []
    standing = Standing(lambda *, away: told.append(away))
    house.telegram.faults.on("getUpdates", server_error(), times=2)
    async with ClientSession() as http:
        asking = polling(http, house, house.received, standing=standing)
        for _ in range(2):
            with pytest.raises(Refused) as refused:
                await asking.step()
            standing.failed(str(refused.value))
    standing.works()

    assert told == [True, True, False]
    lines = [record.getMessage() for record in caplog.records if "telegram" in record.name]
    assert len([line for line in lines if "gives nothing" in line]) == 1
    assert house.telegram.token not in "".join(lines)


async def test_a_webhook_somebody_put_up_is_a_conflict_that_is_told(house: TelegramHouse) -> None:
    await house.bot.set_webhook("https://elsewhere.example/hook")

    async with ClientSession() as http:
        asking = polling(http, house, house.received)
        with pytest.raises(Refused) as refused:
            await asking.step()

    assert refused.value.code == 409


async def test_who_is_erased_is_forgotten_here_as_well(house: TelegramHouse) -> None:
    chen, other = house.telegram.user(1001), house.telegram.user(1002)
    chen.writes("灯坏了")
    await house.arrives()
    someone = await house.someone(chen.id)
    house.telegram.injects({"message": {"chat": {"id": chen.id}, "text": "坏"}}, queue=chen.id)
    await house.arrives()
    chen.writes("还没修好")
    other.writes("我是别人")
    await house.fetch()
    privacy = SqlPrivacy(house.world.database, house.world.clock, house.world.community)

    await privacy.erase(someone.id)

    rows = await house.kept()
    assert [(row["queue"], row["body"], row["state"]) for row in rows[:3]] == [
        ("erased", "", "done"), ("erased", "", "refused"), ("erased", "", "refused"),
    ]  # fmt: skip
    await house.reader.catch_up()
    assert [text for text in await house.texts() if text] == ["我是别人"]
