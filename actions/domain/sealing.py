"""Sealing: what those who settle a matter see of one that is about somebody else here.

The one it is about may be anybody: a neighbour in this very chat, a colleague of the worker. What
is never passed on cannot slip out at a door.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from actions.domain.category import Privacy, Urgency
from actions.domain.identifiers import LeafCode
from actions.domain.masking import mask
from actions.domain.own_place import is_theirs, tells_a_flat, without_flats, without_own_place
from actions.domain.parts import is_part
from actions.domain.people import Role
from actions.domain.road import PRAISE
from actions.domain.ticket import Ticket

#: Kinds of matter that have another side: a neighbour, a firm, somebody of the staff.
ABOUT_SOMEBODY: Final = frozenset(
    LeafCode(code)
    for code in (
        "NOI01", "NOI02", "NOI03", "ORD02", "GRN04", "SAF02", "SAF04", "SAF05", "SAF07",
        "PMC01", "PMC02", "PMC03", "PMC04", "OTH03", "OTH99",
    )
)  # fmt: skip


#: Kinds not told to everybody for the sake of whoever asks: a leak, help, a question.
_FOR_ONESELF: Final = frozenset(
    LeafCode(code)
    for code in (
        "BLD05", "PUB07", "PMC05", "SVC01", "SVC03", "SVC04", "SVC05", "SVC06", "SVC07", "SVC09",
        "OTH01", "OTH04",
    )
)  # fmt: skip


def is_about_somebody(category: str, privacy: str) -> bool:
    """Whether there is another side, which must not learn who spoke.

    So it is as well where a kind anybody may hear of is not public: it was told as another kind.
    """
    if privacy == Privacy.PUBLIC:
        return False
    return category in ABOUT_SOMEBODY or category not in _FOR_ONESELF


def is_among_few(category: str, privacy: str) -> bool:
    """Whether when and how many others spoke is not for neighbours.

    A leak comes from somebody's flat: in a small house the day and the number would say whose.
    """
    return privacy == Privacy.SEALED or is_about_somebody(category, privacy)


#: Bodies a kind of complaint is about: asked for a part in the lead's words, never given it.
_COMPLAINED_OF: Final[Mapping[LeafCode, frozenset[Role]]] = {
    LeafCode("PMC01"): frozenset({Role.PRM}),
    LeafCode("PMC02"): frozenset({Role.OWC}),
    LeafCode("PMC03"): frozenset({Role.PRM}),
}


def is_about_body(category: str, role: Role) -> bool:
    """Whether whoever is in this role would be given a complaint about themselves."""
    return role in _COMPLAINED_OF.get(LeafCode(category), frozenset())


def bodies_complained_of(ticket: Ticket) -> frozenset[Role]:
    """Whom the whole is never handed to; what a lead asks of them is a part of its own."""
    if is_part(ticket):
        return frozenset()
    return _COMPLAINED_OF.get(LeafCode(ticket.category), frozenset())


def has_other_side(ticket: Ticket) -> bool:
    return is_about_somebody(ticket.category, ticket.privacy)


def hides_reporter(ticket: Ticket) -> bool:
    """Where a life may hang on it, whoever goes there has to know where somebody waits."""
    return has_other_side(ticket) and ticket.urgency != Urgency.E


def _hides_home(ticket: Ticket) -> bool:
    """Praise as well is from nobody in particular: whoever wants to be known signs it."""
    return hides_reporter(ticket) or ticket.category == PRAISE


def words_for_workers(ticket: Ticket, text: str) -> str:
    """A resident's words as those who handle the ticket may read them."""
    return mask(without_own_place(text) if _hides_home(ticket) else text)


def summary_for_workers(category: str, summary: str, privacy: str) -> str:
    """The reporter's words in a list."""
    hides_home = is_about_somebody(category, privacy) or category == PRAISE
    return mask(without_own_place(summary) if hides_home else summary)


def label_for_workers(category: str, label: str, privacy: str) -> str:
    """The place in a list, where no list knows it: whose flat it names is not to be told here."""
    return mask(without_flats(label) if is_about_somebody(category, privacy) else label)


def detail_for_workers(ticket: Ticket) -> str:
    """Floor and flat of the matter; left out where they may be the reporter's own."""
    detail = str(ticket.location.get("detail") or "")
    if _hides_home(ticket) and tells_a_flat(detail) and not is_theirs(detail, ticket.summary):
        return ""
    return mask(detail)


def spot_for_workers(ticket: Ticket) -> str:
    """What the reporter called the place, where no list knows it; no flat but the other side's."""
    label = str(ticket.location.get("label") or "")
    if _hides_home(ticket) and not is_theirs(label, ticket.summary):
        label = without_flats(label)
    return words_for_workers(ticket, label)


_PARTS: Final = (
    (
        "night",
        r"半夜|深夜|夜深|凌晨|通宵|深宵|三更|夜里|夜裡|\b(?:mid)?night\b|at night|small hours",
    ),
    ("midday", r"中午|午休|午睡|正午|晏昼|晏晝|\b(?:noon|midday|lunch)"),
    ("morning", r"清晨|清早|一早|大早|早上|朝早|早晨|上午|\bmorning"),
    ("afternoon", r"下午|\bafternoon"),
    ("evening", r"晚上|夜晚|傍晚|今晚|昨晚|每晚|晚饭|\bevening|tonight"),
)
_NIGHT_FROM, _MORNING_FROM, _MIDDAY_FROM, _AFTERNOON_FROM, _EVENING_FROM = 22, 6, 11, 14, 18


_AT_ALL_HOURS: Final = re.compile(
    r"(?:整|全|成)(?:天|日)|一天到(?:晚|黑)|从早到晚|從早到晚|由朝到晚|朝到晚|日日夜夜|日夜|没日没夜"
    r"|白天(?:和|跟|到|同)?(?:晚上|黑夜)|24\s?(?:小时|小時|hours)|(?:all|whole) day|day and night"
    r"|around the clock|round the clock",
    re.IGNORECASE,
)
_JUST_NOW: Final = re.compile(
    r"现在|現在|正在|[又还還]在|此刻|刚才|刚刚|剛才|剛剛|而家|依家|宜家|啱啱|头先|頭先"
    r"|(?<![要趕嚴])緊(?![要急張])|\b(?:right now|now|just now|at the moment)\b",
    re.IGNORECASE,
)


def part_of_day(words: str, told_at: datetime) -> str:
    """When it happens, no more exactly than a neighbour would say it.

    By the words; by the hour where they are about now, `told_at` being local time. One of night,
    morning, midday, afternoon, evening; empty where nothing tells, or it is at all hours.
    """
    if _AT_ALL_HOURS.search(words):
        return ""
    for part, pattern in _PARTS:
        if re.search(pattern, words, re.IGNORECASE):
            return part
    return _part_at(told_at.hour) if _JUST_NOW.search(words) else ""


def _part_at(hour: int) -> str:
    if hour >= _NIGHT_FROM or hour < _MORNING_FROM:
        return "night"
    if hour < _MIDDAY_FROM:
        return "morning"
    if hour < _AFTERNOON_FROM:
        return "midday"
    return "afternoon" if hour < _EVENING_FROM else "evening"
