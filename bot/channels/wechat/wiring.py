"""Everything of WeChat: the way out, opened before the delivery; the way in, after the turns."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import ClientSession, web

from actions.bootstrap import House
from actions.domain.errors import NotFound, OnHold
from actions.domain.identifiers import ConversationId, PersonId
from bot.channels.wechat.adapter import WeChatChannel
from bot.channels.wechat.api import Api
from bot.channels.wechat.choices import Choices
from bot.channels.wechat.door import PATH, Door
from bot.channels.wechat.opening import Envelopes
from bot.channels.wechat.passive import Passive
from bot.channels.wechat.photos import PhotoFetching
from bot.channels.wechat.reading import Reading
from bot.channels.wechat.taking import CHANNEL, Doors, Taking
from bot.channels.wechat.tokens import StableToken, Tokens
from bot.gateway.introducing import introducing
from bot.gateway.reader import Reader
from bot.gateway.watch import Watch
from bot.keys import WebSettings
from bot.media import Workshop, remove
from bot.metrics import Metrics
from bot.ports import Texts
from bot.settings import WeChatSettings

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Around:
    """What receiving needs of the rest of the process."""

    app: web.Application
    web: WebSettings
    watch: Watch
    metrics: Metrics
    wake: Callable[[ConversationId], None]


class WeChat:
    """One Official Account: the way out is `channel`; the way in is open within `receive`."""

    def __init__(
        self, settings: WeChatSettings, house: House, http: ClientSession, texts: Texts
    ) -> None:
        self._settings = settings
        self._house = house
        self._http = http
        self._texts = texts
        self._stores = stores = house.wechat(settings.app_id)
        self._tokens = Tokens(StableToken(http, settings, self._now), stores.tokens, self._now)
        self._passive = Passive(stores.replies, house.clock)
        self.channel = WeChatChannel(
            Api(http, settings.api_base, self._tokens),
            self._passive,
            stores.ledger,
            stores.choices,
            house.addresses,
            progress=house.delivery,
            texts=texts,
            clock=house.clock,
        )

    @asynccontextmanager
    async def receive(self, around: Around, *, allows_plain: bool) -> AsyncIterator[None]:
        """Read what was kept, and open the door."""
        await self._house.received.free_the_dead()
        reader = self._reader(around)
        door = Door(
            Envelopes(self._settings, self._now, allows_plain=allows_plain),
            self._house.received,
            self._passive,
            self._house.clock,
            app_id=self._settings.app_id,
            notify=reader.notify,
        )
        around.app.router.add_get(PATH, door.get)
        around.app.router.add_post(PATH, door.post)
        async with around.watch.over("wechat reader", reader.run(), limit=1.5):
            yield

    def _now(self) -> float:
        """Seconds since 1970, as the house counts them."""
        return self._house.clock.now().timestamp()

    def _reader(self, around: Around) -> Reader:
        house = self._house
        doors = Doors(
            addresses=house.addresses,
            intake=house.intake,
            ledger=self._stores.ledger,
            platform=self._stores.platform,
            choices=Choices(self._stores.choices, house.presses, self._texts),
            photos=PhotoFetching(
                self._http,
                self._settings.api_base,
                self._tokens,
                Workshop(house.media),
                house.pictures,
                a_day=around.web.photos_a_day,
            ),
            texts=self._texts,
            clock=house.clock,
            wake=around.wake,
            introduce=introducing(house.bus),
            forget=self._forget,
        )
        reading = Reading(Taking(self._settings.app_id, doors))
        count = around.metrics.update
        return Reader(CHANNEL, house.received, reading.read, house.clock, count=count)

    async def _forget(self, person_id: PersonId) -> bool:
        """A legal hold keeps the person: `python -m bot erase` once it is lifted."""
        try:
            erased = await self._house.privacy.erase(person_id)
        except OnHold:
            log.warning(
                "a hold keeps somebody who unsubscribed",
                extra={"action": "wechat_not_erased", "person": person_id},
            )
            return False
        except NotFound:
            return True
        await asyncio.to_thread(remove, self._house.media, erased.photos)
        return True
