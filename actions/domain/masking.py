"""Mask phones, identity numbers, bank cards, plates and mail addresses in any disguise.

Digits are found first, however they are written (full-width, spaced, dashed, Chinese), then
judged by shape. What is masked keeps its length and separators, so a reader sees what it was.
"""

import re
from collections.abc import Iterator
from typing import Final

from actions.domain.digit_runs import DigitRun, digit_runs
from actions.domain.folding import fold
from actions.domain.number_shapes import (
    card_ends,
    identity_cards,
    is_dated,
    local_ends,
    looks_like_hong_kong_mobile,
    sure_ends,
)

_SHORTEST: Final = 7
_TOO_LONG_TO_BE_INNOCENT: Final = 11
_IDENTITY: Final = 15
_TIMESTAMP: Final = 14
_NEAR: Final = 14
_ALONE: Final = 4
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼滬雲遼魯蘇贛陝閩貴粵寧瓊使领]"
    r"[ \-]?[A-HJ-Z][ ·.\-•]{0,3}(?=[A-Z \-]{0,8}[0-9])[A-Z0-9](?:[ \-]?[A-Z0-9]){4,5}"
    r"[学警港澳挂學掛]?(?![A-Z0-9])"
)
_CITY_PLATE = re.compile(r"(?:车牌|車牌|PLATE)[^A-Z0-9]{0,6}([A-Z]{2} ?[0-9]{1,4})(?![0-9])")
_MAIL = re.compile(
    r"(?<![A-Z0-9._%+\-])[A-Z0-9._%+\-]{1,64} ?(?:@|\(AT\)|\[AT\]) ?"
    r"[A-Z0-9\-]{1,63}(?: ?\. ?[A-Z0-9\-]{1,63}){1,4}"
)
_PHONE_WORDS = re.compile(
    r"电话|電話|手机|手機|手提|号码|號碼|联系|聯繫|聯絡|联络|致电|致電|打俾|打畀|打给|打給|来电|來電|座机"
    r"|座機|固话|TEL|PHONE|CALL|MOBILE|WHATSAPP|WTSAPP|CONTACT|NUMBER IS|RING|搵我|找我"
)
_AMOUNT_AFTER = re.compile(r" ?(?:元|块|塊|蚊|圆|圓|港币|港幣|人民币|人民幣|平|㎡|RMB|HKD|CNY)")
_COUNTED_BEFORE = re.compile(
    r"(?:[¥$€£]|单号|單號|编号|編號|订单|訂單|金额|金額|(?<![A-Z])NO\.?) ?:? ?$"
)


def mask(text: str) -> str:
    """The text with every personal number and mail address starred out."""
    plain = fold(text)
    starred = list(text)
    for found in _personal(plain.text):
        for index in range(*plain.span(*found)):
            if starred[index].isalnum() or starred[index] == "○":
                starred[index] = "*"
    return "".join(starred)


def _personal(text: str) -> Iterator[tuple[int, int]]:
    yield from (match.span() for match in _MAIL.finditer(text))
    yield from (match.span() for match in _PLATE.finditer(text))
    yield from (match.span(1) for match in _CITY_PLATE.finditer(text))
    yield from identity_cards(text)
    for run in digit_runs(text, _SHORTEST):
        yield from _numbers(run)


def _numbers(run: DigitRun) -> Iterator[tuple[int, int]]:
    """Personal numbers of one run; they may overlap, so that none hides behind another."""
    for index in range(len(run.digits)):
        end = _number_end(run, index) if run.is_edge(index) else None
        if end:
            yield run.at[index], run.at[end - 1] + 1


def _number_end(run: DigitRun, start: int) -> int | None:
    sure = [end for end in sure_ends(run.digits, start) if _is_sure(run, start, end)]
    cards = [end for end in card_ends(run.digits, start) if run.is_even(start, end)]
    ends = [end for end in sure + cards if run.is_edge(end) and run.is_one_number(start, end)]
    if ends:
        return max(ends)
    for end in local_ends(run.digits, start):
        if run.is_edge(end) and _is_local_phone(run, start, end):
            return end
    return _blob_end(run, start)


def _is_sure(run: DigitRun, start: int, end: int) -> bool:
    if end - start >= _IDENTITY:
        return run.is_even(start, end)
    return not run.has_date(start, end)


def _is_local_phone(run: DigitRun, start: int, end: int) -> bool:
    """Seven or eight digits: a phone by the words before, by standing alone, or by its shape."""
    lengths = run.groups(start, end)
    if len(set(lengths)) > 1:
        return False
    first, last = run.at[start], run.at[end - 1] + 1
    before, after = run.text[max(0, first - _NEAR) : first], run.text[last : last + 4]
    if _AMOUNT_AFTER.match(after) or _COUNTED_BEFORE.search(before):
        return False
    if _PHONE_WORDS.search(before) or len(run.text) - (last - first) <= _ALONE:
        return True
    joined = len(lengths) == 1 or "-" not in run.text[first:last]
    return joined and looks_like_hong_kong_mobile(run.digits[start:end])


def _blob_end(run: DigitRun, start: int) -> int | None:
    """The end of an unbroken run so long that it must be somebody's account or card."""
    end = start + 1
    while end < len(run.digits) and not run.is_edge(end):
        end += 1
    length = end - start
    if length < _TOO_LONG_TO_BE_INNOCENT:
        return None
    return None if length <= _TIMESTAMP and is_dated(run.digits, start) else end
