"""`SharedBuckets`: limits over all gateways; without Redis each counts alone, stricter."""

import time
from dataclasses import dataclass
from typing import Any, Final, Protocol

from actions.bootstrap import RedisAway
from bot.gateway.throttle import TokenBuckets
from bot.ports import Allowance, Throttle

#: What this process hands out of every shared limit while the others cannot be heard.
SHARE: Final = 0.5
#: One question fetches as many as this part of a burst, so that a busy sender costs few of them.
_AT_ONCE: Final = 1 / 50
#: Seconds what was fetched and not used is good for.
_KEPT: Final = 5.0
#: Senders whose fetched ones are kept at most.
_MOST: Final = 20_000

#: Buckets by Redis's own clock: what gateways think the time is decides nothing.
#: Gives how many were taken, and the seconds to wait when none was.
_TAKE: Final = """
local burst, rate, wanted = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local clock = redis.call('TIME')
local now = clock[1] + clock[2] / 1000000
local kept = redis.call('HMGET', KEYS[1], 'left', 'at')
local left, at = tonumber(kept[1]) or burst, tonumber(kept[2]) or now
left = math.min(burst, left + math.max(0, now - at) * rate)
local taken = math.min(wanted, math.floor(left))
left = left - taken
redis.call('HSET', KEYS[1], 'left', left, 'at', now)
redis.call('PEXPIRE', KEYS[1], math.ceil((burst - left) / rate * 1000) + 1000)
if taken > 0 then return {taken, '0'} end
return {0, tostring((1 - left) / rate)}
"""


class Scripts(Protocol):
    async def run_script(
        self, what: str, script: str, key: str, *values: str | float
    ) -> list[Any]: ...


@dataclass
class _Fetched:
    left: int
    until: float


class SharedBuckets:
    """Fits the `Throttle` port."""

    def __init__(self, redis: Scripts, own: Throttle, alone: Throttle) -> None:
        """`own` counts what is not shared; `alone` counts while Redis is away."""
        self._redis = redis
        self._own = own
        self._alone = alone
        self._fetched: dict[tuple[str, str], _Fetched] = {}

    async def take(self, allowance: Allowance, who: str) -> float:
        if not allowance.shared:
            return await self._own.take(allowance, who)
        if self._use_fetched(allowance, who):
            return 0.0
        try:
            return await self._fetch(allowance, who)
        except RedisAway:
            return await self._alone.take(allowance, who)

    def _use_fetched(self, allowance: Allowance, who: str) -> bool:
        fetched = self._fetched.get((allowance.name, who))
        if fetched is None or not fetched.left or time.monotonic() > fetched.until:
            return False
        fetched.left -= 1
        return True

    async def _fetch(self, allowance: Allowance, who: str) -> float:
        wanted = max(1, int(allowance.burst * _AT_ONCE))
        taken, wait = await self._redis.run_script(
            "limits",
            _TAKE,
            f"limit:{allowance.name}:{who}",
            allowance.burst,
            allowance.a_second,
            wanted,
        )
        if not taken:
            return float(wait)
        self._keep(allowance, who, int(taken) - 1)
        return 0.0

    def _keep(self, allowance: Allowance, who: str, left: int) -> None:
        key = (allowance.name, who)
        if not left:
            self._fetched.pop(key, None)
            return
        if len(self._fetched) >= _MOST:
            self._fetched.clear()
        self._fetched[key] = _Fetched(left, time.monotonic() + _KEPT)


def shared_buckets(redis: Scripts | None) -> Throttle:
    """Limits of this process alone, or of all that share a Redis."""
    own = TokenBuckets(time.monotonic)
    if redis is None:
        return own
    return SharedBuckets(redis, own, TokenBuckets(time.monotonic, share=SHARE))
