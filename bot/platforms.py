"""`Platforms`: Telegram and WeChat, as far as they are set up."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from aiohttp import ClientSession, web

from actions.bootstrap import House
from actions.domain.identifiers import ConversationId
from bot import keys
from bot.channels.telegram import wiring as telegram
from bot.channels.telegram.limits import Limits
from bot.channels.wechat import wiring as wechat
from bot.delivery.switched_off import SwitchedOff
from bot.gateway.watch import Watch
from bot.metrics import Metrics
from bot.ports import Texts, Throttle
from bot.ports_delivery import Channel
from bot.settings import Settings


@dataclass(frozen=True)
class Around:
    """What receiving needs of the rest of the process."""

    app: web.Application
    http: ClientSession
    watch: Watch
    metrics: Metrics
    arrived: Callable[[ConversationId], None]


@dataclass(frozen=True)
class Platforms:
    telegram: telegram.Telegram | None
    wechat: wechat.WeChat | None
    is_production: bool

    @property
    def channels(self) -> list[Channel]:
        """Each is there: one that is not set up keeps what it is owed."""
        return [
            self.telegram.channel if self.telegram else SwitchedOff("telegram"),
            self.wechat.channel if self.wechat else SwitchedOff("wechat"),
        ]

    @asynccontextmanager
    async def receive(self, around: Around) -> AsyncIterator[None]:
        """The doors and loops by which something comes."""
        app, settings = around.app, around.app[keys.WEB]
        async with AsyncExitStack() as opened:
            if self.telegram is not None:
                needs = telegram.Around(
                    app, around.http, settings, around.watch, around.metrics, around.arrived
                )
                await opened.enter_async_context(self.telegram.receive(needs))
            if self.wechat is not None:
                wants = wechat.Around(app, settings, around.watch, around.metrics, around.arrived)
                plain = not self.is_production
                await opened.enter_async_context(self.wechat.receive(wants, allows_plain=plain))
            yield

    def health(self) -> dict[str, str]:
        return self.telegram.health() if self.telegram else {}


@asynccontextmanager
async def open_platforms(
    settings: Settings, house: House, texts: Texts, throttle: Throttle, http: ClientSession
) -> AsyncIterator[Platforms]:
    """Nothing is asked of a platform yet: it may be away when we start."""
    async with AsyncExitStack() as opened:
        bot = None
        if settings.telegram is not None:
            opening = telegram.open_telegram(settings.telegram, house, texts, Limits(throttle))
            bot = await opened.enter_async_context(opening)
        account = None
        if settings.wechat is not None:
            account = wechat.WeChat(settings.wechat, house, http, texts)
        yield Platforms(bot, account, settings.is_production)
