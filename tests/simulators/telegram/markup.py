"""Keyboards under a message, checked as strictly as the Bot API does."""

from typing import Any

from tests.simulators.telegram.errors import bad
from tests.simulators.telegram.parameters import Parameters

DATA_LIMIT = 64
MOST_BUTTONS = 100
MOST_IN_A_ROW = 8
KINDS = ("url", "callback_data", "web_app", "login_url", "switch_inline_query", "copy_text",
         "switch_inline_query_current_chat", "switch_inline_query_chosen_chat", "pay")  # fmt: skip
REPLY_KINDS = ("keyboard", "remove_keyboard", "force_reply")


def markup(parameters: Parameters) -> dict[str, Any] | None:
    """The keyboard of a call: inline, of replies, its removal, or none."""
    given = parameters.json("reply_markup", "can't parse reply keyboard markup JSON object")
    if given is None:
        return None
    if not isinstance(given, dict):
        raise bad("object expected as reply markup")
    if "inline_keyboard" in given:
        _check_rows(given["inline_keyboard"], "inline_keyboard", _check_inline)
    elif "keyboard" in given:
        _check_rows(given["keyboard"], "keyboard", _check_reply)
    elif given and not any(given.get(kind) for kind in REPLY_KINDS):
        raise bad("can't parse reply keyboard markup JSON object")
    return given


def inline_only(given: dict[str, Any] | None) -> dict[str, Any] | None:
    """What stands on the message itself; a reply keyboard belongs to the chat."""
    return given if given and given.get("inline_keyboard") else None


def _check_rows(rows: Any, field: str, check: Any) -> None:
    owner = "InlineKeyboardMarkup" if field == "inline_keyboard" else "ReplyKeyboardMarkup"
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad(f'field "{field}" of the {owner} must be an Array of Arrays')
    for row in rows:
        if len(row) > MOST_IN_A_ROW:
            raise bad("reply markup is too long")
        for button in row:
            check(button)
    if sum(map(len, rows)) > MOST_BUTTONS:
        raise bad("reply markup is too long")


def _check_inline(button: Any) -> None:
    where = "can't parse inline keyboard button: "
    if not isinstance(button, dict):
        raise bad(f"{where}InlineKeyboardButton must be an Object")
    _check_label(button, where)
    if not any(button.get(kind) for kind in KINDS):
        raise bad(f"{where}Text buttons are unallowed in the inline keyboard")
    data = button.get("callback_data")
    if data is None:
        return
    if not isinstance(data, str):
        raise bad(f'{where}Field "callback_data" must be of type String')
    if len(data.encode()) > DATA_LIMIT:
        raise bad("BUTTON_DATA_INVALID")


def _check_reply(button: Any) -> None:
    where = "can't parse keyboard button: "
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict):
        raise bad(f"{where}KeyboardButton must be a String or an Object")
    _check_label(button, where)


def _check_label(button: dict[str, Any], where: str) -> None:
    if "text" not in button:
        raise bad(f'{where}Can\'t find field "text"')
    if not isinstance(button["text"], str):
        raise bad(f'{where}Field "text" must be of type String')
    if not button["text"].strip():
        raise bad("BUTTON_TEXT_EMPTY")
