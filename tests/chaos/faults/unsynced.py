"""A disk that fails at the n-th sync, for every n: what each process acknowledged, and its end (B2).

`LD_PRELOAD=… python -m tests.chaos.faults.unsynced FILE MOST`: for each n a copy of FILE and a child
that takes in words until its store is broken. One line of JSON for each: what it kept, what it kept
after that, and its exit code.
"""

import asyncio
import json
import os
import shutil
import sys
import traceback
from pathlib import Path

from actions.domain.errors import StoreAway
from bot.launcher.welcome import say
from tests.builders import Someone, World, opened
from tests.clock import FrozenClock

#: Enough for the log to be brought into the file meanwhile, which syncs as well.
WORDS = 260


def main() -> None:
    file, most = Path(sys.argv[1]), int(sys.argv[2])
    for number in range(1, most + 1):
        copy = file.with_name(f"{number}.db")
        shutil.copy(file, copy)
        code = _in_a_child(copy, number)
        told = json.loads(copy.with_suffix(".told").read_text(encoding="utf-8"))
        say(json.dumps({"number": number, "code": code, **told}))


def _in_a_child(file: Path, number: int) -> int:
    pid = os.fork()
    if pid == 0:
        os.environ["FAIL_SYNC"] = str(number)
        code = 2
        try:
            code = asyncio.run(_talk(file))
        except BaseException:
            traceback.print_exc()
            raise
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


async def _talk(file: Path) -> int:
    """1 as soon as the store is broken, as a gateway ends; 0 when it never was."""
    world = await opened(f"sqlite:///{file}", FrozenClock())
    watching = asyncio.create_task(world.database.until_broken())
    kept: list[str] = []
    later: list[str] = []
    try:
        resident = await world.resident()
        for number in range(WORDS):
            await _say(world, resident, f"第{number}句", kept)
    except StoreAway:
        for number in range(3):
            await _try(world, f"之后第{number}句", later)
    file.with_suffix(".told").write_text(json.dumps({"kept": kept, "later": later}), "utf-8")
    return 1 if watching.done() else 0


async def _say(world: World, resident: Someone, text: str, kept: list[str]) -> None:
    await world.arrives(resident, text)
    kept.append(text)


async def _try(world: World, text: str, later: list[str]) -> None:
    try:
        async with world.database.write() as conn:
            await conn.commit()
        later.append(text)
    except StoreAway:
        await asyncio.sleep(0)


if __name__ == "__main__":
    main()
