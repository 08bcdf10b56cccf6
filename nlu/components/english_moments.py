"""When, in English: days, parts of them and clocks, with what begins, repeats or bounds them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Dict, List, Tuple

from nlu.components.english_dates import clocks, dates
from nlu.components.word_lists import any_of, either, word_lists

Span = Tuple[int, int]

#: Hours from the start of today.
_ENDS: Dict[str, Tuple[int, int]] = {
    "yesterday": (-24, 0),
    "today": (0, 24),
    "tomorrow": (24, 48),
    "last night": (-6, 6),
    "tonight": (18, 30),
    "this morning": (5, 12),
    "this afternoon": (12, 18),
    "this evening": (18, 24),
}
_NUMBER = (
    r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty"
    r"|thirty|a few|a couple(?: of)?|couple(?: of)?|several|some|few|half an?)"
)
_LENGTH = (
    r"(?:min(?:ute)?s?|hours?|hrs?|days?|nights?|evenings?|mornings?|weeks?|wks?|weekends?"
    r"|fortnights?|months?|years?|yrs?|summers?|winters?)"
)
_LEADING = (
    r"(?:ever since|since|from|until|till|til|by|after|before|around|about|approx(?:imately)?"
    r"|roughly|round|at|on|over|between|starting|as of|up to|past|during|almost|early|earlier|late"
    r"|later|sometime|shortly|right|on or about|every|each|not before|no later than)\s"
    r"(?:about\s|around\s|like\s|roughly\s|the\s)?"
)
_GLUE = (
    r"(?:\s?(?:-|–|,|&|/|\(|and|to|till|until|til|at|on|of|from|in|in the|around|about|or|by|before"
    r"|after|between|right|through|thru|past|every|each|most|for|@|the|starting)\s?|\s)"
)
#: What people hang on a beginning: "since the factory moved", "until they shut".
_DEED = (
    r"(?:moved|move|started|opened|closed|shut|close|left|came|built|installed|changed|began|finished|finish"
    r"|arrived|renovation|update|repair|repairs|upgrade|works?|handover|typhoon|storm|rain|flood)"
)
_ENDING = (
    r"(?:closes?|shuts?|opens?|(?:gets?|goes|is) dark|leaves?|finish(?:es)?|ends?|starts?"
    r"|comes? home|go home|goes home|falls?|lights out)"
)
_NONE = re.compile(
    r"^(?:(?:in|at|on|by|for|nearly)?\s?(?:the\s)?(?:dark|sat|sun|second|mon|wed)|now"
    r"|these days|at one|at first|at last|by \d+|\d+ to \d+|in one|on one|from one to \w+)$",
    re.IGNORECASE,
)
_FIRST = re.compile(r"\d|[a-z]{2}", re.IGNORECASE)


def _which(weekday: str, month: str, parts: str) -> str:
    """Last week, every single night, this November; not "all day" and not "this minute"."""
    pointing = either(
        *("last", "this", "next", "past", "coming", "previous", "every", "each", "most", "all"),
        *("any", "some", "alternate", "the other", "the same", "every other", "every single"),
        *("that", "one", "whole of last"),
    )
    none = (
        r"(?!(?:all|some|any|one|that)\s(?:days?|weeks?|months?|years?|hours?|minutes?|mins?|hrs?)\b"
        r"|(?:this|that|last|each|one|next|any|some)\s(?:minutes?|mins?|hours?|hrs?)\b"
        r"|all\snights\b)"
    )
    seasons = r"spring|summer|winter|autumn|fall|year|christmas|new year"
    return (
        rf"{none}{pointing}\s(?:single\s|other\s|second\s|few\s|weekday\s|school\s|half\s)?"
        rf"(?:{weekday}s?|{parts}|{month}|{seasons}|{_LENGTH})\b(?:\s{parts}\b)?"
    )


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    words = word_lists("times_en")
    weekday, month, part = any_of(words["weekday"]), any_of(words["month"]), any_of(words["part"])
    parts = rf"{part}s?"
    joined = r"(?:/|&|,|-|to|and|through|thru|or|till|until)"
    unit = either(
        rf"(?:(?:about|around|over|nearly|almost|more than)\s)?{_NUMBER}\s(?:and a half\s)?"
        rf"{_LENGTH}\s(?:ago|back|earlier)\b",
        rf"(?:(?:the|these|for the|over the|in the)\s)?(?:past|last)\s(?:{_NUMBER}\s)?{_LENGTH}\b",
        any_of(words["fixed"]),
        _which(weekday, month, parts),
        r"(?:end|start|beginning|middle|(?:first|second|third|last)\s(?:week|half))\sof\s"
        rf"(?:(?:the|this|last|next)\s)?(?:{month}|month|year|week|day)\b",
        r"(?:the\s|last\s|this\s|next\s)(?:(?:first|second|third|fourth)\s)?quarter(?!\s(?:to|past))\b",
        rf"(?:in|at|on|during|by|late in|early in)\sthe\s(?:{parts}|(?:wee|small|early) hours"
        r"|middle of the night|dead of night)\b(?:\sof\s(?:the\s)?\d{1,2}(?:st|nd|rd|th))?",
        rf"(?:the\s)?{part}\s(?:of|before)\s(?:the\s)?(?:\d{{1,2}}(?:st|nd|rd|th)|last|yesterday|that)\b",
        *(dates(month, any_of(words["month_capital"])), any_of(words["day"]) + r"\b"),
        rf"{weekday}s?\b(?:\s*{joined}\s*{weekday}s?\b)*",
        clocks(any_of(words["clock"])),
        rf"(?:after|before|during|since|until|till)\s(?:the\s)?{any_of(words['event'])}\b(?:\stime)?",
        rf"(?:early|late|mid|weekday|weekend|school|work)[\s-]{parts}\b",
        rf"since\s(?:[a-z']+\s){{0,4}}?{_DEED}\b(?:\sin\b)?",
        r"since\s(?:the|my|our|their)\s[a-z]+(?:\s(?:of\s)?(?:the\s)?[a-z]+)?"
        r"(?:\s(?:was|were|got)\s[a-z]+|(?=\s*(?:[.,;!?]|and\b|but\b|$)))",
        rf"(?:after|before|until|till|once)\s(?:[a-z]+\s){{1,3}}?{_ENDING}\b",
    )
    tail = (
        rf"(?:\s(?:{parts}|onwards?|on(?=[.,;!?]|$)|night|daily|sharp|or so|ish|time|already|break"
        rf"|holidays?|just gone|before last|(?:until|till)\s(?:they|it|he|she|we)\s{_DEED})\b|\))*"
    )
    return re.compile(
        rf"(?<![A-Za-z0-9])(?:{_LEADING}){{0,2}}{unit}{tail}"
        rf"(?:{_GLUE}(?:{_LEADING})?{unit}{tail})*(?![A-Za-z0-9])",
        re.IGNORECASE | re.ASCII,
    )


def find_english(text: str) -> List[Span]:
    """Every stretch that says when."""
    if not _FIRST.search(text):
        return []
    return [match.span() for match in _pattern().finditer(text) if not _NONE.match(match.group())]


def ends_of(said: str, now: datetime) -> Dict[str, str]:
    """The ISO ends of a day named by a word, a part of one included."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    words = re.sub(r"^(?:since|from|until|till|by|on)\s", "", said.lower().strip())
    hours = _ENDS.get(words)
    if hours is None:
        return {}
    first, last = (midnight + timedelta(hours=hour) for hour in hours)
    return {"from": first.isoformat(), "to": last.isoformat()}
