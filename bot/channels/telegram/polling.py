"""`Polling`: asks Telegram for updates where it cannot knock; the offset moves after the commit.

The library's own updater parses before it hands over, and one update it stumbles over stops it for
good; so the batches are taken raw and kept as the webhook keeps them.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from http import HTTPStatus
from typing import Any, Final

from aiohttp import ClientError, ClientSession, ClientTimeout

from actions.application.ports import Clock
from actions.application.ports_channels import ReceivedStore
from actions.failpoints import failpoint
from bot.channels.telegram.envelope import envelope_of, number_of
from bot.channels.telegram.standing import Standing
from bot.channels.telegram.taking import CHANNEL

log = logging.getLogger(__name__)

#: What we want to hear of; everything else is never made.
ALLOWED: Final = ("message", "edited_message", "callback_query", "my_chat_member")
#: Seconds the platform may hold a call that has no news, and what a call may take altogether.
HOLD: Final = 25
TIMEOUT: Final = ClientTimeout(total=HOLD + 15, connect=5)
#: Seconds to wait after a failed call: at first, and at most.
FIRST_WAIT: Final = 1.0
LONGEST_WAIT: Final = 30.0
#: Seconds to leave to whoever else polls for this bot; each call of ours ends theirs.
YIELD: Final = 30.0
_MOST: Final = 100


class Refused(Exception):
    """The platform said no; `after` is what it asked us to wait."""

    def __init__(self, code: int, why: str, after: float) -> None:
        super().__init__(f"{code} {why}")
        self.code = code
        self.after = after


class Polling:
    def __init__(
        self,
        http: ClientSession,
        methods: str,
        bot_id: str,
        store: ReceivedStore,
        clock: Clock,
        *,
        notify: Callable[[], None],
        standing: Standing,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        """`methods` is the address of the bot's methods; it holds the token."""
        self._http = http
        self._methods = methods
        self._bot_id = bot_id
        self._store = store
        self._clock = clock
        self._notify = notify
        self._standing = standing
        self._sleep = sleep
        self._offset: int | None = None

    async def run(self) -> None:
        """Ask until cancelled."""
        wait = FIRST_WAIT
        is_ready = False
        while True:
            try:
                if not is_ready:
                    await self._call("deleteWebhook", {})
                    is_ready = True
                await self.step()
            except Refused as refused:
                self._standing.failed(str(refused))
                # Somebody else polls, or has put a webhook up again: that is ours to take down.
                is_busy = refused.code == HTTPStatus.CONFLICT
                is_ready = is_ready and not is_busy
                await self._sleep(YIELD if is_busy else max(wait, refused.after))
            except (ClientError, TimeoutError, OSError) as error:
                # The address holds the token, and these errors may hold the address.
                self._standing.failed(type(error).__name__)
                await self._sleep(wait)
            except Exception as error:
                log.exception("cannot keep updates", extra={"action": "telegram_keep_failed"})
                self._standing.failed(type(error).__name__)
                await self._sleep(wait)
            else:
                self._standing.works()
                wait = FIRST_WAIT
                continue
            wait = min(wait * 2, LONGEST_WAIT)

    async def step(self) -> int:
        """One call. Returns how many updates were new to us.

        Without an offset the platform gives everything not confirmed yet: so that numbers which
        begin anew after a quiet week are not taken for old ones, the offset is only ever used to
        confirm what was just kept.
        """
        asked = {"timeout": HOLD, "limit": _MOST, "allowed_updates": list(ALLOWED)}
        if self._offset is not None:
            asked |= {"offset": self._offset, "timeout": 0}
        batch = await self._call("getUpdates", asked)
        if self._offset is not None:
            failpoint("polling.confirmed")
        if not isinstance(batch, list):
            raise Refused(HTTPStatus.OK, "no list of updates", FIRST_WAIT)
        if batch:
            failpoint("polling.fetched")
        new = await self._keep(batch)
        numbers = [number for each in batch if (number := number_of(each)) is not None]
        if batch and not numbers:
            raise Refused(HTTPStatus.OK, "updates without numbers", LONGEST_WAIT)
        self._offset = max(numbers) + 1 if numbers else None
        if numbers:
            failpoint("polling.kept")
        return new

    async def _keep(self, batch: Sequence[Any]) -> int:
        found = [envelope_of(each) for each in batch]
        new = await self._store.keep(CHANNEL, self._bot_id, found, self._clock.now())
        if new:
            self._notify()
        return new

    async def _call(self, method: str, asked: dict[str, Any]) -> Any:
        async with self._http.post(
            f"{self._methods}/{method}", json=asked, allow_redirects=False, timeout=TIMEOUT
        ) as answer:
            raw, status = await answer.read(), answer.status
        try:
            found = json.loads(raw)
        except ValueError:
            raise Refused(status, "no JSON", 0) from None
        if not isinstance(found, dict) or found.get("ok") is not True:
            raise _refusal(found, status)
        return found.get("result")


def _refusal(found: Any, status: int) -> Refused:
    said = found if isinstance(found, dict) else {}
    parameters = said.get("parameters")
    after = parameters.get("retry_after", 0) if isinstance(parameters, dict) else 0
    is_number = isinstance(after, int | float)
    return Refused(
        status, str(said.get("description", ""))[:200], float(after) if is_number else 0.0
    )
