"""Ports of the channels that have an address for everybody: Telegram now, WeChat later."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

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

    async def renew(self, delivered: Delivered, lease: float) -> None:
        """It is ours for `lease` seconds from now, unless somebody has taken it over."""
        ...

    async def settle(
        self, delivered: Delivered, state: str, now: datetime, error: str = ""
    ) -> None:
        """The end: done, refused (bodies are forgotten) or faulty (kept for whoever looks)."""
        ...

    async def put_off(
        self, delivered: Delivered, until: datetime, error: str, *, aside: bool = False
    ) -> None:
        """Not now. What follows in its queue waits as well, unless it is put aside."""
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

    async def prune(self, channel: str, before: datetime, *, limit: int) -> int:
        """Forget what ended and was due before then, so many at most; how many that were."""
        ...


class HeardBefore(Protocol):
    """What has arrived of a platform's message already."""

    async def knows(self, address: Address, external_id: str) -> bool:
        """Whether this very arrival was remembered."""
        ...

    async def knows_file(self, conversation_id: ConversationId, file: str) -> bool:
        """Whether a photo of it has arrived in that conversation."""
        ...

    async def last_text(self, conversation_id: ConversationId, message: str) -> str | None:
        """The words of the message as they were last: `message`, or `message.` and more."""
        ...


#: How long a link code is good.
LINK_CODE_LASTS: Final = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class LinkCode:
    """Shown once; only its hash is kept."""

    code: str
    until: datetime


class LinkCodes(Protocol):
    """For a page that asks for a code, or is given one, outside the talk."""

    async def offer(self, account: Account) -> LinkCode: ...
    async def is_living(self, code: str) -> bool:
        """Whether it is a link code that can be used."""
        ...


@dataclass(frozen=True, kw_only=True)
class United:
    """Two persons have become one."""

    survivor: PersonId
    conversation_id: ConversationId
    channel_before: str  #: where the one whose code it was had been last
    channel_now: str  #: where the code was given
    chat_before: str  #: their chat there, if it is another on the same platform


@dataclass(frozen=True, kw_only=True)
class Parted:
    """Whoever had come by a code is by themselves again."""

    person_id: PersonId
    channel: str


class Linking(Protocol):
    """One person on several channels: codes, and two persons becoming one."""

    async def offer(self, person_id: PersonId, until: datetime) -> str:
        """A new code, kept as a hash; earlier ones of the person are void."""
        ...

    async def hold(self, code_hash: str, conversation_id: ConversationId | None) -> None:
        """Keep the conversations of both sides to this transaction, in the order of their ids."""
        ...

    async def whose(self, code_hash: str) -> PersonId | None:
        """Whose living code it is."""
        ...

    async def misses(self, conversation_id: ConversationId, since: datetime) -> int:
        """How many wrong codes were given there."""
        ...

    async def has_much(self, person_id: PersonId) -> bool:
        """Whether the person would give something away: matters, powers, what they told."""
        ...

    async def unite(self, code_hash: str, absorbed: PersonId) -> United | None:
        """Use the code up: everything of `absorbed` is its owner's from now on.

        None when somebody else was first.
        """
        ...

    async def part(self, code_hash: str, survivor: PersonId, since: datetime) -> Parted | None:
        """Let go of who came by the code since then; None when there is nobody."""
        ...

    async def gather(self, code_hash: str) -> None:
        """Once more, for what was on its way while they became one."""
        ...


class AddressBook(Protocol):
    """Who is behind an address, and where a person can be reached."""

    async def meet(self, address: Address, *, locale: str, name: str) -> tuple[Account, bool]:
        """The person behind it, made with a conversation if new; whether they are new."""
        ...

    async def find(self, address: Address) -> Account | None: ...
    async def reach(self, person_id: PersonId, channel: str, *, chat: str = "") -> Address | None:
        """The living address of a person on that channel: that chat, else the one used last."""
        ...

    async def mark(self, address: Address, state: str) -> None:
        """`active`, or `blocked`: nothing is sent there until the person comes back."""
        ...

    async def move(self, address: Address, external_id: str) -> None:
        """The platform gave the chat another id."""
        ...
