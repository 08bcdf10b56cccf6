"""The files the architecture tests look at, and their syntax trees."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from check_secrets import ROOT, tracked

PRODUCT = ("actions", "bot", "nlu")
NOT_MEASURED = {"vendor", "versions"}
LINES = {".py", ".js", ".css"}


@cache
def files(*tops: str) -> list[Path]:
    """Our own living code below these folders: not what others wrote, nor past migrations."""
    return [
        path
        for path in tracked()
        if path.suffix in LINES
        and path.relative_to(ROOT).parts[0] in tops
        and NOT_MEASURED.isdisjoint(path.parts)
    ]


@cache
def syntax(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def modules(*tops: str) -> Iterator[tuple[Path, ast.Module]]:
    for path in files(*tops):
        if path.suffix == ".py":
            yield path, syntax(path)


def place(path: Path, node: ast.AST | None = None) -> str:
    name = str(path.relative_to(ROOT))
    line = getattr(node, "lineno", None)
    return name if line is None else f"{name}:{line}"


def dotted(node: ast.AST) -> str:
    """Render `pytest.mark.skip` from its tree; anything else is empty."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        left = dotted(node.value)
        return f"{left}.{node.attr}" if left else ""
    return ""
