"""`python -m tests.chaos --n N`: goes on until there were N kills, with cuts and kills of PostgreSQL.

What was done before counts: `results.jsonl` holds it. `SEED=schedule:hex` replays one storm, and
`--sum` only adds up. `--faults`, `--catalogue` and `--acks` are runs of their own. The exit code is 0 when nothing was lost, doubled or violated.
"""

import argparse
import asyncio
import os
import secrets
import subprocess
import sys
import traceback
from contextlib import AsyncExitStack

from bot.launcher.welcome import say
from tests.chaos.plan import Result
from tests.chaos.powercut import NoCompiler
from tests.chaos.results import Total, append, record, total
from tests.chaos.schedule import Runner, Schedule, next_due

#: As many cuts, and kills of PostgreSQL, as so many kills ask for.
CUTS, POSTGRES_KILLS = 0.2, 0.03
#: What is run instead of storms.
OTHERS = {
    "faults": ("pytest", "-p", "no:cacheprovider", "-m", "chaos", "tests"),
    "catalogue": ("tests.chaos.catalogue",),
    "acks": ("tests.chaos.acks",),
}


class ControlFailed(Exception):
    """A power cut that had to lose lost nothing, so the others show nothing."""


def main() -> int:
    options = _options()
    if options.other:
        command = [sys.executable, "-m", *OTHERS[options.other]]
        return subprocess.run(command, check=False).returncode
    if options.sum:
        return _tell_sum()
    try:
        done = asyncio.run(_go_on(options))
    except (NoCompiler, ControlFailed) as error:
        say(f"{type(error).__name__}: {error}")
        return 1
    say(str(done))
    return 0 if done.is_clean else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--n", type=int, default=100, help="kills, with those of earlier runs")
    parser.add_argument("--sum", action="store_true", help="only add up what was done")
    parser.add_argument("--only", type=Schedule, choices=list(Schedule), help="one kind of storm")
    for name, what in (
        ("faults", "the long tests of the fault catalogue"),
        ("catalogue", "every fault and what shows it"),
        ("acks", "how long a message waits to be kept while something is away"),
    ):
        parser.add_argument(f"--{name}", action="store_const", const=name, dest="other", help=what)
    return parser.parse_args()


async def _go_on(options: argparse.Namespace) -> Total:
    """Whatever is furthest behind is next. Returns what this run did."""
    wanted = options.n, round(options.n * CUTS), max(1, round(options.n * POSTGRES_KILLS))
    done = Total()
    async with AsyncExitStack() as stack:
        runner = Runner(stack)
        if seed := os.environ.get("SEED"):
            kind, _, number = seed.partition(":")
            await _one(runner, Schedule(kind), number, done)
            return done
        is_controlled = False
        while schedule := next_due(total(), wanted, options.only):
            if schedule is Schedule.CUTS and not is_controlled:
                await _control(runner)
                is_controlled = True
            await _one(runner, schedule, secrets.token_hex(4), done)
    return done


async def _one(runner: Runner, schedule: Schedule, seed: str, done: Total) -> None:
    say(f"SEED={schedule}:{seed}")
    try:
        result = await runner.run(schedule, seed, total())
    except Exception as error:  # noqa: BLE001  a storm that cannot be judged is one that failed
        traceback.print_exc()
        result = Result.unjudged(seed, f"{type(error).__name__}: {str(error)[-1500:]}")
    line = record(result, schedule)
    append(line)
    done.add(line)
    _tell(result)


async def _control(runner: Runner) -> None:
    result = await runner.run(Schedule.CONTROL, secrets.token_hex(4), Total())
    if not result.verdict.lost:
        raise ControlFailed(str(result))
    say(f"control: without the sync {len(result.verdict.lost)} of {result.ledger.taken} were lost")


def _tell(result: Result) -> None:
    say(str(result))
    for line in (*result.verdict.lost, *result.verdict.doubled, *result.verdict.violations):
        say(f"  {line}")
    for line in result.notes:
        say(f"  (log) {line}")


def _tell_sum() -> int:
    found = total()
    steps = dict(found.of_steps())
    for name, count in found.of_steps():
        say(f"{count:7}  {name}")
    for name in sorted(found.kills.keys() - steps.keys()):
        say(f"{found.kills[name]:7}  ({name})")
    say(
        f"storms {found.runs} acknowledged {found.accepted} worst rescue {found.rescue:.1f} s "
        f"postgresql killed {found.postgres_kills}"
    )
    say(str(found))
    return 0 if found.is_clean else 1


if __name__ == "__main__":
    sys.exit(main())
