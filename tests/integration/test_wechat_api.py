"""Tokens are fetched once for all, calls survive a token that went bad, and outcomes are told apart."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from actions.application.environment import Secret
from actions.application.ports_wechat import AccessToken
from bot.channels.wechat.api import Api
from bot.channels.wechat.asking import ApiRefused, ApiUnanswered, ApiUnsent, ask
from bot.channels.wechat.remedies import Remedy
from bot.channels.wechat.tokens import StableToken, Tokens
from bot.settings import WeChatSettings
from tests.simulators.telegram.faults import bad_gateway, cut, reset
from tests.simulators.wechat import APP_ID, SECRET, TOKEN, Person, WeChatSimulator, refusing
from tests.simulators.wechat.errors import BAD_TOKEN, BUSY, EXPIRED
from tests.simulators.wechat.tokens import forget

SEND = "message/custom/send"


class Shelf:
    """A token cache of several processes."""

    def __init__(self) -> None:
        self.token: AccessToken | None = None
        self._lock = asyncio.Lock()

    def alone(self) -> AbstractAsyncContextManager[None]:
        return self._lock

    async def read(self) -> AccessToken | None:
        return self.token

    async def write(self, token: AccessToken) -> None:
        self.token = token


@dataclass
class Watch:
    at: float = 1_800_000_000.0

    def __call__(self) -> float:
        return self.at


@dataclass
class Desk:
    wechat: WeChatSimulator
    http: ClientSession
    watch: Watch
    shelf: Shelf
    anna: Person

    def process(self, base: str = "") -> Api:
        """One process's own API, with the shelf all share."""
        settings = WeChatSettings(
            app_id=APP_ID,
            secret=Secret(SECRET),
            token=Secret(TOKEN),
            aes_key=None,
            api_base=base or self.wechat.api_base,
        )
        source = StableToken(self.http, settings, self.watch)
        return Api(self.http, settings.api_base, Tokens(source, self.shelf, self.watch))

    def codes(self, method: str = SEND) -> list[int]:
        return [call.code for call in self.wechat.calls if call.method == method]


def says(text: str) -> dict[str, object]:
    return {"touser": "oAnna", "msgtype": "text", "text": {"content": text}}


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    watch = Watch()
    async with WeChatSimulator(now=watch).running() as wechat, ClientSession() as http:
        anna = wechat.user("oAnna")
        anna.follower.is_following = True
        anna.follower.quota.opens("message", watch())
        yield Desk(wechat, http, watch, Shelf(), anna)


async def test_fifty_sends_at_once_in_two_processes_fetch_one_token(desk: Desk) -> None:
    processes = [desk.process(), desk.process()]
    await processes[0].post("menu/create", {"button": [{"type": "click", "name": "x", "key": "x"}]})
    menu = {"button": [{"type": "click", "name": "我的事项", "key": "mine"}]}
    await asyncio.gather(*(processes[n % 2].post("menu/create", menu) for n in range(50)))
    assert desk.wechat.state.fetches == 1
    assert desk.codes("menu/create") == [0] * 51


async def test_words_arrive_letter_by_letter(desk: Desk) -> None:
    words = "已收到 LL-261120-0007-K\n𨋢又壞咗 👵🏽 \u200d & <b> \"'"
    await desk.process().post(SEND, says(words))
    assert desk.anna.last.text == words


async def test_a_token_that_went_bad_is_renewed_and_the_message_sent_once(desk: Desk) -> None:
    api, other = desk.process(), desk.process()
    await api.post(SEND, says("一"))
    await other.post(SEND, says("二"))
    forget(desk.wechat.state)
    await asyncio.gather(api.post(SEND, says("三")), other.post(SEND, says("四")))
    assert sorted(each.text for each in desk.anna.seen()) == sorted("一二三四")
    assert desk.wechat.state.fetches == 2


@pytest.mark.parametrize("refusal", [BAD_TOKEN, EXPIRED], ids=["40001", "42001"])
async def test_a_token_refused_for_ever_is_tried_twice_and_forced_once(
    desk: Desk, refusal: tuple[int, str]
) -> None:
    desk.wechat.faults.on(SEND, refusing(*refusal), times=None)
    with pytest.raises(ApiRefused) as refused:
        await desk.process().post(SEND, says("一"))
    assert refused.value.remedy is Remedy.RENEW
    assert len(desk.codes()) == 2
    assert len(desk.wechat.state.forced_at) == 1


