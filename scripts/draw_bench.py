"""`python -m scripts.draw_bench ABOUT [FILE]`: the table and the curves of docs/performance.md.

ABOUT says where and when it was measured; FILE is the bench.json of that run.

Every drawing carries both colour schemes and takes the one of whoever looks at it.
"""

import json
import math
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- measured -->", "<!-- end -->"
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 340, 64, 150, 40, 48
_MEDIAN = re.compile(r"turn at message ([\d,]+), median")
_RATE = re.compile(r"turns at message ([\d,]+), .*")

STYLE = """
  text { font: 13px system-ui, sans-serif; fill: #1f2328; }
  .title { font-weight: 600; font-size: 14px; }
  .axis { stroke: #8c959f; fill: none; }
  .grid { stroke: #d0d7de; stroke-dasharray: 2 4; }
  .ours { stroke: #0969da; fill: none; stroke-width: 2.5; }
  .dot-ours { fill: #0969da; }
  .stock { stroke: #bc4c00; fill: none; stroke-width: 2.5; stroke-dasharray: 7 4; }
  .dot-stock { fill: #bc4c00; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; } .grid { stroke: #30363d; }
    .ours { stroke: #58a6ff; } .dot-ours { fill: #58a6ff; }
    .stock { stroke: #f0883e; } .dot-stock { fill: #f0883e; }
  }
"""


Dot = tuple[float, float, float]  #: where it stands, and its value


class Point(NamedTuple):
    length: float
    ours: float
    stock: float


def points(table: Sequence[dict[str, Any]], pattern: re.Pattern[str]) -> list[Point]:
    found = [
        Point(float(match[1].replace(",", "")), row["value"], row["peer_value"])
        for row in table
        if (match := pattern.fullmatch(row["name"])) and row["peer_value"]
    ]
    return sorted(found)


def drawing(title: str, unit: str, curve: Sequence[Point]) -> str:
    """Both axes are logarithmic: each step is as many times more."""
    across = _scale([point.length for point in curve], LEFT, WIDTH - RIGHT)
    values = [value for point in curve for value in (point.ours, point.stock)]
    ticks = _decades(values)
    up = _scale(ticks, HEIGHT - BOTTOM, TOP)
    parts = [f'<text class="title" x="{LEFT}" y="22">{title}</text>']
    for tick in ticks:
        y = up(tick)
        parts.append(f'<path class="grid" d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{tick:,g}</text>')
    for point in curve:
        x = across(point.length)
        label = f"{point.length:,.0f}"
        parts.append(f'<text x="{x:.1f}" y="{HEIGHT - 26}" text-anchor="middle">{label}</text>')
    parts.append(f'<path class="axis" d="M{LEFT} {TOP}V{HEIGHT - BOTTOM}H{WIDTH - RIGHT}"/>')
    middle = (LEFT + WIDTH - RIGHT) / 2
    parts.append(
        f'<text x="{middle}" y="{HEIGHT - 8}" text-anchor="middle">'
        "messages a resident has written in the conversation</text>"
    )
    for name, label, at in (("ours", "Linli", 1), ("stock", "stock Rasa", 2)):
        parts += _line(name, label, unit, [(across(p.length), up(p[at]), p[at]) for p in curve])
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{title}">\n<style>{STYLE}</style>\n{body}\n</svg>\n'
    )


def _line(
    name: str, label: str, unit: str, dots: Sequence[tuple[float, float, float]]
) -> list[str]:
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y, _ in dots)
    x, y, value = dots[-1]
    return [
        f'<path class="{name}" d="M{path}"/>',
        *(
            f'<circle class="dot-{name}" cx="{cx:.1f}" cy="{cy:.1f}" r="3.5"/>'
            for cx, cy, _ in dots
        ),
        f'<text x="{x + 10:.1f}" y="{y + 4:.1f}">{label} {value:,g} {unit}</text>',
    ]


def _dot(name: str, x: float, y: float) -> str:
    return f'<circle class="dot-{name}" cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>'


def _scale(values: Sequence[float], begin: float, end: float) -> Callable[[float], float]:
    low, high = math.log10(min(values)), math.log10(max(values))
    span = (high - low) or 1.0
    return lambda value: begin + (math.log10(value) - low) / span * (end - begin)


def _decades(values: Sequence[float]) -> list[float]:
    low = math.floor(math.log10(min(values)))
    high = math.ceil(math.log10(max(values)))
    return [10.0**power for power in range(low, max(high, low + 1) + 1)]


def written(page: str, about: str, table: Sequence[dict[str, Any]]) -> str:
    """The page with this table between its marks."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    head = "| | Linli | | beside it | | times better |\n|---|--:|---|---|--:|--:|"
    rows = "\n".join(_row(row) for row in table)
    return f"{before}{BEGIN}\n{about}\n\n{head}\n{rows}\n{END}{after}"


def _row(row: dict[str, Any]) -> str:
    cells = ("name", "value", "unit", "peer", "peer_value", "ratio")
    return f"| {' | '.join(_cell(row[each]) for each in cells)} |"


def _cell(value: object) -> str:
    return "" if value is None else f"{value:,g}" if isinstance(value, float | int) else str(value)


def main(arguments: Sequence[str]) -> int:
    about, *rest = arguments
    file = Path(rest[0]) if rest else ROOT / "var" / "bench.json"
    table = json.loads(file.read_text(encoding="utf-8"))
    drawings = {
        "perf-turn.svg": ("A turn, in milliseconds (median)", "ms", points(table, _MEDIAN)),
        "perf-throughput.svg": ("Turns a second", "/s", points(table, _RATE)),
    }
    for name, (title, unit, curve) in drawings.items():
        if curve:
            (IMAGES / name).write_text(drawing(title, unit, curve), encoding="utf-8")
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(written(page, about, table), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
