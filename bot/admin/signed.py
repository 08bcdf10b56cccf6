"""`staff(handler)`: serves whoever is signed in with a role that opens the console."""

from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import quote

from aiohttp import web

from actions.application.ports_console import Staff
from actions.domain.errors import NotFound
from actions.domain.people import Role
from bot.admin import csrf
from bot.admin.form import see_other
from bot.admin.page import page
from bot.admin.sessions import find_staff
from bot.gateway.storable import storable
from bot.problem import Refusal

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Served = Callable[[web.Request, Staff], Awaitable[web.StreamResponse]]

SIGN_IN: Final = "/admin/sign-in"
_SAFE: Final = frozenset({"GET", "HEAD"})


def staff(handler: Served) -> Handler:
    """Whoever changes something has to send the secret of their session along."""

    async def serve(request: web.Request) -> web.StreamResponse:
        who = await find_staff(request)
        if who is None:
            return await _to_sign_in(request)
        if request.method not in _SAFE:
            await csrf.check(request)
        if not who.may_enter:
            return await page(request, "powerless.html", status=403)
        if any(storable(part) != part for part in request.match_info.values()):
            raise NotFound  # what no store can hold names nothing
        return await handler(request, who)

    return serve


def require(who: Staff, *roles: Role) -> None:
    """For others the page does not exist.

    Raises:
        NotFound: they hold none of the roles.
    """
    if not who.has_role(*roles):
        raise NotFound


async def _to_sign_in(request: web.Request) -> web.StreamResponse:
    if request.method not in _SAFE:
        raise Refusal(401, "error_signed_out")
    if comes_from_elsewhere(request):
        return await page(request, "bounce.html")
    return see_other(f"{SIGN_IN}?next={quote(request.raw_path, safe='')}")


def comes_from_elsewhere(request: web.Request) -> bool:
    """A link in a chat or a mail: the browser keeps our cookie back until we ask ourselves."""
    return request.headers.get("Sec-Fetch-Site") == "cross-site"
