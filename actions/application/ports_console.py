"""Ports of the console: who signs in to it, and the trail of what they looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from actions.domain.errors import CommunityError
from actions.domain.identifiers import ConversationId, PersonId
from actions.domain.people import CONSOLE_ROLES, Actor, Role, RoleGrant


class LoginTaken(CommunityError):
    """Somebody else signs in by this name."""

    key = "error_login_taken"


@dataclass(frozen=True, kw_only=True)
class Staff:
    """Whose console session it is. `session` is the hash of its token, never the token."""

    person_id: PersonId
    participant_id: str
    display_name: str
    login: str
    locale: str
    conversation_id: ConversationId
    session: str
    grants: frozenset[RoleGrant] = frozenset()

    @property
    def actor(self) -> Actor:
        return Actor(person_id=self.person_id, grants=self.grants)

    @property
    def may_enter(self) -> bool:
        """Whether any role of theirs opens the console now; a revoked one does not."""
        return self.actor.has_role(*CONSOLE_ROLES)

    def has_role(self, *roles: Role) -> bool:
        return self.actor.has_role(*roles)


@dataclass(frozen=True, kw_only=True)
class Invitee:
    """What a living code is for."""

    role: Role
    area: str
    display_name: str


@dataclass(frozen=True, kw_only=True)
class Entered:
    """A new session; `token` is given to its owner once and kept nowhere."""

    token: str
    staff: Staff
    invitation_id: int = 0  #: of the code that opened it, if one did
    roles: tuple[str, ...] = ()  #: what the code gave; empty while a person still has to confirm


@dataclass(frozen=True, kw_only=True)
class Known:
    """A login as it is kept."""

    person_id: PersonId
    password_hash: str


@dataclass(frozen=True, kw_only=True)
class ConsoleSession:
    """One of somebody's own sessions; `handle` names it without opening it."""

    handle: str
    created_at: datetime
    last_seen_at: datetime
    is_this: bool


class ConsoleAccounts(Protocol):
    async def find(self, token: str) -> Staff | None:
        """Whoever holds a living session, with the roles they hold at this moment."""
        ...

    async def invited(self, code: str) -> Invitee | None:
        """What the code is for; None when it is unknown, used or too old. Uses nothing up."""
        ...

    async def join(
        self, code: str, *, login: str, password_hash: str, locale: str,
        person_id: PersonId | None = None,
    ) -> Entered:  # fmt: skip
        """Use the code up: a new person, or one who is known, signs in by `login` from now on.

        Raises:
            InvitationError: the code is unknown, used or too old.
            LoginTaken: the name is somebody else's.
        """
        ...

    async def accept(self, staff: Staff, code: str) -> Entered:
        """One more role for somebody who is signed in already, and a new session with it."""
        ...

    async def known(self, login: str) -> Known | None: ...
    async def enter(self, person_id: PersonId, password_hash: str = "") -> Entered:
        """Open a session; a `password_hash` replaces the one that is kept."""
        ...

    async def leave(self, session: str) -> None: ...
    async def leave_everywhere(self, person_id: PersonId) -> None: ...
    async def sessions(self, staff: Staff) -> Sequence[ConsoleSession]: ...
    async def end(self, staff: Staff, handle: str) -> None: ...
    async def set_password(self, staff: Staff, password_hash: str) -> Entered:
        """The new one, and one new session: all others end."""
        ...


class Passwords(Protocol):
    """Slow on purpose, off the event loop, few at a time."""

    async def hashed(self, password: str) -> str: ...
    async def fits(self, password: str, kept: str, *, known_device: bool) -> bool:
        """Takes as long when `kept` is empty; strangers never keep a known device waiting."""
        ...

    def is_outdated(self, kept: str) -> bool:
        """Whether it was made with weaker parameters than today's."""
        ...


@dataclass(frozen=True, kw_only=True)
class TrailRow:
    """One row of the audit trail, with the name of whoever acted."""

    id: int
    at: datetime
    actor_id: PersonId
    actor: str
    action: str
    about: str
    area: str
    reason: str


class Trail(Protocol):
    """The audit trail, each row in a commit of its own: before what it is about leaves."""

    async def note(self, action: str, about: str, *, by: PersonId, reason: str = "") -> None: ...
    async def rows(
        self, *, before: int, limit: int, action: str = "", about: str = ""
    ) -> Sequence[TrailRow]:
        """The latest first; `before` is an id, 0 for the beginning."""
        ...
