"""`TokenBuckets`: how often one session or one address may do something, kept in this process."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.ports import Allowance

#: A whole estate may sit behind one address, so what an address may do is generous.
FROM_ONE_ADDRESS = Allowance("address", burst=3000, a_second=300)
OPENING = Allowance("opening", burst=600, a_second=20)
MESSAGES = Allowance("messages", burst=300, a_second=20)
UPLOADS = Allowance("uploads", burst=20, a_second=0.5)
CODES = Allowance("codes", burst=10, a_second=1 / 30)
JOINING = Allowance("joining", burst=100, a_second=0.5)
EXPORTS = Allowance("exports", burst=5, a_second=1 / 120)
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
    """Fits the `Throttle` port. `now` gives seconds that never run backwards."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._buckets: dict[tuple[str, str], _Bucket] = {}

    async def take(self, allowance: Allowance, who: str) -> float:
        now = self._now()
        bucket = self._bucket(allowance, who, now)
        bucket.left = min(allowance.burst, bucket.left + (now - bucket.at) * allowance.a_second)
        bucket.at = now
        if bucket.left < 1:
            return (1 - bucket.left) / allowance.a_second
        bucket.left -= 1
        bucket.full_at = now + (allowance.burst - bucket.left) / allowance.a_second
        return 0.0

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
