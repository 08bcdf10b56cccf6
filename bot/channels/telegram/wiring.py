"""Everything of Telegram, opened before the delivery that sends by it, and read after the turns."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from aiohttp import ClientSession, web
from telegram import Bot
from telegram.request import HTTPXRequest

from actions.bootstrap import House
from actions.domain.identifiers import ConversationId
from bot import keys
from bot.channels.telegram.adapter import TelegramChannel
from bot.channels.telegram.calls import PATIENCE
from bot.channels.telegram.files import PhotoFetching
from bot.channels.telegram.flood import Flood
from bot.channels.telegram.groups import Groups
from bot.channels.telegram.limits import Limits
from bot.channels.telegram.naming import Naming
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.pressing import Pressing
from bot.channels.telegram.reading import Reading
from bot.channels.telegram.registration import Registration
from bot.channels.telegram.standing import Standing
from bot.channels.telegram.taking import CHANNEL, Taking
from bot.channels.telegram.webhook import PATH, Webhook
from bot.gateway.buttons import Buttons
from bot.gateway.introducing import introducing
from bot.gateway.reader import Reader
from bot.gateway.watch import Watch
from bot.keys import WebSettings
from bot.media import Workshop
from bot.metrics import Metrics
from bot.outgoing import open_session
from bot.ports import Texts
from bot.settings import TelegramSettings

log = logging.getLogger(__name__)

_PLATFORM: Final = "api.telegram.org"


@dataclass(frozen=True)
class Around:
    """What receiving needs of the rest of the process."""

    app: web.Application
    http: ClientSession
    web: WebSettings
    watch: Watch
    metrics: Metrics
    wake: Callable[[ConversationId], None]


class Telegram:
    """One bot: the way out is `channel`; the way in is open within `receive`."""

    def __init__(
        self, settings: TelegramSettings, bot: Bot, house: House, texts: Texts, limits: Limits
    ) -> None:
        self._settings = settings
        self._bot = bot
        self._house = house
        self._texts = texts
        self._signer = Buttons(house.keys.signing)
        self._standing: Standing | None = None
        self.channel = TelegramChannel(
            bot,
            house.addresses,
            house.delivery,
            house.pictures,
            media_dir=house.media,
            signer=self._signer,
            texts=texts,
            clock=house.clock,
            limits=limits,
        )

    @asynccontextmanager
    async def receive(self, around: Around) -> AsyncIterator[None]:
        """Read what was kept; and have it brought, or fetch it."""
        await self._house.received.free_the_dead()
        async with AsyncExitStack() as tasks:
            reader = self._reader(around, await self._outside(around, tasks))
            reading = around.watch.over("telegram reader", reader.run(), limit=1.5)
            await tasks.enter_async_context(reading)
            naming = Naming(self._bot, self._texts).run()
            await tasks.enter_async_context(around.watch.over("telegram name", naming, limit=0.5))
            source = self._source(reader, around)
            if source is not None:
                await tasks.enter_async_context(around.watch.over("telegram", source, limit=0.5))
            yield

    async def _outside(self, around: Around, tasks: AsyncExitStack) -> ClientSession:
        """Files come from public hosts only, unless whoever runs us chose another one."""
        if urlsplit(self._settings.api_base).hostname != _PLATFORM:
            return around.http
        return await tasks.enter_async_context(open_session())

    def health(self) -> dict[str, str]:
        return {"telegram": self._standing.word} if self._standing else {}

    def _source(self, reader: Reader, around: Around) -> Coroutine[Any, Any, None] | None:
        """What has to run so that updates come; nothing where somebody else sets the webhook."""
        standing = self._standing = Standing(around.metrics.telegram)
        secret = self._settings.webhook_secret
        if secret is None:
            polling = self._polling(reader, around, standing)
            return self._house.duties.during("telegram polling", polling.run)
        door = Webhook(
            self._house.received,
            self._settings.bot_id,
            [each.reveal() for each in (secret, self._settings.webhook_secret_old) if each],
            self._house.clock,
            reader.notify,
        )
        around.app.router.add_post(PATH, door.post)
        if not around.web.public_url:
            log.info("no public address: the webhook is not set", extra={"action": "no_webhook"})
            return None
        url = around.web.public_url.rstrip("/") + PATH
        return Registration(self._bot, url, secret.reveal(), standing).run()

    def _polling(self, reader: Reader, around: Around, standing: Standing) -> Polling:
        return Polling(
            around.http,
            f"{self._settings.api_base}/bot{self._settings.token.reveal()}",
            self._settings.bot_id,
            self._house.received,
            self._house.clock,
            notify=reader.notify,
            standing=standing,
        )

    def _reader(self, around: Around, outside: ClientSession) -> Reader:
        house = self._house
        taking = Taking(
            self._settings.bot_id,
            addresses=house.addresses,
            intake=house.intake,
            heard=house.heard_before,
            photos=self._photos(around, outside),
            presser=Pressing(self._bot, house.presses, self._signer, self._texts),
            texts=self._texts,
            clock=house.clock,
            wake=around.wake,
            introduce=introducing(house.bus),
        )
        reading = Reading(
            house.received,
            taking,
            Groups(self._bot, self._texts),
            house.clock,
            Flood(around.app[keys.THROTTLE]),
        )
        return Reader(
            CHANNEL, house.received, reading.read, house.clock, count=around.metrics.update
        )

    def _photos(self, around: Around, outside: ClientSession) -> PhotoFetching:
        return PhotoFetching(
            self._bot,
            outside,
            Workshop(self._house.media),
            self._house.pictures,
            files_base=f"{self._settings.api_base}/file/bot{self._settings.token.reveal()}",
            a_day=around.web.photos_a_day,
        )


@asynccontextmanager
async def open_telegram(
    settings: TelegramSettings, house: House, texts: Texts, limits: Limits
) -> AsyncIterator[Telegram]:
    """Nothing is asked of the platform yet: it may be away when we start."""
    requests = [patient_request() for _ in range(2)]
    bot = Bot(
        settings.token.reveal(),
        base_url=f"{settings.api_base}/bot",
        base_file_url=f"{settings.api_base}/file/bot",
        request=requests[0],
        get_updates_request=requests[1],
    )
    try:
        yield Telegram(settings, bot, house, texts, limits)
    finally:
        await asyncio.gather(*(request.shutdown() for request in requests))


def patient_request() -> HTTPXRequest:
    """One that waits for an answer as long as whoever sends would."""
    return HTTPXRequest(read_timeout=PATIENCE, httpx_kwargs={"trust_env": False})
