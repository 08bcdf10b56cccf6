"""The gateway as a process: it comes up, answers, keeps what it was told, and goes cleanly."""

import asyncio
import signal
import socket
import uuid
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession, CookieJar

from tests.integration.started import FakeRasa, Started
from tests.servers.process import free_port

CHAT = "/chat/api"


@pytest.fixture
async def http() -> AsyncIterator[ClientSession]:
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as session:
        yield session


@pytest.fixture
async def rasa(tmp_path: Path) -> AsyncIterator[FakeRasa]:
    fake = FakeRasa(free_port(), tmp_path / "data")
    yield fake
    await fake.stop()


@pytest.fixture
async def gateway(tmp_path: Path, rasa: FakeRasa) -> AsyncIterator[Started]:
    started = Started(
        tmp_path / "data", "gateway",
        LINLI_RASA_URL=rasa.url, LINLI_ACTIONS_PORT=rasa.actions_port,
    )  # fmt: skip
    await started.start()
    yield started
    await started.kill_all()


async def open_chat(http: ClientSession, gateway: Started) -> None:
    async with http.post(f"{gateway.url}{CHAT}/session", json={"locale": "zh-CN"}) as answer:
        assert answer.status == 201, await answer.text()


async def write(http: ClientSession, gateway: Started, text: str) -> str:
    body = {"client_msg_id": str(uuid.uuid4()), "text": text}
    async with http.post(f"{gateway.url}{CHAT}/messages", json=body) as answer:
        assert answer.status == 202, await answer.text()
        return str((await answer.json())["message_id"])


async def answers_to(http: ClientSession, gateway: Started, message: str, count: int) -> list[str]:
    """Texts that say they answer the message, once there are so many."""
    found: list[str] = []
    seen = 0
    async with asyncio.timeout(60):
        while len(found) < count:
            address = f"{gateway.url}{CHAT}/messages?after={seen}&wait=5"
            async with http.get(address) as answer:
                assert answer.status == 200, await answer.text()
                lines = (await answer.json())["messages"]
            seen = max([seen, *(each["seq"] for each in lines)])
            found += [each["text"] for each in lines if each["in_reply_to"] == message]
    return found


async def hold_the_line(http: ClientSession, gateway: Started) -> int:
    async with http.get(f"{gateway.url}{CHAT}/messages?after=9&wait=30") as answer:
        return answer.status


async def test_it_is_ready_when_rasa_is_and_answers(
    http: ClientSession, gateway: Started, rasa: FakeRasa
) -> None:
    await gateway.answers(http)
    await gateway.answers(http, "/readyz", 503)
    await rasa.start()
    await gateway.answers(http, "/readyz", 200)
    await open_chat(http, gateway)

    message = await write(http, gateway, "/greet 您好")

    assert len(await answers_to(http, gateway, message, 1)) == 1
    assert [each["message"] for each in rasa.heard] == ["greet 您好"]


async def test_what_is_said_while_rasa_loads_is_kept_and_answered(
    http: ClientSession, gateway: Started, rasa: FakeRasa
) -> None:
    await gateway.answers(http)
    await open_chat(http, gateway)
    message = await write(http, gateway, "您好")
    await answers_to(http, gateway, message, 1)

    await rasa.start()

    kept, answered = await answers_to(http, gateway, message, 2)
    assert kept != answered


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_stop_is_clean_and_leaves_no_socket(
    http: ClientSession, gateway: Started, rasa: FakeRasa, number: signal.Signals
) -> None:
    await rasa.start()
    await gateway.answers(http, "/readyz")
    await open_chat(http, gateway)
    held = asyncio.create_task(hold_the_line(http, gateway))
    await asyncio.sleep(0.2)

    code = await gateway.end(number, limit=60)

    assert code == 0, gateway.said()
    assert "Traceback" not in gateway.said()
    assert await held == 200
    for port in (gateway.port, rasa.actions_port):
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", int(port)), timeout=1)


async def test_killed_and_started_again_it_answers_what_it_had_accepted(
    http: ClientSession, gateway: Started, rasa: FakeRasa
) -> None:
    await gateway.answers(http)
    await open_chat(http, gateway)
    message = await write(http, gateway, "您好")
    await gateway.end(signal.SIGKILL)

    await rasa.start()
    await gateway.start()
    await gateway.answers(http)

    assert len(await answers_to(http, gateway, message, 1)) >= 1
    await asyncio.wait_for(rasa.was_asked.wait(), 30)


async def test_two_gateways_share_one_postgres(
    http: ClientSession, rasa: FakeRasa, postgres_url: str, tmp_path: Path
) -> None:
    shared = {"LINLI_RASA_URL": rasa.url, "DATABASE_URL": postgres_url}
    first = await Started(
        tmp_path / "data", "gateway", LINLI_ACTIONS_PORT=rasa.actions_port, **shared
    ).start()
    second = await Started(tmp_path / "data", "gateway", **shared).start()
    await rasa.start()
    await first.answers(http, "/readyz")
    await second.answers(http, "/readyz")
    await open_chat(http, first)

    messages = [await write(http, each, "您好") for each in (first, second, first)]

    for message in messages:
        assert len(await answers_to(http, second, message, 1)) == 1
    assert (await first.end(), await second.end()) == (0, 0)


async def test_a_port_in_use_is_told_in_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        started = await Started(tmp_path / "data", "gateway", LINLI_PORT=port).start()
        code = await started.exit_code()

    assert code == 1
    sentence = f"Port {port} is in use by another program; stop it, or choose another port: "
    assert started.said() == f"{sentence}LINLI_PORT={int(port) + 1}\n"


async def test_two_launchers_do_not_share_a_data_directory(
    http: ClientSession, gateway: Started
) -> None:
    await gateway.answers(http)
    other = await Started(gateway.data, LINLI_RASA_URL="http://127.0.0.1:9").start()

    assert await other.exit_code() == 1
    assert f"Linli already runs on {gateway.data}" in other.said()


async def test_a_wrong_setting_is_named(tmp_path: Path) -> None:
    started = await Started(tmp_path / "data", "gateway", LINLI_MODE="production").start()

    assert await started.exit_code() == 1
    assert started.said() == "LINLI_PUBLIC_URL is needed in production\n"
