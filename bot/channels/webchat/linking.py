"""One person here and elsewhere: a code to give there, and one from there given here."""

from aiohttp import web

from actions.application.commands.linking import UseCode
from actions.application.turn import Turn
from actions.application.web_records import Account
from bot import keys
from bot.channels.webchat.limiting import limit
from bot.gateway.throttle import CODES


async def link_code(request: web.Request, account: Account) -> web.StreamResponse:
    """POST /chat/api/link-code: good once, for some minutes; the one before is void."""
    await limit(request, CODES, account.person_id)
    offered = await request.config_dict[keys.LINKING].offer(account)
    answer = {
        "code": offered.code,
        "expires_at": offered.until.isoformat(),
        "telegram": request.config_dict[keys.TEXTS].telegram_address(offered.code) or None,
    }
    return web.json_response(answer, status=201)


async def use_link_code(request: web.Request, account: Account, code: str, token: str) -> Account:
    """Who the session's person is now; still themselves when they are asked first."""
    turn = Turn(
        cause=f"link:{request[keys.REQUEST_ID]}",
        step="link",
        actor=account.actor,
        conversation_id=account.conversation_id,
        locale=account.locale,
    )
    await request.config_dict[keys.BUS].handle(UseCode(code=code), turn)
    now = await request.config_dict[keys.ACCOUNTS].find(token) or account
    for talk in (account.conversation_id, now.conversation_id):
        request.config_dict[keys.HUB].publish(talk)
    return now
