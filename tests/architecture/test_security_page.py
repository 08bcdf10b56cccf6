"""docs/security.md: every row of the checklist, each with tests that are there or a reason."""

import ast
import re
from functools import cache

from check_secrets import ROOT

PAGE = ROOT / "docs" / "security.md"
ROW = re.compile(r"^\| (S\d+) \|([^|]+)\|([^|]+)\|([^|]+)\|$", re.MULTILINE)
TEST = re.compile(r"`([\w/]+\.py)::(\w+)`")
#: What has no test says so.
REASON = "no test"


def rows() -> dict[str, str]:
    """What shows each row."""
    return {row[1]: row[4] for row in ROW.finditer(PAGE.read_text(encoding="utf-8"))}


@cache
def functions_in(path: str) -> frozenset[str]:
    file = ROOT / "tests" / path
    if not file.is_file():
        return frozenset()
    tree = ast.parse(file.read_text(encoding="utf-8"))
    found = (each for each in tree.body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef))
    return frozenset(each.name for each in found)


def test_every_row_of_the_checklist_is_there() -> None:
    assert list(rows()) == [f"S{number}" for number in range(1, 61)]


def test_every_row_names_a_test_or_says_why_not() -> None:
    bare = [row for row, shown in rows().items() if not TEST.search(shown) and REASON not in shown]

    assert bare == []


def test_every_test_that_is_named_exists() -> None:
    named = [(path, name) for shown in rows().values() for path, name in TEST.findall(shown)]

    assert len(named) > 60
    assert [f"{path}::{name}" for path, name in named if name not in functions_in(path)] == []
