"""One's own account: language, password, and where one is signed in."""

from typing import Final

from aiohttp import web

from actions.application.ports_console import Staff
from bot import keys
from bot.admin.credentials import LONGEST, fold_password, objection
from bot.admin.form import field, inner_path, raw_field, see_other
from bot.admin.page import page
from bot.admin.sign_in import opened
from bot.admin.throttling import take
from bot.gateway.throttle import SIGN_IN_FROM_DEVICE
from bot.problem import LOCALES, Refusal

ACCOUNT: Final = "/admin/account"
_UNFIT: Final = 422


async def show(request: web.Request, staff: Staff) -> web.StreamResponse:
    return await _page(request, staff)


async def _page(
    request: web.Request, staff: Staff, *, problem: str = "", status: int = 200
) -> web.Response:
    sessions = await request.config_dict[keys.CONSOLE_ACCOUNTS].sessions(staff)
    return await page(request, "account.html", status=status, sessions=sessions, problem=problem)


async def set_locale(request: web.Request, staff: Staff) -> web.StreamResponse:
    """The language of the person: the chat speaks it too."""
    locale = await field(request, "locale")
    if locale not in LOCALES:
        raise Refusal(400)
    await request.config_dict[keys.ACCOUNTS].set_locale(staff.person_id, locale)
    return see_other(inner_path(await field(request, "next", longest=2000)))


async def set_password(request: web.Request, staff: Staff) -> web.StreamResponse:
    """Asks for the old one; every other session ends."""
    await take(request, SIGN_IN_FROM_DEVICE, f"own:{staff.person_id}")
    config = request.config_dict
    old = fold_password(await raw_field(request, "old"))
    new = fold_password(await raw_field(request, "password"))
    kept = await config[keys.CONSOLE_ACCOUNTS].known(staff.login)
    fits = len(old) <= LONGEST and await config[keys.PASSWORDS].fits(
        old, kept.password_hash if kept else "", known_device=True
    )
    problem = "" if fits else "console_password_old_wrong"
    if not problem and new != fold_password(await raw_field(request, "again")):
        problem = "console_password_differs"
    names = (staff.display_name, *config[keys.COMMUNITY].name.values())
    problem = problem or objection(new, staff.login, *names)
    if problem:
        return await _page(request, staff, problem=problem, status=_UNFIT)
    hashed = await config[keys.PASSWORDS].hashed(new)
    entered = await config[keys.CONSOLE_ACCOUNTS].set_password(staff, hashed)
    return opened(request, entered, staff.login, ACCOUNT)


async def end_session(request: web.Request, staff: Staff) -> web.StreamResponse:
    handle = await field(request, "handle")
    if handle:
        await request.config_dict[keys.CONSOLE_ACCOUNTS].end(staff, handle)
    return see_other(ACCOUNT)
