"""The update that says how the bot stands in a chat from now on."""

from typing import Any

from tests.simulators.telegram.chats import Chat, Standing
from tests.simulators.telegram.state import State
from tests.simulators.telegram.updates import membership_queue


def changed_membership(state: State, chat: Chat, by: dict[str, Any], standing: Standing) -> None:
    """Change how the bot stands in a chat, and let it know."""
    old, chat.standing = chat.standing, standing
    if old == "unknown":
        old = "member" if chat.kind == "private" else "left"
    state.updates.add(
        "my_chat_member",
        {
            "chat": chat.description(),
            "from": by,
            "date": state.date(),
            "old_chat_member": _member(state.bot, old),
            "new_chat_member": _member(state.bot, standing),
        },
        membership_queue(chat.id),
    )


def _member(user: dict[str, Any], status: str) -> dict[str, Any]:
    until = {"until_date": 0} if status == "kicked" else {}
    return {"user": user, "status": status} | until
