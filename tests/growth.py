"""How the cost of a function grows with the length of its text, on a machine others work on too."""

import time
from collections.abc import Callable


def times_dearer(work: Callable[[str], object], unit: str, short: int = 5_000) -> float:
    """How many times the processor time eight times the text takes; squares would be 64 times."""
    little, much = (_fastest(work, unit * (n // len(unit))) for n in (short, 8 * short))
    return much / max(little, 0.001)


def _fastest(work: Callable[[str], object], text: str) -> float:
    """Seconds of processor time, at best: other work on the machine only ever adds."""

    def once() -> float:
        started = time.process_time()
        work(text)
        return time.process_time() - started

    return min(once() for _ in range(3))
