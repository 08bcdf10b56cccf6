"""`Door`: where the platform calls. It is answered in time, whatever happens behind it."""

import asyncio
import logging
from collections.abc import Callable
from typing import Final

from aiohttp import web

from actions.application.ports import Clock
from actions.application.ports_channels import ReceivedStore
from actions.domain.errors import StoreAway
from bot.channels.wechat.convert import callback
from bot.channels.wechat.incoming import Callback
from bot.channels.wechat.opening import Envelopes, Forged, Opened
from bot.channels.wechat.passive import PATIENCE, Passive
from bot.channels.wechat.unread import kept_as
from bot.channels.wechat.xml_in import LONGEST, NoMessage, fields
from bot.channels.wechat.xml_out import SUCCESS, text_reply
from bot.problem import Refusal
from bot.whole_body import read_body

log = logging.getLogger(__name__)

PATH: Final = "/channels/wechat"
CHANNEL: Final = "wechat"
#: Seconds in which a callback has to be kept; after that the platform shall ask again.
_KEEPING: Final = 3.5
#: Seconds between two tries, and after which the platform has hung up for certain.
_AGAIN: Final = 0.2
_HANGS_UP: Final = 3.0
#: Seconds a body may take.
_ARRIVING: Final = 1.0


class Door:
    def __init__(
        self,
        envelopes: Envelopes,
        store: ReceivedStore,
        passive: Passive,
        clock: Clock,
        *,
        app_id: str,
        notify: Callable[[], None],
        patience: float = PATIENCE,
    ) -> None:
        """`patience`: seconds a callback may wait for something to say."""
        self._envelopes = envelopes
        self._store = store
        self._passive = passive
        self._app_id = app_id
        self._clock = clock
        self._notify = notify
        self._patience = patience

    async def get(self, request: web.Request) -> web.Response:
        """GET /channels/wechat: the platform asks whether this is our address."""
        try:
            return web.Response(text=self._envelopes.verify(request.query))
        except Forged as error:
            raise _refused(error) from error

    async def post(self, request: web.Request) -> web.Response:
        """POST /channels/wechat: kept first, then answered with what there is to say by then."""
        began = asyncio.get_running_loop().time()
        body = await read_body(request, longest=LONGEST, patience=_ARRIVING)
        try:
            opened = self._envelopes.open(request.query, body)
        except Forged as error:
            raise _refused(error) from error
        except NoMessage as error:
            raise Refusal(400) from error
        called = _read(opened)
        await self._keep(opened, called)
        if called is None:
            return web.Response(text=SUCCESS)
        spent = asyncio.get_running_loop().time() - began
        words = await self._words(called, self._patience - spent)
        return self._reply(words, called, opened)

    async def _keep(self, opened: Opened, called: Callback | None) -> None:
        """Or leave it unanswered until the platform hangs up: only then it asks again.

        An answer that says what is wrong here would be shown to the user as the end of it.
        """
        kept = kept_as(opened.xml, called)
        try:
            async with asyncio.timeout(_KEEPING):
                new = await self._tried(kept)
        except TimeoutError as error:
            await asyncio.sleep(_HANGS_UP)
            raise Refusal(503) from error
        if new:
            self._notify()

    async def _tried(self, kept: tuple[str, str, str]) -> int:
        while True:
            try:
                return await self._store.keep(CHANNEL, self._app_id, [kept], self._clock.now())
            except StoreAway:
                await asyncio.sleep(_AGAIN)

    async def _words(self, called: Callback, patience: float) -> str | None:
        """None also while the store is away: what is kept is answered by another way."""
        try:
            async with asyncio.timeout(max(patience, 0)):
                if (said := await self._passive.repeated(called.key)) is not None:
                    return said
                if not called.is_answered:
                    return None
                return await self._passive.listen(called.openid, called.key)
        except (TimeoutError, StoreAway):
            return None

    def _reply(self, words: str | None, called: Callback, opened: Opened) -> web.Response:
        if words is None:
            return web.Response(text=SUCCESS)
        at = int(self._clock.now().timestamp())
        reply = text_reply(words, to=called.openid, account=called.account, at=at)
        body = self._envelopes.close(reply) if opened.is_sealed else reply
        return web.Response(text=body, content_type="text/xml")


def _read(opened: Opened) -> Callback | None:
    """None for what nobody can read: it is kept all the same, for somebody to look at."""
    try:
        return callback(fields(opened.xml))
    except NoMessage as error:
        log.warning("a callback that makes no sense: %s", error, extra={"action": "wechat_odd"})
        return None


def _refused(error: Forged) -> Refusal:
    log.warning("a forged callback: %s", error, extra={"action": "wechat_forged"})
    return Refusal(403)
