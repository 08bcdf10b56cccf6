"""What a message costs: time on one core, and memory."""

from __future__ import annotations

import resource
import sys
import time
from typing import Any, Dict, List

import numpy as np

from nlu.evaluation.page.scoring import Figures
from nlu.evaluation.parser import Parser

_MEGABYTE = 1 << 20
#: What getrusage counts in.
_UNIT = 1 if sys.platform == "darwin" else 1024


class Timed:
    """A parser that notes how long each message took.

    The processor's time is what a message costs; the wall's is longer by what others on the machine
    took meanwhile.
    """

    def __init__(self, parser: Parser) -> None:
        self._parser = parser
        self._wall: List[float] = []
        self._processor: List[float] = []

    async def parse(self, text: str) -> Dict[str, Any]:
        wall, processor = time.perf_counter(), time.process_time()
        understood = await self._parser.parse(text)
        self._processor.append(time.process_time() - processor)
        self._wall.append(time.perf_counter() - wall)
        return understood

    def cost(self) -> Figures:
        """Without the first message, which loads what is only loaded once."""
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT
        return {
            "n": len(self._wall) - 1,
            "ms": _quantiles(self._processor[1:]),
            "ms_wall": _quantiles(self._wall[1:]),
            "peak_mb": round(peak / _MEGABYTE),
        }


def _quantiles(seconds: List[float]) -> Dict[str, float]:
    milliseconds = np.array(seconds) * 1000
    return {f"p{q}": round(float(np.percentile(milliseconds, q)), 2) for q in (50, 90, 99)}
