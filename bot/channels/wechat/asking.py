"""One call of the platform: every answer is 200, and what is wrong stands in its errcode."""

import json
from collections.abc import Mapping
from typing import Any, Final

from aiohttp import ClientConnectorError, ClientError, ClientResponse, ClientSession, ClientTimeout

from bot.channels.wechat.remedies import remedy

#: Seconds for one call.
PATIENCE: Final = 8.0
#: Bytes of an answer that is no file.
_LONGEST: Final = 64 * 1024
_SERVER_ERROR: Final = 500


class ApiRefused(Exception):
    """An errcode. `code` and what the platform says of it, which holds no secret."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(f"{code} {message}")
        self.code = code
        self.remedy = remedy(code)


class ApiUnsent(Exception):
    """It did not leave, so nothing has happened."""


class ApiUnanswered(Exception):
    """It may have taken effect: no answer came, or none that can be read."""


async def ask(http: ClientSession, url: str, **sent: Any) -> Mapping[str, Any]:
    """POST, and what the platform answers.

    Raises:
        ApiRefused: an errcode.
        ApiUnsent: nothing has happened.
        ApiUnanswered: it may have.
    """
    try:
        timeout = ClientTimeout(total=PATIENCE)
        async with http.post(url, timeout=timeout, allow_redirects=False, **sent) as answer:
            return await _read(answer)
    except ClientConnectorError as error:
        raise ApiUnsent(type(error).__name__) from error
    except (ClientError, TimeoutError) as error:
        raise ApiUnanswered(type(error).__name__) from error


async def _read(answer: ClientResponse) -> Mapping[str, Any]:
    raw = await read_all(answer)
    if answer.status >= _SERVER_ERROR:  # of a proxy before the platform, which took nothing
        raise ApiUnsent(f"HTTP {answer.status}")
    try:
        found = json.loads(raw)
    except ValueError as error:
        raise ApiUnanswered(f"HTTP {answer.status}, no JSON") from error
    if not isinstance(found, dict):
        raise ApiUnanswered("no object")
    code = found.get("errcode") or 0
    if code:
        raise ApiRefused(int(code), str(found.get("errmsg") or "")[:200])
    return found


async def read_all(answer: ClientResponse) -> bytes:
    """What it says, up to what any answer of theirs may have; it comes in pieces."""
    raw = b""
    while piece := await answer.content.read(_LONGEST - len(raw)):
        raw += piece
    return raw
