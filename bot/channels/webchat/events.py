"""Live messages: a stream that resumes where it broke off and never holds up anybody else."""

import asyncio
import json
import logging
from contextlib import suppress
from typing import Final

from aiohttp import web

from actions.application.web_records import Account, Line
from actions.domain.errors import StoreAway
from actions.domain.identifiers import ConversationId
from bot import keys
from bot.channels.webchat.convert import message_json
from bot.channels.webchat.messages import LOOK_AGAIN, MOST, number
from bot.gateway.buttons import Buttons
from bot.problem import Refusal

log = logging.getLogger(__name__)

#: Seconds of silence after which a comment is sent, so that a dead line is noticed.
HEARTBEAT: Final = 15.0
#: Streams one person may hold: tabs and devices.
MOST_STREAMS: Final = 12
#: Milliseconds after which a browser comes back.
_RETRY: Final = b"retry: 2000\n\n"
_SOMEBODY_ELSE: Final = b"event: session\ndata: {}\n\n"
_ALIVE: Final = b": alive\n\n"


async def events(request: web.Request, account: Account) -> web.StreamResponse:
    """GET /chat/api/events: what was missed, then what comes (`id` is the seq)."""
    hub = request.config_dict[keys.HUB]
    if hub.listeners(account.conversation_id) >= MOST_STREAMS:
        raise Refusal(429, retry_after=30)
    stream = _Stream(request, account, _last_seen(request))
    await stream.open()
    try:
        await stream.follow()
    except (TimeoutError, ConnectionError, StoreAway) as error:
        # Whoever still reads comes back and says what was seen last.
        cause = type(error).__name__
        log.info("a stream ends early", extra={"action": "stream_cut", "error": cause})
        if request.transport is not None:
            request.transport.abort()
    return stream.response


def _last_seen(request: web.Request) -> int:
    """What the browser saw last: it says so itself after a break, else the page says it."""
    known = request.headers.get("Last-Event-ID", "")
    if known.isascii() and known.isdigit() and len(known) < len(str(2**63)):
        return int(known)
    return number(request, "after", 0)


class _Stream:
    def __init__(self, request: web.Request, account: Account, seen: int) -> None:
        self._request = request
        self._account = account
        self._seen = seen
        self._signer = Buttons(request.config_dict[keys.SIGNING_KEY])
        self._patience = request.config_dict[keys.WEB].reader_patience
        self.response = web.StreamResponse(
            headers={
                "Content-Type": "text/event-stream; charset=utf-8",
                "Cache-Control": "no-store",
                "X-Accel-Buffering": "no",
            }
        )

    async def open(self) -> None:
        await self.response.prepare(self._request)
        await self._write(_RETRY)

    async def follow(self) -> None:
        """Until the reader leaves, the session ends or the house closes."""
        hub = self._request.config_dict[keys.HUB]
        loop = asyncio.get_running_loop()
        look_at = loop.time()
        with hub.subscribe(self._account.conversation_id) as news:
            while not hub.is_closed:
                if news.is_set() or loop.time() >= look_at:
                    news.clear()
                    talk = await self._talk()
                    if talk != self._account.conversation_id:
                        await self._leave(talk)
                        return
                    await self._send_news()
                    look_at = loop.time() + LOOK_AGAIN
                if not news.is_set():
                    await self._wait(news, min(HEARTBEAT, look_at - loop.time()))

    async def _wait(self, news: asyncio.Event, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(news.wait(), max(seconds, 0.0))
        if not news.is_set():
            await self._write(_ALIVE)

    async def _talk(self) -> ConversationId | None:
        return await self._request.config_dict[keys.ACCOUNTS].talk_of(self._account.session)

    async def _leave(self, talk: ConversationId | None) -> None:
        """Whoever has become somebody else has another conversation to read, from its beginning."""
        if talk is not None:
            await self._write(_SOMEBODY_ELSE)

    async def _send_news(self) -> None:
        transcripts = self._request.config_dict[keys.TRANSCRIPTS]
        conversation_id = self._account.conversation_id
        before = self._seen
        while lines := await transcripts.after(conversation_id, self._seen, MOST):
            for line in lines:
                await self._write(self._event(line))
                self._seen = line.seq
        if self._seen > before:
            await transcripts.read_up_to(conversation_id, self._seen)

    def _event(self, line: Line) -> bytes:
        body = json.dumps(message_json(line, self._account, self._signer), ensure_ascii=False)
        return f"id: {line.seq}\ndata: {body}\n\n".encode()

    async def _write(self, piece: bytes) -> None:
        async with asyncio.timeout(self._patience):
            await self.response.write(piece)
