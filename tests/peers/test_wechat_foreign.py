"""The simulated platform, as two libraries of other hands find it: one calls it, one is called."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
import werobot
from wechatpy.client import WeChatClient
from wechatpy.exceptions import WeChatClientException

from tests.simulators.wechat import AES_KEY, APP_ID, SECRET, TOKEN, WeChatSimulator

PICTURE = b"\xff\xd8\xff\xe0 a picture"


class Client(WeChatClient):  # type: ignore[misc]
    """With the address of its tokens, which it has written into its code, made ours."""

    def __init__(self, api_base: str) -> None:
        super().__init__(APP_ID, SECRET)
        self.API_BASE_URL = f"{api_base}/cgi-bin/"

    def fetch_access_token(self) -> object:
        asked = {"grant_type": "client_credential", "appid": APP_ID, "secret": SECRET}
        return self._fetch_access_token(url=f"{self.API_BASE_URL}token", params=asked)


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture(params=["secure", "plain"])
async def wechat(request: pytest.FixtureRequest) -> AsyncIterator[WeChatSimulator]:
    async with WeChatSimulator(mode=request.param).running() as simulator:
        yield simulator


@pytest.fixture
def robot(wechat: WeChatSimulator) -> Iterator[str]:
    """WeRoBot as an account; it repeats what it is told."""
    bot = werobot.WeRoBot(token=TOKEN)
    bot.config["SESSION_STORAGE"] = False
    if wechat.state.mode != "plain":
        bot.config.update(APP_ID=APP_ID, ENCODING_AES_KEY=AES_KEY)
    bot.text(lambda message: f"{message.content}，收到")
    bot.subscribe(lambda event: f"欢迎 {event.key}")
    bot.location(lambda message: "{:.2f},{:.2f}".format(*message.location))
    server = make_server("127.0.0.1", 0, bot.wsgi, handler_class=Quiet)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


async def test_an_account_of_another_hand_understands_the_callbacks(
    wechat: WeChatSimulator, robot: str
) -> None:
    wechat.calling.url = robot
    assert await wechat.calling.verify() == (200, "5837397520665436492")
    anna = wechat.user("oAnna")
    await anna.follows("lamp-45")
    await anna.writes("楼道灯坏了 & <b>")
    await anna.sends_location(23.13, 113.35, "天河")
    assert [each.text for each in anna.seen()] == [
        "欢迎 qrscene_lamp-45",
        "楼道灯坏了 & <b>，收到",
        "23.13,113.35",
    ]


async def test_a_client_of_another_hand_is_answered_as_by_the_platform(
    wechat: WeChatSimulator, robot: str
) -> None:
    wechat.calling.url = robot
    wechat.state.templates.add("T1")
    anna = wechat.user("oAnna")
    await anna.writes("你好")
    client = Client(wechat.api_base)

    def codes(count: int) -> list[int]:
        """What each of so many customer messages is answered."""
        answers = []
        for number in range(count):
            try:
                answers.append(client.message.send_text("oAnna", f"第{number}条")["errcode"])
            except WeChatClientException as error:
                answers.append(error.errcode)
        return answers

    assert await asyncio.to_thread(codes, 6) == [0, 0, 0, 0, 0, 45047]
    data = {"thing1": {"value": "楼道灯坏了"}, "character_string2": {"value": "LL-261120-0007-K"}}
    sent = await asyncio.to_thread(client.message.send_template, "oAnna", "T1", data)
    assert sent["errcode"] == 0
    with pytest.raises(WeChatClientException, match=r"data\.thing1\.value invalid"):
        await asyncio.to_thread(
            client.message.send_template, "oAnna", "T1", {"thing1": {"value": "长" * 21}}
        )
    uploaded = await asyncio.to_thread(client.media.upload, "image", ("p.jpg", PICTURE))
    fetched = await asyncio.to_thread(client.media.download, uploaded["media_id"])
    assert fetched.content == PICTURE
    code = {"action_name": "QR_LIMIT_STR_SCENE", "action_info": {"scene": {"scene_str": "lamp"}}}
    assert "ticket" in await asyncio.to_thread(client.qrcode.create, code)
    menu = {"button": [{"type": "click", "name": "我要反映", "key": "tell"}]}
    assert (await asyncio.to_thread(client.menu.create, menu))["errcode"] == 0
    assert [each.way for each in anna.seen()] == ["reply"] + ["custom"] * 5 + ["template"]
