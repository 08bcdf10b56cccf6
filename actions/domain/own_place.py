"""Where the reporter lives, as far as their words say so: hidden from those who settle a matter.

The flat of the *other* side is what a visit needs, so flats are told apart by the words around
them. Where the words speak of home and leave it open, a flat is taken for the reporter's own.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from actions.domain.wording import speaks_of_home

_N: Final = r"[0-9０-９〇零一二三四五六七八九十百两兩]{1,5}"
_NO_FLAT: Final = (
    r"(?![0-9０-９:：]|\s*(?:点|點|时|時|年|月|日|次|分|秒|元|块|塊|蚊|小时|天|米|度|%|am|pm))"
)
#: Inside a building: 三单元9楼904室, 9楼, 904, 12B, 9/F; never the building itself.
_FLAT: Final = re.compile(
    rf"(?:{_N}\s*(?:单元|單元|梯)\s*)?(?:"
    rf"{_N}\s*(?:(?:楼|樓)(?![上下梯道顶頂])|层|層|/F)(?:\s*(?:{_N}|[A-Z])?[A-Z]?\s*(?:室|房|号|號))?(?:\s*[0-9]{{3,4}})?"
    rf"|(?<![0-9]){_N}[A-Z]?\s*(?:室|房|号房|號房)"
    rf"|(?<![0-9A-Z:：])[0-9]{{3,4}}[A-Z]?{_NO_FLAT}|(?<![0-9A-Z:：])[0-9]{{1,2}}[A-H](?![A-Z0-9])"
    rf")|{_N}\s*(?:单元|單元)",
    re.IGNORECASE,
)
_HOUSE: Final = (
    r"(?:[0-9一二三四五六七八九十A-Z]{1,4}\s*(?:栋|棟|座|幢|号楼|號樓)"
    r"|(?:block|tower|building)\s*\w{1,4})?"
)
_LINK: Final = r"[\s,，:：是系係在喺就于於the]{0,6}"
_OWN_BEFORE: Final = re.compile(
    rf"(?:我家|我屋企|我(?:们|哋)(?:家|屋企)|我(?:们|哋)?(?:就|都)?住"
    rf"|本人(?:家)?住|本人|家住|咱家|我(?:是|系|係)"
    rf"|\bmy (?:flat|unit|home|place|door)|\b(?:I|we) (?:live|am|are)(?: (?:at|in|on))?"
    rf"|\bI'?m (?:at|in|on))"
    rf"{_LINK}{_HOUSE}[\s,，的嘅]*(?:flat|unit|room)?\s*$",
    re.IGNORECASE,
)
_THEIRS_BEFORE: Final = re.compile(
    rf"(?:楼上|樓上|楼下|樓下|隔壁|隔籬|隔篱|对面|對面|那户|那家|嗰戶|嗰家"
    rf"|upstairs|downstairs|next door|above|below)"
    rf"[\s,，的嘅是系係住在喺at in]{{0,5}}{_HOUSE}\s*(?:flat|unit)?\s*$",
    re.IGNORECASE,
)
_OWN_AFTER: Final = re.compile(
    r"\s*+(?:的|嘅)?\s*+(?:楼上|樓上|楼下|樓下|隔壁|隔籬|隔篱|对面|對面)"
)
_THEIRS_AFTER: Final = re.compile(
    r"\s*(?:的人|嘅人|那家|那户|那戶|嗰家|嗰戶|住户|住戶|业主|業主|租客|有人|天天|一直|整天|成日|又|在|喺"
    r"|唱|练|練|吵|弹|彈|装修|裝修|养|養|keeps?\b|is\b|are\b|sing)"
)
_CALLED: Final = re.compile(r"(?:打|拨|撥|call|dial|电话|電話)\s*$", re.IGNORECASE)
#: How somebody says who they are: 我叫何小兰, 我姓何, 我是何姨.
_INTRODUCED: Final = re.compile(
    r"(?:我叫|我姓|本人姓|免贵姓|免貴姓|我名叫|我个名叫|我個名叫)(?P<name>[^\s,，。!！?？、的]{1,4})"
    r"|(?:我是|我系|我係|我是你们的?|呢度係)(?P<titled>[\u4e00-\u9fff]{0,3}"
    r"(?:姨|叔|伯|婆|婶|嬸|太|生|先生|小姐|女士|阿姨|大爷|老师|老師|奶奶|爷爷))"
    r"|\b(?:my name is|this is)\s+(?P<english>[A-Z][\w'-]*(?:\s[A-Z][\w'-]*)?)"
)


#: Letters before and after a number within which it is said whose it is.
_NEAR: Final = 60
_COUNTING: Final = "一二三四五六七八九十"


def without_own_place(text: str) -> str:
    """The words with the reporter's flat and name starred out; the other side's flat stays."""
    return _starred(text, (*_own_spans(text), *_names(text)))


def without_flats(text: str) -> str:
    """The words with every flat starred out, whoever lives there."""
    return _starred(text, [match.span() for match in _FLAT.finditer(text)])


def _starred(text: str, spans: Iterable[tuple[int, int]]) -> str:
    starred = list(text)
    for start, end in spans:
        for index in range(start, end):
            if starred[index].isalnum():
                starred[index] = "*"
    return "".join(starred)


def is_theirs(flat: str, words: str) -> bool:
    """Whether a flat stands in the words as the other side's."""
    wanted = _digits(flat)
    own = {_digits(words[start:end]) for start, end in _own_spans(words)}
    named = {_digits(match.group()) for match in _FLAT.finditer(words)}
    return wanted in named - own


def tells_a_flat(text: str) -> bool:
    """Whether words for a place tell more than a spot anybody may know."""
    return _FLAT.search(text) is not None


def _own_spans(text: str) -> Iterator[tuple[int, int]]:
    home = speaks_of_home(text)
    for match in _FLAT.finditer(text):
        start, end = match.span()
        before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
        if _is_own(before, after, home=home):
            yield start, end


def _is_own(before: str, after: str, *, home: bool) -> bool:
    if _CALLED.search(before):
        return False
    if _OWN_BEFORE.search(before):
        return True
    if _THEIRS_BEFORE.search(before):
        return False
    if _OWN_AFTER.match(after):
        return True
    return home and not _THEIRS_AFTER.match(after)


def _names(text: str) -> Iterator[tuple[int, int]]:
    for match in _INTRODUCED.finditer(text):
        group = match.lastgroup
        if group is not None:
            yield match.span(group)


def _digits(text: str) -> str:
    return "".join(
        letter for letter in text if letter.isdigit() or letter in "一二三四五六七八九十"
    )
