"""Sessions: a cookie that only its owner has, a person behind it, and codes that give a role."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

from aiohttp import web

from actions.application.commands.telling import Welcome
from actions.application.turn import Turn
from actions.application.web_records import Account, OpenedSession
from actions.domain.errors import InvitationError
from bot import keys
from bot.channels.webchat.body import read_json
from bot.channels.webchat.convert import wrong
from bot.channels.webchat.limiting import limit
from bot.channels.webchat.linking import use_link_code
from bot.gateway.storable import storable
from bot.gateway.throttle import JOINING, OPENING
from bot.problem import LOCALES, Refusal, locale_of, nearest_locale, problem

LIFETIME: Final = 180 * 24 * 3600
_LONGEST_TOKEN: Final = 100
_LONGEST_CODE: Final = 200

Served = Callable[[web.Request, Account], Awaitable[web.StreamResponse]]


def cookie_name(request: web.Request) -> str:
    return request.config_dict[keys.WEB].cookie(keys.CHAT_COOKIE)


def signed_in(handler: Served) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """Serve the owner of a living session; anybody else hears 401."""

    async def serve(request: web.Request) -> web.StreamResponse:
        account = await account_of(request)
        if account is None:
            raise Refusal(401)
        return await handler(request, account)

    return serve


async def account_of(request: web.Request) -> Account | None:
    token = request.cookies.get(cookie_name(request), "")
    if not token or len(token) > _LONGEST_TOKEN:
        return None
    account = await request.config_dict[keys.ACCOUNTS].find(token)
    if account is not None:
        request[keys.ACCOUNT] = account
    return account


async def open_session(request: web.Request) -> web.StreamResponse:
    """POST /chat/api/session: 201 for somebody new, 200 for somebody known."""
    body = await read_json(request)
    locale, code = _locale(request, body), _code(body)
    account = await account_of(request)
    if account is None:
        return await _first_visit(request, locale, code)
    if code is not None:
        return await _join(request, OpenedSession(token="", account=account), code, status=200)
    answer = web.json_response(_session(request, account))
    _set_cookie(request, answer, request.cookies[cookie_name(request)])
    return answer


async def _first_visit(request: web.Request, locale: str, code: str | None) -> web.StreamResponse:
    await limit(request, OPENING, request[keys.CLIENT_IP])
    opened = await request.config_dict[keys.ACCOUNTS].open(locale)
    request[keys.ACCOUNT] = opened.account
    if code is not None:
        return await _join(request, opened, code, status=201)
    await _greet(request, opened.account, f"person:{opened.account.person_id}", ())
    return _answer(request, opened, status=201)


async def _join(
    request: web.Request, before: OpenedSession, code: str, *, status: int
) -> web.StreamResponse:
    """Redeem the code. A wrong one leaves a plain session, so that the chat works all the same."""
    account = before.account
    await limit(request, JOINING, request[keys.CLIENT_IP])
    if await request.config_dict[keys.LINKING].is_living(code):
        return await _link(request, before, code, status=status)
    try:
        joined = await request.config_dict[keys.ACCOUNTS].join(account, code)
    except InvitationError as error:
        answer = problem(request, 422, error.key)
        if before.token:
            await _greet(request, account, f"person:{account.person_id}", ())
            _set_cookie(request, answer, before.token)
        return answer
    request[keys.ACCOUNT] = joined.opened.account
    request.config_dict[keys.HUB].publish(account.conversation_id)
    waiting = 0 if joined.roles else joined.invitation_id
    await _greet(
        request,
        joined.opened.account,
        f"join:{joined.invitation_id}",
        joined.roles,
        waiting=waiting,
    )
    return _answer(request, joined.opened, status=status)


async def _link(
    request: web.Request, before: OpenedSession, code: str, *, status: int
) -> web.StreamResponse:
    """Of somebody elsewhere: the session is theirs from now on, or they are asked in the chat."""
    token = before.token or request.cookies[cookie_name(request)]
    account = await use_link_code(request, before.account, code, token)
    request[keys.ACCOUNT] = account
    return _answer(request, OpenedSession(token=token, account=account), status=status)


async def _greet(
    request: web.Request,
    account: Account,
    cause: str,
    roles: tuple[str, ...],
    *,
    waiting: int = 0,
) -> None:
    turn = Turn(
        cause=cause,
        step="welcome",
        actor=account.actor,
        conversation_id=account.conversation_id,
        locale=account.locale,
    )
    await request.config_dict[keys.BUS].handle(Welcome(roles=roles, waiting=waiting), turn)


async def change_session(request: web.Request, account: Account) -> web.StreamResponse:
    """PATCH /chat/api/session: the language."""
    body = await read_json(request)
    locale = body.get("locale")
    if locale not in LOCALES:
        raise wrong("locale")
    await request.config_dict[keys.ACCOUNTS].set_locale(account.person_id, str(locale))
    changed = await account_of(request)
    return web.json_response(_session(request, changed or account))


def _locale(request: web.Request, body: dict[str, Any]) -> str:
    wished = body.get("locale")
    if wished is None:
        return locale_of(request)
    if not isinstance(wished, str):
        raise wrong("locale")
    return nearest_locale(wished)


def _code(body: dict[str, Any]) -> str | None:
    code = body.get("join")
    if code is None:
        return None
    if not isinstance(code, str) or not 0 < len(code) <= _LONGEST_CODE:
        raise Refusal(422, "error_invitation")
    return storable(code)


def _answer(request: web.Request, opened: OpenedSession, *, status: int) -> web.Response:
    answer = web.json_response(_session(request, opened.account), status=status)
    _set_cookie(request, answer, opened.token)
    return answer


def _session(request: web.Request, account: Account) -> dict[str, Any]:
    community = request.config_dict[keys.COMMUNITY]
    locale = account.locale if account.locale in LOCALES else LOCALES[0]
    return {
        "participant_id": account.participant_id,
        "roles": account.roles,
        "display_name": account.display_name,
        "locale": account.locale,
        "community": {
            "name": community.name[locale],
            "hours": community.office.hours[locale],
            "phone": community.office.phone.dial,
        },
        "vapid_public_key": request.config_dict[keys.WEB].vapid_public_key,
        "notice": None if account.has_consented else _notice(request, locale),
    }


def _notice(request: web.Request, locale: str) -> dict[str, str]:
    community = request.config_dict[keys.COMMUNITY]
    about = {
        "community": community.name[locale],
        "days": community.policy.transcript_kept_for.days,
        "phone": community.office.phone.dial,
    }
    text = request.config_dict[keys.TEXTS].render("privacy_notice", about, locale)
    return {"version": community.policy.notice_version, "text": text}


def _set_cookie(request: web.Request, answer: web.Response, token: str) -> None:
    answer.set_cookie(
        cookie_name(request),
        token,
        max_age=LIFETIME,
        path="/",
        httponly=True,
        samesite="Lax",
        secure=request.config_dict[keys.WEB].is_production,
    )


def forget_cookie(request: web.Request, answer: web.Response) -> None:
    answer.del_cookie(
        cookie_name(request),
        path="/",
        httponly=True,
        samesite="Lax",
        secure=request.config_dict[keys.WEB].is_production,
    )
