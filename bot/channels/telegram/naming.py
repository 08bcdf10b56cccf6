"""`Naming`: what our bot is called on Telegram, so that a link can lead to it."""

import asyncio
import logging
from typing import Final

from telegram import Bot
from telegram.error import TelegramError

from bot.channels.telegram.polling import FIRST_WAIT
from bot.ports import Texts

log = logging.getLogger(__name__)

#: Seconds until we ask again: a name may change, and until a failed try is repeated at most.
LOOK: Final = 3600.0
_LONGEST_WAIT: Final = 300.0


class Naming:
    def __init__(self, bot: Bot, texts: Texts) -> None:
        self._bot = bot
        self._texts = texts

    async def run(self) -> None:
        """Ask, and keep asking; until it is known, codes are shown without a link."""
        wait = FIRST_WAIT
        while True:
            try:
                me = await self._bot.get_me()
            except TelegramError as error:
                # The reason may hold the address, and so the token.
                name = type(error).__name__
                log.info("not named yet: %s", name, extra={"action": "telegram_unnamed"})
                await asyncio.sleep(wait)
                wait = min(wait * 2, _LONGEST_WAIT)
            else:
                self._texts.telegram_name = me.username or ""
                await asyncio.sleep(LOOK)
