"""aiogram, asked through its `Bot` and its `Dispatcher`."""

import asyncio
import base64
import io
from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import AiogramError
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
)

from tests.peers.peer import Account, PeerError


class AiogramPeer:
    """Version 3."""

    def __init__(self, account: Account) -> None:
        server = TelegramAPIServer.from_base(account.api_base)
        self._bot = Bot(account.token, session=AiohttpSession(api=server))
        self._dispatcher = Dispatcher()
        self._dispatcher.message.register(_echo)
        self._dispatcher.callback_query.register(_thank)
        self._polling: asyncio.Task[None] | None = None

    async def do(self, verb: str, **arguments: Any) -> Any:
        act: Callable[..., Awaitable[Any]] = getattr(self, f"_{verb}")
        try:
            return await act(**arguments)
        except AiogramError as error:
            wait = getattr(error, "retry_after", None)
            raise PeerError(type(error).__name__, None, str(error), wait) from error

    async def close(self) -> None:
        await self._bot.session.close()

    async def _me(self) -> Any:
        return (await self._bot.get_me()).username

    async def _send(self, chat: int, text: str, rows: list[list[Any]]) -> Any:
        return (await self._bot.send_message(chat, text, reply_markup=_keyboard(rows))).message_id

    async def _edit(self, chat: int, message: int, text: str) -> Any:
        edited = await self._bot.edit_message_text(text, chat_id=chat, message_id=message)
        return edited.text if isinstance(edited, Message) else None

    async def _answer(self, press: str, text: str) -> Any:
        return await self._bot.answer_callback_query(press, text)

    async def _updates(self, offset: int, seconds: int) -> Any:
        updates = await self._bot.get_updates(offset=offset, timeout=seconds)
        return [
            [update.update_id, update.callback_query.data if update.callback_query
             else update.message.text if update.message else None]
            for update in updates
        ]  # fmt: skip

    async def _webhook(self) -> Any:
        info = await self._bot.get_webhook_info()
        return [info.url, info.pending_update_count]

    async def _photo(self, chat: int, content: str, caption: str) -> Any:
        picture = BufferedInputFile(base64.b64decode(content), "photo.jpg")
        sent = await self._bot.send_photo(chat, picture, caption=caption)
        return sent.photo[-1].file_id if sent.photo else None

    async def _download(self, file: str) -> Any:
        written = io.BytesIO()
        await self._bot.download(file, written)
        return base64.b64encode(written.getvalue()).decode()

    async def _place(self, chat: int, latitude: float, longitude: float) -> Any:
        sent = await self._bot.send_location(chat, latitude, longitude)
        return [sent.location.latitude, sent.location.longitude] if sent.location else None

    async def _listen(self) -> None:
        self._polling = asyncio.create_task(
            self._dispatcher.start_polling(
                self._bot, polling_timeout=30, handle_signals=False, close_bot_session=False
            )
        )

    async def _quiet(self) -> None:
        await self._dispatcher.stop_polling()
        if self._polling is not None:
            await self._polling


def _keyboard(rows: list[list[Any]]) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    buttons = [
        [InlineKeyboardButton(text=label, callback_data=data) for label, data in row]
        for row in rows
    ]
    return InlineKeyboardMarkup(inline_keyboard=buttons)


async def _echo(message: Message) -> None:
    await message.answer(message.text or "", reply_markup=_keyboard([[["Again", "again"]]]))


async def _thank(press: CallbackQuery) -> None:
    await press.answer("Thanks")
    if isinstance(press.message, Message):
        await press.message.edit_text("Thanks")
