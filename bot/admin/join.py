"""A one-time code opens the console: looking at it uses nothing up, sending the form does."""

from typing import Any, Final

from aiohttp import web

from actions.application.commands.telling import Welcome
from actions.application.ports_console import Entered, Invitee, LoginTaken
from actions.application.turn import Turn
from actions.application.web_records import Account
from actions.domain.errors import InvitationError
from actions.domain.people import CONSOLE_ROLES
from bot import keys
from bot.admin import csrf
from bot.admin.credentials import fold_login, fold_password, is_login, objection
from bot.admin.form import asked, field, raw_field
from bot.admin.page import page, page_locale
from bot.admin.sessions import find_staff
from bot.admin.sign_in import opened
from bot.admin.signed import comes_from_elsewhere
from bot.admin.throttling import take
from bot.gateway.throttle import JOINING

_HOME: Final = "/admin/"
_UNFIT: Final = 422


async def show(request: web.Request) -> web.StreamResponse:
    if comes_from_elsewhere(request):
        return await page(request, "bounce.html")
    code = asked(request, "code")
    if not code:
        await find_staff(request)
        return await page(request, "join_code.html")
    invitee = await _invitee(request, code)
    await find_staff(request)
    return await _form(request, code, invitee)


async def _invitee(request: web.Request, code: str) -> Invitee | None:
    await take(request, JOINING, request[keys.CLIENT_IP])
    return await request.config_dict[keys.CONSOLE_ACCOUNTS].invited(code)


async def _form(
    request: web.Request,
    code: str,
    invitee: Invitee | None,
    *,
    status: int = 200,
    login: str = "",
    problem: str = "",
) -> web.Response:
    if invitee is None:
        return await page(request, "join_gone.html", status=410)
    if invitee.role not in CONSOLE_ROLES:
        return await page(request, "join_chat.html", code=code, invitee=invitee)
    chat = await _chatter(request)
    shown: dict[str, Any] = {"code": code, "invitee": invitee, "login": login, "problem": problem}
    return await page(request, "join.html", status=status, chat=chat, **shown)


async def join(request: web.Request) -> web.StreamResponse:
    staff = await find_staff(request)
    await csrf.check(request)
    code = await field(request, "code")
    invitee = await _invitee(request, code)
    if invitee is None or invitee.role not in CONSOLE_ROLES:
        return await _form(request, code, invitee)
    accounts = request.config_dict[keys.CONSOLE_ACCOUNTS]
    if staff is not None:
        return await _welcomed(request, await accounts.accept(staff, code))
    written = await field(request, "login")
    login, password = fold_login(written), fold_password(await raw_field(request, "password"))
    problem = await _problem(request, login, password, invitee)
    if not problem:
        try:
            return await _joined(request, code, login, password)
        except LoginTaken:
            problem = "console_login_taken"
        except InvitationError:
            invitee = None
    return await _form(request, code, invitee, status=_UNFIT, login=written, problem=problem)


async def _problem(request: web.Request, login: str, password: str, invitee: Invitee) -> str:
    if not is_login(login):
        return "console_login_unfit"
    if password != fold_password(await raw_field(request, "again")):
        return "console_password_differs"
    names = (invitee.display_name, *request.config_dict[keys.COMMUNITY].name.values())
    return objection(password, login, *names)


async def _joined(request: web.Request, code: str, login: str, password: str) -> web.StreamResponse:
    config = request.config_dict
    hashed = await config[keys.PASSWORDS].hashed(password)
    chat = await _chatter(request) if await field(request, "same_person") else None
    entered = await config[keys.CONSOLE_ACCOUNTS].join(
        code,
        login=login,
        password_hash=hashed,
        locale=page_locale(request),
        person_id=chat.person_id if chat else None,
    )
    return await _welcomed(request, entered)


async def _welcomed(request: web.Request, entered: Entered) -> web.StreamResponse:
    """They hear in their conversation what the role is for; who must confirm it is asked."""
    staff = entered.staff
    turn = Turn(
        cause=f"join:{entered.invitation_id}",
        step="welcome",
        actor=staff.actor,
        conversation_id=staff.conversation_id,
        locale=staff.locale,
    )
    waiting = 0 if entered.roles else entered.invitation_id
    welcome = Welcome(roles=entered.roles, waiting=waiting)
    await request.config_dict[keys.BUS].handle(welcome, turn)
    return opened(request, entered, staff.login, _HOME)


async def _chatter(request: web.Request) -> Account | None:
    """Whoever chats in this browser, who may be the same person."""
    token = request.cookies.get(request.config_dict[keys.WEB].cookie(keys.CHAT_COOKIE), "")
    return await request.config_dict[keys.ACCOUNTS].find(token[:100]) if token else None
