"""How people name a building: 45栋, 四十五座, 45號樓, Block 45, Tower 3, 6-904."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from actions.domain.chinese_number import NUMERALS, number_of

_NUMBER: Final = rf"(?:[{NUMERALS}]{{1,5}}|(?<![A-Z0-9])[A-Z])"
_AND: Final = r" ?(?:、|,|/|和|同埋|同|跟|及|与|&|AND) ?"
_CHINESE = re.compile(
    rf"第?(?P<numbers>{_NUMBER}(?:{_AND}{_NUMBER}){{0,9}}) ?[#号]? ?(?:栋|幢|座|号楼|#楼|(?<=号)楼)"
)
_ENGLISH = re.compile(
    r"(?<![A-Z0-9])(?:(?:BLOCK|BLK|BLDG|BUILDING|TOWER|TWR)S?\.? ?(?:NO\.? ?)?#? ?|T ?(?=[0-9]))"
    rf"(?P<numbers>(?:[0-9]{{1,3}}|[A-Z])(?:{_AND}(?:[0-9]{{1,3}}|[A-Z])(?![A-Z0-9])){{0,9}})"
    r"(?![A-Z0-9])"
)
_WITH_ROOM = re.compile(
    r"(?<![0-9A-Z.\-/:])(?P<numbers>[0-9]{1,3})[\-#](?=(?:[0-9]{1,2}-)?(?!(?:19|20)[0-9]{2})[0-9]{3,4}(?![0-9\-元块]))"
)
_EACH = re.compile(rf"[{NUMERALS}]+|(?<![A-Z])[A-Z](?![A-Z])")
#: 一座桥, 这一栋: counting, not naming.
_COUNTING_BEFORE = re.compile(r"(?:这|那|每|整|哪|任|某|另|有|同|咁|呢|嗰|边|成)$")
_COUNTED_AFTER = re.compile(r" ?(?:山|桥|塔|庙|城|位|危楼|建筑|新楼|旧楼|大楼)")
_NOT = re.compile(r"(?:不是|不在|并非|唔系|唔喺|不系|NOT(?: IN| AT)?) ?$")
_LONGEST_NOT = len("NOT AT ")  # looked for just before a match: the whole text would cost squares


@dataclass(frozen=True)
class BuildingWords:
    """A stretch of folded text that names one building by its number or letter."""

    number: str
    start: int
    end: int


def building_words(text: str) -> Iterator[BuildingWords]:
    """Every building named in folded, simplified text; a list names several."""
    for pattern in (_CHINESE, _ENGLISH, _WITH_ROOM):
        for match in pattern.finditer(text):
            before = text[max(0, match.start() - _LONGEST_NOT) : match.start()]
            if not _is_counting(match, text) and not _NOT.search(before):
                yield from _each(match)


def building_number(name: str) -> str | None:
    """The number in a building's own name, in the form texts are looked up by."""
    found = next(building_words(name), None)
    return found.number if found else None


def _each(match: re.Match[str]) -> Iterator[BuildingWords]:
    parts = list(_EACH.finditer(match["numbers"]))
    for part in parts:
        value = part[0] if part[0].isalpha() and part[0].isascii() else number_of(part[0])
        if value is None:
            continue
        offset = match.start("numbers")
        alone = len(parts) == 1
        start = match.start() if alone else offset + part.start()
        end = match.end() if alone or part is parts[-1] else offset + part.end()
        yield BuildingWords(str(value), start, end)


def _is_counting(match: re.Match[str], text: str) -> bool:
    if not match["numbers"].startswith(("一", "两")) or len(match["numbers"]) > 1:
        return False
    before = text[max(0, match.start() - 2) : match.start()]
    return bool(_COUNTING_BEFORE.search(before) or _COUNTED_AFTER.match(text, match.end()))
