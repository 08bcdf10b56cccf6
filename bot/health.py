"""`/livez`, `/readyz` and `/metrics`: for supervisors and machines, not for residents."""

import asyncio
import hmac
import ipaddress
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from time import monotonic
from typing import Protocol

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from actions.application.delivering import StoreCondition, Vitals
from actions.application.ports import Clock
from actions.domain.errors import StoreAway
from bot.gateway.watch import Watch
from bot.metrics import CONTENT_TYPE, Metrics
from bot.ports import Condition

log = logging.getLogger(__name__)


#: Seconds the store may take for one write and one read.
PATIENCE = 3.0
#: Seconds an answer holds, so that asking costs no disk write each time.
HOLDS = 1.0
#: A request with one of these came from elsewhere, whoever handed it on.
_OF_A_PROXY = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via")


class Understanding(Protocol):
    async def is_ready(self) -> bool: ...


class Backlog(Protocol):
    async def backlog(self) -> int: ...


@dataclass(frozen=True)
class Standing:
    """`understanding` is ok, starting or degraded: messages are kept and answered later."""

    store: bool
    understanding: str
    others: Mapping[str, str] = field(default_factory=dict)  #: told, and nothing depends on them
    is_leaving: bool = False

    @property
    def is_ready(self) -> bool:
        return not self.is_leaving and self.store and self.understanding != "starting"

    def as_json(self) -> dict[str, str]:
        whole = "ready" if self.understanding == "ok" else self.understanding
        whole = "leaving" if self.is_leaving else whole
        return {
            "status": whole if self.store else "unready",
            "store": "ok" if self.store else "failed",
            "understanding": self.understanding,
            **self.others,
        }


class WatchedVitals:
    """The store lives and none of our tasks has died."""

    def __init__(self, inner: Vitals, watch: Watch) -> None:
        self._inner = inner
        self._watch = watch

    async def check(self, now: datetime) -> None:
        if self._watch.dead:
            raise RuntimeError(f"ended: {', '.join(self._watch.dead)}")
        await self._inner.check(now)

    async def inbox_waiting(self) -> int:
        return await self._inner.inbox_waiting()


class Health:
    """Understanding that was there once and is away is degraded; before that it is starting."""

    def __init__(
        self,
        vitals: Vitals,
        understanding: Understanding,
        outbox: Backlog,
        *,
        metrics: Metrics,
        clock: Clock,
        others: Callable[[], Mapping[str, str]] = dict,
        token: str = "",
        is_public: bool = False,
    ) -> None:
        """Bound publicly, `/metrics` needs the token; else it is open to this machine itself."""
        self._vitals = vitals
        self._understanding = understanding
        self._outbox = outbox
        self._metrics = metrics
        self._clock = clock
        self._others = others
        self._token = token
        self._is_public = is_public
        self._is_degraded_allowed = False
        self.is_leaving = False
        self._asking = asyncio.Lock()
        self._standing: Standing | None = None
        self._asked_at = 0.0

    def leave(self) -> None:
        """We are about to stop: whoever asks sends no more here."""
        self.is_leaving = True
        self._standing = None

    def declare_degraded(self) -> None:
        """Serve without understanding: it did not come up, or this start does not want it."""
        self._is_degraded_allowed = True
        self._standing = None

    async def standing(self) -> Standing:
        async with self._asking:
            if self._standing is None or monotonic() - self._asked_at >= HOLDS:
                store, understands = await asyncio.gather(
                    self._store_lives(), self._understanding.is_ready()
                )
                self._standing = Standing(
                    store,
                    self._called(understands=understands),
                    self._others(),
                    self.is_leaving,
                )
                self._asked_at = monotonic()
            return self._standing

    def _called(self, *, understands: bool) -> str:
        self._metrics.understanding(away=not understands)
        if understands:
            self._is_degraded_allowed = True
            return "ok"
        return "degraded" if self._is_degraded_allowed else "starting"

    async def _store_lives(self) -> bool:
        try:
            async with asyncio.timeout(PATIENCE):
                await self._vitals.check(self._clock.now())
        except (StoreAway, TimeoutError) as error:
            reason = {"action": "store_away", "error": f"{type(error).__name__} {error}"}
            log.warning("the store does not answer", extra=reason)
            return False
        except Exception:
            log.exception("the store does not answer", extra={"action": "store_away"})
            return False
        return True

    async def livez(self, _request: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def readyz(self, _request: web.Request) -> web.Response:
        standing = await self.standing()
        status = HTTPStatus.OK if standing.is_ready else HTTPStatus.SERVICE_UNAVAILABLE
        return web.json_response(
            standing.as_json(), status=status, headers={"Cache-Control": "no-store"}
        )

    async def metrics(self, request: web.Request) -> web.Response:
        if not may_read(request, self._token, is_public=self._is_public):
            raise web.HTTPNotFound
        self._metrics.waiting(
            outbox=await self._outbox.backlog(), inbox=await self._vitals.inbox_waiting()
        )
        return web.Response(body=self._metrics.page(), headers={"Content-Type": CONTENT_TYPE})

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/livez", self.livez),
            web.get("/readyz", self.readyz),
            web.get("/metrics", self.metrics),
        ]


class Overview:
    """The same for a person who looks after the installation."""

    def __init__(
        self,
        health: Health,
        details: Callable[[], Awaitable[StoreCondition]],
        *,
        model: Callable[[], str],
        backed_up_at: Callable[[], datetime | None],
    ) -> None:
        self._health = health
        self._details = details
        self._model = model
        self._backed_up_at = backed_up_at

    async def condition(self) -> Condition:
        standing = await self._health.standing()
        return Condition(
            store=standing.store,
            understanding=standing.understanding,
            details=await self._details(),
            model=self._model(),
            backup_at=self._backed_up_at(),
            redis=standing.others.get("redis", ""),
        )


def measured(metrics: Metrics) -> Middleware:
    """A middleware that times requests by the pattern of their route; streams have no end."""

    @web.middleware
    async def measure(request: web.Request, handler: Handler) -> web.StreamResponse:
        began = monotonic()
        response = await handler(request)
        if isinstance(response, web.Response):
            resource = request.match_info.route.resource
            route = resource.canonical if resource else "unknown"
            metrics.request(request.method, route, response.status, monotonic() - began)
        return response

    return measure


def may_read(request: web.Request, token: str, *, is_public: bool = False) -> bool:
    """With the token; without one, from this machine itself and not through a proxy on it."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and hmac.compare_digest(given.encode("utf-8", "replace"), token.encode()):
        return True
    if token or is_public:
        return False
    is_forwarded = any(name in request.headers for name in _OF_A_PROXY)
    return not is_forwarded and _is_loopback(request.remote)


def _is_loopback(remote: str | None) -> bool:
    try:
        return ipaddress.ip_address(remote or "").is_loopback
    except ValueError:
        return False
