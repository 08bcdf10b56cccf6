"""The whole log of a busy gateway: one JSON line an event, and nothing in it that is anybody's."""

import io
import json
import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from aiohttp import ClientSession, DummyCookieJar, FormData
from aiohttp.test_utils import TestServer

from bot.app import create_app
from bot.log_setup import set_up_logging
from bot.settings import read_settings
from tests.integration.naughty import HOSTILE, NAUGHTY
from tests.servers.process import free_port

SECRETS = {
    "webhook": "W" + "h7Fq" * 10,
    "webhook_old": "O" + "h7Fq" * 10,
    "actions": "A" + "k3Zp" * 10,
    "metrics": "M" + "x9Lt" * 10,
    "telegram": "7654321:" + "AAFakeFakeFakeFakeFakeFakeFakeFakeFake",
}
PHONE, IDENTITY, CARD = "13800138000", "440781199001011237", "6222020200112233445"
CODE = "ABCD-EFGH-JKLM-NPQR-STUV-WXYZ-2345"
PASSWORD = "correct horse 电池 staple"
COOKIE = "c00kie" + "Zx81" * 8
CANARIES = (
    *SECRETS.values(), PHONE, IDENTITY, CARD, CODE, PASSWORD, COOKIE, "何小姨", "45栋1203",
)  # fmt: skip


@pytest.fixture
def log(tmp_path: Path) -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    set_up_logging(SECRETS.values(), stream=stream, level="DEBUG", readable=False)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(capture=False)


@pytest.fixture
async def gateway(log: io.StringIO, tmp_path: Path) -> AsyncIterator[TestServer]:
    """Without Rasa, so that failures are logged as well."""
    settings = read_settings(
        {
            "LINLI_DATA": str(tmp_path),
            "LINLI_RASA_URL": f"http://127.0.0.1:{free_port()}",
            "LINLI_ACTIONS_TOKEN": SECRETS["actions"],
            "LINLI_METRICS_TOKEN": SECRETS["metrics"],
            "TELEGRAM_TOKEN": SECRETS["telegram"],
            "TELEGRAM_WEBHOOK_SECRET": SECRETS["webhook"],
            "TELEGRAM_WEBHOOK_SECRET_OLD": SECRETS["webhook_old"],
            "TELEGRAM_API_BASE": f"http://127.0.0.1:{free_port()}",
        }
    )
    server = TestServer(create_app(settings))
    await server.start_server()
    yield server
    await server.close()


async def test_no_line_holds_what_is_anybodys_and_each_is_one_event(
    gateway: TestServer, log: io.StringIO
) -> None:
    async with ClientSession() as client:
        session = gateway.make_url("/chat/api/session")
        async with client.post(session, json={"locale": "zh-CN", "join": CODE}) as answer:
            assert answer.status in (201, 422)
        for number, text in enumerate(
            (
                f"我是何小姨，住45栋1203，电话{PHONE}，身份证{IDENTITY}，卡{CARD}",
                "着火了，快来人，" + PHONE,
                *NAUGHTY[::60],
                *HOSTILE[-8:],
            )
        ):
            body = {"client_msg_id": f"00000000-0000-4000-8000-{number:012}", "text": text or "x"}
            async with client.post(gateway.make_url("/chat/api/messages"), json=body) as answer:
                assert answer.status < 500
        for path in (
            f"/?join={CODE}", f"/chat/?join={CODE}&phone={PHONE}", f"/admin/join?code={CODE}",
            f"/chat/api/tickets/{PHONE}", f"/admin/transcripts?participant={IDENTITY}",
            f"/nothing/{SECRETS['webhook']}", f"/metrics?token={SECRETS['metrics']}",
            "/x%0d%0aERROR%20forged%1b[31m",
        ):  # fmt: skip
            async with client.get(gateway.make_url(path), allow_redirects=False) as answer:
                assert answer.status < 500
        async with client.get(
            gateway.make_url("/metrics"), headers={"Authorization": f"Bearer {SECRETS['metrics']}"}
        ) as answer:
            assert answer.status == 200
        await _knock_wrongly(gateway)
        form = FormData({"file": io.BytesIO(b"\xff\xd8\xff" + PHONE.encode())})
        await client.post(gateway.make_url("/chat/api/attachments"), data=form)
        await client.delete(gateway.make_url("/chat/api/me"))

    lines = log.getvalue().splitlines()
    assert len(lines) > 5
    events = [json.loads(line) for line in lines]
    assert all({"at", "level", "logger", "message"} <= event.keys() for event in events)
    whole = "\n".join(json.dumps(event, ensure_ascii=False) for event in events)
    assert [canary for canary in CANARIES if canary in whole] == []
    assert "\x1b" not in log.getvalue()


async def _knock_wrongly(gateway: TestServer) -> None:
    """Wrong secrets, foreign cookies, passwords, updates that make no sense."""
    async with ClientSession(cookie_jar=DummyCookieJar()) as client:
        hook = gateway.make_url("/channels/telegram")
        for secret in (SECRETS["webhook"], SECRETS["webhook_old"], "wrong" + SECRETS["webhook"]):
            header = {"X-Telegram-Bot-Api-Secret-Token": secret}
            update = {"update_id": 7, "message": {"text": PHONE, "chat": {"id": 5}, "odd": CODE}}
            await client.post(hook, json=update, headers=header)
            await client.post(hook, data=f"<{PHONE}", headers=header)
        for path in ("/chat/api/me", "/admin/"):
            cookies = {"Cookie": f"linli={COOKIE}; linli-admin={COOKIE}"}
            await client.get(gateway.make_url(path), headers=cookies, allow_redirects=False)
        form = {"login": "heyi", "password": PASSWORD, "csrf": COOKIE}
        await client.post(gateway.make_url("/admin/sign-in"), data=form)
