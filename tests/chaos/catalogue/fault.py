"""`Fault`: one row of the catalogue, and what shows that we stand it."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Fault:
    """Shown by tests (`tests/file.py::test_name`) and runs (`make chaos …`), or not ours: why."""

    id: str
    what: str
    shown_by: tuple[str, ...] = ()
    why_not: str = ""

    @property
    def is_open(self) -> bool:
        return not (self.shown_by or self.why_not)

    def missing(self) -> Iterator[str]:
        """The tests named here that are not there."""
        for name in self.shown_by:
            if not name.startswith("make "):
                path, _, function = name.partition("::")
                if function not in _tests(ROOT / path):
                    yield f"{self.id}: {name}"


@cache
def _tests(path: Path) -> frozenset[str]:
    if not path.exists():
        return frozenset()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kinds = ast.FunctionDef | ast.AsyncFunctionDef
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, kinds))
