"""What happened, in the order it happened; both lists only ever grow."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Button:
    """One button of a message: inline with `data` or `url`, or of a reply keyboard with neither."""

    text: str
    data: str | None = None
    url: str | None = None


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True)
class Call:
    """One request of a client, whatever became of it."""

    order: int
    at: float
    method: str
    parameters: dict[str, str]
    chat_id: int | None
    #: What the client could read: 200, 400, 429 …; 0 when it read no whole answer.
    status: int
    description: str = ""
    #: The files that came with it, by field.
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class Accepted:
    """One call that took effect, whether or not its answer arrived."""

    order: int
    at: float
    method: str
    chat_id: int | None
    message_ids: tuple[int, ...]
    text: str
    buttons: Rows
    parameters: dict[str, str] = field(repr=False)
    result: Any = field(repr=False)

    @property
    def message_id(self) -> int | None:
        return self.message_ids[0] if self.message_ids else None

    @property
    def is_send(self) -> bool:
        """Say whether it put a new message into a chat."""
        return self.method.startswith("send") and self.method != "sendChatAction"

    @property
    def labels(self) -> list[str]:
        return [button.text for row in self.buttons for button in row]


def rows_of(markup: Any) -> Rows:
    """The buttons of an inline or a reply keyboard."""
    if not isinstance(markup, dict):
        return ()
    rows = markup.get("inline_keyboard") or markup.get("keyboard") or []
    return tuple(tuple(_button(button) for button in row) for row in rows)


def _button(button: Any) -> Button:
    if isinstance(button, str):
        return Button(button)
    return Button(button["text"], button.get("callback_data"), button.get("url"))
