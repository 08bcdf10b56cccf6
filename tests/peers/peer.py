"""What every foreign client of the Bot API is asked to do, in its own way."""

from dataclasses import dataclass
from typing import Any, Protocol


class PeerError(Exception):
    """The error a library raised itself, by the name of its class."""

    def __init__(self, name: str, code: int | None, said: str, retry_after: int | None) -> None:
        super().__init__(f"{name}: {said}")
        self.name = name
        self.code = code
        self.said = said
        self.retry_after = retry_after


@dataclass(frozen=True)
class Account:
    """Where the simulated Bot API is, and by which token."""

    api_base: str
    token: str

    def file_url(self, path: str) -> str:
        return f"{self.api_base}/file/bot{self.token}/{path}"


class Peer(Protocol):
    """One library; a verb is done by its own methods and its own objects."""

    async def do(self, verb: str, **arguments: Any) -> Any:
        """Do one verb, or raise what the library raised as `PeerError`.

        me() · send(chat, text, rows) · edit(chat, message, text) · answer(press, text)
        updates(offset, seconds) · webhook() · photo(chat, content, caption) · download(file)
        place(chat, latitude, longitude) · listen() · quiet()

        `rows` are rows of [label, data]; `content` is base64; `listen` starts the library's own
        polling with a bot that echoes texts above a button "Again" and thanks for its press.
        """

    async def close(self) -> None: ...
