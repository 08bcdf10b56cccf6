"""Methods about the bot itself, chats and files; nobody sees an effect of them in a chat."""

import json
from typing import Any

from tests.simulators.telegram.errors import bad
from tests.simulators.telegram.files import DOWNLOAD_LIMIT
from tests.simulators.telegram.membership import changed_membership
from tests.simulators.telegram.parameters import Parameters
from tests.simulators.telegram.state import State

ACTIONS = frozenset({
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
})  # fmt: skip
MOST_COMMANDS = 100


async def get_me(state: State, parameters: Parameters) -> dict[str, Any]:
    return state.bot | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
        "supports_guest_queries": False,
        "supports_join_request_queries": False,
    }


async def get_chat(state: State, parameters: Parameters) -> dict[str, Any]:
    chat = state.any_chat(parameters)
    return chat.description() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": True,
            "limited_gifts": True,
            "unique_gifts": True,
            "premium_subscription": True,
            "gifts_from_channels": True,
        },
    }


async def leave_chat(state: State, parameters: Parameters) -> bool:
    chat = state.chat(parameters)
    if chat.kind == "private":
        raise bad("chat member status can't be changed in private chats")
    changed_membership(state, chat, state.bot, "left")
    return True


async def send_chat_action(state: State, parameters: Parameters) -> bool:
    if parameters.text("action").lower() not in ACTIONS:
        raise bad("wrong parameter action in request")
    state.chat(parameters)
    return True


async def get_file(state: State, parameters: Parameters) -> dict[str, Any]:
    file_id = parameters.text("file_id")
    if not file_id:
        raise bad("file_id not specified")
    kept = state.files.by_id(file_id)
    if kept is None:
        raise bad("invalid file_id")
    if kept.size > DOWNLOAD_LIMIT:
        raise bad("file is too big")
    return kept.description() | {"file_path": kept.path}


async def set_my_commands(state: State, parameters: Parameters) -> bool:
    commands = parameters.json("commands", "can't parse commands JSON object") or []
    if not isinstance(commands, list):
        raise bad("expected an Array of BotCommand")
    if len(commands) > MOST_COMMANDS:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        _check_command(command)
    state.commands[_scope(parameters)] = commands
    return True


def _check_command(command: Any) -> None:
    where = "can't parse BotCommand: "
    if not isinstance(command, dict):
        raise bad(f"{where}expected an Object")
    for field in ("command", "description"):
        if not isinstance(command.get(field), str):
            raise bad(f'{where}Can\'t find field "{field}"')
    name = command["command"].removeprefix("/")
    if not (name.isascii() and name.replace("_", "a").isalnum() and name == name.lower()):
        raise bad("BOT_COMMAND_INVALID")
    if not 1 <= len(name) <= 32:
        raise bad("BOT_COMMAND_INVALID")
    if not 1 <= len(command["description"]) <= 256:
        raise bad("BOT_COMMAND_DESCRIPTION_INVALID")


async def get_my_commands(state: State, parameters: Parameters) -> list[dict[str, str]]:
    return state.commands.get(_scope(parameters), [])


async def delete_my_commands(state: State, parameters: Parameters) -> bool:
    state.commands.pop(_scope(parameters), None)
    return True


def _scope(parameters: Parameters) -> str:
    scope = parameters.json("scope", "can't parse BotCommandScope JSON object")
    return json.dumps([scope or {"type": "default"}, parameters.text("language_code")])


async def set_chat_menu_button(state: State, parameters: Parameters) -> bool:
    button = parameters.json("menu_button", "can't parse menu button JSON object")
    if button is not None and not isinstance(button, dict):
        raise bad("can't parse menu button: MenuButton must be an Object")
    state.menu_button = button or {"type": "default"}
    return True


async def get_chat_menu_button(state: State, parameters: Parameters) -> dict[str, Any]:
    return state.menu_button


async def log_out(state: State, parameters: Parameters) -> bool:
    state.logged_out = True
    return True


async def close(state: State, parameters: Parameters) -> bool:
    return True


METHODS = {
    "getMe": get_me,
    "getChat": get_chat,
    "leaveChat": leave_chat,
    "sendChatAction": send_chat_action,
    "getFile": get_file,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
    "logOut": log_out,
    "close": close,
}
