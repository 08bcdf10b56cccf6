"""`python -m nlu.evaluation.report OUT.jsonl`: figures for rows that say what is right."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import List, Optional, Sequence

from nlu.evaluation.metrics import Row, accepted, calibration_error, hits, macro_f1, ticket_rates


def lines(rows: Sequence[Row]) -> List[str]:
    """The report, line by line; rows without a leaf only tell of false tickets."""
    text = []
    labelled = [row for row in rows if row.get("leaf") and row.get("scope") != "unclear"]
    for scope in sorted({row.get("scope", "community") for row in labelled}):
        chosen = [row for row in labelled if row.get("scope", "community") == scope]
        text.append(
            f"{scope}: {len(chosen)} rows, "
            f"top-1 {hits(chosen, 1):.3f}, top-3 {hits(chosen, 3):.3f}, "
            f"macro-F1 {macro_f1(chosen):.3f}, calibration error {calibration_error(chosen):.3f}, "
            f"file a ticket {sum(row['files_ticket'] for row in chosen) / len(chosen):.3f}"
        )
    confused = Counter(
        (row["leaf"], row["ranking"][0][0])
        for row in labelled
        if row["ranking"][0][0] not in accepted(row)
    )
    text += [
        f"  {count} × {meant} taken for {said}" for (meant, said), count in confused.most_common(15)
    ]
    talk = [row for row in rows if not row.get("leaf")]
    text += [f"tickets from {name}: {rate:.3f}" for name, rate in ticket_rates(talk).items()]
    return text


def main(arguments: Optional[Sequence[str]] = None) -> None:
    parser = argparse.ArgumentParser(prog="nlu.evaluation.report", description=__doc__)
    parser.add_argument("evaluated", type=Path)
    options = parser.parse_args(arguments)
    content = options.evaluated.read_text(encoding="utf-8").splitlines()
    print("\n".join(lines([json.loads(line) for line in content])))


if __name__ == "__main__":
    main()
