"""Methods that change what stands in a chat, and the answer to a pressed button."""

from typing import Any

from tests.simulators.telegram import text
from tests.simulators.telegram.chats import Chat
from tests.simulators.telegram.errors import bad
from tests.simulators.telegram.markup import inline_only, markup
from tests.simulators.telegram.parameters import Parameters
from tests.simulators.telegram.state import State

TOAST_LIMIT = 200
UNCHANGED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
TWO_DAYS = 48 * 3600


async def edit_message_text(state: State, parameters: Parameters) -> dict[str, Any]:
    words, entities = text.message_text(parameters)
    keyboard = inline_only(markup(parameters))
    chat, message = _own_message(state, parameters)
    if "text" not in message:
        raise bad("there is no text in the message to edit")
    return _changed(state, chat, message, {"text": words, "entities": entities or None}, keyboard)


async def edit_message_caption(state: State, parameters: Parameters) -> dict[str, Any]:
    words, entities = text.caption(parameters)
    keyboard = inline_only(markup(parameters))
    chat, message = _own_message(state, parameters)
    if "photo" not in message:
        raise bad("there is no caption in the message to edit")
    content = {"caption": words or None, "caption_entities": entities or None}
    return _changed(state, chat, message, content, keyboard)


async def edit_message_reply_markup(state: State, parameters: Parameters) -> dict[str, Any]:
    keyboard = inline_only(markup(parameters))
    chat, message = _own_message(state, parameters)
    return _changed(state, chat, message, {}, keyboard)


def _own_message(state: State, parameters: Parameters) -> tuple[Chat, dict[str, Any]]:
    if not parameters.text("chat_id") and parameters.text("inline_message_id"):
        raise bad("MESSAGE_ID_INVALID")
    chat, message = state.message(parameters, "message to edit")
    if message.get("from", {}).get("id") != state.bot["id"]:
        raise bad("message can't be edited")
    return chat, message


def _changed(
    state: State,
    chat: Chat,
    message: dict[str, Any],
    content: dict[str, Any],
    keyboard: dict[str, Any] | None,
) -> dict[str, Any]:
    wanted = content | {"reply_markup": keyboard}
    if all(message.get(key) == value for key, value in wanted.items()):
        raise bad(UNCHANGED)
    changed = message | wanted | {"edit_date": state.date()}
    changed = {key: value for key, value in changed.items() if value is not None}
    chat.messages[message["message_id"]] = changed
    return changed


async def delete_message(state: State, parameters: Parameters) -> bool:
    chat, message = state.message(parameters, "message to delete")
    if state.now() - message["date"] > TWO_DAYS:
        raise bad("message can't be deleted for everyone")
    del chat.messages[message["message_id"]]
    return True


async def answer_callback_query(state: State, parameters: Parameters) -> bool:
    press = state.waiting_press(parameters.text("callback_query_id"))
    if press is None:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    if text.units(parameters.text("text")) > TOAST_LIMIT:
        raise bad("MESSAGE_TOO_LONG")
    press.answered = dict(parameters.fields)
    return True


METHODS = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "answerCallbackQuery": answer_callback_query,
}
