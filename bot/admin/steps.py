"""What a button or a question of the ticket's page does: signed, for one session and one ticket."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any, Final

from actions.application.commands.base import Command
from actions.application.commands.desk import WriteAtDesk
from actions.application.pressable import from_json
from actions.application.signing import every, is_any
from actions.domain.errors import OutOfDate

_MAC: Final = 32


class Steps:
    """Signs steps and reads them back."""

    def __init__(self, key: bytes, session: str, number: str) -> None:
        self._key = key
        self._for = f"console step/{session}/{number}/"

    def press(self, command: Mapping[str, Any]) -> str:
        return self._signed({"press": command})

    def write(self, about: Mapping[str, Any]) -> str:
        return self._signed({"write": about})

    def command(self, token: str, words: str) -> Command:
        """The command behind it, with the words that were typed.

        Raises:
            OutOfDate: it was not made here, or for another page.
        """
        body, _, mac = token.rpartition(".")
        good = [self._mac(body, key).encode() for key in every(self._key)]
        if not is_any(mac.encode("utf-8", "replace"), good):
            raise OutOfDate
        step = json.loads(base64.urlsafe_b64decode(body))
        if "write" in step:
            return WriteAtDesk(about=step["write"], words=words)
        return from_json(step["press"])

    def _signed(self, step: Mapping[str, Any]) -> str:
        raw = json.dumps(step, separators=(",", ":"), ensure_ascii=False).encode()
        body = base64.urlsafe_b64encode(raw).decode()
        return f"{body}.{self._mac(body, self._key)}"

    def _mac(self, body: str, key: bytes) -> str:
        signed = f"{self._for}{body}".encode("utf-8", "replace")
        return hmac.new(key, signed, hashlib.sha256).hexdigest()[:_MAC]
