"""python-telegram-bot, asked through its `Bot` and its `Application`."""

import base64
import os
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import TelegramError
from telegram.ext import Application, CallbackQueryHandler, ContextTypes, MessageHandler, filters

from tests.peers.peer import Account, PeerError


class PtbPeer:
    """Version 22."""

    def __init__(self, account: Account) -> None:
        # Else the error that carries a wait warns of its own future, and a warning is an error.
        os.environ.setdefault("PTB_TIMEDELTA", "true")
        root = account.api_base
        self._application = (
            Application.builder()
            .token(account.token)
            .base_url(f"{root}/bot")
            .base_file_url(f"{root}/file/bot")
            .build()
        )
        self._application.add_handler(MessageHandler(filters.TEXT, _echo))
        self._application.add_handler(CallbackQueryHandler(_thank))
        self._listens = False
        self._ready = False

    async def do(self, verb: str, **arguments: Any) -> Any:
        if not self._ready:
            await self._application.initialize()
            self._ready = True
        act: Callable[..., Awaitable[Any]] = getattr(self, f"_{verb}")
        try:
            return await act(self._application.bot, **arguments)
        except TelegramError as error:
            wait = getattr(error, "retry_after", None)
            seconds = int(wait.total_seconds()) if isinstance(wait, timedelta) else wait
            raise PeerError(type(error).__name__, None, error.message, seconds) from error

    async def close(self) -> None:
        if self._ready:
            await self._application.shutdown()

    async def _me(self, bot: Bot) -> Any:
        return (await bot.get_me()).username

    async def _send(self, bot: Bot, chat: int, text: str, rows: list[list[Any]]) -> Any:
        return (await bot.send_message(chat, text, reply_markup=_keyboard(rows))).message_id

    async def _edit(self, bot: Bot, chat: int, message: int, text: str) -> Any:
        edited = await bot.edit_message_text(text, chat_id=chat, message_id=message)
        return edited.text if not isinstance(edited, bool) else None

    async def _answer(self, bot: Bot, press: str, text: str) -> Any:
        return await bot.answer_callback_query(press, text)

    async def _updates(self, bot: Bot, offset: int, seconds: int) -> Any:
        updates = await bot.get_updates(offset=offset, timeout=seconds)
        return [
            [update.update_id, update.callback_query.data if update.callback_query
             else update.effective_message.text if update.effective_message else None]
            for update in updates
        ]  # fmt: skip

    async def _webhook(self, bot: Bot) -> Any:
        info = await bot.get_webhook_info()
        return [info.url, info.pending_update_count]

    async def _photo(self, bot: Bot, chat: int, content: str, caption: str) -> Any:
        sent = await bot.send_photo(chat, base64.b64decode(content), caption=caption)
        return sent.photo[-1].file_id

    async def _download(self, bot: Bot, file: str) -> Any:
        kept = await bot.get_file(file)
        return base64.b64encode(await kept.download_as_bytearray()).decode()

    async def _place(self, bot: Bot, chat: int, latitude: float, longitude: float) -> Any:
        sent = await bot.send_location(chat, latitude, longitude)
        return [sent.location.latitude, sent.location.longitude] if sent.location else None

    async def _listen(self, bot: Bot) -> None:
        await self._application.start()
        if self._application.updater is not None:
            await self._application.updater.start_polling(timeout=30)

    async def _quiet(self, bot: Bot) -> None:
        if self._application.updater is not None:
            await self._application.updater.stop()
        await self._application.stop()


def _keyboard(rows: list[list[Any]]) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(label, callback_data=data) for label, data in row] for row in rows]
    )


async def _echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    if update.message is not None and update.message.text is not None:
        await update.message.reply_text(
            update.message.text, reply_markup=_keyboard([[["Again", "again"]]])
        )


async def _thank(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    if update.callback_query is not None:
        await update.callback_query.answer("Thanks")
        await update.callback_query.edit_message_text("Thanks")
