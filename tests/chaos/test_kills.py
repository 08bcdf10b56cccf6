"""Gateways are killed at random under load; nothing acknowledged is lost, nothing is doubled.

The seed is in the output; `SEED=… python -m tests.chaos` replays the schedule.
"""

import asyncio
import os
import secrets
from pathlib import Path

from tests.chaos.ledger import Outcome
from tests.chaos.storm import Plan, Result, Storm

SEED = os.environ.get("SEED") or secrets.token_hex(4)


def check(result: Result) -> None:
    told = str(result)
    assert result.verdict.lost == [], told
    assert result.verdict.doubled == [], told
    assert result.verdict.violations == [], told
    assert result.ledger.count(Outcome.OK) > result.kills, told
    assert result.tickets > 0, told


async def test_sixty_kills_lose_and_double_nothing(tmp_path: Path) -> None:
    """Two houses at once: three gateways share the first, the second has but one."""
    folders = [tmp_path / name for name in ("shared", "single")]
    for folder in folders:
        folder.mkdir()
    results = await asyncio.gather(
        Storm(Plan(seed=f"{SEED}.shared", kills=42, gateways=3), folders[0]).rage(),
        Storm(Plan(seed=f"{SEED}.single", kills=18, gateways=1), folders[1]).rage(),
    )

    assert sum(result.kills for result in results) == 60
    for result in results:
        check(result)


async def test_ten_kills_on_postgresql(postgres_url: str, tmp_path: Path) -> None:
    plan = Plan(seed=f"{SEED}.postgresql", kills=10, gateways=2, database_url=postgres_url)

    check(await Storm(plan, tmp_path).rage())
