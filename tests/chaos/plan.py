"""What a storm is to do, and what it did."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Self

from tests.chaos.ledger import Ledger, Outcome, Verdict


@dataclass(frozen=True, kw_only=True)
class Plan:
    seed: str
    strokes: int
    steps: tuple[str, ...] = ()  #: all that can be reached, if empty
    gateways: int = 2
    residents: int = 5
    telegrammers: int = 3
    polls: bool = False  #: Telegram is asked, and does not knock
    database_url: str = ""  #: empty: SQLite in the data directory
    is_weak: bool = False  #: SQLite that loses in a power cut
    reached: float = 8.0  #: seconds for a step to be reached; then the gateway is killed anyhow
    is_timed: bool = False  #: whether being slow is a violation

    @property
    def store(self) -> str:
        return "postgresql" if self.database_url else "sqlite"


@dataclass
class Result:
    plan: Plan
    verdict: Verdict
    ledger: Ledger
    kills: Counter[str]
    cuts: int = 0
    postgres_kills: int = 0
    tickets: int = 0
    sends: int = 0
    rescue: float = 0.0
    drained: float = 0.0
    notes: list[str] = field(default_factory=list)

    @classmethod
    def unjudged(cls, seed: str, why: str) -> Self:
        """A storm that came to no end."""
        verdict = Verdict(violations=[why])
        return cls(Plan(seed=seed, strokes=0), verdict, Ledger(), Counter())

    def __str__(self) -> str:
        counts = " ".join(f"{each} {self.ledger.count(each)}" for each in Outcome)
        return (
            f"SEED={self.plan.seed} {self.plan.store} kills {self.kills.total()} cuts {self.cuts} "
            f"pg {self.postgres_kills} {counts} tickets {self.tickets} sends {self.sends} "
            f"5xx {self.ledger.server_errors} rescue {self.rescue:.1f} drained {self.drained:.1f}"
        )
