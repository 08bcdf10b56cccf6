"""The whole process beside a simulated Telegram: it hears, answers, and comes back after a kill."""

import asyncio
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession

from tests.integration.started import FakeRasa, Started
from tests.servers.process import free_port
from tests.simulators.telegram import TelegramSimulator

SECRET = "webhook-secret_1"


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramSimulator]:
    async with TelegramSimulator().running() as running:
        yield running


@pytest.fixture
async def http() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


@pytest.fixture
async def rasa(tmp_path: Path) -> AsyncIterator[FakeRasa]:
    fake = FakeRasa(free_port(), tmp_path / "data")
    await fake.start()
    yield fake
    await fake.stop()


@pytest.fixture(params=["polling", "webhook"])
async def gateway(
    request: pytest.FixtureRequest, tmp_path: Path, rasa: FakeRasa, telegram: TelegramSimulator
) -> AsyncIterator[Started]:
    started = Started(
        tmp_path / "data", "gateway", LINLI_RASA_URL=rasa.url,
        LINLI_ACTIONS_PORT=rasa.actions_port, TELEGRAM_TOKEN=telegram.token,
        TELEGRAM_API_BASE=telegram.api_base, LINLI_LOG_LEVEL="info",
    )  # fmt: skip
    if request.param == "webhook":
        started._variables |= {
            "TELEGRAM_WEBHOOK_SECRET": SECRET, "LINLI_PUBLIC_URL": started.url,
        }  # fmt: skip
    yield await started.start()
    await started.kill_all()


async def test_somebody_starts_writes_and_is_answered(
    gateway: Started, telegram: TelegramSimulator, rasa: FakeRasa, http: ClientSession
) -> None:
    anna = telegram.user(1001, "Anna", language_code="en")
    anna.starts()
    async with asyncio.timeout(60):
        await telegram.until(lambda: len(anna.texts) >= 2)
        anna.writes("hello there")
        await telegram.until(lambda: len(anna.texts) >= 3)

    async with http.get(f"{gateway.url}/readyz") as answer:
        assert (await answer.json())["telegram"] == "ok"
    assert anna.texts[0].startswith("Hello, I am Linli")
    assert [heard["message"] for heard in rasa.heard] == ["hello there"]
    assert await gateway.end() == 0
    said = gateway.said()
    assert telegram.token.partition(":")[2] not in said
    assert '"level": "ERROR"' not in said


async def test_what_was_written_around_a_kill_is_answered_once(
    gateway: Started, telegram: TelegramSimulator, rasa: FakeRasa, http: ClientSession
) -> None:
    anna = telegram.user(1001, "Anna", language_code="en")
    anna.starts()
    async with asyncio.timeout(60):
        await telegram.until(lambda: len(anna.texts) >= 2)
    for number in range(5):
        anna.writes(f"before {number}")
    await gateway.end(signal.SIGKILL)
    anna.writes("while away")

    await gateway.start()
    async with asyncio.timeout(60):
        await telegram.until(lambda: len({each["message"] for each in rasa.heard}) >= 6)
        await telegram.until(lambda: len(anna.texts) >= 2 + 6)
    await gateway.answers(http)

    heard = list(dict.fromkeys(each["message"] for each in rasa.heard))
    assert heard == [*(f"before {number}" for number in range(5)), "while away"]
