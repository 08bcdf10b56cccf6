"""`Pressing`: a callback query becomes an arrival, is answered, and the choice is shown."""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from telegram import Bot, CallbackQuery
from telegram.error import TelegramError

from actions.application.arrivals import Arrival
from actions.application.ports_channels import Address
from actions.application.ports_pressing import PRESSED, Presses
from actions.application.pressable import from_json
from actions.application.web_records import Account
from actions.domain.errors import OutOfDate
from bot.channels.telegram import keyboard
from bot.channels.telegram.judging import is_unchanged
from bot.gateway.buttons import Buttons, label_of
from bot.ports import Texts

log = logging.getLogger(__name__)

#: Within this time the same button pressed again is the same press.
TWICE = timedelta(seconds=10)
#: Characters of an answer to a press.
_LONGEST_ANSWER = 200


class Pressing:
    def __init__(self, bot: Bot, presses: Presses, signer: Buttons, texts: Texts) -> None:
        self._bot = bot
        self._presses = presses
        self._signer = signer
        self._texts = texts

    async def arrival(
        self,
        query: CallbackQuery,
        account: Account,
        address: Address,
        *,
        external_id: str,
        at: datetime,
    ) -> Arrival | None:
        """What was pressed, to be remembered; then call `conclude`.

        None when there is nothing to do: out of date, or pressed already. The person has been
        answered then.
        """
        if query.data == keyboard.PRESSED:
            await self._answer(query)
            return None
        try:
            row, index = self._signer.read_row(query.data or "")
            button = await self._button(account, row, index)
            from_json(button["command"])
        except OutOfDate as error:
            await self._answer(query, self._texts.render(error.key, {}, account.locale))
            return None
        label = label_of(button, self._texts, account.locale)
        pressed = f"{row}.{index}"
        if await self._presses.was_pressed(account.conversation_id, pressed, at - TWICE):
            await self.conclude(query, label)
            return None
        return Arrival(
            channel=address.channel,
            account=address.account,
            external_id=external_id,
            conversation_id=account.conversation_id,
            area=account.area,
            kind="action",
            payload={"command": button["command"], PRESSED: pressed},
            at=at,
            text=label,
        )

    async def conclude(self, query: CallbackQuery, label: str) -> None:
        """It is taken: stop the spinner, and show the choice where the buttons were."""
        await self._answer(query)
        message = query.message
        if message is None:
            return
        try:
            await self._bot.edit_message_reply_markup(
                chat_id=message.chat.id,
                message_id=message.message_id,
                reply_markup=keyboard.chosen(label),
            )
        except TelegramError as error:
            if not is_unchanged(error):
                _overlook("telegram_unmarked", error)

    async def _button(self, account: Account, row: int, index: int) -> Mapping[str, Any]:
        """The button of a row in the person's own conversation.

        Raises:
            OutOfDate: there is none.
        """
        buttons = await self._presses.buttons(account.conversation_id, row)
        if not 0 <= index < len(buttons):
            raise OutOfDate
        return buttons[index]

    async def _answer(self, query: CallbackQuery, text: str = "") -> None:
        """Best effort: after a while the platform takes no answer, and the press still counts."""
        try:
            await self._bot.answer_callback_query(
                query.id, text=text[:_LONGEST_ANSWER] or None, show_alert=bool(text)
            )
        except TelegramError as error:
            _overlook("telegram_unanswered", error)


def _overlook(action: str, error: TelegramError) -> None:
    """What is only for show may fail."""
    log.info("not shown: %s", type(error).__name__, extra={"action": action})
