"""My data: see it, take it along, have it erased; consent and notifications."""

import asyncio
import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any, Final

from aiohttp import web

from actions.application.commands.following import LeaveQuestions
from actions.application.signing import every, is_any
from actions.application.turn import Turn
from actions.application.web_records import Account
from actions.domain.people import Actor
from bot import keys
from bot.channels.webchat.body import read_json
from bot.channels.webchat.convert import wrong
from bot.channels.webchat.limiting import limit
from bot.channels.webchat.session import forget_cookie
from bot.gateway.storable import storable
from bot.gateway.throttle import EXPORTS
from bot.media import remove
from bot.outgoing import is_allowed
from bot.problem import Refusal

#: Seconds a request to be erased waits for its confirmation.
CONFIRM_WITHIN: Final = 600
_LONGEST_ENDPOINT: Final = 1000
_LONGEST_KEY: Final = 200


async def profile(_request: web.Request, account: Account) -> web.StreamResponse:
    """GET /chat/api/me."""
    return web.json_response(
        {
            "participant_id": account.participant_id,
            "display_name": account.display_name,
            "roles": account.roles,
            "locale": account.locale,
            "home": account.home,
            "has_consented": account.has_consented,
        }
    )


async def export(request: web.Request, account: Account) -> web.StreamResponse:
    """GET /chat/api/me/export: everything, as one file."""
    await limit(request, EXPORTS, account.person_id)
    kept = await request.config_dict[keys.PRIVACY].export(account)
    answer = web.json_response(kept, dumps=_dumps)
    answer.headers["Content-Disposition"] = 'attachment; filename="linli-my-data.json"'
    return answer


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


async def erase(request: web.Request, account: Account) -> web.StreamResponse:
    """DELETE /chat/api/me: first a token, and with the token everything goes."""
    body = await read_json(request) if request.body_exists else {}
    token = body.get("confirm_token")
    await request.config_dict[keys.PRIVACY].require_free(account.person_id)
    if token is None:
        return web.json_response({"confirm_token": _confirmation(request, account)}, status=202)
    if not isinstance(token, str) or not _confirms(request, account, token):
        raise Refusal(422, "error_out_of_date")
    await _leave_questions(request, account, token)
    erased = await request.config_dict[keys.PRIVACY].erase(account.person_id)
    await asyncio.to_thread(remove, request.config_dict[keys.WEB].media_dir, erased.photos)
    for conversation_id in erased.conversations:
        request.config_dict[keys.HUB].publish(conversation_id)
    answer = web.json_response({"erased": True})
    forget_cookie(request, answer)
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


async def _leave_questions(request: web.Request, account: Account, token: str) -> None:
    """Nobody goes on waiting for an answer of somebody who is gone."""
    turn = Turn(
        cause=f"erase:{account.person_id}:{token}", actor=Actor(person_id=account.person_id)
    )
    await request.config_dict[keys.BUS].handle(LeaveQuestions(), turn)


def _confirmation(request: web.Request, account: Account) -> str:
    until = int(_now(request).timestamp()) + CONFIRM_WITHIN
    key = request.config_dict[keys.SIGNING_KEY]
    return f"{until}.{_mac(key, account, until)}"


def _confirms(request: web.Request, account: Account, token: str) -> bool:
    until, _, mac = token.partition(".")
    if not (until.isascii() and until.isdigit() and len(until) < 16 and mac.isascii()):  # noqa: PLR2004
        return False
    known = every(request.config_dict[keys.SIGNING_KEY])
    is_good = is_any(mac.encode(), [_mac(key, account, int(until)).encode() for key in known])
    return is_good and _now(request) <= datetime.fromtimestamp(int(until), UTC)


def _mac(key: bytes, account: Account, until: int) -> str:
    signed = f"erase:{account.session}:{until}".encode()
    return hmac.new(key, signed, hashlib.sha256).hexdigest()


def _now(request: web.Request) -> datetime:
    now: datetime = request.config_dict[keys.CLOCK].now()
    return now


async def consent(request: web.Request, account: Account) -> web.StreamResponse:
    """POST /chat/api/consent: to the notice as it stands now, no other."""
    body = await read_json(request)
    version = request.config_dict[keys.COMMUNITY].policy.notice_version
    if body.get("version") != version:
        raise Refusal(422, "error_out_of_date")
    await request.config_dict[keys.ACCOUNTS].consent(account, version)
    return web.json_response({"version": version})


async def subscribe(request: web.Request, account: Account) -> web.StreamResponse:
    """POST /chat/api/push-subscriptions: as the browser's `PushSubscription.toJSON` gives it."""
    body = await read_json(request)
    endpoint, given = _endpoint(body), body.get("keys")
    if not is_allowed(endpoint, local=not request.config_dict[keys.WEB].is_production):
        raise wrong("endpoint")
    if not isinstance(given, dict):
        raise wrong("keys")
    kept = {name: given.get(name) for name in ("p256dh", "auth")}
    if not all(isinstance(each, str) and 0 < len(each) <= _LONGEST_KEY for each in kept.values()):
        raise wrong("keys")
    named = {name: storable(str(value)) for name, value in kept.items()}
    await request.config_dict[keys.ACCOUNTS].subscribe(account, endpoint, named)
    return web.json_response({"subscribed": True}, status=201)


async def unsubscribe(request: web.Request, account: Account) -> web.StreamResponse:
    """DELETE /chat/api/push-subscriptions."""
    body = await read_json(request)
    await request.config_dict[keys.ACCOUNTS].unsubscribe(account, _endpoint(body))
    return web.json_response({"subscribed": False})


def _endpoint(body: dict[str, Any]) -> str:
    endpoint = body.get("endpoint")
    if not isinstance(endpoint, str) or len(endpoint) > _LONGEST_ENDPOINT:
        raise wrong("endpoint")
    if not endpoint.isascii() or "\0" in endpoint:
        raise wrong("endpoint")
    return endpoint
