"""Power cuts for SQLite: what was not synced is gone, or half gone.

`powercut.c` keeps beside the data directory a shadow of it that holds synced bytes only.
"""

import shutil
import subprocess
from pathlib import Path
from random import Random

SOURCE = Path(__file__).with_name("powercut.c")
PAGE = 4096
SECTOR = 512


class NoCompiler(Exception):
    """Power cuts cannot be made here."""


def build(folder: Path) -> Path:
    """The library to preload.

    Raises:
        NoCompiler: there is none, or it does not take the source.
    """
    compiler = shutil.which("cc")
    if compiler is None:
        raise NoCompiler("power cuts need a C compiler called cc: scripts/bootstrap.py compiler")
    library = folder / "powercut.so"
    made = subprocess.run(
        [compiler, "-shared", "-fPIC", "-O2", "-o", library, SOURCE, "-ldl", "-lpthread"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if made.returncode:
        raise NoCompiler(made.stderr)
    return library


class Disk:
    """A data directory whose plug can be pulled while nobody runs on it."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._shadow = data.with_name(data.name + ".synced")
        self._dirty = data.with_name(data.name + ".dirty")
        for folder in (self._shadow, self._dirty):
            folder.mkdir()

    @property
    def variables(self) -> dict[str, str]:
        return {
            "PC_DIR": str(self._data),
            "PC_SHADOW": str(self._shadow),
            "PC_DIRTY": str(self._dirty),
        }

    def cut(self, random: Random, *, torn: bool) -> int:
        """Put back what was synced; `torn` writes some of the rest, and some of that in part.

        Returns:
            How many pages had not been synced.
        """
        unsynced = self._unsynced()
        for name, pages in unsynced.items():
            if torn and pages and (self._data / name).exists():
                self._tear(name, pages, random)
        shutil.rmtree(self._data)
        shutil.copytree(self._shadow, self._data)
        shutil.rmtree(self._dirty)
        self._dirty.mkdir()
        return sum(map(len, unsynced.values()))

    def _unsynced(self) -> dict[str, list[int]]:
        found = {}
        for file in self._dirty.iterdir():
            if file.name != ".pending":
                flags = file.read_bytes()
                pages = [number for number in range(len(flags.rstrip(b"\0"))) if flags[number]]
                found[file.name.replace("%", "/")] = pages
        return found

    def _tear(self, name: str, pages: list[int], random: Random) -> None:
        target = self._shadow / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch()
        with (self._data / name).open("rb") as had, target.open("r+b") as kept:
            for number in pages:
                if random.random() < 0.5:
                    continue
                had.seek(number * PAGE)
                sectors = random.randint(1, PAGE // SECTOR)
                kept.seek(number * PAGE)
                kept.write(had.read(PAGE)[: sectors * SECTOR])
