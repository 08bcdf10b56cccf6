"""Building, unit, floor and room as people write them, in Chinese and English."""

from __future__ import annotations

import re
from typing import Dict, List, Optional

from nlu.components.entity import Entity

_CN = "零〇一二三四五六七八九十百两"
_NUMBER = rf"(?:[A-Za-z]?\d{{1,4}}[A-Za-z]?|[{_CN}]{{1,4}}|[A-Za-z])"
_SMALL = rf"(?:\d{{1,3}}|[{_CN}]{{1,4}}|[A-Za-z])"
_ROOM = r"[A-Za-z]?\d{2,4}[A-Za-z]?"
_FLOOR = rf"(?<![A-Za-z0-9{_CN}])(?P<floor>-?\d{{1,3}}|[{_CN}]{{1,4}}|[Bb][1-4])"
_BLOCK = r"(?i:\b(?:block|blk|tower|building|bldg)\.?\s*(?:no\.?\s*|#)?)"

#: The name of each group is the key of the value it gives.
_PATTERNS = (
    # 3栋2单元501, 45号楼, A座; "1号线" and "8号晚上" are no buildings
    rf"(?<![A-Za-z0-9{_CN}])第?(?P<building>[甲乙丙丁戊]?{_NUMBER}|[甲乙丙丁戊])(?:号楼|号院|[栋幢座](?!位|椅|谈|标|桥|山|城))",
    rf"(?<![A-Za-z0-9{_CN}])(?P<unit>{_SMALL})(?:单元|梯(?=\d))",
    # "18层" but not "漂了一层"
    rf"{_FLOOR}(?:(?:(?<=\d)|(?<=[第负])[{_CN}]+)层(?=$|[^次层])|(?<=[{_CN}])层(?=[楼电走过消平阳住]|和|到)|楼(?!上|下|道|梯|栋|盘|长|宇|房|顶|主))",
    rf"(?<![A-Za-z0-9{_CN}])(?P<floor>\d{{1,2}}|[{_CN}]{{1,3}})字楼",
    rf"(?<![A-Za-z0-9.])(?P<room>{_ROOM}|[{_CN}]{{3,4}}|[A-Z])(?:室|号房|房(?!间|价|东|租|贷|产|屋))",
    r"(?<![A-Za-z0-9])(?P<floor>\d{1,3})\s*/\s*F\b",
    rf"{_BLOCK}(?P<building>[A-Za-z]?\d{{1,4}}[A-Za-z]?|[A-Za-z])\b",
    r"(?i:\bunit)\s*#?(?P<unit>[A-Za-z]?\d{1,2}[A-Za-z]?|[A-Za-z])\b",
    r"(?i:\b(?:floor|level)\s+)(?P<floor>\d{1,3}|[BG]\d?)\b",
    r"\b(?P<floor>\d{1,3})(?i:(?:st|nd|rd|th)\s+floor)\b",
    r"(?i:\b(?:room|flat|apartment|apt|rm|unit)\.?\s*#?)(?P<room>\d{1,4}[A-Za-z]?|[A-Z])\b",
)
_COMPILED = tuple(re.compile(pattern) for pattern in _PATTERNS)
#: A bare number right behind a building or unit is the room.
_BARE_ROOM = re.compile(
    r"\s*[-,]?\s*(?P<room>[A-Za-z]?\d{3,4})(?![0-9年月日点时元块个号栋幢座层楼米人])"
)
#: 5-2-301: building, unit, room
_DASHED = re.compile(
    r"(?<![\d-])(?P<building>\d{1,3})-(?P<unit>\d{1,2})-(?P<room>\d{3,4})(?![\d-])"
)
_GLUE = re.compile(r"[\s的,、]{0,2}|[\s,]*(?:in|of|at|the|on)?\s*", re.IGNORECASE)

_WORDLESS = re.compile(r"[\W\d_在的于]+|\b(?:in|at|of|on|the|floor|room)\b", re.IGNORECASE)
_SHORTEST_REST = 2

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
}


def to_digits(number: str) -> str:
    """四十五 → 45, 三〇二 → 302; everything else stays, letters in capitals."""
    if not number or any(character not in _CN for character in number):
        return number.upper()
    if "十" not in number and "百" not in number:
        return "".join(str(_DIGITS[character]) for character in number)
    total, digit = 0, 0
    for character in number:
        if character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[character]
    return str(total + digit)


def _entity(match: "re.Match[str]") -> Entity:
    value = {key: to_digits(found) for key, found in match.groupdict().items() if found}
    return Entity("location", match.start(), match.end(), value)


def find_addresses(text: str) -> List[Entity]:
    """Every numbered part on its own; `join` puts neighbours together."""
    found = [_entity(match) for match in _DASHED.finditer(text)]
    taken = [(entity.start, entity.end) for entity in found]
    for pattern in _COMPILED:
        for match in pattern.finditer(text):
            if all(match.end() <= start or match.start() >= end for start, end in taken):
                found.append(_entity(match))
                taken.append(match.span())
    for entity in list(found):
        room = _bare_room(text, entity)
        if room and all(room.end <= start or room.start >= end for start, end in taken):
            found.append(room)
            taken.append((room.start, room.end))
    return sorted(found, key=lambda entity: entity.start)


def without_addresses(text: str) -> str:
    """The text without its numbered places; a text that is nothing else stays as it is.

    Where it is says nothing about what is wrong, and makes a short report look like an answer to
    "where?".
    """
    rest = text
    for entity in reversed(find_addresses(text)):
        rest = rest[: entity.start] + " " + rest[entity.end :]
    return rest.strip() if len(_WORDLESS.sub("", rest)) >= _SHORTEST_REST else text


def _bare_room(text: str, entity: Entity) -> Optional[Entity]:
    if not {"building", "unit"} & entity.value.keys():
        return None
    match = _BARE_ROOM.match(text, entity.end)
    return _entity(match) if match else None


def join(text: str, entities: List[Entity]) -> List[Entity]:
    """Neighbours that do not contradict each other are one place."""
    joined: List[Entity] = []
    for entity in sorted(entities, key=lambda entity: entity.start):
        if joined and _belong_together(text, joined[-1], entity):
            before = joined.pop()
            value: Dict[str, str] = {**before.value, **entity.value}
            if "landmark" in before.value.keys() & entity.value.keys():
                value["landmark"] = text[before.start : entity.end]
            joined.append(Entity("location", before.start, entity.end, value))
        else:
            joined.append(entity)
    return joined


def _belong_together(text: str, first: Entity, second: Entity) -> bool:
    shared = (first.value.keys() & second.value.keys()) - {"landmark"}
    agree = all(first.value[key] == second.value[key] for key in shared)
    return agree and bool(_GLUE.fullmatch(text[first.end : second.start]))
