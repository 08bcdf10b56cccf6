"""Signing in by login and password, and out again."""

from typing import Final

from aiohttp import web

from actions.application.ports_console import Entered, Staff
from bot import keys
from bot.admin import csrf
from bot.admin.credentials import LONGEST, fold_login, fold_password
from bot.admin.form import asked, field, inner_path, raw_field, see_other
from bot.admin.page import page
from bot.admin.sessions import find_staff, forget_cookie, give_cookie
from bot.admin.signed import SIGN_IN, comes_from_elsewhere
from bot.admin.throttling import allow_try, remember_device
from bot.problem import Refusal

_WRONG: Final = 422


async def show(request: web.Request) -> web.StreamResponse:
    on = inner_path(asked(request, "next", longest=2000))
    if await find_staff(request) is not None:
        return see_other(on)
    if comes_from_elsewhere(request):
        return await page(request, "bounce.html")
    return await page(request, "sign_in.html", next=on, login="", problem="", wait=0)


async def sign_in(request: web.Request) -> web.StreamResponse:
    """The same words and the same time for a wrong password and for a login nobody has."""
    await csrf.check(request)
    on = inner_path(await field(request, "next", longest=2000))
    written = await field(request, "login")
    login = fold_login(written)
    try:
        entered = await _enter(request, login, await raw_field(request, "password"))
    except Refusal as refusal:
        wait = int(refusal.extensions.get("retry_after", 0))
        answer = await page(
            request, "sign_in.html", status=refusal.code, next=on, login=written,
            problem="console_sign_in_wait" if wait else "console_sign_in_wrong", wait=wait,
        )  # fmt: skip
        if wait:
            answer.headers["Retry-After"] = str(wait)
        return answer
    return opened(request, entered, login, on)


async def _enter(request: web.Request, login: str, typed: str) -> Entered:
    """Raises Refusal: too often, or not the right words."""
    accounts = request.config_dict[keys.CONSOLE_ACCOUNTS]
    passwords = request.config_dict[keys.PASSWORDS]
    is_known_device = await allow_try(request, login)
    password = fold_password(typed)
    kept = await accounts.known(login)
    is_right = len(password) <= LONGEST and await passwords.fits(
        password, kept.password_hash if kept else "", known_device=is_known_device
    )
    if kept is None or not is_right:
        raise Refusal(_WRONG)
    is_outdated = passwords.is_outdated(kept.password_hash)
    fresh = await passwords.hashed(password) if is_outdated else ""
    return await accounts.enter(kept.person_id, fresh)


def opened(request: web.Request, entered: Entered, login: str, on: str) -> web.Response:
    """The session is theirs, and this browser is known from now on."""
    answer = see_other(on)
    give_cookie(request, answer, entered.token)
    remember_device(request, answer, login)
    return answer


async def sign_out(request: web.Request, staff: Staff) -> web.StreamResponse:
    await request.config_dict[keys.CONSOLE_ACCOUNTS].leave(staff.session)
    return _closed(request)


async def sign_out_everywhere(request: web.Request, staff: Staff) -> web.StreamResponse:
    await request.config_dict[keys.CONSOLE_ACCOUNTS].leave_everywhere(staff.person_id)
    return _closed(request)


def _closed(request: web.Request) -> web.Response:
    """What the browser kept of our pages goes; words not yet sent from the chat page stay."""
    answer = see_other(SIGN_IN)
    forget_cookie(request, answer)
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer
