"""`Workbench`: training, measuring and judging models, each by the command a person would type."""

import asyncio
import json
import os
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from actions.bootstrap import CORRECTIONS
from bot.conversation.child import end, harmless_environment, spawn
from bot.launcher.stopping import Stop
from bot.launcher.welcome import say

_TRAIN = "nlu.train"
_GATE = "nlu.evaluation.gate"


class Stopped(Exception):
    """A stop was wanted meanwhile."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Sentences for what is below the bar, and for what was better before."""

    missed: tuple[str, ...]
    lost: tuple[str, ...]

    @property
    def ships(self) -> bool:
        return not (self.missed or self.lost)


class Workbench:
    def __init__(
        self,
        root: Path,
        folder: Path,
        stop: Stop,
        *,
        fail: Callable[[str], Exception],
        gently: bool = False,
    ) -> None:
        """`fail` makes the error that ends it all of a sentence; `gently` lets others go first."""
        self._manners = ["nice", "-n", "10"] if gently else []
        self._root = root
        self._folder = folder
        self._stop = stop
        self._fail = fail
        self._corrections = folder.parent / CORRECTIONS

    async def state(self) -> Mapping[str, str]:
        """What a model of now is called, and the versions of the code and of the data."""
        printed = await self._nlu(_TRAIN, *self._where(), "--print-state")
        found: dict[str, str] = json.loads(self._last(printed))
        return found

    async def train(self, *, force: bool = False) -> Path:
        printed = await self._nlu(_TRAIN, *self._where(), *(["--force"] if force else []))
        return Path(self._last(printed))

    async def measure(self, model: Path) -> bool:
        """Whether there are figures: of before, if nothing has changed that they hang on."""
        if (await self._nlu(_GATE, "is-measured", "--model", str(model)))[0] == 0:
            return True
        say(f"Measuring {model.name} on messages nobody trained on, about a minute …")
        with tempfile.TemporaryDirectory(prefix="linli-gate-") as place:
            rows, answers = Path(place) / "rows.jsonl", Path(place) / "answers.jsonl"
            steps = (
                self._nlu_command(_GATE, "rows", str(rows)),
                ["make", "-s", "evaluate", f"FILE={rows}", f"OUT={answers}",
                 f"ARGS=--model {model}"],
                self._nlu_command(_GATE, "note", str(answers), "--model", str(model)),
            )  # fmt: skip
            for step in steps:
                if (await self._run(step))[0] != 0:
                    return False
        return True

    async def judge(self, model: Path, against: Path | None) -> Verdict:
        compared = ["--against", str(against)] if against else []
        printed = await self._nlu(_GATE, "judge", "--model", str(model), *compared)
        found = json.loads(self._last(printed))
        return Verdict(missed=tuple(found["missed"]), lost=tuple(found["lost"]))

    def _where(self) -> list[str]:
        return ["--out", str(self._folder), "--corrections", str(self._corrections)]

    def _last(self, ended: tuple[int, str]) -> str:
        code, printed = ended
        lines = printed.strip().splitlines()
        if code != 0 or not lines:
            raise self._fail("Training failed; the lines above say why")
        return lines[-1]

    async def _nlu(self, module: str, *arguments: str) -> tuple[int, str]:
        return await self._run(self._nlu_command(module, *arguments))

    def _nlu_command(self, module: str, *arguments: str) -> list[str]:
        return [str(nlu_python(self._root)), "-m", module, *arguments]

    async def _run(self, command: list[str]) -> tuple[int, str]:
        """The exit code and what was printed.

        Raises:
            Stopped: the command was ended because a stop was wanted.
        """
        process = await spawn(
            [*self._manners, *command],
            cwd=self._root,
            env=harmless_environment(os.environ),
            stdout=subprocess.PIPE,
        )
        speaking = asyncio.create_task(process.communicate())
        stopping = asyncio.create_task(self._stop.wait())
        try:
            await asyncio.wait({speaking, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if not speaking.done():
                raise Stopped
            return process.returncode or 0, speaking.result()[0].decode()
        finally:
            speaking.cancel()
            stopping.cancel()
            await asyncio.gather(speaking, stopping, return_exceptions=True)
            await end(process)


def notes_of(model: Path) -> Mapping[str, Any]:
    """What is written beside a model; empty where nothing is."""
    file = model.with_name(model.name.removesuffix(".tar.gz") + ".json")
    if not file.exists():
        return {}
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def nlu_python(root: Path) -> Path:
    return root / "nlu" / ".venv" / "bin" / "python"
