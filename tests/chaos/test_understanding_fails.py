"""Rasa is away, slow, broken or talks rubbish: told at once, understood once, in order (D1-D5)."""

import asyncio
from pathlib import Path

import pytest

from bot.gateway.turns import PATIENCE
from tests.chaos.gateways import Fate, Pair, gateways
from tests.chaos.words import said

KEPT = said("kept_for_later")
#: Seconds within which a resident is told (D1).
TOLD = 2.0


async def heard_in_order(pair: Pair, count: int) -> list[str]:
    """Answer so many texts as they come."""
    heard = []
    while len(heard) < count:
        asked = await pair.rasa.asked()
        asked.becomes(Fate.ANSWER)
        await asked.acted.wait()
        heard.append(asked.text)
    return heard


async def waits(pair: Pair, state: str, count: int) -> None:
    """Until so many arrivals are in the state."""
    async with asyncio.timeout(60):
        query = f"SELECT count(*) FROM inbox WHERE state = '{state}'"
        while await pair.ask(query) != [(count,)]:  # noqa: ASYNC110  it is another process
            await asyncio.sleep(0.05)


def test_patience_ends_early_enough_to_tell_in_time() -> None:
    assert PATIENCE < TOLD * 0.75


async def test_rasa_is_down_and_everything_is_understood_once_in_order_when_it_is_back(
    store_url: str, tmp_path: Path
) -> None:
    async with gateways(tmp_path, store_url, 1) as pair:
        await pair.rasa.stop()
        texts = ["第一句", "第二句", "第三句"]
        messages = []
        for words in texts:
            messages.append(await pair.write(0, words))
            assert await pair.answers(0, messages[-1]) == [KEPT]
        await waits(pair, "parked", 3)

        await pair.rasa.start()
        messages.append(await pair.write(0, "第四句"))

        assert await heard_in_order(pair, 4) == [*texts, "第四句"]
        for message in messages[:3]:
            kept, answered = await pair.answers(0, message, 2)
            assert (kept, answered != KEPT) == (KEPT, True)
        await waits(pair, "done", 4)
        turns = "SELECT count(*) FROM effects WHERE step = 'turn' AND cause LIKE 'inbox:%'"
        assert await pair.ask(turns) == [(4,)]


async def test_a_restart_finds_what_was_parked(store_url: str, tmp_path: Path) -> None:
    async with gateways(tmp_path, store_url, 1) as pair:
        await pair.rasa.stop()
        message = await pair.write(0, "第一句")
        await pair.answers(0, message)
        await waits(pair, "parked", 1)
        await pair.kill(0)
        await pair.rasa.start()
        await pair.start(0)

        assert await heard_in_order(pair, 1) == ["第一句"]
        kept, answered = await pair.answers(0, message, 2)
        assert (kept, answered != KEPT) == (KEPT, True)


async def test_a_slow_answer_is_announced_while_it_is_awaited_and_given_once(
    store_url: str, tmp_path: Path
) -> None:
    async with gateways(tmp_path, store_url, 1) as pair:
        message = await pair.write(0, "第一句")
        asked = await pair.rasa.asked()
        assert await pair.answers(0, message) == [KEPT]

        asked.becomes(Fate.ANSWER)

        assert len(await pair.answers(0, message, 2)) == 2
        await waits(pair, "done", 1)
        assert len(pair.rasa.all) == 1


async def test_what_hangs_beyond_the_deadline_is_asked_again_and_the_late_one_is_harmless(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with gateways(tmp_path, sqlite_url, 1) as pair:
        message = await pair.write(0, "第一句")
        hanging = await pair.rasa.asked()
        again = await pair.rasa.asked()
        again.becomes(Fate.ANSWER)
        assert len(await pair.answers(0, message, 2)) == 2

        hanging.becomes(Fate.ANSWER)
        await hanging.acted.wait()

        await waits(pair, "done", 1)
        assert len(await pair.answers(0, message, 2)) == 2


@pytest.mark.parametrize("fate", [Fate.BREAK, Fate.UNAVAILABLE, Fate.NOTHING])
async def test_what_came_to_nothing_is_tried_again(
    sqlite_url: str, tmp_path: Path, fate: Fate
) -> None:
    async with gateways(tmp_path, sqlite_url, 1) as pair:
        message = await pair.write(0, "第一句")
        (await pair.rasa.asked()).becomes(fate)
        assert await pair.answers(0, message) == [KEPT]

        assert await heard_in_order(pair, 1) == ["第一句"]
        assert len(await pair.answers(0, message, 2)) == 2


@pytest.mark.parametrize("fate", [Fate.ACT_AND_BREAK, Fate.RUBBISH, Fate.EMPTY_ONES, Fate.FLOOD])
async def test_what_took_effect_is_not_asked_again_whatever_rasa_answers(
    sqlite_url: str, tmp_path: Path, fate: Fate
) -> None:
    async with gateways(tmp_path, sqlite_url, 1) as pair:
        message = await pair.write(0, "报修：BLD01 45栋扶手松了")
        (await pair.rasa.asked()).becomes(fate)
        answered = await pair.answers(0, message)

        after = await pair.write(0, "第二句")
        assert await heard_in_order(pair, 1) == ["第二句"]
        await pair.answers(0, after)
        assert await pair.answers(0, message) == answered
        assert len(answered) == 1
        assert await pair.ask("SELECT count(*) FROM drafts") == [(1,)]
