"""Chats as Telegram keeps them: who is in them, what stands in them, and how the bot stands there."""

from dataclasses import dataclass, field
from typing import Any, Literal

from tests.simulators.telegram.errors import bad, forbidden
from tests.simulators.telegram.record import Rows, rows_of

Kind = Literal["private", "group", "supergroup", "channel"]
Standing = Literal["unknown", "member", "kicked", "left", "deactivated"]


@dataclass(frozen=True)
class Seen:
    """One message as a person sees it now."""

    message_id: int
    text: str
    buttons: Rows
    from_bot: bool
    edited: bool
    #: The file ids of its pictures; an album is several messages with one `album`.
    photo: str | None = None
    album: str | None = None
    location: tuple[float, float] | None = None
    raw: dict[str, Any] = field(default_factory=dict, repr=False)

    @property
    def labels(self) -> list[str]:
        return [button.text for row in self.buttons for button in row]


@dataclass
class Chat:
    """One chat; `messages` holds the Bot API's objects as they stand after every edit."""

    id: int
    kind: Kind
    title: str = ""
    user: dict[str, Any] = field(default_factory=dict)
    standing: Standing = "unknown"
    migrated_to: int | None = None
    messages: dict[int, dict[str, Any]] = field(default_factory=dict)
    #: What the person cleared away; the bot still knows it.
    hidden: set[int] = field(default_factory=set)
    #: The reply keyboard under the input field.
    keyboard: Rows = ()

    def description(self) -> dict[str, Any]:
        """The `Chat` object of the Bot API."""
        said: dict[str, Any] = {"id": self.id, "type": self.kind}
        if self.kind == "private":
            return said | {
                key: self.user[key]
                for key in ("first_name", "last_name", "username")
                if self.user.get(key)
            }
        return said | {"title": self.title}

    def require_reachable(self) -> None:
        """Refuse as Telegram does when the bot may not write here."""
        if self.migrated_to is not None:
            raise bad(
                "group chat was upgraded to a supergroup chat", migrate_to_chat_id=self.migrated_to
            )
        if self.standing == "member":
            return
        if self.kind != "private":
            name = f"the {self.kind} chat"
            if self.standing == "kicked":
                raise forbidden(f"bot was kicked from {name}")
            raise forbidden(f"bot is not a member of {name}")
        if self.standing == "kicked":
            raise forbidden("bot was blocked by the user")
        if self.standing == "deactivated":
            raise forbidden("user is deactivated")
        raise bad("chat not found")

    def seen(self) -> list[Seen]:
        """What stands here for a person, oldest first."""
        return [
            seen(message)
            for number, message in sorted(self.messages.items())
            if number not in self.hidden
        ]


def seen(message: dict[str, Any]) -> Seen:
    place = message.get("location")
    sizes = message.get("photo")
    return Seen(
        message_id=message["message_id"],
        text=message.get("text", message.get("caption", "")),
        buttons=rows_of(message.get("reply_markup")),
        from_bot=bool(message.get("from", {}).get("is_bot")),
        edited="edit_date" in message,
        photo=sizes[-1]["file_id"] if sizes else None,
        album=message.get("media_group_id"),
        location=(place["latitude"], place["longitude"]) if place else None,
        raw=message,
    )
