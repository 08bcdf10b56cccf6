"""Updates → what they mean, and nothing else: no database, no clock, no network."""

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from telegram import CallbackQuery, Chat, ChatMemberUpdated, Message, Update, User
from telegram.constants import ChatMemberStatus, ChatType

from bot.channels.telegram.content import parts_of, text
from bot.channels.telegram.envelope import number_of
from bot.channels.telegram.incoming import (
    Elsewhere,
    Incoming,
    Letter,
    Moved,
    Nothing,
    Press,
    Reach,
    Writer,
)
from bot.gateway.reader import Unreadable
from bot.problem import nearest_locale

#: Where a body of ours holds several updates.
JOINED: Final = "joined"
_LARGEST: Final = 2**53
#: What a table holds of a name.
_LONGEST_NAME: Final = 80
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")
#: What is looked at of an update; a kind we never asked for cannot be in the way.
_OURS: Final = frozenset(
    {
        "update_id", "message", "edited_message", "callback_query", "my_chat_member",
        "channel_post", "edited_channel_post",
    }
)  # fmt: skip
_OUTSIDE: Final = frozenset({ChatMemberStatus.LEFT, ChatMemberStatus.BANNED})
#: Whatever PTB stumbles over in an update that is none.
_POISON: Final = (
    TypeError, ValueError, KeyError, AttributeError, OverflowError, OSError, RecursionError,
)  # fmt: skip


def read(body: str) -> tuple[Incoming, ...]:
    """One update, or several that were joined, in order.

    Raises:
        Unreadable: this is no update, or not one as the Bot API describes them.
    """
    try:
        found = json.loads(body, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise Unreadable("no JSON") from error
    joined = found.get(JOINED) if isinstance(found, dict) else None
    return tuple(_update(each) for each in (joined if isinstance(joined, list) else [found]))


def _no_constant(name: str) -> float:
    raise ValueError(name)


def _update(found: Any) -> Incoming:
    if number_of(found) is None:
        raise Unreadable("no update id")
    try:
        return _meaning(Update.de_json({key: found[key] for key in _OURS & found.keys()}), found)
    except _POISON as error:
        raise Unreadable(f"{type(error).__name__} in an update") from error


def _meaning(update: Update, raw: Mapping[str, Any]) -> Incoming:
    if update.callback_query is not None:
        return _press(update.update_id, update.callback_query)
    if update.my_chat_member is not None:
        return _membership(update.my_chat_member)
    message = update.message or update.edited_message
    if message is not None:
        return _message(update.update_id, message, is_edit=update.edited_message is not None)
    post = update.channel_post or update.edited_channel_post
    if post is not None:
        return _elsewhere(post.chat, None)
    return Nothing(why=f"not asked for: {', '.join(sorted(set(raw) - {'update_id'}))[:80]}")


def _message(update_id: int, message: Message, *, is_edit: bool) -> Incoming:
    if message.migrate_to_chat_id is not None:
        return Moved(
            chat=str(_number(message.chat.id)), new_chat=str(_number(message.migrate_to_chat_id))
        )
    if message.chat.type != ChatType.PRIVATE:
        return _elsewhere(message.chat, message.from_user)
    if message.from_user is None or message.from_user.is_bot:
        return Nothing(why="written by no person")
    if not _is_at_home(message.from_user, message.chat):
        return Nothing(why="written in somebody else's chat")
    parts = parts_of(message, is_edit=is_edit)
    if not parts:
        return Nothing(why="nothing was said")
    return Letter(
        update_id=update_id,
        message_id=_number(message.message_id),
        writer=_writer(message.from_user),
        parts=parts,
        album=text(message.media_group_id or ""),
        is_edit=is_edit,
    )


def _press(update_id: int, query: CallbackQuery) -> Incoming:
    """An old message is only hinted at; pressed in an inline message there is none."""
    message = query.message
    text(query.id), text(query.data or "")
    if message is not None and message.chat.type != ChatType.PRIVATE:
        return _elsewhere(message.chat, query.from_user)
    if message is not None and not _is_at_home(query.from_user, message.chat):
        return Nothing(why="pressed in somebody else's chat")
    return Press(
        update_id=update_id,
        writer=_writer(query.from_user),
        query=query,
    )


def _membership(change: ChatMemberUpdated) -> Incoming:
    """In a private chat it is sent when we are blocked or let in again."""
    is_out = change.new_chat_member.status in _OUTSIDE
    if change.chat.type == ChatType.PRIVATE:
        return Reach(chat=str(_number(change.chat.id)), is_blocked=is_out)
    if is_out:
        return Nothing(why="out of a group")
    was_out = change.old_chat_member.status in _OUTSIDE
    return _elsewhere(change.chat, change.from_user, was_added=was_out)


def _elsewhere(chat: Chat, user: User | None, *, was_added: bool = False) -> Elsewhere:
    locale = nearest_locale((user.language_code if user else "") or "")
    return Elsewhere(chat=_number(chat.id), locale=locale, was_added=was_added)


def _is_at_home(user: User, chat: Chat) -> bool:
    """A private chat has the number of its person; nobody else acts for them there."""
    return _number(user.id) == _number(chat.id)


def _writer(user: User) -> Writer:
    return Writer(
        chat=str(_number(user.id)),
        name=" ".join(_UNSEEN.sub(" ", user.full_name).split())[:_LONGEST_NAME],
        locale=nearest_locale(text(user.language_code or "")),
    )


def _number(value: object) -> int:
    """Ids have 52 bits at most.

    Raises:
        TypeError: this is none.
    """
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) >= _LARGEST:
        raise TypeError("not an id")
    return value
