"""The catalogue as a page for people."""

from collections.abc import Iterator

from tests.chaos.catalogue import FAMILIES
from tests.chaos.catalogue.fault import ROOT, Fault

PAGE = ROOT / "docs" / "faults.md"
HEAD = """# Faults

What may go wrong, and what shows that nothing is lost, doubled or kept waiting by it. Made by
`python -m tests.chaos.catalogue --write` from `tests/chaos/catalogue/`; a test keeps the two alike.

A test marked `chaos` runs in `make chaos ARGS=--faults`, every other one in `make test`.
"""


def page() -> str:
    return "\n".join([HEAD, *_sections()])


def _sections() -> Iterator[str]:
    for family in FAMILIES:
        yield f"## {family.TITLE}\n"
        yield "| id | fault | shown by |\n|---|---|---|"
        for fault in family.ROWS:
            yield f"| {fault.id} | {fault.what} | {_shown(fault)} |"
        yield ""


def _shown(fault: Fault) -> str:
    if fault.why_not and not fault.shown_by:
        return f"does not apply: {fault.why_not}"
    names = "<br>".join(_named(each) for each in fault.shown_by)
    return f"{names}<br>{fault.why_not}" if fault.why_not else names


def _named(name: str) -> str:
    if name.startswith("make "):
        return f"`{name}`"
    path, _, test = name.partition("::")
    return f"[{test.removeprefix('test_').replace('_', ' ')}](../{path})"
