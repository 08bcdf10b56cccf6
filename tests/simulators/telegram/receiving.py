"""Methods by which a bot takes its updates: getUpdates, and the settings of the webhook."""

import asyncio
import re
from typing import Any
from urllib.parse import urlsplit

from tests.simulators.telegram.errors import bad, conflict
from tests.simulators.telegram.parameters import Parameters
from tests.simulators.telegram.state import State, Webhook
from tests.simulators.telegram.updates import BY_DEFAULT, ON_REQUEST, Pending

LONGEST_POLL = 50
#: So far beyond the newest id an offset is still believed.
FUTURE = 10
LONGEST_SECRET = 256
PORTS = {443, 80, 88, 8443, None}
ANOTHER = "terminated by other getUpdates request; make sure that only one bot instance is running"
BY_WEBHOOK = "terminated by setWebhook request"
WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook "
    "first"
)


async def get_updates(state: State, parameters: Parameters) -> list[dict[str, Any]]:
    if state.webhook.url:
        raise conflict(WEBHOOK_ACTIVE)
    offset = parameters.whole("offset", 0, -(2**31), 2**31 - 1)
    limit = parameters.whole("limit", 100, 1, 100)
    timeout = parameters.whole("timeout", 0, 0, LONGEST_POLL)
    _allow(state, parameters)
    _confirm(state, offset)
    if timeout and not state.updates.pending:
        await _wait(state, timeout)
    taken = sorted(state.updates.pending, key=lambda update: (not update.again, update.id))[:limit]
    for update in taken:
        update.served = True
    return [update.body for update in taken]


def _confirm(state: State, offset: int) -> None:
    """Forget what lies below the offset; a negative one keeps that many of the newest.

    An offset no update can have reached yet counts as none: ids started over since.
    """
    updates = state.updates
    updates.expire()
    if offset < 0:
        updates.pending = sorted(updates.pending, key=lambda update: update.id)[offset:]
    elif 0 < offset <= updates.tail + FUTURE:
        updates.pending = [update for update in updates.pending if not _is_taken(update, offset)]


def _is_taken(update: Pending, offset: int) -> bool:
    return update.id < offset and (update.served or not update.again)


async def _wait(state: State, seconds: int) -> None:
    """Hold the one long poll there may be; a newer one, or a webhook, ends it."""
    state.end_poll(ANOTHER)
    ended = state.begin_poll()
    news = state.updates.news()
    waiting: set[asyncio.Future[Any]] = {ended, news}
    try:
        await asyncio.wait(waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        if state.poll is ended:
            state.poll = None
    if ended.done():
        raise conflict(ended.result())


def _allow(state: State, parameters: Parameters) -> None:
    wanted = parameters.json("allowed_updates", "can't parse allowed_updates JSON object")
    if wanted is None:
        return
    if not isinstance(wanted, list):
        raise bad("expected an Array of String")
    known = {kind for kind in wanted if kind in BY_DEFAULT | ON_REQUEST}
    state.updates.allowed = frozenset(known) if known else BY_DEFAULT


async def set_webhook(state: State, parameters: Parameters) -> bool:
    url, secret = parameters.text("url"), parameters.text("secret_token")
    if not url:
        return await delete_webhook(state, parameters)
    _check_address(state, url)
    if len(secret) > LONGEST_SECRET:
        raise bad("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad("secret token contains unallowed characters")
    if parameters.flag("drop_pending_updates"):
        state.updates.clear()
    _allow(state, parameters)
    state.end_poll(BY_WEBHOOK)
    state.webhook = Webhook(url, secret, parameters.whole("max_connections", 40, 1, 100))
    state.updates.wake()
    return True


def _check_address(state: State, url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise bad("invalid webhook URL specified")
    if not state.hosted:
        return
    if parts.scheme != "https":
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    if parts.port not in PORTS:
        raise bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


async def delete_webhook(state: State, parameters: Parameters) -> bool:
    if parameters.flag("drop_pending_updates"):
        state.updates.clear()
    state.webhook = Webhook()
    state.updates.wake()
    return True


async def get_webhook_info(state: State, parameters: Parameters) -> dict[str, Any]:
    webhook = state.webhook
    state.updates.expire()
    info: dict[str, Any] = {
        "url": webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(state.updates.pending),
    }
    if webhook.last_error_at is not None:
        info |= {
            "last_error_date": webhook.last_error_at,
            "last_error_message": webhook.last_error,
        }
    if webhook.url:
        info |= {"max_connections": webhook.max_connections, "ip_address": "<unknown>"}
    if state.updates.allowed != BY_DEFAULT:
        info["allowed_updates"] = sorted(state.updates.allowed)
    return info


METHODS = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
