"""The door of WeChat: what is not the platform's stays out, and what is gets one answer, in time."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer
from sqlalchemy import func, select

from actions.adapters.database.received import SqlReceived
from actions.adapters.database.schema.channels import received
from actions.adapters.database.wechat_replies import SqlWeChatReplies
from actions.application.environment import Secret
from actions.domain.errors import StoreAway
from bot.channels.wechat.door import PATH, Door
from bot.channels.wechat.opening import Envelopes
from bot.channels.wechat.passive import Passive
from bot.problem import Refusal
from bot.settings import WeChatSettings
from tests.builders import World
from tests.simulators.wechat import AES_KEY, APP_ID, SECRET, TOKEN, WeChatSimulator


@dataclass
class Gateway:
    """One process's door over the store all share."""

    passive: Passive
    url: str


class Flickering(SqlReceived):
    """A store that is away for so many tries."""

    away = 0

    async def keep(
        self, channel: str, account: str, found: Sequence[tuple[str, str, str]], now: datetime
    ) -> int:
        if self.away:
            self.away -= 1
            raise StoreAway("restarting")
        return await super().keep(channel, account, found, now)


@dataclass
class House:
    world: World
    wechat: WeChatSimulator
    gateways: list[Gateway]
    store: Flickering

    async def kept(self) -> int:
        query = select(func.count()).select_from(received).where(received.c.channel == "wechat")
        async with self.world.database.read() as conn:
            return int((await conn.execute(query)).scalar_one())

    async def says(self, words: str, *, by: int = 0) -> None:
        """Once somebody waits for it."""
        while not await self.gateways[by].passive.say("oAnna", words):  # noqa: ASYNC110
            await asyncio.sleep(0)


@web.middleware
async def refusals(request: web.Request, handler: Any) -> web.StreamResponse:
    try:
        answer: web.StreamResponse = await handler(request)
    except Refusal as refusal:
        return web.Response(status=refusal.code)
    return answer


@pytest.fixture
async def house(world: World) -> AsyncIterator[House]:
    def now() -> float:
        return world.clock.now().timestamp()

    settings = WeChatSettings(
        app_id=APP_ID,
        secret=Secret(SECRET),
        token=Secret(TOKEN),
        aes_key=Secret(AES_KEY),
        api_base="http://127.0.0.1:9",
    )
    servers, gateways = [], []
    store = Flickering(world.database, "test")
    for patience in (5.0, 0.01):
        passive = Passive(SqlWeChatReplies(world.database, APP_ID), world.clock)
        door = Door(
            Envelopes(settings, now, allows_plain=False),
            store,
            passive,
            world.clock,
            app_id=APP_ID,
            notify=lambda: None,
            patience=patience,
        )
        app = web.Application(middlewares=[refusals])
        app.router.add_get(PATH, door.get)
        app.router.add_post(PATH, door.post)
        server = TestServer(app)
        await server.start_server()
        servers.append(server)
        gateways.append(Gateway(passive, str(server.make_url(PATH))))
    async with WeChatSimulator(now=now).running(gateways[0].url) as wechat:
        yield House(world, wechat, gateways, store)
    for server in servers:
        await server.close()


async def test_a_message_is_kept_and_answered_within_the_callback(house: House) -> None:
    anna = house.wechat.user("oAnna")
    await asyncio.gather(anna.writes("楼道灯坏了"), house.says("已收到 ]]> 𨋢"))
    assert (anna.last.way, anna.last.text) == ("reply", "已收到 ]]> 𨋢")
    assert await house.kept() == 1


async def test_a_repeat_under_way_is_one_message_and_gets_the_same_answer(house: House) -> None:
    anna = house.wechat.user("oAnna")
    await asyncio.gather(anna.writes("楼道灯坏了", times=3), house.says("已收到"))
    assert [each.text for each in anna.seen()] == ["已收到"]
    bodies = {knock.body == "success" for knock in house.wechat.calling.knocks}
    assert (len(house.wechat.calling.knocks), bodies) == (3, {False})
    assert await house.kept() == 1


async def test_a_repeat_at_another_gateway_gets_what_the_first_said(house: House) -> None:
    anna = house.wechat.user("oAnna")
    children = {"MsgType": "text", "Content": "楼道灯坏了", "MsgId": "7"}
    first = house.wechat.calling.call("oAnna", children)
    await asyncio.gather(first, house.says("已收到"))
    house.wechat.calling.url = house.gateways[1].url
    await house.wechat.calling.call("oAnna", children)
    assert [each.text for each in anna.seen()] == ["已收到", "已收到"]
    assert await house.kept() == 1


