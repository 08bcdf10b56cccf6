"""`TokenBuckets`: how often one person, chat or address may do something, kept in this process."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from bot.ports import Allowance

#: A whole estate may sit behind one address, so what an address may do is generous.
FROM_ONE_ADDRESS = Allowance("address", burst=3000, a_second=300, shared=False)
#: Far above what this process can do with real messages; it stops only what costs nothing to send.
FROM_EVERYBODY = Allowance("everybody", burst=30_000, a_second=6_000, shared=False)
#: Of `FROM_EVERYBODY`, which has one bucket.
ALL: Final = "all"
OPENING = Allowance("opening", burst=600, a_second=20)
MESSAGES = Allowance("messages", burst=300, a_second=20)
UPLOADS = Allowance("uploads", burst=20, a_second=0.5)
CODES = Allowance("codes", burst=10, a_second=1 / 30)
JOINING = Allowance("joining", burst=100, a_second=0.5)
EXPORTS = Allowance("exports", burst=5, a_second=1 / 120)
#: What one chat of a platform may send in. A platform cannot be told to wait: what is too much is
#: put away, and said so once in a while.
FROM_ONE_CHAT = Allowance("chat", burst=120, a_second=1)
DANGERS_FROM_CHAT = Allowance("chat_dangers", burst=30, a_second=0.2)
CHAT_NOTICES = Allowance("chat_notice", burst=1, a_second=1 / 600)
#: Looking through many rows, in the console.
SEARCHES = Allowance("searches", burst=40, a_second=1)
#: Asking for tickets that are not there (or not theirs): guessing numbers has to be slow.
MISSES = Allowance("misses", burst=10, a_second=1 / 60)
#: Passwords of the console (bot/admin/throttling.py): by device, by address, by both, by name.
SIGN_IN_FROM_DEVICE = Allowance("sign_in_device", burst=20, a_second=1 / 15)
SIGN_IN_FROM_ADDRESS = Allowance("sign_in_address", burst=60, a_second=1 / 5)
SIGN_IN_FROM_ADDRESS_AS = Allowance("sign_in_address_as", burst=8, a_second=1 / 30)
SIGN_IN_FROM_ANYWHERE_AS = Allowance("sign_in_as", burst=60, a_second=1 / 20)

#: Buckets kept at most; the ones that would be full again are forgotten first.
MOST = 50_000


@dataclass
class _Bucket:
    left: float
    at: float
    full_at: float


class TokenBuckets:
    """Fits the `Throttle` port. `now` gives seconds that never run backwards.

    `share` is the part of each shared allowance that this process hands out by itself: several that
    cannot hear of each other allow no more together than one.
    """

    def __init__(self, now: Callable[[], float], *, share: float = 1.0) -> None:
        self._now = now
        self._share = share
        self._buckets: dict[tuple[str, str], _Bucket] = {}

    async def take(self, allowance: Allowance, who: str) -> float:
        now = self._now()
        allowance = self._own_part(allowance)
        bucket = self._bucket(allowance, who, now)
        bucket.left = min(allowance.burst, bucket.left + (now - bucket.at) * allowance.a_second)
        bucket.at = now
        if bucket.left < 1:
            return (1 - bucket.left) / allowance.a_second
        bucket.left -= 1
        bucket.full_at = now + (allowance.burst - bucket.left) / allowance.a_second
        return 0.0

    def _own_part(self, allowance: Allowance) -> Allowance:
        if self._share >= 1 or not allowance.shared:
            return allowance
        burst = max(1.0, allowance.burst * self._share)
        return replace(allowance, burst=burst, a_second=allowance.a_second * self._share)

    def _bucket(self, allowance: Allowance, who: str, now: float) -> _Bucket:
        key = (allowance.name, who)
        found = self._buckets.get(key)
        if found is None:
            if len(self._buckets) >= MOST:
                self._forget(now)
            found = self._buckets[key] = _Bucket(allowance.burst, now, now)
        return found

    def _forget(self, now: float) -> None:
        """Drop full buckets; if that is not enough, the half that is full soonest."""
        alive = {key: b for key, b in self._buckets.items() if b.full_at > now}
        if len(alive) >= MOST:
            fullest = sorted(alive.items(), key=lambda item: item[1].full_at)
            alive = dict(fullest[len(fullest) // 2 :])
        self._buckets = alive
