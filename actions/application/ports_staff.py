"""Ports of the console's people, invitations and what could not be delivered or read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

from actions.application.invited import Invited
from actions.application.ports_console import Staff
from actions.domain.identifiers import ConversationId, PersonId
from actions.domain.people import RoleGrant

#: Where something got stuck: on the way out, on the way in, or before it could be read.
LetterKind = Literal["out", "in", "raw"]


@dataclass(frozen=True, kw_only=True)
class HeldSeat:
    """One living seat of somebody, and since when."""

    grant: RoleGrant
    granted_at: datetime
    granted_by: str = ""  #: name of who gave it; empty for the system


@dataclass(frozen=True, kw_only=True)
class Colleague:
    """Somebody who works here: names and roles, no number and no address."""

    person_id: PersonId
    participant_id: str
    display_name: str
    seats: tuple[HeldSeat, ...]
    away_until: datetime | None = None
    login: str = ""
    signed_in_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class PeoplePage:
    people: tuple[Colleague, ...]
    after: str = ""  #: where the next page begins; empty on the last


@dataclass(frozen=True, kw_only=True)
class WaitingSeat:
    """Somebody used an unnamed code and waits for a second look."""

    invitation_id: int
    grant: RoleGrant
    person_id: PersonId
    participant_id: str
    redeemed_at: datetime


@dataclass(frozen=True, kw_only=True)
class OpenInvitation:
    """A code that nobody has used yet."""

    id: int
    grant: RoleGrant
    display_name: str
    created_at: datetime
    expires_at: datetime


class ConsolePeople(Protocol):
    async def page(
        self, areas: Sequence[str], *, words: str, role: str, after: str, limit: int
    ) -> PeoplePage:
        """Who holds a seat inside the areas, by name; `after` is where the page before ended."""
        ...

    async def one(self, participant_id: str) -> Colleague | None: ...
    async def waiting(self, areas: Sequence[str], *, limit: int) -> Sequence[WaitingSeat]: ...
    async def invitations(
        self, areas: Sequence[str], *, limit: int
    ) -> Sequence[OpenInvitation]: ...
    async def withdraw(self, invitation_id: int, *, by: PersonId) -> bool:
        """Nobody can use the code from now on; False when somebody has."""
        ...


class Inviting(Protocol):
    async def invite(
        self, role: str, *, area: str = "", name: str = "", by: PersonId = ..., where: str = ...
    ) -> Invited:
        """A one-time code, shown once. Whether the inviter may give it is asked before."""
        ...


@dataclass(frozen=True, kw_only=True)
class Letter:
    """Something that is stuck, without its words."""

    kind: LetterKind
    id: int
    channel: str
    template: str  #: of a message on its way out
    attempts: int
    at: datetime
    error: str
    name: str = ""  #: of who it is for or from


@dataclass(frozen=True, kw_only=True)
class OpenLetter:
    """The same with what it says, for whoever has to decide on it."""

    letter: Letter
    words: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    conversation_id: ConversationId | None = None


class DeadLetters(Protocol):
    async def list(self, kind: LetterKind, *, before: int, limit: int) -> Sequence[Letter]:
        """The latest first; `before` is an id, 0 for the beginning."""
        ...

    async def counts(self, *, most: int) -> Mapping[LetterKind, int]:
        """How many of each there are, as far as `most`."""
        ...

    async def open(self, kind: LetterKind, letter_id: int) -> OpenLetter | None: ...
    async def try_again(self, kind: LetterKind, letter_id: int, *, by: Staff) -> bool:
        """Put it back in its queue; False when somebody else has dealt with it."""
        ...

    async def settle(self, kind: LetterKind, letter_id: int, *, by: Staff, reason: str) -> bool:
        """Nothing more is done with it; False when somebody else has dealt with it."""
        ...
