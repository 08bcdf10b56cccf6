"""Names of places that stand in no list: whether two of them are one, as far as words tell."""

import re
from typing import Final

from actions.domain.building_words import building_words
from actions.domain.folding import fold
from actions.domain.script import SIMPLIFIED

#: What makes a name a name: 幸福 of 幸福路, 翠湖 of 翠湖苑; never the bare kind of place.
_NAME: Final = re.compile(
    r"([\u3400-\u9fff]{2,4}?)"
    r"(?:路口|路|街|大道|巷|里弄|苑|园|村|公寓|大厦|广场|市场|学校|小学|中学|医院)"
)
_ROAD: Final = re.compile(r"([\u3400-\u9fff]{2})(?:路|街|大道|巷)(?![上面边灯过]|人)")
_NOT_A_NAME: Final = frozenset(
    "这那本我你一十字的门旁边前后小大公停车路人行条段整马走过半出铁道在到沿"
)
#: Words for where that stand anywhere.
_ANYWHERE: Final = re.compile(
    r"小区|屋苑|社区|门口|大门|楼[上下栋道]|附近|这里|那里|那边|这边|旁边|隔壁|隔篱|后面|前面|对面|路口|路边"
    r"|家里|我家|我们|那个|这个|公共|里面|外面|一楼|口子|出口|入口|街上|马路|电梯口"
    r"|\b(?:THE|NEAR|BY|AT|OUR|MY|NEXT|TO|OF|IN|ON|AND|BLOCK|TOWER|BUILDING|ENTRANCE|HERE|OUTSIDE)\b"
)
_LETTERS_COMPARED: Final = 4
#: In the names of many places.
_COMMON_PAIRS: Final = frozenset({"花园", "公园", "广场", "中心", "新村", "小公"})


def names_alike(one: str, other: str, *, listed: bool) -> bool | None:
    """Whether they name the same place; None where they do not say.

    `listed` tells that one of them is every name of a place the community lists.
    """
    first, second = fold(one, SIMPLIFIED).text, fold(other, SIMPLIFIED).text
    if not first or not second:
        return None
    numbers, names = (_numbers(first), _numbers(second)), (_names(first), _names(second))
    if all(numbers) and not numbers[0] & numbers[1]:
        return False
    if listed:
        return None if _have_something_in_common(first, second) else False
    if all(names):
        return _overlap(*names)
    # A number alone says as much only where nothing else is named: 12栋, Block 12.
    bare = not any(names) and _is_latin(first) == _is_latin(second)
    return True if all(numbers) and bare else None


def roads_in(plain: str) -> set[str]:
    """Streets a folded text names."""
    found = {match[1] for match in _ROAD.finditer(plain)}
    return {name for name in found if not _NOT_A_NAME & set(name)}


def _numbers(plain: str) -> set[str]:
    return {each.number for each in building_words(plain)} | set(re.findall(r"\d+", plain))


def _names(plain: str) -> set[str]:
    found = (match[1] for match in _NAME.finditer(plain))
    return {name for name in found if not _NOT_A_NAME & set(name)}


def _overlap(first: set[str], second: set[str]) -> bool:
    return any(one in other or other in one for one in first for other in second)


def _have_something_in_common(first: str, second: str) -> bool:
    """Whether any word of the two is shared; so it is where one says nothing in particular."""
    one, other = _pieces(first), _pieces(second)
    if not one or not other or one & other:
        return True
    # Words in another alphabet than all names of the listed place cannot be compared.
    return not {each.isascii() for each in one} & {each.isascii() for each in other}


def _pieces(plain: str) -> set[str]:
    left = _ANYWHERE.sub(" ", plain)
    runs = re.findall(r"[\u3400-\u9fff]{2,}", left)
    pairs = {run[i : i + 2] for run in runs for i in range(len(run) - 1)} - _COMMON_PAIRS
    words = {word[:_LETTERS_COMPARED] for word in re.findall(r"[A-Z]{3,}", left)}
    return pairs | words | _numbers(left)


def _is_latin(plain: str) -> bool:
    return plain.isascii() and not re.match(r"(?:BLOCK|BLK|TOWER|BUILDING|T) ?\d", plain)
