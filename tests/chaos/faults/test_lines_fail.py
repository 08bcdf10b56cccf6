"""The line between a browser and us: cut anywhere, answers lost, nobody at the other end (G1–G5)."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random
from typing import Any

from aiohttp import ClientError, ClientSession, CookieJar

from bot.launcher.doorway import take_port
from bot.settings import read_settings
from tests.chaos.faults.houses import house_over
from tests.chaos.proxy import FaultProxy
from tests.integration.test_webchat_events import Reader
from tests.integration.web_house import API, House, Visitor, new_id
from tests.servers.process import free_port

SAID = 30
#: Bytes after which a line is cut; a head alone has some hundreds.
CUT = (300, 2500)


@asynccontextmanager
async def over_a_bad_line(url: str, folder: Path) -> AsyncIterator[tuple[House, FaultProxy]]:
    async with house_over(url, folder) as house, FaultProxy(house.server.port or 0) as proxy:
        yield house, proxy


@asynccontextmanager
async def page_of(visitor: Visitor, proxy: FaultProxy) -> AsyncIterator["Page"]:
    """The same person's browser, by the bad line."""
    jar = CookieJar(unsafe=True)
    jar.update_cookies(
        visitor.client.session.cookie_jar.filter_cookies(visitor.client.make_url(""))
    )
    async with ClientSession(cookie_jar=jar) as http:
        yield Page(http, f"http://127.0.0.1:{proxy.port}{API}")


class Page:
    def __init__(self, http: ClientSession, url: str) -> None:
        self._http = http
        self._url = url
        self.shown: list[dict[str, Any]] = []
        self.cuts = 0

    async def follow(self, proxy: FaultProxy, count: int) -> None:
        """The stream, coming back after each cut with what was seen last, until all is shown."""
        random = Random(11)
        while len(self.shown) < count:
            proxy.back.limit = random.randint(*CUT)
            last = str(self.shown[-1]["seq"]) if self.shown else "0"
            try:
                await self._read(last, count)
            except (ClientError, ValueError):
                self.cuts += 1

    async def _read(self, last: str, count: int) -> None:
        async with self._http.get(f"{self._url}/events", headers={"Last-Event-ID": last}) as answer:
            reader = Reader(answer)
            while len(self.shown) < count:
                if answer.content.at_eof():
                    raise ClientError
                self.shown.append((await reader.next())[1])

    async def sends(self, text: str, number: str) -> dict[str, Any]:
        body = {"client_msg_id": number, "text": text}
        async with self._http.post(f"{self._url}/messages", json=body) as answer:
            assert answer.status == 202, await answer.text()
            return dict(await answer.json())


async def test_a_stream_cut_at_any_byte_shows_each_message_once_g1_g2(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with over_a_bad_line(sqlite_url, tmp_path) as (house, proxy):
        visitor = await house.visitor()
        async with page_of(visitor, proxy) as page:

            async def talk() -> None:
                for n in range(SAID):
                    await visitor.says(f"第{n}条")

            talking = asyncio.create_task(talk())
            await page.follow(proxy, SAID)
            await talking

            assert page.cuts >= 3
            assert page.shown == await visitor.messages()


async def test_a_page_that_slept_fetches_what_the_stream_told_g2(
    sqlite_url: str, tmp_path: Path
) -> None:
    """Two tabs: one follows, the other has nothing left of its stream and asks for everything."""
    async with over_a_bad_line(sqlite_url, tmp_path) as (house, proxy):
        visitor = await house.visitor()
        async with page_of(visitor, proxy) as page:
            for n in range(5):
                await visitor.says(f"第{n}条")
            proxy.back.limit = -1
            await page._read("0", 5)

        assert page.shown == await visitor.messages()
        assert [line["text"] for line in await visitor.messages(after=3)] == ["第3条", "第4条"]


async def test_a_message_whose_answer_was_lost_is_sent_again_and_there_once_g3(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with over_a_bad_line(sqlite_url, tmp_path) as (house, proxy):
        visitor = await house.visitor()
        number, lost = new_id(), 0
        async with page_of(visitor, proxy) as page:
            for _ in range(3):
                proxy.lose_answers(to=number.encode())
                try:
                    await page.sends("只说一次", number)
                except ClientError:
                    lost += 1
            taken = await page.sends("只说一次", number)

        assert lost == 3
        [line] = await visitor.messages()
        assert (line["id"], line["seq"]) == (taken["message_id"], taken["seq"])


async def test_a_doubled_request_is_one_message_g3(sqlite_url: str, tmp_path: Path) -> None:
    async with over_a_bad_line(sqlite_url, tmp_path) as (house, proxy):
        visitor = await house.visitor()
        proxy.is_doubling = True
        async with page_of(visitor, proxy) as page:
            await page.sends("只说一次", new_id())

        assert [line["text"] for line in await visitor.messages()] == ["只说一次"]


def test_whoever_is_gone_without_a_word_is_noticed_within_a_minute_g5(tmp_path: Path) -> None:
    """Our own system asks and gives up; every connection has that from the door it came by."""
    settings = read_settings({"LINLI_DATA": str(tmp_path), "LINLI_PORT": str(free_port())})
    with take_port(settings) as door:
        door.listen()
        with socket.create_connection(("127.0.0.1", settings.port)):
            connection, _ = door.accept()
            with connection:
                asked = [
                    connection.getsockopt(socket.IPPROTO_TCP, option)
                    for option in (socket.TCP_KEEPIDLE, socket.TCP_KEEPINTVL, socket.TCP_KEEPCNT)
                ]
                unheard = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT)
                is_asked = connection.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)

    assert is_asked
    assert asked[0] + asked[1] * asked[2] <= 60
    assert 0 < unheard <= 60_000
