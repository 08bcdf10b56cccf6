"""Draw the life of a ticket from its table: `python scripts/draw_lifecycle.py [--check]`.

The part of docs/lifecycle.md between its two marks is made here from
actions/domain/ticket_status.py; the words around it are written by hand.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from actions.domain import ticket_status  # noqa: E402 - after the path is set
from actions.domain.ticket_status import (  # noqa: E402
    ANY_CLOSED,
    ANY_OPEN,
    AS_THE_MASTER,
    IN_PLACE,
    NOTHING,
    OPEN,
    PAUSED,
    SAME,
    TRANSITIONS,
    WHERE_IT_CAME_FROM,
    TicketStatus,
    Transition,
    Verb,
)

PAGE = ROOT / "docs" / "lifecycle.md"
BEGIN = "<!-- made by scripts/draw_lifecycle.py: begin -->"
END = "<!-- made by scripts/draw_lifecycle.py: end -->"
OUTSIDE = "[*]"
ANY = "any_open"
MASTERS = "as_its_master"

Edge = tuple[str, str]


def meanings() -> dict[str, str]:
    """What the `#:` line beside each status says."""
    source = inspect.getsource(ticket_status)
    lines = source.splitlines()
    found: dict[str, str] = {}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef) and node.name == "TicketStatus":
            for step in node.body:
                if isinstance(step, ast.Assign) and isinstance(step.value, ast.Constant):
                    said = lines[step.lineno - 1].partition("#:")[2]
                    found[str(step.value.value)] = said.strip()
    return found


def sources(row: Transition) -> list[str]:
    """Where the arrow of a row begins; a wildcard over open states is one box."""
    if row.source == NOTHING:
        return [OUTSIDE]
    if row.source == ANY_OPEN:
        return [ANY]
    if row.source == ANY_CLOSED:
        return [status.value for status in TicketStatus if status.value.startswith("closed_")]
    return [row.source]


def targets(row: Transition) -> list[str]:
    if row.target == WHERE_IT_CAME_FROM:
        return [other.source for other in TRANSITIONS if other.target == row.source]
    return [MASTERS] if row.target == AS_THE_MASTER else [row.target]


def edges(rows: Iterable[Transition]) -> dict[Edge, list[str]]:
    """Each arrow once, with the verbs that take it in the order of the table."""
    drawn: dict[Edge, list[str]] = {}
    for row in rows:
        if row.target == SAME:
            continue
        for source in sources(row):
            for target in targets(row):
                verbs = drawn.setdefault((source, target), [])
                if row.verb.value not in verbs:
                    verbs.append(row.verb.value)
    return drawn


def diagram() -> Iterator[str]:
    """Mermaid; what lies inside the open states stands in a box of its own."""
    inside = {status.value for status in OPEN}
    drawn = edges(TRANSITIONS)
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield "    direction TB"
    yield f'    state "closed as its master" as {MASTERS}'
    yield f'    state "any open state" as {ANY} {{'
    yield from (
        f"        {_arrow(edge, verbs)}" for edge, verbs in drawn.items() if inside.issuperset(edge)
    )
    yield "    }"
    yield from (
        f"    {_arrow(edge, verbs)}" for edge, verbs in drawn.items() if not inside.issuperset(edge)
    )
    yield "```"


def _arrow(edge: Edge, verbs: list[str]) -> str:
    return f"{edge[0]} --> {edge[1]} : {', '.join(verbs)}"


def states() -> Iterator[str]:
    said = meanings()
    yield "| status | meaning | open | clocks stand still |"
    yield "|---|---|---|---|"
    for status in TicketStatus:
        is_open, is_paused = (_mark(status in group) for group in (OPEN, PAUSED))
        yield f"| `{status.value}` | {said[status.value]} | {is_open} | {is_paused} |"


def _mark(holds: bool) -> str:  # noqa: FBT001
    return "●" if holds else ""


def changes() -> Iterator[str]:
    yield "| from | verb | to | who |"
    yield "|---|---|---|---|"
    for row in TRANSITIONS:
        who = ", ".join(sorted(row.who, key=lambda name: (name.islower(), name)))
        yield f"| {row.source} | `{row.verb.value}` | {row.target} | {who} |"


def in_place() -> str:
    verbs = ", ".join(f"`{verb.value}`" for verb in Verb if verb in IN_PLACE)
    moving = ", ".join(f"`{row.verb.value}`" for row in TRANSITIONS if row.target == SAME)
    return f"Without an arrow, in any open state: {verbs}; {moving} change the tier alone."


def drawing() -> str:
    """Everything between the marks."""
    parts = ["\n".join(diagram()), in_place(), "\n".join(states()), "\n".join(changes())]
    return "\n\n".join(parts)


def redrawn(page: str) -> str:
    """The page with the present drawing between its marks."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{drawing()}\n\n{END}{after}"


def main(arguments: list[str]) -> int:
    page = PAGE.read_text(encoding="utf-8")
    wanted = redrawn(page)
    if "--check" in arguments:
        if page == wanted:
            return 0
        print("docs/lifecycle.md is stale: python scripts/draw_lifecycle.py", file=sys.stderr)
        return 1
    PAGE.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
