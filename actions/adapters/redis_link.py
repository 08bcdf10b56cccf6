"""`RedisLink`: every question to Redis, bounded in time; what fails is done without it."""

import asyncio
import hashlib
import hmac
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final, TypeVar, cast

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.client import PubSub
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import NoScriptError, RedisError

from actions.adapters.breaker import Breaker

T = TypeVar("T")

#: Seconds a question may take, with everything that belongs to it.
LIMIT: Final = 0.3
#: Connections for questions; whoever finds none waits for one within the limit.
CONNECTIONS: Final = 32
#: Seconds of silence after which the connection that listens is asked whether it lives.
PROBE: Final = 5


class RedisAway(Exception):
    """Redis did not answer in time, or not as it should."""


class RedisLink:
    """Nothing is connected before it is asked. The name keeps installations on one Redis apart."""

    def __init__(self, url: str, secret: bytes, *, limit: float = LIMIT) -> None:
        self._limit = limit
        self._secret = hmac.digest(secret, b"redis", "sha256")
        self.prefix = f"linli:{self._digest('')}"
        self._client = _client(url, CONNECTIONS, limit)
        self._ears = _client(url, 1, limit, health_check_interval=PROBE)
        self._breakers: dict[str, Breaker] = {}

    @property
    def word(self) -> str:
        """For the health page: ok, or away."""
        is_away = any(breaker.is_away for breaker in self._breakers.values())
        return "away" if is_away else "ok"

    def breaker(self, what: str) -> Breaker:
        """One for each use: Redis may refuse to write and still carry messages."""
        return self._breakers.setdefault(what, Breaker(f"redis ({what})"))

    async def ask(self, what: str, question: Callable[["Redis"], Awaitable[T]]) -> T:
        """The answer.

        Raises:
            RedisAway: there is none, or there was none a moment ago.
        """
        breaker = self.breaker(what)
        if not breaker.lets_through():
            raise RedisAway
        try:
            async with asyncio.timeout(self._limit):
                answer = await question(self._client)
        except (RedisError, TimeoutError, OSError) as error:
            breaker.failed(error)
            raise RedisAway from error
        breaker.answered()
        return answer

    async def run_script(self, what: str, script: str, key: str, *values: str | float) -> list[Any]:
        """One Lua script over one key of ours; sent by its digest, and whole when Redis forgot it.

        A key names people, so Redis sees only what became of it.
        """
        digest = hashlib.sha1(script.encode(), usedforsecurity=False).hexdigest()
        name = f"{self.prefix}:{self._digest(key)}"

        async def question(client: "Redis") -> Any:
            try:
                return await client.evalsha(digest, 1, name, *values)
            except NoScriptError:
                return await client.eval(script, 1, name, *values)

        return cast("list[Any]", await self.ask(what, question))

    def listener(self) -> PubSub:
        """A connection of its own, for whoever listens."""
        return self._ears.pubsub()

    def _digest(self, text: str) -> str:
        return hmac.new(self._secret, text.encode(), hashlib.sha256).hexdigest()[:16]

    def channels(self, names: Sequence[str]) -> list[str]:
        return [f"{self.prefix}:{name}" for name in names]

    async def close(self) -> None:
        for client in (self._client, self._ears):
            await client.aclose(close_connection_pool=True)


def _client(url: str, connections: int, limit: float, **more: Any) -> "Redis":
    pool = BlockingConnectionPool.from_url(
        url,
        max_connections=connections,
        timeout=limit,
        socket_timeout=limit,
        socket_connect_timeout=limit,
        socket_keepalive=True,
        retry=Retry(NoBackoff(), 0),
        **more,
    )
    return Redis(connection_pool=pool)
