"""`WebPushChannel`: rings one browser of a person, with no more than a stranger may read."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientResponse, ClientSession
from py_vapid import VapidException

from actions.application.delivering import Due, Shown, Subscription, Subscriptions
from actions.domain.masking import mask
from bot.channels.webpush.vapid import VapidKeys
from bot.outgoing import is_allowed
from bot.ports import Texts
from bot.ports_delivery import Gone, Later, Needless, SendOutcome, Sent

#: Characters on a lock screen.
BODY = 110
#: Seconds a push service keeps trying to reach the browser.
TIME_TO_LIVE = 24 * 3600
#: The longest wait a push service may impose on us.
LONGEST_WAIT = timedelta(hours=1)

_FORGOTTEN = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}


class WebPushChannel:
    name = "webpush"
    concurrency = 8
    in_order = False
    keeps_record = False

    def __init__(
        self,
        http: ClientSession,
        subscriptions: Subscriptions,
        keys: VapidKeys,
        texts: Texts,
        *,
        local: bool = False,
    ) -> None:
        """`http` comes from `bot.outgoing.open_session`, which judges every address."""
        self._http = http
        self._subscriptions = subscriptions
        self._keys = keys
        self._texts = texts
        self._local = local

    async def send(self, due: Due, shown: Shown) -> SendOutcome:
        alert = due.content["alert"]
        if await self._subscriptions.is_seen(alert["of"]):
            return Needless()
        subscription = await self._subscriptions.get(alert["browser"], due.person_id)
        if subscription is None:
            return Needless()
        if not is_allowed(subscription.endpoint, local=self._local):
            return await self._forget(subscription, "the address is not a public https one")
        try:
            headers = self._headers(subscription.endpoint, due)
            sealed = await asyncio.to_thread(seal, subscription, self._payload(due, shown))
        except (VapidException, ValueError) as error:
            return await self._forget(subscription, f"unusable address or keys: {error}")
        return await self._post(subscription, sealed, headers)

    async def _post(
        self, subscription: Subscription, sealed: bytes, headers: dict[str, str]
    ) -> SendOutcome:
        try:
            async with self._http.post(
                subscription.endpoint, data=sealed, headers=headers, allow_redirects=False
            ) as answer:
                return await self._judge(answer, subscription)
        except (ClientError, TimeoutError, OSError) as error:
            # Ringing twice is harmless: the topic makes the second replace the first.
            return Later(reason=type(error).__name__)

    async def _judge(self, answer: ClientResponse, subscription: Subscription) -> SendOutcome:
        status = answer.status
        if status < HTTPStatus.MULTIPLE_CHOICES:
            return Sent()
        if status in _FORGOTTEN:
            return await self._forget(subscription, f"the browser is gone ({status})")
        if status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            after = asked_wait(answer.headers.get("Retry-After"), datetime.now(UTC))
            return Later(reason=f"push service answered {status}", after=after)
        return Gone(reason=f"push service answered {status}")

    async def _forget(self, subscription: Subscription, reason: str) -> Gone:
        await self._subscriptions.forget(subscription)
        return Gone(reason=reason)

    def _payload(self, due: Due, shown: Shown) -> bytes:
        body = lock_screen(shown) or self._texts.render("alert_body", {}, due.locale)
        title = self._texts.render("alert_title", {}, due.locale)
        return json.dumps({"title": title, "body": body, "url": "/"}, ensure_ascii=False).encode()

    def _headers(self, endpoint: str, due: Due) -> dict[str, str]:
        parts = urlsplit(endpoint)
        subject = f"ticket-{due.ticket_id}" if due.ticket_id else f"news-{due.person_id}"
        return {
            "Authorization": self._keys.authorization(f"{parts.scheme}://{parts.netloc}"),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(TIME_TO_LIVE),
            "Topic": subject[:32],
            "Urgency": "high" if due.urgent else "normal",
        }


def seal(subscription: Subscription, payload: bytes) -> bytes:
    """The payload, readable by that browser only (RFC 8291).

    Raises:
        ValueError: the browser's keys are none.
    """
    from pywebpush import WebPusher, WebPushException  # noqa: PLC0415 - slow import

    try:
        pusher = WebPusher({"endpoint": subscription.endpoint, "keys": dict(subscription.keys)})
        return bytes(pusher.encode(payload, "aes128gcm")["body"])
    except WebPushException as error:
        raise ValueError(str(error)) from error


def lock_screen(shown: Shown) -> str:
    """The beginning of the message, without numbers that belong to somebody."""
    text = mask(" ".join(shown.text.replace("**", "").split()))
    return text if len(text) <= BODY else text[: BODY - 1] + "…"


def asked_wait(header: str | None, now: datetime) -> timedelta | None:
    """`Retry-After` in either of its two forms, within reason."""
    if not header:
        return None
    try:
        wait = timedelta(seconds=int(header)) if header.isdigit() else _until(header, now)
    except (ValueError, OverflowError):
        return None
    return min(max(wait, timedelta(seconds=1)), LONGEST_WAIT)


def _until(date: str, now: datetime) -> timedelta:
    at = parsedate_to_datetime(date)
    return (at if at.tzinfo else at.replace(tzinfo=UTC)) - now
