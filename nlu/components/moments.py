"""When: jionlp for Chinese, a few patterns for English."""

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
    r"\b(?:(?P<day>yesterday|today|tomorrow)|(?P<night>last night|tonight|this morning|this afternoon|this evening)"
    r"|(?:every|each) (?:day|night|morning|evening|weekend|week)|all (?:day|night)|last (?:week|month)"
    r"|(?:since|on|last|this|next) (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
    r"|for (?:\d+|a|two|three|several|a few) (?:hours?|days?|weeks?|months?|years?)"
    r"|(?:\d+|two|three|several|a few) (?:minutes?|hours?|days?|weeks?|months?) ago"
    r"|(?:at |after |before |around |until |till )?\d{1,2}(?::\d{2})?\s?(?:am|pm|a\.m\.|p\.m\.)|midnight)(?!\w)",
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
    """jionlp writes `inf` for an open end."""
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


def find_moments(text: str, now: datetime) -> List[Entity]:
    """Every time named in the text, as seen from `now`."""
    return [*_find_chinese(text, now), *_find_english(text, now)]
