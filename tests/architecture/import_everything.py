"""Import every module of a package with the world closed; print what was attempted.

Run in an interpreter of its own, because imports are remembered and an audit hook stays.
"""

import importlib
import json
import os
import pkgutil
import sys
import threading
from collections.abc import Iterator, MutableMapping
from pathlib import Path
from types import FrameType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
OWN = tuple(str(ROOT / name) + os.sep for name in ("actions", "bot"))
ACTS = ("socket.connect", "socket.bind", "socket.getaddrinfo", "subprocess.Popen", "os.system",
        "os.fork", "os.remove", "os.mkdir", "sqlite3.connect")  # fmt: skip
PASSING = {__name__, "os", "_collections_abc", "collections.abc"}
found: set[str] = set()


def callers() -> Iterator[FrameType]:
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        yield frame
        frame = frame.f_back


def name_if_ours(frame: FrameType) -> str | None:
    return str(frame.f_globals["__name__"]) if frame.f_code.co_filename.startswith(OWN) else None


def own_importer() -> str | None:
    """The module of ours that is nearest in the call stack."""
    return next((name for frame in callers() if (name := name_if_ours(frame))), None)


def direct_reader() -> str | None:
    """Our module, if it was ours that asked and not a library while being imported."""
    asking = (frame for frame in callers() if frame.f_globals["__name__"] not in PASSING)
    return name_if_ours(next(asking))


class WatchedEnvironment(MutableMapping[str, str]):
    """The environment; reading it from our own modules is noted."""

    def __init__(self, real: MutableMapping[str, str]) -> None:
        self._real = real

    def _note(self, key: str) -> None:
        reader = direct_reader()
        if reader:
            found.add(f"{reader} reads the environment ({key})")

    def __getitem__(self, key: str) -> str:
        self._note(key)
        return self._real[key]

    def __setitem__(self, key: str, value: str) -> None:
        self._note(key)
        self._real[key] = value

    def __delitem__(self, key: str) -> None:
        self._note(key)
        del self._real[key]

    def __iter__(self) -> Iterator[str]:
        self._note("all")
        return iter(self._real)

    def __len__(self) -> int:
        return len(self._real)

    def copy(self) -> dict[str, str]:
        self._note("all")
        return dict(self._real)


def audit(event: str, arguments: tuple[Any, ...]) -> None:
    writes = event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
    if event in ACTS or writes:
        importer = own_importer()
        if importer:
            found.add(f"{importer}: {event}")


def main(packages: list[str]) -> None:
    sys.path.insert(0, str(ROOT))
    sys.dont_write_bytecode = True
    os.environ = WatchedEnvironment(os.environ)  # type: ignore[assignment]  # noqa: B003
    sys.addaudithook(audit)
    threads = threading.active_count()
    names = []
    for package in packages:
        folder = [str(ROOT / package)]
        names += [package, *(m.name for m in pkgutil.walk_packages(folder, f"{package}."))]
    for name in names:
        importlib.import_module(name)
        if threading.active_count() != threads:
            found.add(f"{name} starts a thread")
            threads = threading.active_count()
    json.dump({"modules": len(names), "found": sorted(found)}, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1:])
