"""What is promised of a message, each where it is cheapest to see: kept, once, all or nothing."""

import asyncio
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, make_url, select, text

from actions.adapters.database.engine import Database
from actions.adapters.database.schema.matters import tickets
from actions.adapters.database.schema.messaging import messages, outbox
from actions.application.commands.drafting import SubmitDraft
from actions.application.turn import Turn
from actions.failpoints import FailpointError, arm
from tests.builders import World, closed, opened
from tests.clock import FrozenClock

#: Takes a message in and says so on standard output; `FP` ends it at a step of its own.
TAKES_IN = """
import asyncio, os, sys
from datetime import UTC, datetime
from actions import failpoints
from actions.adapters.database.engine import Database
from actions.adapters.database.intake import Intake
from actions.application.arrivals import Arrival

async def main():
    database = Database(sys.argv[1])
    intake = Intake(database)
    taking = asyncio.create_task(intake.run())
    failpoints.arm(sys.argv[2])
    await intake.remember(Arrival(
        channel="webchat", account="main", external_id="the one", area="", kind="text",
        conversation_id=int(sys.argv[3]), payload={"text": "hello"}, text="hello",
        at=datetime.now(UTC),
    ))
    os.write(1, b"acknowledged")
    os._exit(0)

asyncio.run(main())
"""


def file_of(url: str) -> Path:
    return Path(make_url(url).database or "")


async def test_a_commit_is_on_the_disk_when_it_is_answered(sqlite_url: str) -> None:
    """FULL is 2. A power cut takes back what any less of it committed (docs/chaos.md)."""
    database = Database(sqlite_url)
    async with database.write() as conn:
        synchronous = (await conn.execute(text("PRAGMA synchronous"))).scalar_one()
        journal = (await conn.execute(text("PRAGMA journal_mode"))).scalar_one()
    await database.close()

    assert (synchronous, journal) == (2, "wal")


@pytest.mark.parametrize("step", ["intake.inserted", "intake.committed"])
async def test_what_was_acknowledged_is_there_after_a_kill(
    sqlite_url: str, frozen_clock: FrozenClock, step: str
) -> None:
    world = await opened(sqlite_url, frozen_clock)
    someone = await world.resident()
    await closed(world)

    killed = await asyncio.to_thread(
        subprocess.run,
        [
            sys.executable, "-c", TAKES_IN,
            sqlite_url, f"{step}:1:kill", str(someone.conversation_id),
        ],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    with closing(sqlite3.connect(file_of(sqlite_url))) as conn:
        kept = conn.execute("SELECT count(*) FROM inbox").fetchone()[0]
    assert killed.returncode == -9, killed.stderr
    assert kept == (step == "intake.committed")
    assert killed.stdout == "" or kept


async def test_nobody_is_told_of_what_did_not_happen(world: World) -> None:
    someone = await world.resident("何姨", home="BL-45")
    arm("effects.written:2:exc")  # the first one is the draft
    try:
        with pytest.raises(FailpointError):
            await world.filed(someone)
    finally:
        arm("")

    assert await count(world, tickets) == 0
    assert await count(world, outbox) == 0


async def test_the_same_press_taken_twice_files_once(world: World) -> None:
    someone = await world.resident("何姨", home="BL-45")
    ticket = await world.filed(someone)
    said = await count(world, outbox)
    async with world.reading() as uow:
        actor = await uow.people.actor(someone.id)
    again = Turn(
        cause=(await world.timeline(ticket))[0].cause,
        actor=actor,
        conversation_id=someone.conversation_id,
    )

    assert not await world.bus.handle(SubmitDraft(draft_id=1), again)

    assert (await count(world, tickets), await count(world, outbox)) == (1, said)
    assert await count(world, messages) == 0


async def count(world: World, table: object) -> int:
    async with world.database.read() as conn:
        query = select(func.count()).select_from(table)  # type: ignore[arg-type]
        return int((await conn.execute(query)).scalar_one())
