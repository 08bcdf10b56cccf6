"""What the steps of `make evaluate` share: the community, and a file whose rows are changed."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

Row = dict[str, Any]


def community_file() -> Path:
    """The one that a running instance would read."""
    return Path(os.environ.get("LINLI_COMMUNITY") or "config/community.yml")


def apply_to_rows(path: Path, change: Callable[[Row], Row]) -> None:
    """Whole or not at all: the file stays as it was until every row is done."""
    rows = [change(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]
    done = path.with_name(f".{path.name}.{os.getpid()}")
    done.write_text(
        "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8"
    )
    done.replace(path)
