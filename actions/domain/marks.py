"""Which one it is, where a place has several: the floor, the entrance, the flat, the side.

Two lamps on one staircase are told apart by nothing else.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from actions.domain.chinese_number import NUMERALS, number_of
from actions.domain.folding import fold
from actions.domain.place_names import roads_in
from actions.domain.script import SIMPLIFIED

_N: Final = rf"[{NUMERALS}]"
_ORDINALS: Final = {
    "FIRST": 1, "SECOND": 2, "THIRD": 3, "FOURTH": 4, "FIFTH": 5, "SIXTH": 6, "SEVENTH": 7,
    "EIGHTH": 8, "NINTH": 9, "TENTH": 10,
}  # fmt: skip
#: Each pattern gives marks of the kind its group is named after.
_NUMBERED: Final = re.compile(
    rf"(?<!第)(?P<unit>{_N}{{1,3}}) ?单元"
    rf"|(?P<room>(?<![0-9.])[0-9]{{3,4}})(?![0-9元块年米分度号])[A-Z]? ?(?:室|房|户)?"
    rf"|(?P<floor>(?<![{NUMERALS}]){_N}{{1,3}}) ?(?:楼(?![栋上下梯道顶长盘])|层|/F)"
    rf"|(?P<one>{_N}{{1,2}}) ?号(?=电?梯|𨋢|机|门|桩|桌|位|口)"
    r"|(?P<nth>FIRST|SECOND|THIRD|FOURTH|FIFTH|SIXTH|SEVENTH|EIGHTH|NINTH|TENTH) (?:FLOOR|STOREY)"
    r"|(?<![0-9])(?P<english>[0-9]{1,2})(?:ST|ND|RD|TH) (?:FLOOR|STOREY)"
    r"|(?:FLOOR|LEVEL) (?P<after>[0-9]{1,2})(?![0-9])"
    r"|(?:FLAT|ROOM|APT|UNIT) ?#?(?P<flat>[0-9]{1,4})"
)
_KIND: Final = {"nth": "floor", "english": "floor", "after": "floor", "flat": "room"}
_NAMED: Final = (
    ("floor", "roof", r"天台|楼顶|屋顶|顶楼|顶层|\bROOF"),
    ("floor", "lobby", r"大堂|门厅|\bLOBBY"),
    ("floor", "basement", r"地库|地下(?:一|二|1|2)?层|负[一二12]|\bBASEMENT"),
    ("side", "east", r"东(?=[边侧面区头门]|座)|靠东|\bEAST"),
    ("side", "west", r"西(?=[边侧面区头门]|座)|靠西|\bWEST"),
    ("side", "south", r"南(?=[边侧面区头])|\bSOUTH(?! GATE)"),
    ("side", "north", r"北(?=[边侧面区头])|\bNORTH(?! GATE)"),
    ("hand", "left", r"左(?=[边侧面手])|\bLEFT(?:-HAND| SIDE| OF| LIFT)|\bON THE LEFT"),
    ("hand", "right", r"右(?=[边侧面手])|\bRIGHT(?:-HAND| SIDE| OF| LIFT)|\bON THE RIGHT"),
    ("room kind", "bath", r"厕所|卫生间|洗手间|浴室|\b(?:BATH|WASH)ROOM|\bTOILET"),
    ("room kind", "kitchen", r"厨房|\bKITCHEN"),
    ("room kind", "balcony", r"阳台|露台|\bBALCONY"),
    ("room kind", "bedroom", r"卧室|主卧|次卧|睡房|\bBEDROOM"),
    ("room kind", "living room", r"客厅|\bLIVING ROOM"),
)
_PLACES: Final = tuple((kind, name, re.compile(pattern)) for kind, name, pattern in _NAMED)
#: 904 is on the ninth floor, 1202 on the twelfth.
_FLOOR_OF_ROOM: Final = 100


def marks_in(text: str) -> frozenset[str]:
    """Marks such as `floor:3`, `unit:2`, `room:904`, `side:east`."""
    plain = fold(text, SIMPLIFIED).text
    found = {f"{kind}:{value}" for kind, value in _numbered(plain)}
    found |= {f"road:{name}" for name in roads_in(plain)}
    return frozenset(found | {f"{kind}:{name}" for kind, name, p in _PLACES if p.search(plain)})


def _numbered(plain: str) -> Iterator[tuple[str, int]]:
    for match in _NUMBERED.finditer(plain):
        group = match.lastgroup or ""
        kind, written = _KIND.get(group, group), match[group]
        value = _ORDINALS.get(written) or number_of(written)
        if value is not None:
            yield kind, value
            if kind == "room" and value > _FLOOR_OF_ROOM:
                yield "floor", value // _FLOOR_OF_ROOM


def compare_marks(one: Iterable[str], other: Iterable[str]) -> tuple[int, int]:
    """Of how many kinds both sides tell the same, and of how many something else."""
    first, second = _by_kind(one), _by_kind(other)
    both = [kind for kind in first if kind in second]
    same = sum(bool(first[kind] & second[kind]) for kind in both)
    return same, len(both) - same


def _by_kind(marks: Iterable[str]) -> dict[str, set[str]]:
    kinds: dict[str, set[str]] = {}
    for mark in marks:
        kind, _, value = mark.partition(":")
        kinds.setdefault(kind, set()).add(value)
    return kinds
