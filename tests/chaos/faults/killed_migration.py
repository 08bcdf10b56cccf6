"""Kill each migration before each of its statements, and go on with what the kill left (B7).

`python -m tests.chaos.faults.killed_migration URL STEP`: from nothing to the newest revision, each
script killed before its first statement, before that STEP further, and so on until it survives. One
line tells the number of kills. A start that fails after a kill is the end, with its complaint.
"""

import asyncio
import os
import signal
import sys
import traceback
from collections.abc import Callable
from functools import partial
from typing import Any

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import event
from sqlalchemy.engine import Engine

from actions.adapters.database.migrate import alembic_config, migrate
from bot.launcher.welcome import say


def main() -> None:
    url, step = sys.argv[1], int(sys.argv[2])
    scripts = ScriptDirectory.from_config(alembic_config(url)).walk_revisions()
    kills = sum(_killed(url, script.revision, step) for script in reversed([*scripts]))
    _child(lambda: asyncio.run(migrate(url)))
    say(f"kills {kills}")


def _killed(url: str, revision: str, step: int) -> int:
    """How often the way to this revision was cut off before it was gone."""
    kills = 0
    while _child(partial(_upgrade, url, revision, 1 + kills * step)) == -signal.SIGKILL:
        kills += 1
    return kills


def _child(work: Callable[[], Any]) -> int:
    """The exit code of a process that does the work; nothing of ours has a thread or a loop yet."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            work()
            code = 0
        except BaseException:
            traceback.print_exc()
            raise
        finally:
            os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if code > 0:
        sys.exit(f"a start after a kill failed with code {code}")
    return code


def _upgrade(url: str, revision: str, fatal: int) -> None:
    """The process dies before the statement of that number, counted from 1; commits count too."""
    seen = 0

    def count(*_: object) -> None:
        nonlocal seen
        seen += 1
        if seen == fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", count)
    event.listen(Engine, "commit", count)
    command.upgrade(alembic_config(url), revision)


if __name__ == "__main__":
    main()
