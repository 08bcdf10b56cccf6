"""The rest of a place: unit, floor, room and the spot, as said: 三楼转角, 2单元904, Flat 12B."""

import re
from dataclasses import dataclass

from actions.domain.chinese_number import NUMERALS
from actions.domain.folding import Folded, fold
from actions.domain.script import SIMPLIFIED

_UNIT = rf"[{NUMERALS}A-Z]{{1,3}} ?(?:单元|梯(?!间|口))"
_FLOOR = (
    rf"(?:负|地下|地库)?[{NUMERALS}]{{1,4}} ?(?:楼(?!长|栋|道|梯)|层)"
    r"|[0-9]{1,2}/F|B[1-5]层?|L?G/F"
    r"|(?:[0-9]{1,2}(?:ST|ND|RD|TH)|FIRST|SECOND|THIRD|FOURTH|FIFTH|SIXTH|TOP|GROUND) FLOOR"
)
_ROOM = (
    r"[0-9]{3,4}[A-Z]? ?(?:室|房|单位|号房|号铺)"
    r"|(?:FLAT|ROOM|RM|UNIT|APT)\.? ?[0-9]{0,4}[A-Z]?(?![A-Z])"
)
_SPOT = (
    r"楼梯间|楼梯口|后楼梯|走火梯|楼梯|转角|拐角|转弯位|走廊|过道|楼道|门口|大堂|大门|电梯口|电梯厅|𨋢口|𨋢大堂"
    r"|天台|楼顶|顶楼|架空层|地下车库|地库|车库|停车场|外墙|阳台|平台|绿化带|花坛|后面|前面|旁边|侧边|隔壁|对面"
    r"|楼下|楼上|门前|背后|后门|入口|出口|单元门|信箱|水表房|配电房|电表房"
    r"|STAIRWELL|STAIRCASE|STAIRS|LANDING|CORRIDOR|LIFT LOBBY|LOBBY|ROOFTOP|ROOF|CAR ?PARK|GARAGE"
    r"|ENTRANCE|DOWNSTAIRS|UPSTAIRS|BEHIND|NEXT TO|IN FRONT OF|OPPOSITE"
)
_PIECE = re.compile(
    rf"(?P<unit>{_UNIT})|(?P<floor>{_FLOOR})|(?P<room>{_ROOM})|(?P<spot>{_SPOT})", re.ASCII
)
_ROOM_AFTER_BUILDING = re.compile(
    r"[ \-#]?(?:[0-9]{1,2}-)?(?P<room>[0-9]{3,4}[A-Z]?)(?![0-9元块年])"
)


#: A bare room number, and the small words around a floor or a spot.
_FILLING = re.compile(
    r"(?<![0-9])[0-9]{1,4}[A-Z]?(?![0-9A-Z])|这里|那里|呢度|嗰度|里面|外面|我们|的|在|喺|嘅|那|这|边|处|里"
    r"|\b(?:THE|ON|AT|IN|OF|OUR|MY)\b"
)


@dataclass(frozen=True)
class PlaceDetail:
    """Parts as they were written; `words` is all of them in the order of the text."""

    unit: str = ""
    floor: str = ""
    room: str = ""
    spot: str = ""
    words: str = ""


def is_only_detail(text: str) -> bool:
    """Whether words name a floor, a room or a spot and nothing they could belong to."""
    plain = fold(text, SIMPLIFIED).text
    left = _FILLING.sub("", _PIECE.sub("", plain))
    return bool(plain.strip()) and not any(letter.isalnum() for letter in left)


def find_detail(plain: Folded, original: str, taken: list[tuple[int, int]]) -> PlaceDetail:
    """The detail in a text whose stretches `taken` already name buildings or landmarks."""
    found: dict[str, tuple[int, int]] = {}
    for _, end in taken:
        match = _ROOM_AFTER_BUILDING.match(plain.text, end)
        if match:
            found.setdefault("room", match.span("room"))
    for match in _PIECE.finditer(plain.text):
        kind = match.lastgroup or ""
        if kind not in found and not _overlaps(match.span(), [*taken, *found.values()]):
            found[kind] = match.span()
    return _written(found, plain, original)


def _written(found: dict[str, tuple[int, int]], plain: Folded, original: str) -> PlaceDetail:
    parts, words, reached = {}, "", -1
    for kind, (start, end) in sorted(found.items(), key=lambda item: item[1]):
        first, last = plain.span(start, end)
        parts[kind] = original[first:last].strip()
        joined = first == reached
        words += parts[kind] if joined or not words else f" {parts[kind]}"
        reached = last
    return PlaceDetail(**parts, words=words)


def _overlaps(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)
