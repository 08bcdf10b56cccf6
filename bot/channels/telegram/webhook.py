"""`Webhook`: the door Telegram knocks at; it answers once the update is kept, and never before."""

import hmac
import logging
from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Final

from aiohttp import web

from actions.application.ports import Clock
from actions.application.ports_channels import ReceivedStore
from actions.failpoints import failpoint
from bot.acknowledging import Acknowledgement
from bot.channels.telegram.envelope import envelope
from bot.channels.telegram.taking import CHANNEL
from bot.problem import Refusal
from bot.whole_body import read_body

log = logging.getLogger(__name__)

PATH: Final = "/channels/telegram"
HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"
#: Far more than any update has.
LONGEST: Final = 1024 * 1024
#: Seconds a body may take to arrive.
PATIENCE: Final = 15.0


class Webhook:
    """What makes no sense is kept all the same, for the reader to put away.

    Anything but a 2xx is sent again for a day and holds up its chat.
    """

    def __init__(
        self,
        store: ReceivedStore,
        bot_id: str,
        secrets: Sequence[str],
        clock: Clock,
        notify: Callable[[], None],
    ) -> None:
        """`secrets` are those that count: while one is being changed, two."""
        self._store = store
        self._bot_id = bot_id
        self._secrets = [secret.encode() for secret in secrets]
        self._clock = clock
        self._notify = notify

    async def post(self, request: web.Request) -> web.StreamResponse:
        """POST /channels/telegram."""
        failpoint("webhook.received")
        if not self._is_known(request.headers.get(HEADER, "")):
            raise Refusal(401)
        kept = envelope(await _body(request))
        failpoint("webhook.verified")
        if await self._store.keep(CHANNEL, self._bot_id, [kept], self._clock.now()):
            self._notify()
        return Acknowledgement("webhook.acknowledged")

    def _is_known(self, given: str) -> bool:
        """Compared as bytes, and with every secret: how long it takes tells nothing."""
        raw = given.encode("utf-8", "surrogateescape")
        matches = [hmac.compare_digest(raw, secret) for secret in self._secrets]
        return any(matches)


async def _body(request: web.Request) -> bytes:
    try:
        return await read_body(request, longest=LONGEST, patience=PATIENCE)
    except Refusal as refusal:
        if refusal.code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            log.error("an update too long", extra={"action": "telegram_too_long"})  # noqa: TRY400  not ours
        raise
