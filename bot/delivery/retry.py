"""`RetryPolicy`: how long to wait after a failed try, and when to give up."""

import random
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, kw_only=True)
class RetryPolicy:
    """Twice as long each time, up to a cap, each row a little apart from the next."""

    first: timedelta = timedelta(seconds=2)
    cap: timedelta = timedelta(minutes=15)
    gives_up_after: timedelta = timedelta(hours=72)
    least: int = 8  #: tries of what was owed for long because its reader was away
    jitter: float = 0.2

    def wait(
        self, attempts: int, age: timedelta, *, seed: int, asked: timedelta | None = None
    ) -> timedelta | None:
        """The wait after so many failed tries before; None when it is not worth another.

        Args:
            attempts: failed tries before this one.
            age: how long the message has been owed.
            seed: what keeps rows that failed together from coming back together.
            asked: what the platform asked for; it is obeyed.
        """
        if age >= self.gives_up_after and attempts >= self.least:
            return None
        if asked is not None:
            return asked
        doubled = self.first * (1 << min(attempts, 20))
        spread = random.Random(f"{seed}:{attempts}").uniform(1 - self.jitter, 1)  # noqa: S311
        return min(doubled, self.cap) * spread
