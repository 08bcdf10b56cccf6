"""What a page shows of a conversation: who said what, and what was understood of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from actions.domain.identifiers import ConversationId, PersonId

#: How long words stay unmasked for whoever gave a reason.
UNMASKED_MINUTES: Final = 10
#: What is written on the trail.
LOOKED: Final = "read-transcript"
LOOKED_UNMASKED: Final = "read-transcript-unmasked"
UNMASKED: Final = "unmask-transcript"
REDACTED: Final = "redact-message"


@dataclass(frozen=True, kw_only=True)
class Parse:
    """What the model made of one message, and which model it was."""

    language: str
    intent: str
    confidence: float
    intents: Sequence[tuple[str, float]]
    leaves: Sequence[tuple[str, float]]
    emergency: float
    entities: Sequence[tuple[str, str]]  #: kind and the words it stood in, masked as they are
    model: str
    data: str


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One line: `pieces` are its words, each with the kind of thing it was taken for, or none."""

    id: int
    seq: int
    is_theirs: bool
    kind: str
    pieces: Sequence[tuple[str, str]]
    at: datetime
    parse: Parse | None = None
    is_cause: bool = False  #: it was this one that filed the ticket


@dataclass(frozen=True, kw_only=True)
class Talk:
    conversation_id: ConversationId
    participant: str
    name: str
    turns: Sequence[Turn]
    is_unmasked: bool = False
    earlier: int | None = None  #: lines before this one are not shown
    later: int | None = None


@dataclass(frozen=True, kw_only=True)
class TalkWanted:
    """What the list of conversations is narrowed down to."""

    participant: str = ""
    day: date | None = None
    kind: str = ""  #: empty, unsure or unanswered


@dataclass(frozen=True, kw_only=True)
class TalkLine:
    """One message of a resident in that list, masked."""

    conversation_id: ConversationId
    seq: int
    participant: str
    words: str
    at: datetime
    intent: str = ""
    confidence: float | None = None


@dataclass(frozen=True, kw_only=True)
class TalkPage:
    lines: Sequence[TalkLine]
    further: int | None = None


@dataclass(frozen=True, kw_only=True)
class Look:
    """Somebody looked, or did more than that."""

    at: datetime
    action: str
    by: PersonId
    name: str
    reason: str
