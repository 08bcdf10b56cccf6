"""Telephone numbers of the mainland and of Hong Kong, typed, spaced or spelt out."""

from __future__ import annotations

import re
from typing import Iterator, List, Optional, Tuple

import phonenumbers

from nlu.components.entity import Entity, without_overlap
from nlu.components.spelt_digits import spelt_numbers

#: In this order: an eight-digit number is one of Hong Kong unless it is valid on the mainland.
_REGIONS = ("CN", "HK")
_COUNTRIES = (86, 852, 853)
_FEWEST, _MOST = 7, 15
#: With more digits than this a number carries its area or country.
_LOCAL_DIGITS, _INLAND_DIGITS = 8, 11

_TYPED = re.compile(
    r"(?<![\dA-Za-z#/~￥¥$-])(?<!\d[:.])(?:\+?\(?\s?\+?\d{1,4}\s?\)?[ .·-]{0,3})?"
    r"(?:\(?\d+\)?[ .·-]{0,3}){1,12}\d(?![\dA-Za-z%])"
)
#: Right behind another number: 12-2-1604 13712345678.
_MOBILE = re.compile(
    r"(?<=[ /,])1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![\dA-Za-z])|(?<=/)[2-9]\d{3}[ -]?\d{4}(?![\dA-Za-z])"
)
#: 0750-3881234-802: an extension that is only set apart by a dash.
_LANDLINE = re.compile(r"(?<![\d-])0\d{2,3}-?\d{7,8}(?=-(?P<extension>\d{2,4})(?![\d-]))")
_EXTENSION = re.compile(
    r"[ ,-]{0,2}(?:(?<=-)(?=\d{2,4}(?![\d-]))|转|轉|分机|內線|内线|ext(?:ension)?\.?|x|#)"
    r"\s?(?:分机|内线)?\s?"
    r"(?P<extension>\d{1,6})(?!\d)",
    re.IGNORECASE,
)
#: What is written right before a number that only looks like a telephone.
_NO_PHONE = re.compile(
    r"(?:单号|工单|编号|订单|票号|发票|号码牌|证号|证|卡号|账号|户号|尾号|车牌|流水|案件|案号|通知书"
    r"|表号|电表|水表|气表|燃气表|读数|度数|表"
    r"|\b(?:invoice|ticket|order|case|ref(?:erence)?|meter|reading|account|id|card|permit|plate"
    r"|licen[cs]e|serial|no|sq|cm))"
    r"[ .:#]*(?:number|no\.?|code|号码?|是|为|係|系)?[ .:#]*(?:[A-Z]{1,3}[- ]?)?$",
    re.IGNORECASE,
)
_NAMES_PHONE = re.compile(
    r"(?:电话|手机|座机|固话|phone|mobile|cell|tel|whatsapp|contact|my)\W*(?:number|no\.?|号码?|係|是|为)?\W*(?:is\W*)?$",
    re.IGNORECASE,
)
_SAYS_PHONE = re.compile(
    r"(?:电话|手机|座机|固话|号码|致电|联系|打|call|ring|phone|tel|mobile|whatsapp|text|reach|contact"
    r"|number)[^,。;]{0,12}$",
    re.IGNORECASE,
)
_LOOK_BACK = 18
#: +86-0757-… keeps a zero that belongs to the inland form; 0086 is how +86 is dialled.
_ABROAD = re.compile(r"^(?:\+|00)(86|852|853)0?(?=\d)")
_SERVICE = re.compile(r"^[48]00\d{7}$")
_LOCAL = re.compile(r"^[2-9]\d{6,7}$")
_DATE = re.compile(r"^(?:19|20)\d\d[-/. ](?:0?[1-9]|1[0-2])[-/. ]")
#: Nothing else is written in two fours; years are.
_TWO_FOURS = re.compile(r"^(?!20\d\d)[2-9]\d{3}[ -]\d{4}$")


def find_phones(text: str) -> List[Entity]:
    """Every number that can be dialled; references, meters and identity numbers are none."""
    found = (_entity(text, start, end, digits) for start, end, digits in _candidates(text))
    return without_overlap(entity for entity in found if entity is not None)


def _candidates(text: str) -> Iterator[Tuple[int, int, str]]:
    """(start, end, digits), with the plus of a country code."""
    for pattern in (_LANDLINE, _TYPED, _MOBILE):
        for match in pattern.finditer(text):
            yield match.start(), match.end(), re.sub(r"[^\d+]", "", match.group())
    yield from spelt_numbers(text)


def _entity(text: str, start: int, end: int, digits: str) -> Optional[Entity]:
    before = text[max(0, start - _LOOK_BACK) : start]
    if not _FEWEST <= len(digits.lstrip("+")) <= _MOST or _DATE.match(text[start:end]):
        return None
    if _NO_PHONE.search(before) and not _NAMES_PHONE.search(before):
        return None
    sure = _SAYS_PHONE.search(before) or _TWO_FOURS.match(text[start:end].strip())
    number = _dialled(digits, sure=bool(sure))
    if number is None:
        return None
    while text[start] in " -.":
        start += 1
    value = {"e164": number} if number.startswith("+") else {"local": number}
    extension = _EXTENSION.match(text, end)
    if extension:
        end = extension.end()
        value["extension"] = extension["extension"]
    return Entity("phone", start, end, value)


def _dialled(digits: str, *, sure: bool) -> Optional[str]:
    """The number as E.164, if it is one of a region we know."""
    digits = _ABROAD.sub(r"+\1", digits)
    has_country = digits.startswith("+")
    may_have = not has_country and len(digits) > _INLAND_DIGITS
    written = [digits, f"+{digits}"] if may_have else [digits]
    for loose in (False, True) if sure or has_country else (False,):
        for region, each in ((region, each) for region in _REGIONS for each in written):
            number = _valid(each, region, loose=loose and len(each) > _LOCAL_DIGITS)
            if number is not None:
                return number
    if _SERVICE.match(digits):
        return f"+86{digits}"
    # A local number without its area code: only where somebody says that it is a telephone.
    return digits if sure and _LOCAL.match(digits) else None


def _valid(said: str, region: str, *, loose: bool) -> Optional[str]:
    try:
        number = phonenumbers.parse(said, region)
    except phonenumbers.NumberParseException:
        return None
    # Whoever says that it is a telephone may have one that the tables do not know yet.
    known = phonenumbers.is_valid_number(number)
    if not known and not (loose and phonenumbers.is_possible_number(number)):
        return None
    if number.country_code not in _COUNTRIES and not said.startswith("+"):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
