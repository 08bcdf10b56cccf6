"""One row of the table, what it was meant to be, and the few sums that make one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Aim:
    """What was promised; `of_ratio` where the promise is about the peer."""

    least: float | None = None
    most: float | None = None
    of_ratio: bool = False

    def __str__(self) -> str:
        bound = f"≥ {self.least:g}" if self.least is not None else f"≤ {self.most:g}"
        return f"{bound} ×" if self.of_ratio else bound

    def is_met(self, measure: "Measure") -> bool:
        found = measure.ratio if self.of_ratio else measure.value
        if found is None:
            return False
        return (self.least is None or found >= self.least) and (
            self.most is None or found <= self.most
        )


@dataclass(frozen=True, kw_only=True)
class Measure:
    """`ratio` says how many times better ours is than the peer, whatever the unit."""

    name: str
    value: float
    unit: str
    peer: str = ""
    peer_value: float | None = None
    ratio: float | None = None
    aim: Aim | None = field(default=None, repr=False)

    def row(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "value": self.value,
            "unit": self.unit,
            "peer": self.peer,
            "peer_value": self.peer_value,
            "ratio": self.ratio,
        }

    @property
    def is_missed(self) -> bool:
        return self.aim is not None and not self.aim.is_met(self)

    def __str__(self) -> str:
        beside = f"{self.peer}: {self.peer_value:g}" if self.peer_value is not None else ""
        times = f"{self.ratio:g} ×" if self.ratio is not None else ""
        wanted = f"{'MISSED' if self.is_missed else 'met'} {self.aim}" if self.aim else ""
        return (
            f"{self.name:<62} {self.value:>9g} {self.unit:<11} {beside:<34} {times:>9}  {wanted}"
        ).rstrip()


def waited(name: str, seconds: float, *, aim: Aim | None = None) -> Measure:
    return Measure(name=name, value=round(seconds * 1000, 1), unit="ms", aim=aim)


def beside(
    name: str, ours: float, unit: str, peer: str, theirs: float, *, aim: Aim | None = None
) -> Measure:
    """More is better where something is counted by the second, less is better elsewhere."""
    better = ours / theirs if unit.endswith("/s") else theirs / ours
    return Measure(
        name=name,
        value=_short(ours),
        unit=unit,
        peer=peer,
        peer_value=_short(theirs),
        ratio=_short(better),
        aim=aim,
    )


def percentile(waits: Sequence[float], share: float) -> float:
    """The smallest wait that so large a share of them does not exceed."""
    ordered = sorted(waits)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def middle(waits: Sequence[float]) -> float:
    return median(waits)


def _short(value: float) -> float:
    """Three digits are all that such a measure carries."""
    return float(f"{value:.3g}")
