"""Corrections: somebody says that a message was understood wrongly, and as what it was meant."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from actions.domain.category import FOR_FEW, IssueCategory, Urgency
from actions.domain.draft import Draft
from actions.domain.identifiers import DraftId, InboxId, LeafCode, PersonId, TicketId
from actions.domain.masking import mask
from actions.domain.origin import FOR_ANOTHER
from actions.domain.own_place import without_flats, without_own_place
from actions.domain.people import Role


class Side(StrEnum):
    """Who put it right."""

    RESIDENT = "resident"
    WORKER = "worker"
    ADMIN = "admin"


class Kind(StrEnum):
    """What was wrong."""

    CATEGORY = "category"
    DANGER = "danger"  #: somebody is in danger, and it was taken for less
    CALM = "calm"  #: nobody is, and it was taken for a danger
    TALK = "talk"  #: nothing was to be settled at all


#: What an example says of danger, where that was what had been misjudged.
DANGER_TOLD: Final = {Kind.DANGER.value: "now", Kind.CALM.value: "none"}


class Consent(StrEnum):
    """Whether the words may be kept to learn from. Without it only the fact is kept."""

    UNASKED = "unasked"
    GIVEN = "given"
    REFUSED = "refused"
    NEVER = "never"  #: nobody is asked: told for another, or a matter few may know of


class ReviewState(StrEnum):
    """What a reviewer made of it."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, kw_only=True)
class Correction:
    """`thought` and `corrected` are leaves; `corrected` is empty for talk."""

    person_id: PersonId  #: whose words they were
    draft_id: DraftId
    side: Side
    kind: Kind
    thought: str
    corrected: str = ""
    inbox_id: InboxId | None = None
    ticket_id: TicketId | None = None
    consent: Consent = Consent.UNASKED
    words: str = ""


#: The longest example anybody learns from; what is told after that is another story.
LONGEST: Final = 300
#: How long a number was is nothing to learn.
_STARS: Final = re.compile(r"\*{2,}")
_ADMINS: Final = frozenset({Role.ADM.value, Role.RVW.value, Role.PRV.value})


def side_of(role: str) -> Side:
    """The side of somebody who acts in a role on the ticket of another."""
    return Side.ADMIN if role in _ADMINS else Side.WORKER


def kind_of(thought: IssueCategory | None, corrected: IssueCategory) -> Kind:
    """Between emergencies and the rest it is the danger that was misjudged."""
    was = thought is not None and thought.urgency is Urgency.E
    if was == (corrected.urgency is Urgency.E):
        return Kind.CATEGORY
    return Kind.CALM if was else Kind.DANGER


def thought_of(draft: Draft) -> LeafCode | None:
    """What the model took it for first; a rule's word where no model was asked."""
    return LeafCode(draft.leaves[0][0]) if draft.leaves else None


def may_be_asked(draft: Draft, *categories: IssueCategory | None) -> bool:
    """Whether its words could be kept at all, with consent."""
    is_for_few = any(each is not None and each.privacy in FOR_FEW for each in categories)
    return draft.origin not in FOR_ANOTHER and not is_for_few


def kept_words(text: str) -> str:
    """A message as it may be kept: one line, without numbers, anybody's flat and the own name."""
    line = " ".join(text.split())[:LONGEST]
    return _STARS.sub("*", mask(without_flats(without_own_place(line)))).strip()


def told_first(draft: Draft, message: str) -> str:
    """The words that were classified; details came later, on lines of their own."""
    whole = message.strip()
    if whole and draft.text.startswith(whole):
        return whole
    return draft.text.partition("\n")[0]


def arrival_of(draft: Draft) -> InboxId | None:
    """The message a draft was made of."""
    source, _, number = draft.cause.partition(":")
    return InboxId(int(number)) if source == "inbox" and number.isdigit() else None
