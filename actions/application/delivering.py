"""What must go out, as the delivery sees it, and the store it comes from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Protocol

from actions.application.notification import Purpose

#: Where a row's content says how much of it a channel has carried already.
BEGUN: Final = "begun"


@dataclass(frozen=True, kw_only=True)
class Due:
    """One outbox row to send, with what the renderer needs to know of the reader."""

    id: int
    person_id: int
    conversation_id: int
    channel: str
    area: str
    purpose: str
    template: str
    content: Mapping[str, Any]
    ticket_id: int | None
    version: int
    status_news: bool
    urgent: bool
    in_reply_to: int | None
    attempts: int
    locale: str
    created_at: datetime
    away_until: datetime | None = None  #: the reader's leave

    @property
    def is_push(self) -> bool:
        """News nobody has just asked for."""
        return self.purpose == Purpose.PUSH

    @property
    def bears_repeating(self) -> bool:
        """What must not be missed may come twice: of a matter, urgent, or with something to press.

        Small talk is rather lost than said twice.
        """
        is_of_a_matter = self.status_news or self.ticket_id is not None
        return is_of_a_matter or self.urgent or bool(self.content.get("buttons"))


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A rendered message as the transcript keeps it."""

    kind: str  #: card | text
    text: str
    content: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Showing:
    """A message about to be shown; `alert_at` is when to ring for it if nobody is looking."""

    due: Due
    shown: Shown
    alert_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class DeadLetter:
    """What could not be delivered in the end, and why."""

    id: int
    person_id: int
    conversation_id: int | None
    channel: str
    area: str
    template: str
    ticket_id: int | None
    attempts: int
    created_at: datetime
    settled_at: datetime | None
    last_error: str


@dataclass(frozen=True, kw_only=True)
class Queued:
    """How much waits, as far as it is counted, and since when."""

    count: int
    since: datetime | None


@dataclass(frozen=True, kw_only=True)
class StoreCondition:
    """What the store knows of how things go."""

    arrivals: Queued  #: came in and are not answered
    messages: Queued  #: owed and not sent
    model: str  #: which understood last
    data: str  #: and what it had learned from
    understood_at: datetime | None
    store: str  #: kind and version


@dataclass(frozen=True, kw_only=True)
class Subscription:
    """Where a browser can be rung, and the keys its messages are sealed with."""

    id: int
    endpoint: str
    keys: Mapping[str, str]


class DeliveryStore(Protocol):
    """The draining half of the outbox. A row settles once, whoever tries how often."""

    async def look(self, channel: str, now: datetime, *, limit: int) -> Sequence[Due]:
        """Due rows in order, claimed by nobody: `show` decides who was first."""
        ...

    async def claim(
        self, channel: str, now: datetime, *, limit: int, in_order: bool, lease: float
    ) -> Sequence[Due]:
        """Take due rows for `lease` seconds; `in_order` gives one of a conversation at a time."""
        ...

    async def show(self, showings: Sequence[Showing], now: datetime) -> None:
        """Put messages into the transcript, settle their rows and owe alerts, in one commit."""
        ...

    async def renew(self, due: Due, lease: float) -> None:
        """It is ours for `lease` seconds from now, unless somebody has taken it over."""
        ...

    async def settle(self, due: Due, state: str, now: datetime, error: str = "") -> None:
        """The end of a row that is not shown: sent, dead or superseded."""
        ...

    async def put_off(self, due: Due, until: datetime, error: str, *, faulty: bool = False) -> None:
        """A failed try. A `faulty` row cannot be rendered and holds up nobody."""
        ...

    async def hold(self, due: Due, until: datetime) -> None:
        """Not now, though nothing failed: quiet hours."""
        ...

    async def divert(self, due: Due, now: datetime, reason: str) -> bool:
        """Owe it, and what waits behind it, on the person's page; False when they have none."""
        ...

    async def dead_letters(self, *, limit: int = 50) -> Sequence[DeadLetter]: ...
    async def backlog(self) -> int: ...


class Progress(Protocol):
    """How far a message of several parts is, kept between two parts."""

    async def keep_progress(self, due: Due, progress: Mapping[str, Any]) -> bool:
        """Remember it; False when somebody else has taken the row over meanwhile."""
        ...


class Subscriptions(Protocol):
    """The browsers that may be rung."""

    async def get(self, subscription_id: int, person_id: int) -> Subscription | None:
        """That browser, if it still belongs to that person."""
        ...

    async def forget(self, subscription: Subscription) -> None: ...
    async def is_seen(self, outbox_id: int) -> bool:
        """Whether the message has been read in the meantime."""
        ...


class Vitals(Protocol):
    """Whether the store lives, and what waits in it."""

    async def check(self, now: datetime) -> None:
        """Write and read; raises whatever is wrong."""
        ...

    async def inbox_waiting(self) -> int: ...
