"""What all runs did together: one line of JSON a storm, in `LINLI_DATA/chaos/results.jsonl`."""

import json
import os
import subprocess
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from actions.failpoints import NAMES
from tests.chaos.plan import Result

ROOT = Path(__file__).parents[2]


def results_file() -> Path:
    return Path(os.environ.get("LINLI_DATA") or ROOT / "var") / "chaos" / "results.jsonl"


def commit() -> str:
    found = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    return found.stdout.strip()


def record(result: Result, schedule: str) -> dict[str, Any]:
    plan, verdict = result.plan, result.verdict
    return {
        "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "commit": commit(),
        "seed": plan.seed,
        "schedule": schedule,
        "store": plan.store,
        "gateways": plan.gateways,
        "polls": plan.polls,
        "kills": dict(sorted(result.kills.items())),
        "cuts": result.cuts,
        "postgres_kills": result.postgres_kills,
        "accepted": result.ledger.taken,
        "sends": result.sends,
        "lost": verdict.lost,
        "doubled": verdict.doubled,
        "violations": verdict.violations,
        "rescue": round(result.rescue, 2),
        "drained": round(result.drained, 2),
    }


def append(line: Mapping[str, Any]) -> None:
    file = results_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(line, ensure_ascii=False) + "\n")


def read() -> Iterator[dict[str, Any]]:
    file = results_file()
    if file.exists():
        for line in file.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)


@dataclass
class Total:
    runs: int = 0
    kills: Counter[str] = field(default_factory=Counter)
    cuts: int = 0
    postgres_kills: int = 0
    accepted: int = 0
    lost: int = 0
    doubled: int = 0
    violations: int = 0
    rescue: float = 0.0

    def add(self, line: Mapping[str, Any]) -> None:
        self.runs += 1
        self.kills.update(line["kills"])
        self.cuts += line["cuts"]
        self.postgres_kills += line["postgres_kills"]
        self.accepted += line["accepted"]
        self.lost += len(line["lost"])
        self.doubled += len(line["doubled"])
        self.violations += len(line["violations"])
        self.rescue = max(self.rescue, line["rescue"])

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.doubled or self.violations)

    def of_steps(self) -> list[tuple[str, int]]:
        """Every fail point and how often it killed, the rarest first."""
        return sorted(((name, self.kills[name]) for name in NAMES), key=lambda each: each[1])

    def __str__(self) -> str:
        return (
            f"kills {self.kills.total()} cuts {self.cuts} lost {self.lost} "
            f"doubled {self.doubled} violations {self.violations}"
        )


def total() -> Total:
    found = Total()
    for line in read():
        found.add(line)
    return found
