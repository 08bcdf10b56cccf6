"""`Draft`: a half-told matter, kept in SQL so that it survives everything (D11)."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from actions.domain.category import IssueCategory
from actions.domain.identifiers import (
    AttachmentId,
    ConversationId,
    DraftId,
    LeafCode,
    PersonId,
    TicketId,
)
from actions.domain.place import Location
from actions.domain.understood import Ranking


class DraftState(StrEnum):
    """What became of a draft."""

    OPEN = "open"
    SUBMITTED = "submitted"
    ABANDONED = "abandoned"
    EXPIRED = "expired"


class Lack(StrEnum):
    """What a draft still needs, in the order it is asked."""

    EMERGENCY = "emergency"  #: is anybody in danger right now?
    MATTER = "matter"  #: is it to be filed at all?
    PLACE = "place"
    WHICH_PLACE = "which_place"  #: several places fit what was said
    CATEGORY = "category"
    SUBJECT = "subject"  #: whom of the staff is it about?


@dataclass
class Draft:
    """What is known of a matter so far. `batch` joins drafts told in one message."""

    conversation_id: ConversationId
    person_id: PersonId
    text: str
    batch: str
    begun_at: datetime
    updated_at: datetime
    id: DraftId | None = None
    state: DraftState = DraftState.OPEN
    summary: str = ""
    leaves: Ranking = ()
    category: LeafCode | None = None
    location: Location = field(default_factory=Location)
    candidates: tuple[str, ...] = ()  #: codes of places that fit what was said
    photos: tuple[AttachmentId, ...] = ()
    anonymous: bool = False
    when: str = ""
    language: str = ""
    asked: int = 0  #: questions put so far
    asking: Lack | None = None
    danger_asked: bool = False
    likeness_asked: bool = False
    alike: TicketId | None = None  #: the ticket it may be the same as, while that is asked
    offered_again: bool = False
    vector: tuple[float, ...] = ()
    cause: str = ""
    subjects: tuple[int, ...] = ()  #: people of the staff it is about
    subject_asked: bool = False
    origin: str = ""  #: how it came in, see `Origin`
    origin_asked: bool = False  #: what its origin wants to know was asked
    agreed: str = ""  #: whether the person concerned agrees, see `Agreed`
    agreed_at: str = ""
    contact: str = ""  #: how to reach the person concerned, encrypted
    finding: tuple[int, ...] = ()  #: (round, number) of the finding it is made of

    def lacks(self, category: IssueCategory | None) -> Lack | None:
        """The one thing to ask next, or None when the card can be shown."""
        if self.candidates:
            return Lack.WHICH_PLACE
        needs_place = category is None or category.needs_place
        if needs_place and not self.location.is_said:
            return Lack.PLACE
        return Lack.CATEGORY if category is None else None
