"""`python -m tests.bench.sampler FILE …`: `python -m bot …`, and where its main thread spends its time.

From SIGUSR2 on, every millisecond of processor time is one sample of the stack; at the end they are
written down, most frequent first.
"""

import atexit
import signal
import sys
from collections import Counter
from pathlib import Path
from types import FrameType

from bot.cli.commands import main

ROOT = Path(__file__).parents[2]
EVERY = 0.001
_OURS = ("bot", "actions")

Stack = tuple[str, ...]


class Sampler:
    def __init__(self) -> None:
        self._stacks: Counter[Stack] = Counter()

    def listen(self) -> None:
        signal.signal(signal.SIGUSR2, self._begin)

    def _begin(self, _number: int, _frame: FrameType | None) -> None:
        self._stacks.clear()
        signal.signal(signal.SIGPROF, self._note)
        signal.siginterrupt(signal.SIGPROF, False)
        signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)

    def _note(self, _number: int, frame: FrameType | None) -> None:
        stack: list[str] = []
        while frame is not None:
            stack.append(_name(frame))
            frame = frame.f_back
        self._stacks[tuple(stack)] += 1

    def write(self, file: Path) -> None:
        lines = [f"{count}\t{'|'.join(stack)}" for stack, count in self._stacks.most_common()]
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _name(frame: FrameType) -> str:
    """Path within the project, the library or the interpreter, and the function."""
    path = Path(frame.f_code.co_filename)
    if path.is_relative_to(ROOT) and path.relative_to(ROOT).parts[0] in _OURS:
        return f"{path.relative_to(ROOT)}:{frame.f_code.co_qualname}"
    return f"{path.parent.name}/{path.name}:{frame.f_code.co_qualname}"


if __name__ == "__main__":
    sampler = Sampler()
    sampler.listen()
    atexit.register(sampler.write, Path(sys.argv[1]))
    sys.exit(main(sys.argv[2:]))
