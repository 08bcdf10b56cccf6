"""`Flood`: more from one chat than anybody writes is put away; danger is heard all the same."""

from collections.abc import Sequence

from actions.application.ports_channels import Delivered
from actions.domain.emergency import detect
from bot.channels.telegram.incoming import Letter, Words
from bot.gateway.throttle import CHAT_NOTICES, DANGERS_FROM_CHAT, FROM_ONE_CHAT
from bot.ports import Allowance, Throttle


class Flood:
    """Telegram cannot be asked to wait: what is not taken now comes again and holds up its chat."""

    def __init__(self, throttle: Throttle) -> None:
        self._throttle = throttle

    async def takes(self, delivered: Delivered, letters: Sequence[Letter]) -> bool:
        """Whether an update is taken; one that is read again has been counted."""
        if delivered.attempts > 1 or await self._has(FROM_ONE_CHAT, delivered):
            return True
        is_danger = any(
            isinstance(part, Words) and detect(part.text) is not None
            for letter in letters
            for part in letter.parts
        )
        return is_danger and await self._has(DANGERS_FROM_CHAT, delivered)

    async def is_to_be_told(self, delivered: Delivered) -> bool:
        """Once in a while is enough."""
        return await self._has(CHAT_NOTICES, delivered)

    async def _has(self, allowance: Allowance, delivered: Delivered) -> bool:
        chat = f"{delivered.channel}:{delivered.account}:{delivered.queue}"
        return not await self._throttle.take(allowance, chat)
