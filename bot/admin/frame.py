"""Whatever goes wrong in the console is told in its own frame, without insides."""

import asyncio
import logging
from typing import Any, Final

from aiohttp import web

from actions.domain.errors import CommunityError
from bot import keys
from bot.admin.page import page
from bot.admin.sessions import find_staff
from bot.admin.signed import Handler
from bot.problem import KEYS, STATUS, Refusal

log = logging.getLogger(__name__)

_NOT_FOUND: Final = 404


@web.middleware
async def in_frame(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except Refusal as refusal:
        return await refused(request, refusal.code, refusal.key, **refusal.extensions)
    except CommunityError as error:
        status = STATUS.get(type(error), 422)
        return await refused(request, status, _key(error), params=error.params)
    except web.HTTPException as error:
        return await _of_http(request, error)
    except (asyncio.CancelledError, ConnectionResetError):
        raise
    except Exception:
        log.exception(
            "console request failed",
            extra={
                "action": "request_failed",
                "request_id": request.get(keys.REQUEST_ID, ""),
                "method": request.method,
                "route": _route(request),
            },
        )
        return await refused(request, 500, "error_console")


async def refused(request: web.Request, status: int, key: str, **more: Any) -> web.Response:
    """What is not there and what is not theirs look the same."""
    await find_staff(request)
    answer = await page(
        request, "error.html", status=status, key=key, params=more.get("params", {}), code=status
    )
    if "retry_after" in more:
        answer.headers["Retry-After"] = str(more["retry_after"])
    return answer


def _key(error: CommunityError) -> str:
    """Where the words for a chat would not fit a page."""
    return "error_no_page" if STATUS.get(type(error)) == _NOT_FOUND else error.key


async def _of_http(request: web.Request, error: web.HTTPException) -> web.StreamResponse:
    if error.status < 400:  # noqa: PLR2004
        raise error
    key = "error_no_page" if error.status == _NOT_FOUND else KEYS.get(error.status, "")
    answer = await refused(request, error.status, key or "error_bad_request")
    if "Allow" in error.headers:
        answer.headers["Allow"] = error.headers["Allow"]
    return answer


def _route(request: web.Request) -> str:
    resource = request.match_info.route.resource
    return resource.canonical if resource else "unknown"
