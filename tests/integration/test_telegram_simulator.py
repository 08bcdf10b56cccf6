"""The simulator of the Bot API keeps to what the real one does, as python-telegram-bot sees it."""

from collections.abc import AsyncIterator

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest

from tests.simulators.telegram import TelegramSimulator


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramSimulator]:
    async with TelegramSimulator().running() as simulator:
        yield simulator


@pytest.fixture
async def bot(telegram: TelegramSimulator) -> AsyncIterator[Bot]:
    root = telegram.api_base
    async with Bot(telegram.token, base_url=f"{root}/bot", base_file_url=f"{root}/file/bot") as bot:
        yield bot


async def test_a_conversation_goes_both_ways(telegram: TelegramSimulator, bot: Bot) -> None:
    anna = telegram.user(1001, "Anna", language_code="en")
    anna.starts("code-1")
    (arrived,) = await bot.get_updates(timeout=5)
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="o:1")]])

    await bot.send_message(anna.id, "Well?", reply_markup=keyboard)
    press = anna.presses("Yes")
    (pressed,) = await bot.get_updates(offset=arrived.update_id + 1)
    await bot.answer_callback_query(pressed.callback_query.id, "Noted")
    await bot.edit_message_text("Thanks", anna.id, anna.last.message_id)

    assert arrived.message.text == "/start code-1"
    assert pressed.callback_query.data == "o:1"
    assert anna.answer_to(press)["text"] == "Noted"
    assert [(sent.method, sent.text, sent.labels) for sent in telegram.accepted] == [
        ("sendMessage", "Well?", ["Yes"]),
        ("answerCallbackQuery", "Noted", []),
        ("editMessageText", "Thanks", []),
    ]
    assert [(seen.text, seen.edited, seen.labels) for seen in anna.seen()] == [("Thanks", True, [])]


async def test_somebody_who_never_wrote_cannot_be_written_to(
    telegram: TelegramSimulator, bot: Bot
) -> None:
    anna = telegram.user(1001, "Anna")

    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(anna.id, "Hello")
    assert telegram.accepted == ()
