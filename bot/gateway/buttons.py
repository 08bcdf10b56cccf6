"""Buttons are opaque to the one who presses them: signed, and good in one conversation only."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any, Final

from actions.application.signing import every, is_any
from actions.domain.errors import OutOfDate
from bot.ports import Texts

#: What a platform takes back from a button at most (Telegram's callback_data).
LONGEST: Final = 64
#: A web page may send a whole command back.
LONGEST_COMMAND: Final = 400
_MAC_BYTES: Final = 16
_COMMAND: Final = "c"
_ROW: Final = "o"
_BIGGEST: Final = 2**63


class Buttons:
    """Signs what stands behind a button and reads it back."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def sign(self, message_id: int, index: int, conversation_id: int) -> str:
        """A reference to a button that the transcript keeps."""
        return f"{message_id}.{index}.{self._mac(f'{message_id}.{index}.{conversation_id}')}"

    def read(self, token: str, conversation_id: int) -> tuple[int, int]:
        """Message id and index of the button.

        Raises:
            OutOfDate: it was not made here, or not for this conversation.
        """
        message_id, index, mac = _parts(token, LONGEST)
        try:
            found = int(message_id), int(index)
        except ValueError as error:
            raise OutOfDate from error
        self._check(mac, f"{found[0]}.{found[1]}.{conversation_id}")
        if found[0] >= _BIGGEST:
            raise OutOfDate
        return found

    def sign_row(self, outbox_id: int, index: int) -> str:
        """A reference to a button of an outbox row: a platform is sent it before it is shown.

        It names no conversation, so that it outlives two people becoming one: whoever reads it
        has to look whose row it is.
        """
        row = f"{_ROW}{outbox_id}.{index}"
        return f"{row}.{self._mac(row)}"

    def read_row(self, token: str) -> tuple[int, int]:
        """Outbox id and index of the button.

        Raises:
            OutOfDate: it was not made here.
        """
        row, index, mac = _parts(token, LONGEST)
        self._check(mac, f"{row}.{index}")
        if not row.startswith(_ROW):
            raise OutOfDate
        return int(row.removeprefix(_ROW)), int(index)

    def sign_command(self, command: Mapping[str, Any], conversation_id: int) -> str:
        """A whole command, for a page that is no message."""
        raw = json.dumps(command, separators=(",", ":"), ensure_ascii=False).encode()
        body = base64.urlsafe_b64encode(raw).decode().rstrip("=")
        token = f"{_COMMAND}.{body}.{self._mac(f'{_COMMAND}.{body}.{conversation_id}')}"
        if len(token) > LONGEST_COMMAND:
            raise ValueError("the command is too long for a button")
        return token

    def read_command(self, token: str, conversation_id: int) -> dict[str, Any]:
        """The command inside.

        Raises:
            OutOfDate: it was not made here, or not for this conversation.
        """
        kind, body, mac = _parts(token, LONGEST_COMMAND)
        if kind != _COMMAND:
            raise OutOfDate
        self._check(mac, f"{_COMMAND}.{body}.{conversation_id}")
        raw = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
        command: dict[str, Any] = json.loads(raw)
        return command

    def _mac(self, signed: str, key: bytes = b"") -> str:
        signed_with = key or self._key
        digest = hmac.new(signed_with, b"button:" + signed.encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(digest[:_MAC_BYTES]).decode().rstrip("=")

    def _check(self, mac: str, signed: str) -> None:
        good = [self._mac(signed, key).encode() for key in every(self._key)]
        if not is_any(mac.encode(), good):
            raise OutOfDate


def label_of(button: Mapping[str, Any], texts: Texts, locale: str) -> str:
    """What an outbox row's button is called; no emphasis can be shown on it."""
    if button.get("literal"):
        return str(button["label"])
    words = texts.render(button["label"], button.get("params") or {}, locale)
    return words.replace("**", "")


def is_command(token: str) -> bool:
    """Whether the token carries its command itself."""
    return token.startswith(_COMMAND + ".")


def _parts(token: str, longest: int) -> tuple[str, str, str]:
    """The three parts of a token, all of them ASCII."""
    if len(token) > longest or not token.isascii():
        raise OutOfDate
    parts = token.split(".")
    if len(parts) != 3:  # noqa: PLR2004
        raise OutOfDate
    return parts[0], parts[1], parts[2]
