"""Numbered parts of a place that are more than building, unit, floor and room."""

from __future__ import annotations

import re
from typing import Iterator, Tuple

from nlu.components.word_lists import either

#: The kinds of part, as letters that `place_phrases` reads in a row.
ADDRESS, NAME, SPOT, HOUSE, THING, ROOM = "A", "N", "S", "H", "T", "M"
BESIDE, SIDE, EITHER, WHICH, LINK, OWN, NOUN, BLANK = "B", "F", "E", "D", "K", "O", "n", " "
#: Whatever belongs to no place; ends a phrase.
OTHER = "x"

_CN = "零〇一二三四五六七八九十百两几"
_NUMBER = rf"(?:\d{{1,4}}|[{_CN}]{{1,4}})"
_COUNTED = r"[个棵排栋座道间家条级层根盏部张块段户支台架扇号]"
_NUMBERED_THING = either(
    *(
        "大?门",
        "闸",
        "岗亭?",
        "棚",
        "电?梯",
        "窗口?",
        "台",
        "车位",
        "桥",
        "井",
        "泵房",
        "口",
        "出入?口",
    ),
    *(
        "球?场",
        "馆",
        "厅",
        "站",
        "亭",
        "柜",
        "铺",
        "档口?",
        "摊位?",
        "桩",
        "位",
        "机",
        "灯",
        "杆",
        "院",
    ),
    *("屋", "仓", "坑"),
)
_YARD = r"(?:大院|院|之[一二三]|铺|店|商铺)?(?!线)"
_HOUSE_NUMBER = r"\d{1,4}(?:[-—]\d{1,4})?"

#: Read before the addresses, which would cut these in two.
_FIRST = (
    # blocks 1-4, 7栋和8栋
    rf"(?<![\d{_CN}]){_NUMBER}(?:[-~—、和到至]|栋[和到至与、]){_NUMBER}(?:栋|幢|座|号楼|单元)",
    # between the third and the fourth floor
    r"[一二三四五六七八九][二三四五六七八九十](?:楼|层)(?=之间|中间|的?楼梯|转角|平台|拐角)",
    r"(?:地下|地库|车库|停车场|负)[\d一二三四](?:层|楼)",
    r"(?<![A-Za-z])[Bb][1-5](?:层|楼)?(?![\dA-Za-z])|-[1-4](?:层|楼)",
)
_ADDRESSES = (
    # gate 2, shed 3, lift 5, bay 73
    rf"(?<![A-Za-z0-9{_CN}])(?:[A-Za-z]?\d{{1,4}}|[{_CN}]{{1,3}})号{_NUMBERED_THING}",
    r"(?<![A-Za-z0-9])[A-Z]\d?(?:出入?口|号?门|区|座|栋|梯|闸)",
    rf"(?:\d{{1,2}}|[{_CN}]{{1,2}})(?:出口|号出口)",
    r"(?<!\d)\d{3,4}[A-Z]?(?=门口|对面|隔壁|楼上|楼下|的?业主|的?住户|那户|家)",
    r"\d{1,3}路(?=公交|车站|站|巴士)",
    r"(?:车位|灯柱|灯杆|电线杆|编号|柱)(?:编号)?\s*[A-Za-z]{0,2}-?\d{1,5}号?",
    # behind the name of a road or an estate
    rf"(?<=[路街道巷]){_HOUSE_NUMBER}(?![\d年月日点元块个米度岁人次]|号?线)",
    rf"(?<=[路街道巷里坊村园区城场站]){_HOUSE_NUMBER}号{_YARD}",
    rf"(?<=[路街道巷里坊村园区城场站])[零〇一二三四五六七八九十百]{{1,4}}号{_YARD}",
    r"[A-Za-z一二三四五东南西北中]区(?![别域委政长间议里])",
    r"(?<!第)[一二三四五六\d]期(?![间待望限末满付款])",
    r"[东南西北](?=[座区])[座区]",
)
_LATER = (
    *((re.compile(pattern), ADDRESS) for pattern in _ADDRESSES),
    # the third tree, the second row
    (re.compile(rf"第(?:\d+|[{_CN}]+){_COUNTED}?(?!次|天|年|季|一次)"), WHICH),
    # fifty metres on
    (
        re.compile(
            rf"(?<=[左右东西南北前后里走约过离])(?:大?约)?(?:\d+|[{_CN}]+)来?米(?:处|远|左右|的地方|外)?"
            rf"|(?:\d+|[{_CN}]+)米(?:处|开外|外|远)"
        ),
        BESIDE,
    ),
)
_EARLIER = tuple((re.compile(pattern), ADDRESS) for pattern in _FIRST)
#: A bare number right behind a name or a number: 康宁阁1204, 3座9A, 地库二层118号.
_BEHIND = re.compile(
    r"\s?(?:[A-Z]?\d{1,2}-)?(?:\d{1,4}号(?!线|楼)|\d{3,4}[A-Z]?|\d{1,2}[A-Z](?![A-Za-z]))"
    r"(?:室|房(?!间|价|东|租|屋)|号房|单位)?(?![\d年月日点时元块个层楼米人次户度岁栋座])"
    r"|\s?[A-Z]{1,2}-?\d{1,3}(?![\dA-Za-z])"
)
#: A room that stands alone between two stops.
_ALONE = re.compile(
    r"(?:^|(?<=[,。!?;:\s]))(?:[1-9]\d?(?:0[1-9]|[1-3]\d)|[1-4]?\d[A-H])(?=[,。!?;]|$)"
)

Shape = Tuple[int, int, str]


def earlier_shapes(text: str) -> Iterator[Shape]:
    """(start, end, kind) of what has to be read before the plain addresses."""
    return _shapes(_EARLIER, text)


def later_shapes(text: str) -> Iterator[Shape]:
    return _shapes(_LATER, text)


def _shapes(patterns: "Tuple[Tuple[re.Pattern[str], str], ...]", text: str) -> Iterator[Shape]:
    for pattern, letter in patterns:
        for match in pattern.finditer(text):
            yield match.start(), match.end(), letter


def number_behind(text: str, end: int) -> "re.Match[str] | None":
    """A bare number that goes on where a name or an address ends."""
    return _BEHIND.match(text, end)


def lone_rooms(text: str) -> "Iterator[re.Match[str]]":
    return _ALONE.finditer(text)
