"""When: jionlp for Chinese, a few patterns for English and for what both leave vague."""

from __future__ import annotations

import contextlib
import io
import logging
import re
import sys
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Dict, List

from nlu.components.entity import Entity

logger = logging.getLogger(__name__)

_TIME = re.compile(r"[日天晚早午夜周月年点时号前今昨明后期末初刚小分]|\d:\d\d")
_ENGLISH = re.compile(
    r"\b(?:(?P<day>yesterday|today|tomorrow)"
    r"|(?P<night>last night|tonight|this morning|this afternoon|this evening)"
    r"|(?:every|each) (?:day|night|morning|evening|weekend|week|month)|all (?:day|night)"
    r"|last (?:week|weekend|month|year)|recently|lately|these days|for (?:days|weeks|months)"
    r"|(?:for |over |in )?the (?:past|last) (?:\w+ )?(?:days?|weeks?|months?|nights?)"
    r"|(?:since|on|last|this|next) (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
    r"|for (?:\d+|a|two|three|several|a few) (?:hours?|days?|weeks?|months?|years?)"
    r"|(?:\d+|two|three|several|a few) (?:minutes?|hours?|days?|weeks?|months?) ago"
    r"|(?:at |after |before |around |until |till )?\d{1,2}(?::\d{2})?\s?(?:am|pm|a\.m\.|p\.m\.)"
    r"|midnight)(?!\w)",
    re.IGNORECASE,
)
#: Hours from the start of today.
_ENGLISH_SPANS = {
    "yesterday": (-24, 0),
    "today": (0, 24),
    "tomorrow": (24, 48),
    "last night": (-6, 6),
    "tonight": (18, 30),
    "this morning": (5, 12),
    "this afternoon": (12, 18),
    "this evening": (18, 24),
}
_PART_OF_DAY = r"(?:早上|上午|中午|下午|傍晚|晚上|夜里|夜晚|半夜|深夜|凌晨|周末|节假日)"
#: What comes again and again; jionlp would take the hour in it for that of today.
_RHYTHM = re.compile(
    rf"每(?:天|日|晚|周|逢|到|个(?:月|星期|礼拜|周末))(?:的?{_PART_OF_DAY}|周末|放假)?"
    rf"|(?:天天|整天|经常|总是?|老是|一到){_PART_OF_DAY}|天天|晚晚|夜夜"
)
#: What names no day; read only where nothing more exact stands.
_VAGUE = re.compile(
    r"(?:最近|最|这|那|前|近|过去|之前|好|头)几(?:天|日|晚|个?(?:星期|礼拜|月)|周)"
    r"|最近(?:一段时间|这?段时间)?(?!的|距离)|近期|近来|近日|[这那前]一?(?:段时间|阵子?)"
    r"|前些(?:天|日子)|[上这]个?(?:礼拜|星期|周末)|刚才|凌晨|夜里|半夜"
)
#: What jionlp takes for a time and people do not mean as one.
_NOT_A_TIME = re.compile(r"^(?:\d{1,4}|[一二三四五六七八九十]+|小时|时候|一时|一天到晚|白天)$")


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


def _value(detail: Dict[str, Any]) -> Dict[str, str]:
    """The ISO ends of a point or span; a duration or a rhythm has none."""
    if detail.get("type") not in ("time_point", "time_span"):
        return {}
    first, last = detail["time"]
    ends = {"from": _iso(first), "to": _iso(last)}
    return {key: moment for key, moment in ends.items() if moment}


def _find_chinese(text: str, now: datetime) -> List[Entity]:
    if not _TIME.search(text):
        return []
    try:
        found = _jionlp().ner.extract_time(text, time_base=now.timestamp())
    except Exception:  # noqa: BLE001  the library raises whatever its parser meets
        logger.warning("the time parser gave up on a message")
        return []
    return [
        Entity("time", *item["offset"], _value(item["detail"]))
        for item in found
        if not _NOT_A_TIME.match(item["text"])
    ]


def _find_english(text: str, now: datetime) -> List[Entity]:
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    found = []
    for match in _ENGLISH.finditer(text):
        hours = _ENGLISH_SPANS.get((match["day"] or match["night"] or "").lower())
        value = {}
        if hours:
            first, last = (midnight + timedelta(hours=hour) for hour in hours)
            value = {"from": first.isoformat(), "to": last.isoformat()}
        found.append(Entity("time", match.start(), match.end(), value))
    return found


def _find_plain(pattern: re.Pattern[str], text: str) -> List[Entity]:
    """Words for a time that have no ends."""
    return [Entity("time", match.start(), match.end()) for match in pattern.finditer(text)]


def find_moments(text: str, now: datetime) -> List[Entity]:
    """Every time named in the text, as seen from `now`; the longest first, as they may overlap."""
    found = [
        *_find_plain(_RHYTHM, text),
        *_find_chinese(text, now),
        *_find_english(text, now),
        *_find_plain(_VAGUE, text),
    ]
    return sorted(found, key=lambda entity: entity.start - entity.end)
