"""What became of a call, told by python-telegram-bot's errors and what caused them."""

from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.ports_delivery import Gone, InDoubt, Later, SendOutcome


@dataclass(frozen=True, kw_only=True)
class Blocked:
    """Nobody is reached at this address any more."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class Moved:
    """The chat has another id."""

    to: str


Verdict = SendOutcome | Blocked | Moved

#: How long to leave the platform alone when it does not know our token.
_TOKEN_REFUSED = timedelta(minutes=5)
#: The request did not leave whole, so it was not carried out.
_UNSENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.WriteError,
    httpx.WriteTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
_NOBODY = ("chat not found", "user not found", "peer_id_invalid", "user is deactivated")
_UNCHANGED = "message is not modified"
_ENTITIES = ("entit", "can't parse")


def judge(error: TelegramError) -> Verdict:
    """The outcome of a call that raised. A wait may be meant for all: the caller knows."""
    reason = f"{type(error).__name__}: {error}"
    match error:
        case RetryAfter():
            verdict: Verdict = Later(reason=reason, after=_wait(error))
        case ChatMigrated():
            verdict = Moved(to=str(error.new_chat_id))
        case Forbidden():
            verdict = Blocked(reason=reason)
        case InvalidToken():
            verdict = Later(reason=reason, after=_TOKEN_REFUSED, everybody=True)
        case BadRequest():
            verdict = Blocked(reason=reason) if says(error, *_NOBODY) else Gone(reason=reason)
        case NetworkError() | Conflict() if _was_not_taken(error):
            verdict = Later(reason=reason)
        case _:  # an answer that was lost, or cannot be read
            verdict = InDoubt(reason=reason)
    return verdict


def _was_not_taken(error: TelegramError) -> bool:
    """5xx and what broke before the end of the request; not an answer that was lost."""
    if isinstance(error.__cause__, httpx.HTTPError):
        return isinstance(error.__cause__, _UNSENT)
    return HTTPStatus.GATEWAY_TIMEOUT.phrase.lower() not in str(error).lower()


def is_about_entities(error: TelegramError) -> bool:
    return isinstance(error, BadRequest) and says(error, *_ENTITIES)


def is_unchanged(error: TelegramError) -> bool:
    """An edit that changes nothing has succeeded before."""
    return isinstance(error, BadRequest) and says(error, _UNCHANGED)


def says(error: TelegramError, *words: str) -> bool:
    said = str(error).lower()
    return any(word in said for word in words)


def _wait(error: RetryAfter) -> timedelta:
    """In either form: the library moves from seconds to time spans."""
    asked = error.retry_after
    return asked if isinstance(asked, timedelta) else timedelta(seconds=asked)