async def test_when_there_is_nothing_to_say_yet_the_platform_is_told_so(house: House) -> None:
    house.wechat.calling.url = house.gateways[1].url
    anna = house.wechat.user("oAnna")
    await anna.writes("楼道灯坏了")
    assert anna.seen() == []
    assert house.wechat.calling.knocks[-1].body == "success"
    assert not await house.gateways[1].passive.say("oAnna", "太晚了")


async def test_each_of_two_messages_at_once_has_an_answer_of_its_own(house: House) -> None:
    anna = house.wechat.user("oAnna")

    async def answers() -> None:
        await house.says("一收到")
        await house.says("二收到")

    await asyncio.gather(anna.writes("一"), anna.writes("二"), answers())
    assert sorted(each.text for each in anna.seen()) == ["一收到", "二收到"]


async def test_a_store_that_is_away_for_a_moment_is_waited_for(house: House) -> None:
    house.store.away = 2
    anna = house.wechat.user("oAnna")
    await asyncio.gather(anna.writes("楼道灯坏了"), house.says("已收到"))
    assert anna.last.text == "已收到"
    assert await house.kept() == 1


async def test_what_makes_no_sense_is_kept_for_somebody_to_look_at(house: House) -> None:
    await house.wechat.calling.call("oAnna", {"MsgType": "text", "MsgId": "no number"})
    assert house.wechat.calling.knocks[-1].body == "success"
    assert await house.kept() == 1


async def test_news_about_what_we_sent_is_not_waited_for(house: House) -> None:
    await house.wechat.user("oAnna").hears_of_job("200163836", "success")
    assert house.wechat.calling.knocks[-1].body == "success"
    assert await house.kept() == 1


@pytest.mark.parametrize(
    "forging",
    [
        "no query",
        "signature",
        "message signature",
        "another body",
        "plain",
        "old",
        "early",
        "nonce",
    ],
)
async def test_what_is_not_the_platforms_stays_out(house: House, forging: str) -> None:
    calling = house.wechat.calling
    query, body = calling.sealed("oAnna", "<xml><a>1</a></xml>")
    match forging:
        case "no query":
            query = {}
        case "signature":
            query["signature"] = "0" * 40
        case "message signature":
            query["msg_signature"] = "é" * 40
        case "another body":
            body = calling.sealed("oAnna", "<xml><a>2</a></xml>")[1]
        case "plain":
            body = "<xml><FromUserName>oAnna</FromUserName></xml>"
            query.pop("encrypt_type")
        case "old":
            house.world.clock.set(house.world.clock.now() + timedelta(seconds=301))
        case "early":
            house.world.clock.set(house.world.clock.now() - timedelta(seconds=301))
        case "nonce":
            other, otherwise = calling.sealed("oAnna", "<xml><a>2</a></xml>")
            async with ClientSession() as http:
                await http.post(calling.url, params=other, data=otherwise)
            query, body = calling.sealed("oAnna", "<xml><a>3</a></xml>", like=other)
    before = await house.kept()
    async with ClientSession() as http, http.post(calling.url, params=query, data=body) as answer:
        assert answer.status == 403
    assert await house.kept() == before


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"", 400), (b"x" * 70_000, 413), (b"<!DOCTYPE x><xml/>", 400), (b"<xml/>", 403)],
    ids=["nothing", "too long", "doctype", "not sealed"],
)
async def test_what_is_no_envelope_is_refused(house: House, body: bytes, status: int) -> None:
    query, _ = house.wechat.calling.sealed("oAnna", "<xml/>")
    url = house.wechat.calling.url
    async with ClientSession() as http, http.post(url, params=query, data=body) as answer:
        assert answer.status == status
    assert await house.kept() == 0


async def test_the_platform_is_told_that_this_is_our_address_and_nobody_else_is(
    house: House,
) -> None:
    assert await house.wechat.calling.verify() == (200, "5837397520665436492")
    async with ClientSession() as http:
        for query in ({}, {"signature": "0" * 40, "timestamp": "1", "nonce": "n", "echostr": "x"}):
            async with http.get(house.wechat.calling.url, params=query) as answer:
                assert (answer.status, await answer.text()) == (403, "")
