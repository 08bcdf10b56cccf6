"""Ports of the channels that have an address for everybody: Telegram now, WeChat later."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from actions.application.web_records import Account
from actions.domain.identifiers import ConversationId, PersonId


@dataclass(frozen=True, kw_only=True)
class Address:
    """Where somebody is on a channel: `account` is our bot there, `external_id` their chat."""

    channel: str
    account: str
    external_id: str


@dataclass(frozen=True, kw_only=True)
class Delivered:
    """What a platform delivered, as it came; `queue` is what has to stay in order (a chat)."""

    id: int
    channel: str
    account: str
    external_id: str
    queue: str
    body: str
    attempts: int
    received_at: datetime


class ReceivedStore(Protocol):
    """Kept before the platform is answered, read afterwards: nothing that came can be lost."""

    async def keep(
        self, channel: str, account: str, found: Sequence[tuple[str, str, str]], now: datetime
    ) -> int:
        """Keep (external id, queue, body) of each, once; how many were new. One commit."""
        ...

    async def claim(
        self, channel: str, now: datetime, *, limit: int, lease: float
    ) -> Sequence[Delivered]:
        """Take what is due for `lease` seconds: the first of each queue, never two of one."""
        ...

    async def settle(
        self, delivered: Delivered, state: str, now: datetime, error: str = ""
    ) -> None:
        """The end: done, refused (bodies are forgotten) or faulty (kept for whoever looks)."""
        ...

    async def put_off(self, delivered: Delivered, until: datetime, error: str) -> None:
        """A failed try; what follows in its queue waits as well."""
        ...

    async def behind(self, delivered: Delivered, *, limit: int) -> Sequence[Delivered]:
        """What waits behind it in its queue, in order."""
        ...

    async def join(
        self, delivered: Delivered, others: Sequence[Delivered], body: str, now: datetime
    ) -> bool:
        """One with these from now on: `body` holds all of it. False when it is ours no more."""
        ...

    async def free_the_dead(self) -> None:
        """Claims of processes that are no more end at once."""
        ...


@dataclass(frozen=True, kw_only=True)
class Seated:
    """What an invitation gave: roles, or none yet while somebody has to confirm it."""

    invitation_id: int
    roles: tuple[str, ...]


class InvitationDoor(Protocol):
    async def redeem(self, code: str, person_id: PersonId) -> Seated:
        """The same person and code again get the same answer.

        Raises:
            InvitationError: the code is unknown, used by another or too old.
        """
        ...


class HeardBefore(Protocol):
    """What has arrived of a platform's message already."""

    async def knows(self, address: Address, external_id: str) -> bool:
        """Whether this very arrival was remembered."""
        ...

    async def last_text(self, conversation_id: ConversationId, message: str) -> str | None:
        """The words of the message as they were last: `message`, or `message.` and more."""
        ...


class AddressBook(Protocol):
    """Who is behind an address, and where a person can be reached."""

    async def meet(self, address: Address, *, locale: str, name: str) -> tuple[Account, bool]:
        """The person behind it, made with a conversation if new; whether they are new."""
        ...

    async def find(self, address: Address) -> Account | None: ...
    async def reach(self, person_id: PersonId, channel: str) -> Address | None:
        """The living address of a person on that channel."""
        ...

    async def mark(self, address: Address, state: str) -> None:
        """`active`, or `blocked`: nothing is sent there until the person comes back."""
        ...

    async def move(self, address: Address, external_id: str) -> None:
        """The platform gave the chat another id."""
        ...
