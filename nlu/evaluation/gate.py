"""`python -m nlu.evaluation.gate …`: does a model clear the bar, and does it lose against another?

`rows OUT` writes the messages to evaluate; `note EVALUATED --model M` keeps the figures beside the
model; `judge --model M [--against C]` compares them with the bar and with those of C. Only figures
are shown, so that nobody tunes by rows.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Dict, Iterator, List, Optional, Sequence

import yaml

from nlu.evaluation.figures import figures
from nlu.evaluation.frozen import Row, read
from nlu.model_notes import add_notes, read_notes, versions_of

ROOT = Path(__file__).parents[2]
THRESHOLDS = Path(__file__).with_name("thresholds.yml")
#: What the figures depend on besides the model: the messages, how they are judged, the rules
#: before and behind the model.
_MEASURE = (
    "nlu/evaluation/*.py",
    "scripts/apply_*.py",
    "actions/domain/*.py",
    "actions/domain/**/*.toml",
    "config/*.yml",
)
#: Rounding shall not decide.
_HAIR = 1e-9

Bar = Dict[str, Any]


def bars() -> Bar:
    found: Bar = yaml.safe_load(THRESHOLDS.read_text(encoding="utf-8"))
    return found


def expected(bar: Bar) -> List[Row]:
    return [row for name in bar["messages"] for row in read(ROOT / name)]


def measure(bar: Bar) -> str:
    """Changes with everything that may change a figure though the model stays the same."""
    files = [ROOT / name for name in bar["messages"]]
    files += [file for pattern in _MEASURE for file in sorted(ROOT.glob(pattern))]
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def is_measured(model: Path, bar: Bar) -> bool:
    return read_notes(model).get("measure") == measure(bar)


def misses(found: Dict[str, float], bar: Bar) -> Iterator[str]:
    """A sentence for each figure below its bar."""
    for name, wanted in bar["figures"].items():
        value = found.get(name)
        if value is None:
            yield f"{name} was not measured"
        elif "at_least" in wanted and value < wanted["at_least"] - _HAIR:
            yield f"{name} is {value:.4f}, at least {wanted['at_least']} is asked for"
        elif "at_most" in wanted and value > wanted["at_most"] + _HAIR:
            yield f"{name} is {value:.4f}, at most {wanted['at_most']} is allowed"


def losses(found: Dict[str, float], before: Dict[str, float], bar: Bar) -> Iterator[str]:
    """A sentence for each figure that is worse than before by more than chance allows."""
    for name, wanted in bar["figures"].items():
        if name not in found or name not in before:
            continue
        lost = before[name] - found[name]
        if "at_most" in wanted:
            lost = -lost
        if lost > wanted["may_lose"] + _HAIR:
            yield (
                f"{name} goes from {before[name]:.4f} to {found[name]:.4f}, "
                f"it may lose {wanted['may_lose']}"
            )


def note(model: Path, evaluated: Sequence[Row], bar: Bar) -> Dict[str, float]:
    """Keep the figures beside the model.

    Raises:
        SystemExit: these are not the evaluated messages of the gate.
    """
    asked = expected(bar)
    if [row["text"] for row in asked] != [row["text"] for row in evaluated]:
        raise SystemExit("gate: these are not the messages of thresholds.yml, in their order")
    found = figures(list(zip(asked, evaluated, strict=True)))
    add_notes(
        model,
        model=model.name,
        **versions_of(model),
        measure=measure(bar),
        measured_at=datetime.now(timezone.utc).isoformat(timespec="seconds"),
        messages=len(asked),
        figures=found,
    )
    return found


def judge(model: Path, against: Optional[Path], bar: Bar) -> Dict[str, Any]:
    """The verdict, kept beside the model too."""
    found = read_notes(model)["figures"]
    before = read_notes(against).get("figures", {}) if against else {}
    missed, lost = list(misses(found, bar)), list(losses(found, before, bar))
    verdict = {
        "clears": not missed,
        "loses": bool(lost),
        "against": against.name if against else None,
        "missed": missed,
        "lost": lost,
    }
    add_notes(model, verdict=verdict)
    return verdict


def table(model: Path, against: Optional[Path], bar: Bar) -> Iterator[str]:
    """Each figure, with its bar and what it was before."""
    found = read_notes(model)["figures"]
    before = read_notes(against).get("figures", {}) if against else {}
    for name, wanted in bar["figures"].items():
        line = f"  {name:<20}{_shown(found, name):>8}"
        bound = "at_least" if "at_least" in wanted else "at_most"
        line += f"   {bound.replace('_', ' ')} {wanted[bound]:<6}"
        yield line + (f"   before {_shown(before, name)}" if against else "")


def _shown(values: Dict[str, float], name: str) -> str:
    return f"{values[name]:.4f}" if name in values else "–"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="nlu.evaluation.gate", description=__doc__)
    ways = parser.add_subparsers(dest="way", required=True)
    ways.add_parser("rows").add_argument("out", type=Path)
    notes = ways.add_parser("note")
    notes.add_argument("evaluated", type=Path)
    notes.add_argument("--model", type=Path, required=True)
    asks = ways.add_parser("is-measured")
    asks.add_argument("--model", type=Path, required=True)
    judges = ways.add_parser("judge")
    judges.add_argument("--model", type=Path, required=True)
    judges.add_argument("--against", type=Path)
    return parser


def main(arguments: Optional[Sequence[str]] = None) -> int:
    """The exit code of `is-measured` is 1 for no; `judge` prints its verdict as JSON."""
    options, bar = _parser().parse_args(arguments), bars()
    if options.way == "is-measured":
        return 0 if is_measured(options.model, bar) else 1
    if options.way == "rows":
        lines = (json.dumps({"text": row["text"]}, ensure_ascii=False) for row in expected(bar))
        options.out.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    elif options.way == "note":
        note(options.model, read(options.evaluated), bar)
    else:
        print("\n".join(table(options.model, options.against, bar)), file=sys.stderr)
        print(json.dumps(judge(options.model, options.against, bar), ensure_ascii=False))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
