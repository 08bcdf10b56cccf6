"""The cookie that opens the console, and whose it is."""

from typing import Final

from aiohttp import web

from actions.application.ports_console import Staff
from bot import keys

_COOKIE: Final = "linli-admin"
_LONGEST_TOKEN: Final = 100


async def find_staff(request: web.Request) -> Staff | None:
    """Whoever holds the session; known to the rest of the request from now on."""
    if keys.STAFF in request:
        return request[keys.STAFF]
    token = request.cookies.get(_name(request), "")
    if not token or len(token) > _LONGEST_TOKEN:
        return None
    staff = await request.config_dict[keys.CONSOLE_ACCOUNTS].find(token)
    if staff is not None:
        request[keys.STAFF] = staff
    return staff


def give_cookie(request: web.Request, answer: web.Response, token: str) -> None:
    """Gone with the browser's session; the server ends it sooner."""
    set_strict(request, answer, _COOKIE, token)


def forget_cookie(request: web.Request, answer: web.Response) -> None:
    answer.del_cookie(
        _name(request),
        path="/",
        httponly=True,
        samesite="Strict",
        secure=request.config_dict[keys.WEB].is_production,
    )


def set_strict(
    request: web.Request, answer: web.Response, name: str, value: str, max_age: int | None = None
) -> None:
    """A cookie for this host alone, out of reach of scripts and of other sites' links."""
    web_settings = request.config_dict[keys.WEB]
    answer.set_cookie(
        web_settings.cookie(name),
        value,
        max_age=max_age,
        path="/",
        httponly=True,
        samesite="Strict",
        secure=web_settings.is_production,
    )


def _name(request: web.Request) -> str:
    return request.config_dict[keys.WEB].cookie(_COOKIE)
