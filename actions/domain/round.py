"""A round of the neighbourhood: what somebody saw and heard on their way (mission 1.1.7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from actions.domain.identifiers import AttachmentId, DraftId, PersonId, TicketId
from actions.domain.people import Actor, Role

#: A round nobody ended is over after this.
ROUND_LASTS: Final = timedelta(hours=12)
#: Words and photos this close together are about the same thing.
TOGETHER: Final = timedelta(minutes=3)

#: Who makes rounds, the role that counts most first.
ROUND_ROLES: Final = (
    Role.GWF, Role.GWP, Role.CAP, Role.VOL, Role.PRM, Role.GLD, Role.CMT, Role.PBR, Role.OWC,
    Role.REP, Role.POL,
)  # fmt: skip


class RoundKind(StrEnum):
    """Looking around, or knocking at doors."""

    PATROL = "patrol"
    VISIT = "visit"


class Outcome(StrEnum):
    """What became of one finding."""

    OPEN = ""
    SETTLED = "settled"  #: on the spot
    FILED = "filed"
    NOTED = "noted"
    DROPPED = "dropped"


@dataclass(frozen=True, kw_only=True)
class Round:
    id: int
    person_id: PersonId
    area: str
    kind: RoundKind
    begun_at: datetime
    ended_at: datetime | None = None


@dataclass(kw_only=True)
class Finding:
    """One thing seen or heard. `heard` holds what was understood of its words."""

    round_id: int
    seq: int
    at: datetime
    touched_at: datetime
    words: str = ""
    photos: Sequence[AttachmentId] = ()
    outcome: Outcome = Outcome.OPEN
    ticket_id: TicketId | None = None
    draft_id: DraftId | None = None
    heard: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_waiting(self) -> bool:
        """Neither settled, filed nor dropped."""
        return self.outcome in (Outcome.OPEN, Outcome.NOTED)

    def takes_photo(self, now: datetime) -> bool:
        """Whether a photo that comes now is of this finding.

        One that began with words takes photos; so does one that is photos only, and one that was
        settled without any: its proof.
        """
        if now - self.touched_at > TOGETHER:
            return False
        if self.outcome is Outcome.SETTLED:
            return not self.photos
        began_with_photo = bool(self.heard.get("photo_first"))
        return self.outcome is Outcome.OPEN and not (began_with_photo and self.words)

    def takes_words(self, now: datetime) -> bool:
        """Whether words that come now say what the photos show."""
        if self.words or not self.photos or self.outcome is Outcome.DROPPED:
            return False
        return bool(self.heard.get("wants_words")) or now - self.touched_at <= TOGETHER


def round_role(actor: Actor) -> str:
    """The role in which somebody finds or types in what is filed; the most telling of several."""
    held = {grant.role for grant in actor.grants}
    return next((role.value for role in ROUND_ROLES if role in held), "")


def round_area(actor: Actor) -> str | None:
    """The area of the role in which somebody goes round, None when they have no such role.

    Of several the most exact: a round is made on foot.
    """
    areas = [grant.area for role in ROUND_ROLES for grant in actor.grants if grant.role is role]
    return max(areas, key=lambda area: area.count("/")) if areas else None
