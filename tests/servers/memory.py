"""A folder for files that may be lost: in memory where the machine offers it, which spares the disk.

What a killed run left there would hold that memory for good, so the next one clears it away.
"""

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
#: A container has 64 MB unless it is told otherwise.
ROOM = 1 << 30


def scratch_folder(name: str, memory: Path = MEMORY, room: int = ROOM) -> Path:
    """A new folder, whose owner removes it."""
    if not (os.access(memory, os.W_OK) and shutil.disk_usage(memory).free >= room):
        return Path(tempfile.mkdtemp(prefix=name))
    for folder in memory.glob(f"{name}*-*"):
        if not _lives(folder.name.removeprefix(name).partition("-")[0]):
            shutil.rmtree(folder, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=f"{name}{os.getpid()}-", dir=memory))


def _lives(process: str) -> bool:
    return Path("/proc", process).exists()
