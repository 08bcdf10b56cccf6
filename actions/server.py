"""The Rasa action endpoint: an aiohttp application around `ActionExecutor` (D6)."""

import logging
import os
from collections.abc import Iterable
from typing import Any

from aiohttp import web
from rasa_sdk import Action
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException

from actions.application.signing import is_any
from actions.application.turn_ticket import TurnTicketError
from actions.bootstrap import House, HouseError
from actions.conversation.catalogue import build_actions
from actions.domain.errors import StoreAway
from actions.failpoints import failpoint

log = logging.getLogger(__name__)

#: A call carries one parse and a few tracker events; more than this is not ours.
MAX_BODY = 2 * 1024 * 1024


def create_house_app(house: House) -> web.Application:
    """The endpoint over an open house."""
    actions = build_actions(house.bus, house.keys.signing)
    return create_action_app(actions, house.keys.actions_token, *house.keys.actions_tokens)


async def listen(runner: web.AppRunner, host: str, port: int) -> None:
    """Raises HouseError where somebody else has the port."""
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        reason = os.strerror(error.errno or 0)
        raise HouseError(f"LINLI_ACTIONS_PORT {port} cannot be had: {reason}") from error


def create_action_app(actions: Iterable[Action], *tokens: str) -> web.Application:
    """The routes `/webhook` and `/health`; calls without one of the tokens are refused."""
    executor = ActionExecutor()
    for action in actions:
        executor.register_action(action)

    async def webhook(request: web.Request) -> web.Response:
        given = request.query.get("token", "")
        if not is_any(given.encode("utf-8", "replace"), [token.encode() for token in tokens]):
            return web.json_response({"error": "unauthorised"}, status=401)
        call: dict[str, Any] = await request.json()
        failpoint("action.called")
        return await _answer(executor, call)

    async def health(_request: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    app = web.Application(client_max_size=MAX_BODY)
    app.router.add_post("/webhook", webhook)
    app.router.add_get("/health", health)
    return app


async def _answer(executor: ActionExecutor, call: dict[str, Any]) -> web.Response:
    """Rasa's protocol: 400 for a refused action, 404 for an unknown one; else it asks no more.

    The SDK refuses a call without the domain; our actions need none (config/endpoints.yml).
    """
    name = call.get("next_action")
    try:
        result = await executor.run({**call, "domain": call.get("domain") or {}})
    except TurnTicketError:
        log.warning("action call without a valid turn", extra={"action": "turn_refused"})
        return web.json_response({"error": "no valid turn", "action_name": name}, status=403)
    except ActionExecutionRejection as error:
        return web.json_response({"error": str(error), "action_name": name}, status=400)
    except ActionNotFoundException as error:
        return web.json_response({"error": str(error), "action_name": name}, status=404)
    except StoreAway as error:
        log.warning("an action waits for the store", extra=error.noted)
        return web.json_response({"error": "store away", "action_name": name}, status=503)
    return web.json_response(_plain(result))


def _plain(result: Any) -> Any:
    """The result as JSON values, whether the SDK gave a dict or a model."""
    return result.model_dump() if hasattr(result, "model_dump") else result
