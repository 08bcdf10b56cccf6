"""Amending: which other kind a ticket could be of, and what is owed once it is."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from actions.domain.category import IssueCategory, Privacy
from actions.domain.decision import UNCLASSIFIED
from actions.domain.identifiers import LeafCode
from actions.domain.sealing import has_other_side
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import Verb
from actions.domain.timeline import TimelineEntry
from actions.domain.understood import Ranking

Categories = Mapping[LeafCode, IssueCategory]

_SHORTEST: Final = 2


def likely(ranking: Ranking, current: LeafCode, categories: Categories) -> list[LeafCode]:
    """What the words were ranked as, then the neighbours of the kind it has now."""
    ranked = [LeafCode(code) for code, _ in ranking if code in categories]
    tops = [categories[code].top for code in (current, *ranked) if code in categories]
    beside = [code for top in tops for code, each in categories.items() if each.top == top]
    not_this = (current, UNCLASSIFIED)
    return [code for code in dict.fromkeys((*ranked, *beside)) if code not in not_this]


def matching(words: str, categories: Categories) -> list[LeafCode]:
    """The kind with this code or name; else those whose name holds the words or is held by them."""
    said = _folded(words)
    exact = [code for code, each in categories.items() if said in _names(code, each)]
    if exact or len(said) < _SHORTEST:
        return exact
    named = [
        code
        for code, each in categories.items()
        if any(said in name or (name in said and len(name) >= _SHORTEST)
               for name in _names(code, each))
    ]  # fmt: skip
    return named or [
        code
        for code, each in categories.items()
        if any(said in _folded(name) for name in each.top_name.values())
    ]


def _names(code: LeafCode, category: IssueCategory) -> set[str]:
    named = (code, *category.name.values(), *category.label.values())
    return {_folded(name) for name in named if name}


def _folded(words: str) -> str:
    return "".join(unicodedata.normalize("NFKC", words).casefold().split())


def kept(ticket: Ticket, anew: Mapping[str, datetime]) -> dict[str, datetime]:
    """Those of the new dates that come before what was promised; a promise is never put off."""
    earlier: dict[str, datetime] = {}
    for name, at in anew.items():
        promised = getattr(ticket, name)
        if promised is None or at < promised:
            earlier[name] = at
    return earlier


#: The fewer may see it, the later it comes.
_CLOSER: Final = [each.value for each in (Privacy.PUBLIC, Privacy.SEALED, Privacy.RESTRICTED)]


def rules_for(
    category: IssueCategory, timeline: Sequence[TimelineEntry], before: Ticket
) -> dict[str, Any]:
    """What the rules say of a ticket of this kind; a tier that was raised stays raised.

    What was said in confidence stays so, unless it was sealed only until its kind was known.
    """
    found = {
        "urgency": category.urgency.value,
        "privacy": _as_close(category.privacy, before),
    }
    return found if _was_raised(timeline) else found | {"tier": category.tier.value}


def _as_close(privacy: Privacy, before: Ticket) -> str:
    if not has_other_side(before) or before.category == UNCLASSIFIED:
        return privacy.value
    return closer(privacy, before)


def closer(privacy: Privacy, before: Ticket) -> str:
    """Whichever fewer may see."""
    return max(privacy.value, before.privacy, key=_closeness)


def _closeness(privacy: str) -> int:
    return _CLOSER.index(privacy) if privacy in _CLOSER else len(_CLOSER)


def _was_raised(timeline: Iterable[TimelineEntry]) -> bool:
    tiers = [each.verb for each in timeline if each.verb in (Verb.RAISE_TIER, Verb.LOWER_TIER)]
    return tiers[-1:] == [Verb.RAISE_TIER]


def draft_of(timeline: Sequence[TimelineEntry]) -> int | None:
    """The draft a ticket was filed from."""
    drafts = [entry.data.get("draft") for entry in timeline if entry.verb is Verb.SUBMIT]
    return int(drafts[0]) if drafts and drafts[0] is not None else None
