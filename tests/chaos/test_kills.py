"""Gateways are killed under load, at random and at every kind of step; the power goes, too.

Nothing acknowledged is lost, nothing is doubled. The long run is `make chaos` (docs/chaos.md); the
seed is in the output, and `SEED=schedule:hex make chaos` replays a storm.
"""

import re
import secrets
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from actions.failpoints import NAMES
from tests.chaos.cutting import CutStorm
from tests.chaos.ledger import Outcome
from tests.chaos.nursery import Nursery
from tests.chaos.plan import Plan, Result
from tests.chaos.powercut import build
from tests.chaos.storm import Storm
from tests.chaos.strokes import ONLY_POLLING, ONLY_WEBHOOK, steps_of, strokes

SEED = secrets.token_hex(4)
FEW = Plan(seed=SEED, strokes=0, residents=4, telegrammers=2)


@pytest.fixture
async def nursery() -> AsyncIterator[Nursery]:
    async with Nursery().open() as opened:
        yield opened


def check(result: Result) -> None:
    told = str(result)
    assert result.verdict.lost == [], told
    assert result.verdict.doubled == [], told
    assert result.verdict.violations == [], told
    assert result.ledger.count(Outcome.OK) > 0, told
    assert result.tickets > 0, told
    assert result.sends > 0, told


async def test_a_storm_of_kills_loses_and_doubles_nothing(nursery: Nursery, tmp_path: Path) -> None:
    """Two gateways on one file, a page and Telegram."""
    plan = replace(FEW, seed=f"{SEED}a", strokes=20)

    result = await Storm(plan, tmp_path, nursery).rage()

    assert result.kills.total() >= plan.strokes / 2
    check(result)


async def test_a_storm_of_kills_while_telegram_is_asked(nursery: Nursery, tmp_path: Path) -> None:
    steps = tuple(sorted(ONLY_POLLING))
    plan = replace(FEW, seed=f"{SEED}b", strokes=6, steps=steps, gateways=1, polls=True)

    check(await Storm(plan, tmp_path, nursery).rage())


async def test_a_few_kills_on_postgresql(
    postgres_url: str, nursery: Nursery, tmp_path: Path
) -> None:
    plan = replace(FEW, seed=f"{SEED}c", strokes=6, database_url=postgres_url)

    check(await Storm(plan, tmp_path, nursery).rage())


async def test_what_was_acknowledged_outlives_the_power_and_without_the_sync_it_would_not(
    tmp_path: Path,
) -> None:
    """The control comes first: cuts that rob nobody show nothing."""
    folders = [tmp_path / name for name in ("weak", "ours")]
    for folder in folders:
        folder.mkdir()
    plan = replace(FEW, seed=f"{SEED}d", strokes=1, gateways=1, is_weak=True)
    async with Nursery().open(LD_PRELOAD=str(build(tmp_path))) as nursery:
        robbed = await CutStorm(plan, folders[0], nursery).rage()
        ours = replace(plan, is_weak=False, strokes=4)
        result = await CutStorm(ours, folders[1], nursery).rage()

    assert robbed.verdict.lost != []
    assert result.cuts == 4
    check(result)


def test_the_storms_know_every_step_of_the_code() -> None:
    known = {*steps_of(polls=True), *steps_of(polls=False)}

    assert known == set(NAMES)
    assert {name.partition(".")[0] for name in ONLY_POLLING | ONLY_WEBHOOK} == {
        "polling", "webhook",
    }  # fmt: skip


def test_a_schedule_visits_every_step_alike_and_is_replayed_by_its_seed() -> None:
    names = steps_of(polls=False)
    first = strokes("seed", 20 * len(names), names)

    visits = [sum(stroke.step == name for stroke in first) for name in names]
    assert max(visits) - min(visits) <= 1
    assert first == strokes("seed", 20 * len(names), names)
    assert first != strokes("another", 20 * len(names), names)
    assert all(re.fullmatch(r"|[a-z.]+:[1-7]:kill", stroke.failpoint) for stroke in first)
