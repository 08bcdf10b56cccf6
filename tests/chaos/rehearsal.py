"""One of everything, in this very process: what is built at the first use is built then.

A gateway spends half a second on its first message: statements are put together, classes are made.
The zygote does that once, for all it will fork.
"""

import asyncio
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import pytest
from aiohttp import ClientSession, CookieJar, web

from bot.app import create_app
from bot.settings import read_settings
from tests.chaos.resident import API, SUBMIT
from tests.chaos.stand_in import StandIn, matter
from tests.servers.compiled import SharedStatements
from tests.simulators.telegram import TelegramSimulator

SECRET = "rehearsal_1"
#: Only a guard against a rehearsal that never ends.
PATIENCE = 20.0


class NotAlone(Exception):
    """A thread was left behind: a fork would lose it, and what it held."""


def rehearse(database_url: str) -> None:
    """Raises NotAlone."""
    # For as long as this process lives: whatever it forks finds the statements put together.
    SharedStatements().install(pytest.MonkeyPatch())
    with tempfile.TemporaryDirectory(prefix="linli-rehearsal-") as folder:
        asyncio.run(_rehearse(Path(folder) / "data", database_url))
    if threading.active_count() > 1:
        raise NotAlone(", ".join(thread.name for thread in threading.enumerate()))


async def _rehearse(data: Path, database_url: str) -> None:
    stand_in = StandIn(data / "keys" / "actions.token", "rehearsal")
    stand_in.is_faulty = False
    index = stand_in.add_gateway()
    await stand_in.start()
    async with TelegramSimulator().running() as telegram:
        settings = {
            "LINLI_DATA": str(data),
            "LINLI_RASA_URL": stand_in.url(index),
            "LINLI_ACTIONS_PORT": str(stand_in.actions_ports[index]),
            "TELEGRAM_TOKEN": telegram.token,
            "TELEGRAM_API_BASE": telegram.api_base,
            "TELEGRAM_WEBHOOK_SECRET": SECRET,
        } | ({"DATABASE_URL": database_url} if database_url else {})
        runner = web.AppRunner(create_app(read_settings(settings)), access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        telegram.state.webhook.url = f"{url}/channels/telegram"
        telegram.state.webhook.secret = SECRET
        try:
            # Whatever did not come to pass is built later, by those who need it.
            with suppress(TimeoutError):
                async with asyncio.timeout(PATIENCE):
                    await _write(telegram)
                    await _file(url + API)
        finally:
            await runner.cleanup()
            await stand_in.stop()


async def _write(telegram: TelegramSimulator) -> None:
    someone = telegram.user(1)
    someone.starts()
    await telegram.until(lambda: someone.texts)
    someone.writes(matter(1, "45栋", "BLD01"))
    card = await telegram.until(
        lambda: next((seen for seen in someone.seen() if SUBMIT in seen.labels), None)
    )
    someone.presses(SUBMIT, on=card.message_id)
    await telegram.until(lambda: someone.last.message_id > card.message_id)


async def _file(api: str) -> None:
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as http:
        await http.post(f"{api}/session", json={"locale": "zh-CN"})
        body = {"text": matter(2, "50栋", "GRN01")}
        while True:
            await http.post(f"{api}/messages", json={"client_msg_id": str(uuid4()), **body})
            after = 0
            while True:
                async with http.get(f"{api}/messages?after={after}&wait=5") as answer:
                    lines = (await answer.json())["messages"]
                after = max([after, *(line["seq"] for line in lines)])
                if any(line["ticket"] for line in lines):
                    return
                buttons = [button for line in lines for button in line["buttons"]]
                found = [each["action"] for each in buttons if each["label"] == SUBMIT]
                if found:
                    body = {"action": found[0]}
                    break