async def test_a_token_is_renewed_before_its_end(desk: Desk) -> None:
    api = desk.process()
    await api.post(SEND, says("一"))
    desk.watch.at += 7200 - 250
    await api.post(SEND, says("二"))
    assert desk.wechat.state.fetches == 1
    desk.watch.at += 20
    await api.post(SEND, says("三"))
    assert desk.wechat.state.fetches == 2
    assert desk.codes() == [0, 0, 0]


async def test_when_two_force_at_once_the_second_takes_what_the_first_got(desk: Desk) -> None:
    first, second = desk.process(), desk.process()
    desk.wechat.faults.on(SEND, refusing(*BAD_TOKEN), times=2)
    await asyncio.gather(first.post(SEND, says("一")), second.post(SEND, says("二")))
    assert sorted(each.text for each in desk.anna.seen()) == ["一", "二"]
    assert len(desk.wechat.state.forced_at) == 1


async def test_what_the_platform_says_no_to_is_told_by_its_code(desk: Desk) -> None:
    api = desk.process()
    for _ in range(5):
        await api.post(SEND, says("好"))
    with pytest.raises(ApiRefused) as full:
        await api.post(SEND, says("好"))
    desk.watch.at += 49 * 3600
    with pytest.raises(ApiRefused) as late:
        await api.post(SEND, says("好"))
    assert (full.value.code, late.value.code) == (45047, 45015)
    assert full.value.remedy is late.value.remedy is Remedy.ANOTHER_WAY
    desk.wechat.faults.on(SEND, refusing(*BUSY))
    with pytest.raises(ApiRefused) as busy:
        await api.post(SEND, says("好"))
    assert busy.value.remedy is Remedy.AGAIN


async def test_what_did_not_leave_is_told_from_what_may_have_arrived(desk: Desk) -> None:
    api = desk.process()
    await api.post(SEND, says("一"))
    for fault in (reset(accepted=True), cut()):
        desk.wechat.faults.on(SEND, fault)
        with pytest.raises(ApiUnanswered):
            await api.post(SEND, says("二"))
    desk.wechat.faults.on(SEND, bad_gateway())
    with pytest.raises(ApiUnsent):
        await api.post(SEND, says("三"))
    with pytest.raises(ApiUnsent):
        await desk.process("http://127.0.0.1:9").post(SEND, says("四"))
    assert [each.text for each in desk.anna.seen()] == ["一", "二", "二"]


async def test_without_a_token_nothing_has_left(desk: Desk) -> None:
    desk.wechat.faults.on("stable_token", cut())
    with pytest.raises(ApiUnsent):
        await desk.process().post(SEND, says("一"))
    desk.wechat.faults.on("stable_token", refusing(-1, "system error"))
    with pytest.raises(ApiRefused):
        await desk.process().post(SEND, says("一"))
    assert desk.anna.seen() == []


async def test_an_answer_in_pieces_is_read_whole(desk: Desk) -> None:
    async def slowly(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse()
        await answer.prepare(request)
        for piece in (b'{"errcode": 0, ', b'"errmsg":', b' "ok"}'):
            await answer.write(piece)
            await asyncio.sleep(0.02)
        return answer

    app = web.Application()
    app.router.add_post("/x", slowly)
    server = TestServer(app)
    await server.start_server()
    assert await ask(desk.http, str(server.make_url("/x")), data=b"") == {
        "errcode": 0,
        "errmsg": "ok",
    }
    await server.close()


async def test_a_picture_is_taken_and_shown(desk: Desk) -> None:
    api = desk.process()
    media_id = await api.upload(b"\xff\xd8\xff\xe0 a picture")
    await api.post(SEND, {"touser": "oAnna", "msgtype": "image", "image": {"media_id": media_id}})
    assert desk.anna.last.text == "[image]"
    with pytest.raises(ApiRefused):
        await api.upload(b"no picture")
