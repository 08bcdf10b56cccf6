"""The demo plays its stories on a running instance, and its windows show them and nothing more."""

import asyncio
import json
import re
import signal
import subprocess
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import ClientSession
from playwright.async_api import Browser, expect

from bot.cli.demo_stories import STORIES
from tests.journeys.conftest import Towns
from tests.journeys.page import PATIENCE_MS, ChatPage, opened_browser
from tests.journeys.town import Town
from tests.journeys.words import lead

from bootstrap import ROOT

LIMIT = 60.0
KINDS = {"singer": "NOI01", "handrail": "BLD01", "childcare": "SVC01"}
NOT_IN_A_STORY = "46栋单元门关不上"
WINDOW = re.compile(r"watch (\S+?)\s+(http://127\.0\.0\.1:\d+/)")


@pytest.fixture
def town(towns: Towns) -> Town:
    """One of its own, whose Rasa knows the stories: the demo's workers stay where they are."""
    found = towns("sqlite-demo")
    for name, story in STORIES.items():
        found.rasa.teach(story.told, "report", KINDS[name])
    found.rasa.teach(NOT_IN_A_STORY, "report", "BLD04")
    return found


@asynccontextmanager
async def playing(town: Town, *arguments: str) -> AsyncIterator[Process]:
    command = (sys.executable, "-m", "bot", "demo", "--pace", "0", *arguments)
    process = await asyncio.create_subprocess_exec(
        *command, env=town.process_environment(), cwd=ROOT,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        async with asyncio.timeout(LIMIT):
            yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGINT)
            await process.wait()


async def printed(process: Process) -> str:
    assert process.stdout
    return (await process.stdout.read()).decode()


async def printed_until(process: Process, words: str) -> str:
    assert process.stdout
    lines = []
    while not lines or words not in lines[-1]:
        line = (await process.stdout.readline()).decode()
        assert line, "".join(lines)
        lines.append(line)
    return "".join(lines)


async def test_it_can_be_played_again_and_again(town: Town) -> None:
    for _ in range(2):
        async with playing(town) as process:
            said = await printed(process)
            assert await process.wait() == 0, said
        ends = re.findall(r"^—— LL-\d{6}-\d{4}-\w: (.+)$", said, re.MULTILINE)
        assert ends == [story.end for story in STORIES.values()]


async def test_a_window_shows_the_conversation_and_lets_nobody_speak(
    town: Town, browser: Browser
) -> None:
    async with playing(town, "--story", "handrail", "--stay") as process:
        windows = dict(WINDOW.findall(await printed_until(process, "物业小黄")))
        async with opened_browser(browser) as context:
            chat = ChatPage(await context.new_page())
            await chat.page.goto(windows["阿强"])
            await chat.hears(lead("rated_satisfied"))
            proof = chat.thread.locator(".photo-button img").last
            await expect(proof).to_be_visible(timeout=PATIENCE_MS)
            assert await context.cookies() == []

            await chat.types("我也来说一句")
            await expect(chat.own("我也来说一句").locator(".failure")).to_be_visible()
        await refuses_strangers(windows["阿强"])


async def refuses_strangers(address: str) -> None:
    async with ClientSession() as http:
        async with http.get(f"{address}chat/", headers={"Host": "evil.example"}) as answer:
            assert answer.status == 403
        async with http.delete(f"{address}chat/api/me") as answer:
            assert answer.status == 403
        async with http.post(f"{address}chat/api/session", json={"join": "x"}) as answer:
            assert answer.status == 200
            assert "Set-Cookie" not in answer.headers


async def test_it_says_in_a_sentence_why_it_cannot_play(town: Town, tmp_path: Path) -> None:
    other = {**town.process_environment(), "LINLI_DATA": str(tmp_path)}
    nowhere = {**town.process_environment(), "LINLI_PORT": "9"}
    production = {
        **town.process_environment(), "LINLI_MODE": "production",
        "LINLI_PUBLIC_URL": "https://linli.example",
    }  # fmt: skip

    assert await complaint(other) == (1, "The running instance does not know the codes made here")
    assert await complaint(nowhere) == (1, "Nothing answers at http")
    assert await complaint(production) == (
        1,
        "The demo files matters; it plays in trial mode only.",
    )


async def complaint(environment: dict[str, str]) -> tuple[int, str]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "demo", "--pace", "0"), env=environment, cwd=ROOT,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    _, complained = await asyncio.wait_for(process.communicate(), LIMIT)
    return process.returncode or 0, complained.decode().partition(":")[0].strip()


async def test_reports_are_replayed_into_a_table(town: Town, tmp_path: Path) -> None:
    texts: Sequence[str] = (NOT_IN_A_STORY, "您好", "厨房有煤气味,头晕")
    reports, outcomes = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    reports.write_text("".join(json.dumps({"text": each}) + "\n" for each in texts))
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "scripts/replay_reports.py", reports, "--out", outcomes),
        env={**town.process_environment(), "PYTHONPATH": str(ROOT)}, cwd=ROOT,
        stdout=subprocess.PIPE,
    )  # fmt: skip
    printed_table, _ = await asyncio.wait_for(process.communicate(), LIMIT)

    rows = [json.loads(line) for line in outcomes.read_text().splitlines()]
    assert [each["outcome"] for each in rows] == ["draft card", "chat", "emergency"]
    assert [each["stands"] for each in rows] == [1, 1, 1]
    assert process.returncode == 0, printed_table.decode()
