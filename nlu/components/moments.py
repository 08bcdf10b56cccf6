"""When: stretches of the text found by grammar, and what jionlp makes of them."""

from __future__ import annotations

import contextlib
import io
import logging
import re
import sys
from datetime import datetime
from functools import lru_cache
from typing import Any, Dict, List, Tuple

from nlu.components.chinese_moments import find_chinese
from nlu.components.english_moments import ends_of, find_english
from nlu.components.entity import Entity

logger = logging.getLogger(__name__)

Span = Tuple[int, int]

_HAN = re.compile(r"[\u3400-\u9fff]")
#: What comes again and again has no ends; jionlp would take the hour in it for that of today.
_RHYTHM = re.compile(
    r"[每逢]|天天|日日|夜夜|晚晚|朝朝|年年|经常|老是|总是|整天|成日|平时|平日|周末|工作日|节假日|^一[到过入]"
    r"|[几前头].{0,2}[天日年月周晚]|凌晨$|半夜$|夜里$|期间|高峰|放学|下班"
)
#: jionlp reads the middle of a span without these better.
_WRAPPED = re.compile(
    r"^(?:自从|从|自|由|打从|大概|大约|约|差不多|直到|到了?)|(?:开始|起|以来|左右|前后|的时候|那会儿?|多|出头)$"
)
_CHARACTERS_TO_READ = 24
_LOOK_BACK = 10
#: Between two times that are one: 上星期四 7pm, since 上个月.
_GLUE = re.compile(r"\s*(?:的|,|at|on|around)?\s*", re.IGNORECASE)
_AFTERWARDS = re.compile(r"\s?(?:之后|以后|之前|以前|开始|左右|后|前|起)")
_SINCE = re.compile(
    r"\b(?:since|from|until|till|after|before|every|around|about)\s$", re.IGNORECASE
)


@lru_cache(maxsize=1)
def _jionlp() -> Any:
    with contextlib.redirect_stdout(io.StringIO()):  # it greets on import
        import jionlp  # slow import

        jionlp.parse_time("今天")  # makes it load the parser
    # What the parser cannot read it would log with a traceback and the resident's words.
    silent = logging.getLogger("nlu.silent")
    silent.disabled = True
    sys.modules["jionlp.gadget.time_parser"].logging = silent  # type: ignore[attr-defined]
    return jionlp


def _iso(moment: Any) -> str:
    """As ISO 8601; jionlp writes `inf` for an open end."""
    text = str(moment)
    return "" if "inf" in text else text.replace(" ", "T")


def _value(said: str, now: datetime) -> Dict[str, str]:
    """The ISO ends of a point or span; a rhythm has none, nor has what the parser cannot read."""
    if not _HAN.search(said):
        return ends_of(said, now)
    if _RHYTHM.search(said) or len(said) > _CHARACTERS_TO_READ:
        return {}
    try:
        read = _jionlp().parse_time(_WRAPPED.sub("", said), time_base=now.timestamp())
    except Exception:  # noqa: BLE001  the library raises whatever its parser meets
        logger.debug("the time parser gave up on a time")
        return {}
    if read.get("type") not in ("time_point", "time_span"):
        return {}
    first, last = read["time"]
    ends = {"from": _iso(first), "to": _iso(last)}
    return {key: moment for key, moment in ends.items() if moment}


def find_moments(text: str, now: datetime, *, with_lasting: bool = False) -> List[Entity]:
    """Every time named in the text, as seen from `now`, in reading order."""
    chinese = find_chinese(text, with_lasting=with_lasting)
    spans = _joined(text, sorted({*chinese, *find_english(text)}))
    return [Entity("time", start, end, _value(text[start:end], now)) for start, end in spans]


def _joined(text: str, spans: List[Span]) -> List[Span]:
    """Overlapping or neighbouring spans of the two languages are one time."""
    joined: List[Span] = []
    for span in spans:
        start, end = _widened(text, span)
        before = joined[-1] if joined else None
        if before and (start < before[1] or _GLUE.fullmatch(text[before[1] : start])):
            joined[-1] = (before[0], max(end, before[1]))
        else:
            joined.append((start, end))
    return joined


def _widened(text: str, span: Span) -> Span:
    """With the word of the other language that belongs to it: since 上个月, 昨晚 midnight 之后."""
    start, end = span
    since = _SINCE.search(text[max(0, start - _LOOK_BACK) : start])
    if since:
        start -= len(since.group())
    further = _AFTERWARDS.match(text, end)
    if further and text[end - 1].isascii():
        end = further.end()
    return start, end
