"""`Registration`: tells Telegram where to knock, and looks from time to time whether it does."""

import asyncio
import logging
from datetime import datetime
from typing import Final

from telegram import Bot
from telegram.error import BadRequest, RetryAfter, TelegramError

from bot.channels.telegram.polling import ALLOWED, FIRST_WAIT
from bot.channels.telegram.standing import Standing

log = logging.getLogger(__name__)

#: Seconds between looks; and at most between tries while the platform is away.
LOOK: Final = 300.0
LONGEST_WAIT: Final = 60.0
#: Updates delivered at the same time; those of one chat come one by one all the same.
_CONNECTIONS: Final = 40


class Registration:
    def __init__(self, bot: Bot, url: str, secret: str, standing: Standing) -> None:
        self._bot = bot
        self._url = url
        self._secret = secret
        self._standing = standing
        self._last_error: datetime | None = None

    async def run(self) -> None:
        """Register, then look after it until cancelled."""
        wait = FIRST_WAIT
        is_registered = False
        while True:
            try:
                if not is_registered:
                    await self._register()
                is_registered = await self._look()
            except TelegramError as error:
                self._standing.failed(f"webhook: {_why(error)}")
                await asyncio.sleep(max(wait, _asked(error)))
                wait = min(wait * 2, LONGEST_WAIT)
            else:
                wait = FIRST_WAIT
                await asyncio.sleep(LOOK if is_registered else wait)

    async def _register(self) -> None:
        """Also when it stands already: only so do secret and kinds of update surely agree."""
        await self._bot.set_webhook(
            self._url,
            allowed_updates=list(ALLOWED),
            secret_token=self._secret,
            max_connections=_CONNECTIONS,
        )
        log.info("registered", extra={"action": "telegram_registered"})

    async def _look(self) -> bool:
        """Whether it stands. What could not be delivered since the last look is told."""
        found = await self._bot.get_webhook_info()
        if found.url != self._url:
            self._standing.failed("webhook: somebody else has taken it")
            return False
        if found.last_error_date and found.last_error_date != self._last_error:
            self._last_error = found.last_error_date
            self._standing.failed(f"webhook: {(found.last_error_message or '')[:200]}")
        else:
            self._standing.works()
        return True


def _why(error: TelegramError) -> str:
    """In the platform's words where it refuses; others may hold the address, and so the token."""
    said = f" ({error.message[:200]})" if isinstance(error, BadRequest) else ""
    return type(error).__name__ + said


def _asked(error: TelegramError) -> float:
    if not isinstance(error, RetryAfter):
        return 0.0
    after = error.retry_after
    return float(after) if isinstance(after, int) else after.total_seconds()
