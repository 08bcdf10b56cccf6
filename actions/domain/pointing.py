"""Words that do no more than point at one of the things just listed: 第二个, 1, 45栋那个."""

import re
import unicodedata
from typing import Final

from actions.domain.chinese_number import number_of

_THING: Final = r"(?:个|個|件|单|單|条|條|项|項|宗|样|樣)?"
_SOFT: Final = r"(?:吧|啦|喇|呀|啊|嘅|的|please)?"
_NUMBERED: Final = re.compile(
    rf"(?:就|係|是|选|選|揀|no|number|option)?(?:第)?([1-9][0-9]?|[一二两兩三四五六七八九十])"
    rf"{_THING}{_SOFT}"
)
_WORDED: Final = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "last": -1,
}  # fmt: skip
_IN_ENGLISH: Final = re.compile(rf"(?:the)?({'|'.join(_WORDED)})(?:one)?{_SOFT}")
_LAST: Final = re.compile(rf"(?:就|係|是)?最(?:后|後|尾)(?:一|嗰|那)?{_THING}{_SOFT}")
_NO_MORE: Final = re.compile(
    r"(?:[就係是在喺那嗰这這呢边邊一个個件单單条條项項宗的嘅吧啦喇呀啊]|the|one|that|at|in|of|please)*"
)


def place_in_list(text: str) -> int | None:
    """The position that is named, counted from one; -1 is the last. None where none is."""
    bare = _bare(text)
    if _LAST.fullmatch(bare):
        return -1
    english = _IN_ENGLISH.fullmatch(bare)
    if english:
        return _WORDED[english[1]]
    found = _NUMBERED.fullmatch(bare)
    if not found:
        return None
    return _TWO.get(found[1]) or number_of(found[1])


_TWO: Final = {"两": 2, "兩": 2}


def only_points(text: str) -> bool:
    """Whether nothing is left of the words but "that one", the place taken out of them."""
    return bool(_NO_MORE.fullmatch(_bare(text)))


def _bare(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in folded if letter.isalnum())
