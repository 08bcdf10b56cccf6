"""Ports of WeChat: what a user may still be sent, and what a callback was answered."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from actions.domain.identifiers import PersonId

#: What a message of theirs allows, and what a click, a scan or following does (since June 2023).
BY_MESSAGE: Final = ("message", timedelta(hours=48), 5)
BY_CLICK: Final = ("click", timedelta(minutes=1), 3)

Opening = tuple[str, timedelta, int]


@dataclass(frozen=True, kw_only=True)
class AccessToken:
    value: str
    until: float  #: seconds since 1970


@dataclass(frozen=True, kw_only=True)
class Leaving:
    """Somebody who unsubscribes."""

    person_id: PersonId
    stays: bool  #: they are known elsewhere


class TokenShelf(Protocol):
    """Where processes leave an access token for each other."""

    async def read(self) -> AccessToken | None: ...
    async def write(self, token: AccessToken) -> None: ...
    def alone(self) -> AbstractAsyncContextManager[None]:
        """Keep the other processes from fetching; for a while only, should we end within it."""
        ...


class WeChatLedger(Protocol):
    """How many customer-service messages each user may be sent, as the platform counts them."""

    async def opens(self, openid: str, opening: Opening, now: datetime) -> None:
        """They did something: from now on so many may be sent, for so long."""
        ...

    async def take(self, openid: str, now: datetime) -> bool:
        """Use one up, of what ends first; False when none is left."""
        ...

    async def give_back(self, openid: str, now: datetime) -> None:
        """What was taken did not leave."""
        ...

    async def shut(self, openid: str) -> None:
        """The platform says that none is left, whatever we counted."""
        ...


class WeChatReplies(Protocol):
    """What was said within a callback, kept before it is said: it may come again elsewhere."""

    async def keep(self, key: str, openid: str, words: str, now: datetime) -> str:
        """The words that count for this callback: these, or others that were kept before."""
        ...

    async def find(self, key: str) -> str | None: ...


class WeChatPlatform(Protocol):
    """What becomes of a user with the platform, and of what it delivers about our messages."""

    async def note_job(
        self, msg_id: str, openid: str, outbox_id: int, way: str, now: datetime
    ) -> None:
        """A template message or a notice was taken by the platform under this number."""
        ...

    async def end_job(self, msg_id: str, status: str) -> None: ...
    async def consent(self, openid: str, template_id: str, left: int | None, now: datetime) -> None:
        """So many notices may be sent; None is for good, 0 is a refusal."""
        ...

    async def use_consent(self, openid: str, template_id: str) -> bool:
        """Whether a notice may be sent; one for once is used up."""
        ...

    async def contacted(self, openid: str, now: datetime) -> None:
        """They did something: what waited for that is due."""
        ...

    async def leaving(self, openid: str, now: datetime) -> Leaving | None:
        """Who unsubscribes, and whether anything else leads to them; None when nobody is known."""
        ...

    async def drop(self, openid: str, now: datetime) -> None:
        """Forget the user of WeChat; the person stays."""
        ...


class WeChatChoices(Protocol):
    """Choices by number: each message goes on where the one before ended, so none means two."""

    async def offer(self, openid: str, outbox_id: int, count: int, now: datetime) -> int:
        """The number of the first; the same for the same row."""
        ...

    async def choose(self, openid: str, number: int) -> tuple[int, int] | None:
        """Outbox id and index of what has this number."""
        ...

    async def withdraw(self, openid: str, before: datetime) -> None:
        """Something else was written: what was offered before then is open no more."""
        ...
