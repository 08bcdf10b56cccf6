"""Everything the platform knows about one account: followers, tokens, media, what was sent."""

import asyncio
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.simulators.wechat.quotas import Quota


@dataclass(frozen=True)
class Call:
    """One request of a client, whatever became of it."""

    order: int
    at: float
    method: str
    body: Any
    code: int  #: errcode as answered; -2 when no whole answer was given


@dataclass(frozen=True)
class Accepted:
    """One message that reached somebody: a reply, a customer message, a template, a notice."""

    order: int
    at: float
    way: str  #: reply, custom, template or notice
    openid: str
    text: str
    body: Any = field(repr=False, default=None)


@dataclass
class Follower:
    openid: str
    is_following: bool = False
    is_blocking: bool = False
    quota: Quota = field(default_factory=Quota)
    #: Consents to notices by template: how many more may be sent; None is for good.
    consents: dict[str, int | None] = field(default_factory=dict)


@dataclass
class Token:
    value: str
    until: float


@dataclass
class State:
    app_id: str
    secret: str
    token: str
    aes_key: str
    account: str
    now: Callable[[], float]
    mode: str = "secure"
    followers: dict[str, Follower] = field(default_factory=dict)
    tokens: list[Token] = field(default_factory=list)
    templates: set[str] = field(default_factory=set)
    media: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    menu: Any = None
    #: Ids of the last ten minutes by `client_msg_id`: the same is sent once.
    client_ids: dict[tuple[str, str], tuple[float, str]] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    accepted: list[Accepted] = field(default_factory=list)
    fetches: int = 0
    forced_at: list[float] = field(default_factory=list)
    order: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(24_500_000_000_000_001))
    _watchers: "list[asyncio.Future[None]]" = field(default_factory=list)

    def follower(self, openid: str) -> Follower:
        return self.followers.setdefault(openid, Follower(openid))

    def accept(self, way: str, openid: str, text: str, body: Any) -> None:
        self.accepted.append(Accepted(next(self.order), self.now(), way, openid, text, body))
        self.changed()

    def next_change(self) -> "asyncio.Future[None]":
        """A future that is done when anything at all has happened."""
        waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._watchers.append(waiting)
        return waiting

    def changed(self) -> None:
        for watcher in self._watchers:
            if not watcher.done():
                watcher.set_result(None)
        self._watchers.clear()
