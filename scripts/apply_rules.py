"""Let the rules that stand before any model have their say on evaluated rows (interfaces 4).

A live message meets the emergency rules first; only what they let pass is left to the model.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

from actions.domain.emergency import detect


def ruled(row: dict[str, Any]) -> dict[str, Any]:
    """The row as a live message would have fared."""
    kind = detect(row["text"]) if "text" in row else None
    if kind is None:
        return row
    rest = [pair for pair in row["ranking"] if pair[0] != kind.leaf]
    ranking = [[kind.leaf, 1.0], *rest][: max(len(row["ranking"]), 3)]
    found = {"emergency": True, "files_ticket": True, "leaves": [kind.leaf], "ranking": ranking}
    return row | found


def main(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [ruled(json.loads(line)) for line in lines]
    done = path.with_name(f".{path.name}.{os.getpid()}")
    done.write_text(
        "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8"
    )
    done.replace(path)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
