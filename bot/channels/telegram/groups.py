"""`Groups`: one polite sentence, and out again: nobody's matters belong before a whole group."""

import logging

from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.channels.telegram.incoming import Elsewhere
from bot.gateway.reader import TryLater
from bot.ports import Texts

log = logging.getLogger(__name__)


class Groups:
    def __init__(self, bot: Bot, texts: Texts) -> None:
        self._bot = bot
        self._texts = texts

    async def decline(self, elsewhere: Elsewhere, *, is_first_try: bool) -> None:
        """The sentence is tried once, where we were added; leaving is tried until it works.

        Raises:
            TryLater: the platform is away.
        """
        try:
            if elsewhere.was_added and is_first_try:
                await self._speak(elsewhere)
            await self._bot.leave_chat(elsewhere.chat)
        except (Forbidden, BadRequest, ChatMigrated) as error:
            reason = type(error).__name__
            log.info("not in that group", extra={"action": "group_left", "reason": reason})
        except TelegramError as error:
            raise TryLater(type(error).__name__) from None

    async def _speak(self, elsewhere: Elsewhere) -> None:
        text = self._texts.render("group_private_only", {}, elsewhere.locale)
        try:
            await self._bot.send_message(elsewhere.chat, text)
        except (Forbidden, BadRequest) as error:
            reason = type(error).__name__
            log.info("not heard in a group", extra={"action": "group_mute", "reason": reason})
