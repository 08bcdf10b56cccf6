"""What is done to the gateways of a storm, and when: everything follows from the seed."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from actions.failpoints import NAMES


class Kind(StrEnum):
    STEP = "step"  #: it kills itself at a fail point
    RANDOM = "random"  #: killed at any moment under load
    STARTING = "starting"  #: killed before it answers
    BOTH = "both"  #: every gateway at once (A5)
    STOP = "stop"  #: asked to stop under load (A6)
    SLEEP = "sleep"  #: stands still, perhaps longer than its leases (A4)


#: How often each is chosen; the rest are fail points.
SHARES = {
    Kind.RANDOM: 0.08,
    Kind.STARTING: 0.04,
    Kind.BOTH: 0.03,
    Kind.STOP: 0.03,
    Kind.SLEEP: 0.015,
}
#: At which time of being reached a step kills, at most: more would wait for traffic.
TIMES = 7
#: Steps met once in a while only: they kill at the first time.
SELDOM = ("timers.found", "timers.acted", "polling.confirmed", "polling.kept", "polling.fetched")
ONLY_WEBHOOK = frozenset(name for name in NAMES if name.startswith("webhook."))
ONLY_POLLING = frozenset(name for name in NAMES if name.startswith("polling."))


@dataclass(frozen=True)
class Stroke:
    kind: Kind
    step: str = ""
    nth: int = 1

    @property
    def failpoint(self) -> str:
        return f"{self.step}:{self.nth}:kill" if self.step else ""


def steps_of(*, polls: bool) -> list[str]:
    """The fail points that can be reached."""
    return [name for name in NAMES if name not in (ONLY_WEBHOOK if polls else ONLY_POLLING)]


def strokes(seed: str, count: int, steps: Sequence[str]) -> list[Stroke]:
    """So many; each step as often as any other."""
    random = Random(f"{seed}/strokes")
    due: list[str] = []
    found = []
    for _ in range(count):
        kind = _kind(random)
        if kind is not Kind.STEP:
            found.append(Stroke(kind))
            continue
        if not due:
            due = random.sample(list(steps), len(steps))
        step = due.pop()
        found.append(Stroke(kind, step, 1 if step in SELDOM else random.randint(1, TIMES)))
    return found


def _kind(random: Random) -> Kind:
    dice = random.random()
    for kind, share in SHARES.items():
        dice -= share
        if dice < 0:
            return kind
    return Kind.STEP
