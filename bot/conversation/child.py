"""A child process that ends with us, however we end."""

import asyncio
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

log = logging.getLogger(__name__)

TETHER = Path(__file__).with_name("tether.py")
#: Seconds a child has to end by itself.
GRACE = 1.5
#: What a child may know of our environment; no secret is among it.
_HARMLESS = (
    *("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TZ", "SYSTEMROOT"),
    *("LINLI_COMMUNITY", "LINLI_KNOWLEDGE"),
)


def harmless_environment(variables: Mapping[str, str], **more: str) -> dict[str, str]:
    kept = {name: variables[name] for name in _HARMLESS if name in variables}
    return {**kept, "PYTHONUNBUFFERED": "1", **more}


async def spawn(
    command: Sequence[str],
    *,
    cwd: Path,
    env: Mapping[str, str],
    stdout: int | IO[Any] | None = None,
    stderr: int | IO[Any] | None = None,
) -> asyncio.subprocess.Process:
    """Start a command in a session of its own, so that Ctrl-C reaches us first and us only."""
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", "-S", str(TETHER), str(os.getpid()), *command),
        cwd=cwd,
        env=dict(env),
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=stderr,
        start_new_session=True,
    )


async def end(process: asyncio.subprocess.Process) -> None:
    """Ask the child and all of its own children to end; insist after a while."""
    if process.returncode is None:
        _signal(process.pid, signal.SIGTERM)
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), GRACE)
    _signal(process.pid, signal.SIGKILL)
    await process.wait()


def _signal(group: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)


def reap(pid_file: Path, mark: str) -> None:
    """End what an earlier run left behind, if it is still the process it was then."""
    try:
        pid = int(pid_file.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return
    if mark in _command_line(pid):
        log.warning("ending a child left behind", extra={"action": "orphan_reaped", "pid": pid})
        _signal(pid, signal.SIGKILL)
    pid_file.unlink(missing_ok=True)


def _command_line(pid: int) -> str:
    with suppress(OSError, subprocess.SubprocessError):
        asked = ["ps", "-ww", "-o", "command=", "-p", str(pid)]
        answer = subprocess.run(  # noqa: S603
            asked, capture_output=True, text=True, timeout=5, check=False
        )
        return answer.stdout
    return ""
