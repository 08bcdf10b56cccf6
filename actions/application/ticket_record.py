"""The record of a ticket as one person may see it: roles instead of names, others left out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Final

from actions.application.record_details import detail_of
from actions.application.web_records import RecordLine
from actions.domain.identifiers import AttachmentId
from actions.domain.masking import mask
from actions.domain.people import Actor
from actions.domain.permissions import handles, may_see
from actions.domain.sealing import has_other_side, hides_reporter, words_for_workers
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import Verb
from actions.domain.timeline import TimelineEntry


class Viewer(Enum):
    """In which light somebody looks at a ticket."""

    REPORTER = auto()
    FOLLOWER = auto()
    WORKER = auto()


#: Bookkeeping that tells nobody anything.
_UNSHOWN: Final = frozenset({Verb.BEGIN, Verb.CONTACT, Verb.RECUSE})
#: What a resident never sees of others: how the office arranges itself, and who else asked.
_INSIDE: Final = frozenset(
    {
        Verb.ESCALATE, Verb.RAISE_TIER, Verb.LOWER_TIER, Verb.ARCHIVE, Verb.RULE,
        Verb.JOIN, Verb.LEAVE, Verb.URGE, Verb.ADD, Verb.ANSWER, Verb.CLIMB, Verb.PROPOSE,
        Verb.REFUSE, Verb.VERIFY, Verb.SPLIT, Verb.PART, Verb.RECHECK,
    }
)  # fmt: skip
#: What stays inside; a note that is told to the reporter is said once more (`shares`).
_KEPT_INSIDE: Final = frozenset({Verb.NOTE, Verb.PHOTO})
#: Whose reason or text is meant for the reporter.
_TOLD: Final = frozenset(
    {
        Verb.ASK, Verb.DECLINE, Verb.GIVE_UP, Verb.EXPLAIN, Verb.HOLD, Verb.HAND_OUT, Verb.REPORT,
        Verb.MILESTONE, Verb.SCHEDULE, Verb.RESCHEDULE, Verb.RESOLVE, Verb.SAY, Verb.EXTEND,
        Verb.TEMPORARY, Verb.CHANGED, Verb.TAKE_BACK,
    }
)  # fmt: skip
#: Lines between the reporter and the worker; other followers do not listen in.
_BETWEEN_TWO: Final = frozenset({Verb.SAY, Verb.ASK})
_RESIDENTS: Final = frozenset({"RES", "ANO", "follower", "anyone"})
_WORDS: Final = ("words", "text")


@dataclass(frozen=True)
class _Seen:
    actor: Actor
    viewer: Viewer
    ticket: Ticket
    since: datetime | None = None


def viewer_of(actor: Actor, ticket: Ticket, followers: Iterable[int]) -> Viewer | None:
    """None when the ticket does not exist for this person."""
    known = frozenset(followers)
    if not may_see(actor, ticket, known):
        return None
    if ticket.reporter == actor.person_id:
        return Viewer.REPORTER
    if handles(actor, ticket):
        return Viewer.WORKER
    return Viewer.FOLLOWER


def record_of(
    ticket: Ticket,
    entries: Sequence[TimelineEntry],
    actor: Actor,
    viewer: Viewer,
    *,
    since: datetime | None = None,
) -> tuple[RecordLine, ...]:
    """The entries this person may see, oldest first, each without what is not for them.

    Nothing from before `since`: when others spoke.
    """
    return tuple(_lines(entries, _Seen(actor, viewer, ticket, since)))


def _lines(entries: Sequence[TimelineEntry], seen: _Seen) -> Iterator[RecordLine]:
    assignee_role = ""
    for entry in entries:
        # Whoever acts as assignee does so in the role of the latest hand-over before.
        role = assignee_role if entry.role == "assignee" else entry.role
        role = "system" if entry.is_by_rule else role
        assignee_role = str(entry.data.get("assignee_role") or assignee_role)
        if _shows(entry, seen):
            yield _line(entry, seen, role)


def _shows(entry: TimelineEntry, seen: _Seen) -> bool:
    if entry.verb in _UNSHOWN or (seen.since is not None and entry.at < seen.since):
        return False
    if seen.viewer is Viewer.WORKER or entry.actor == seen.actor.person_id:
        return True
    if entry.verb in _INSIDE or entry.verb in _KEPT_INSIDE or _is_of_a_neighbour(entry, seen):
        return False
    return seen.viewer is Viewer.REPORTER or entry.verb is not Verb.SAY or _is_shared(entry)


def _is_of_a_neighbour(entry: TimelineEntry, seen: _Seen) -> bool:
    """Who else spoke, and when, is nobody's to know where the other side may be listening."""
    return has_other_side(seen.ticket) and entry.role in _RESIDENTS


def _is_shared(entry: TimelineEntry) -> bool:
    """A note that was passed on to everyone who raised the matter."""
    return entry.data.get("shares") is not None


def _line(entry: TimelineEntry, seen: _Seen, role: str) -> RecordLine:
    mine = entry.actor == seen.actor.person_id
    full = mine or seen.viewer is Viewer.WORKER
    told = full or _is_told(entry, seen)
    return RecordLine(
        at=entry.at,
        key=f"verb_{entry.verb.value}",
        reason_key=_reason_key(entry) if told else "",
        words=_words(entry, seen, mine=mine) if told else "",
        detail=detail_of(entry) if told else None,
        role="me" if mine and role in _RESIDENTS else _named(role),
        photos=_photos(entry) if told and (mine or not _is_sealed(entry, seen)) else (),
    )


def _reason_key(entry: TimelineEntry) -> str:
    """One of the offered reasons, or that a verdict was passed on for somebody not here."""
    return str(entry.data.get("reason_key") or ("relayed" if entry.data.get("relayed") else ""))


def _is_told(entry: TimelineEntry, seen: _Seen) -> bool:
    """Whether the words and photos of somebody else's deed are meant for this resident."""
    if entry.role in _RESIDENTS or entry.verb not in _TOLD:
        return False
    return seen.viewer is Viewer.REPORTER or entry.verb not in _BETWEEN_TWO or _is_shared(entry)


def _words(entry: TimelineEntry, seen: _Seen, *, mine: bool) -> str:
    said = next((str(entry.data[key]) for key in _WORDS if entry.data.get(key)), entry.reason)
    if mine:
        return said
    return words_for_workers(seen.ticket, said) if _is_sealed(entry, seen) else mask(said)


def _is_sealed(entry: TimelineEntry, seen: _Seen) -> bool:
    """Whether it is a resident's, on a matter where nobody may learn whose."""
    return entry.role in _RESIDENTS and hides_reporter(seen.ticket)


def _photos(entry: TimelineEntry) -> tuple[AttachmentId, ...]:
    return tuple(AttachmentId(str(photo)) for photo in entry.data.get("photos") or ())


def _named(role: str) -> str:
    """A role as it may be shown: who asked is always simply a resident, the system nobody."""
    if role in _RESIDENTS:
        return "RES"
    return "" if role == "system" else role
