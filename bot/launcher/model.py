"""A trained model that fits the data; when there is none, one is trained, visibly."""

import asyncio
import os
import subprocess
from pathlib import Path

from bot.conversation.child import end, harmless_environment, spawn
from bot.launcher.stopping import Stop


class ModelMissing(Exception):
    """There is no model, and none could be trained."""


async def fitting_model(root: Path, folder: Path, stop: Stop) -> Path | None:
    """The model's file, or None when a stop was wanted meanwhile. Training takes minutes.

    Raises:
        ModelMissing: with a sentence for the person who started us.
    """
    python = nlu_python(root)
    if not python.exists():
        raise ModelMissing(
            f"{python} is missing: `python3 scripts/bootstrap.py nlu` makes it, "
            "or name a running Rasa in LINLI_RASA_URL"
        )
    process = await spawn(
        [str(python), "-m", "nlu.train", "--out", str(folder)],
        cwd=root,
        env=harmless_environment(os.environ),
        stdout=subprocess.PIPE,
    )
    try:
        printed = await _printed(process, stop)
    finally:
        await end(process)
    return Path(printed) if printed else None


def nlu_python(root: Path) -> Path:
    return root / "nlu" / ".venv" / "bin" / "python"


async def _printed(process: asyncio.subprocess.Process, stop: Stop) -> str:
    """The last line of its output: the path of the model."""
    speaking = asyncio.create_task(process.communicate())
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({speaking, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if not speaking.done():
            return ""
        lines = speaking.result()[0].decode().strip().splitlines()
    finally:
        speaking.cancel()
        stopping.cancel()
        await asyncio.gather(speaking, stopping, return_exceptions=True)
    if process.returncode != 0 or not lines:
        raise ModelMissing("Training failed; the lines above say why")
    return lines[-1]
