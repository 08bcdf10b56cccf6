"""Logging: one event is one line, with its correlation id and without secrets."""

import json
import logging
import re
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Final, TextIO

from bot.redaction import Redactor

#: What ties together the lines one request or one arrival caused.
correlation: ContextVar[str] = ContextVar("correlation", default="")

_ORDINARY = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
#: What JSON leaves as it is and a terminal or an editor takes for more than a letter.
_UNSEEN = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
#: Libraries that write a line for every step; httpx with the whole address, where Telegram's token
#: stands.
_CHATTY = (
    "aiosqlite", "asyncio", "alembic", "PIL", "urllib3", "sqlalchemy.engine", "rasa_sdk",
    "httpx", "httpcore", "telegram",
)  # fmt: skip
#: Writes down an answer it cannot read, and in it what somebody was told; the error is ours to log.
_INDISCREET = ("telegram.request.BaseRequest",)
#: Where aiohttp tells with a whole traceback that what somebody sent is no request.
_SERVER: Final = "aiohttp.server"
_FAILED: Final = 500


def set_up_logging(
    secrets: Iterable[str] = (), *, level: str = "INFO", stream: TextIO | None = None,
    readable: bool | None = None,
) -> None:  # fmt: skip
    """Replace the root logger's handlers.

    Args:
        secrets: our own secrets, so that they are recognised by value.
        level: the least serious level that is written.
        stream: where to write; standard output by default.
        readable: lines for a person instead of JSON; by default on a terminal only.
    """
    out = stream or sys.stdout
    is_readable = out.isatty() if readable is None else readable
    redactor = Redactor(secrets)
    handler = logging.StreamHandler(out)
    handler.setFormatter(ReadableLines(redactor) if is_readable else JsonLines(redactor))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in _INDISCREET:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    logging.getLogger(_SERVER).addFilter(belittle)
    logging.getLogger("asyncio").addFilter(_SELDOM)


def belittle(record: logging.LogRecord) -> bool:
    """What anybody can send is no error of ours, and neither a traceback nor their bytes."""
    error = record.exc_info[1] if record.exc_info else None
    code = getattr(error, "code", None)  # its errors of HTTP have one
    if isinstance(code, int) and code < _FAILED:
        record.levelno, record.levelname = logging.INFO, "INFO"
        record.msg, record.args = "no request: %s", (type(error).__name__,)
        record.exc_info = record.exc_text = None
        record.action = "no_request"
        return logging.getLogger(_SERVER).isEnabledFor(logging.INFO)
    return True


@contextmanager
def correlated(identifier: str) -> Iterator[None]:
    """Everything logged inside carries the identifier."""
    token = correlation.set(identifier)
    try:
        yield
    finally:
        correlation.reset(token)


class Seldom:
    """Lets through once in a while that no further file can be opened.

    asyncio says it of every connection that waits, a thousand times a second.
    """

    _BEGINS: Final = "socket.accept() out of system resource"
    _EVERY: Final = 10.0

    def __init__(self) -> None:
        self._again_at = 0.0

    def filter(self, record: logging.LogRecord) -> bool:
        if not str(record.msg).startswith(self._BEGINS):
            return True
        if time.monotonic() < self._again_at:
            return False
        self._again_at = time.monotonic() + self._EVERY
        record.msg, record.args = "no further connection can be opened", ()
        record.exc_info = record.exc_text = None
        record.action = "no_files_left"
        return True


_SELDOM: Final = Seldom()


class JsonLines(logging.Formatter):
    """One JSON object a line; nothing in it can begin another line."""

    def __init__(self, redactor: Redactor) -> None:
        super().__init__()
        self._redactor = redactor

    def format(self, record: logging.LogRecord) -> str:
        event: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": self._redactor.text(record.getMessage()),
        }
        if correlation.get():
            event["correlation"] = correlation.get()
        event |= {name: self._redactor.field(name, value) for name, value in extras(record)}
        if record.exc_info:
            event["error"] = self._redactor.text(self.formatException(record.exc_info))
        line = json.dumps(event, ensure_ascii=False, default=str)
        return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", line)


class ReadableLines(logging.Formatter):
    """For a person at a terminal: time, level, message; a traceback goes indented below it."""

    def __init__(self, redactor: Redactor) -> None:
        super().__init__()
        self._redactor = redactor

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created).astimezone()
        message = visible(self._redactor.text(record.getMessage()))
        fields = "".join(
            f" {name}={visible(str(self._redactor.field(name, value)))}"
            for name, value in extras(record)
        )
        line = f"{at:%H:%M:%S} {record.levelname[0]} {record.name}: {message}{fields}"
        if not record.exc_info:
            return line
        trace = self._redactor.text(self.formatException(record.exc_info)).splitlines()
        return "\n".join([line, *(f"    {visible(each)}" for each in trace)])


def extras(record: logging.LogRecord) -> list[tuple[str, Any]]:
    """What the caller passed as `extra`."""
    return [(name, value) for name, value in vars(record).items() if name not in _ORDINARY]


def visible(text: str) -> str:
    """The text with every character that could move the cursor or begin a line written out."""
    return "".join(
        each if each.isprintable() else each.encode("unicode_escape").decode() for each in text
    )
