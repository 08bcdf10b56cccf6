"""A body read whole, within bounds of length and time: aiohttp itself waits for ever."""

import asyncio

from aiohttp import StreamReader, web

from bot.problem import Refusal


async def read_body(request: web.Request, *, longest: int, patience: float) -> bytes:
    """At most `longest` bytes, within `patience` seconds.

    Raises:
        Refusal: it is too long (413), too slow (408) or breaks off (400).
    """
    try:
        if request.content.is_eof():  # most came whole, with their head: there is no wait to bound
            return _bounded(request.content.read_nowait(), longest)
        async with asyncio.timeout(patience):
            return await _gathered(request.content, longest)
    except TimeoutError:
        raise Refusal(408) from None
    except (web.PayloadAccessError, ValueError) as error:
        raise Refusal(400) from error


async def _gathered(content: StreamReader, longest: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    async for part in content.iter_any():
        size += len(part)
        if size > longest:
            raise Refusal(413)
        parts.append(part)
    return b"".join(parts)


def _bounded(body: bytes, longest: int) -> bytes:
    if len(body) > longest:
        raise Refusal(413)
    return body
