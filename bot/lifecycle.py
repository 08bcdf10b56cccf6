"""One async context a resource: what opens, closes, in reverse and with a limit.

The limits add up to ten seconds: notice 2 (with Rasa elsewhere) or Rasa 1.5 (a child of ours),
open requests 1.5, timers 0.5, turns 4, delivery 2.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import ClientSession, DummyCookieJar, web

from actions.bootstrap import About, House, open_house, read_community
from actions.domain.identifiers import ConversationId
from actions.periodic import Timers
from actions.server import create_house_app, listen
from bot import keys
from bot.channels.webchat.hub import Hub
from bot.channels.webchat.news_watch import NewsWatch
from bot.channels.webpush.adapter import WebPushChannel
from bot.channels.webpush.vapid import VapidKeys
from bot.conversation.current_model import ModelFolder
from bot.conversation.rasa_client import RasaConversation
from bot.conversation.rasa_process import RasaPlan, RasaProcess
from bot.conversation.replicas import Replicas
from bot.conversation.succession import Succession
from bot.delivery.render import Renderer
from bot.delivery.values import Wording
from bot.delivery.worker import DeliveryWorker
from bot.furnishing import furnish, read_texts, require_own_texts
from bot.gateway.prepared import prepared
from bot.gateway.second_reading import SecondReader
from bot.gateway.turns import TurnRunner
from bot.gateway.watch import Watch
from bot.health import Health, Overview, WatchedVitals
from bot.metrics import Metrics
from bot.outgoing import open_session
from bot.platforms import Around, Platforms, open_platforms
from bot.ports import Conversation, Throttle
from bot.redis_throttle import shared_buckets
from bot.settings import Settings

log = logging.getLogger(__name__)

ROOT = Path(__file__).parents[1]
#: Where Rasa listens when nobody says otherwise.
USUAL_RASA = "http://127.0.0.1:5005"
#: Seconds after which a gateway serves without understanding, if that never came.
WITHOUT_RASA = 120.0
#: Whom a push service may write to about us, where no public address is set.
SUBJECT = "mailto:linli@localhost.invalid"


class Lifecycle:
    """Each method is a cleanup context; `app.py` lists them in order. Later ones use earlier."""

    house: House
    http: ClientSession
    wording: Wording
    conversation: Conversation
    delivery: DeliveryWorker
    turns: TurnRunner
    health: Health
    vapid: VapidKeys
    throttle: Throttle
    platforms: Platforms

    def __init__(self, settings: Settings, rasa: RasaPlan | None, *, is_alone: bool) -> None:
        """`is_alone`: no other gateway works on the same database."""
        self.settings = settings
        self.is_alone = is_alone
        self.watch = Watch()
        self.hub = Hub(self._tell_news)
        self.metrics = Metrics()
        self._plan = rasa
        self._actions_url = ""
        self.replicas: Replicas | None = None

    @asynccontextmanager
    async def open_house(self, _app: web.Application) -> AsyncIterator[None]:
        catalogue = read_texts()
        require_own_texts(catalogue, read_community(self.settings.house))
        async with open_house(self.settings.house, starting=True) as house:
            self.house = house
            self.wording = Wording(catalogue, house.community, house.clock)
            self.throttle = shared_buckets(house.redis)
            house.wakeups.listen(About.NEWS, lambda talk: self.hub.hear(ConversationId(talk)))
            async with (
                self.watch.over("wakeups", house.wakeups.run(), limit=0.5),
                self.watch.over("settings", house.settings_watch.run(), limit=0.5),
                self.watch.over("store", house.database.until_broken(), limit=0.5),
                self.watch.over("words", house.ticket_words.run(), limit=0.5),
            ):
                yield

    @asynccontextmanager
    async def take_in(self, _app: web.Application) -> AsyncIterator[None]:
        async with self.watch.over("intake", self.house.intake.run(), limit=0.5):
            yield

    @asynccontextmanager
    async def open_http(self, _app: web.Application) -> AsyncIterator[None]:
        async with ClientSession(cookie_jar=DummyCookieJar(), trust_env=False) as session:
            self.http = session
            yield

    @asynccontextmanager
    async def serve_actions(self, _app: web.Application) -> AsyncIterator[None]:
        """The action endpoint on the loopback, unless it is a service of its own."""
        if self.settings.actions_urls:
            yield
            return
        runner = web.AppRunner(create_house_app(self.house), access_log=None, shutdown_timeout=0.5)
        await runner.setup()
        try:
            await listen(runner, "127.0.0.1", self.settings.actions_port)
            port = runner.addresses[0][1]
            token = self.house.keys.actions_token
            self._actions_url = f"http://127.0.0.1:{port}/webhook?token={token}"
            yield
        finally:
            await runner.cleanup()

    @asynccontextmanager
    async def run_rasa(self, _app: web.Application) -> AsyncIterator[None]:
        if self._plan is None:
            urls = self.settings.rasa_urls or (USUAL_RASA,)
            reached = [self._reach(url) for url in urls]
            self.replicas = Replicas(reached, self.http, self.settings.actions_urls)
            self.conversation = self.replicas
            yield
            return
        succession = Succession(self._plan, self._reach, self._start, self.metrics)
        self.conversation = succession
        async with self.watch.over("rasa", succession.run(), limit=3.0):
            yield

    def _reach(self, url: str) -> RasaConversation:
        return RasaConversation(self.http, url, self.house.keys.signing)

    def _start(self, plan: RasaPlan, conversation: RasaConversation) -> RasaProcess:
        return RasaProcess(plan, self._actions_url, conversation.is_ready)

    @asynccontextmanager
    async def open_platforms(self, _app: web.Application) -> AsyncIterator[None]:
        """The ways out; the ways in open when there is somebody to take turns."""
        async with open_platforms(
            self.settings, self.house, self.wording, self.throttle, self.http
        ) as self.platforms:
            yield

    @asynccontextmanager
    async def receive(self, app: web.Application) -> AsyncIterator[None]:
        around = Around(app, self.http, self.watch, self.metrics, self._arrived)
        async with self.platforms.receive(around):
            yield

    def _arrived(self, conversation_id: ConversationId) -> None:
        """Something came by another door than the page: a turn is due, and the page shows it."""
        self.turns.wake(conversation_id)
        self.hub.publish(conversation_id)

    @asynccontextmanager
    async def deliver(self, _app: web.Application) -> AsyncIterator[None]:
        house, local = self.house, not self.settings.is_production
        self.vapid = VapidKeys.load(
            self.settings.house.data / "keys", self.settings.public_url or SUBJECT
        )
        async with open_session(local=local) as outside:
            bell = WebPushChannel(outside, house.alerts, self.vapid, self.wording, local=local)
            self.delivery = DeliveryWorker(
                house.delivery,
                Renderer(self.wording),
                self.hub,
                clock=house.clock,
                quiet_hours=house.quiet_hours,
                counts=self.metrics,
                channels=[bell, *self.platforms.channels],
            )
            house.bell.connect(self.delivery.notify)
            house.wakeups.listen(About.OUTBOX, lambda _: self.delivery.notify())
            await house.delivery.free_the_dead()
            async with self.watch.over("delivery", self.delivery.run(), limit=2.0):
                yield

    @asynccontextmanager
    async def take_turns(self, _app: web.Application) -> AsyncIterator[None]:
        house = self.house
        self.turns = TurnRunner(
            house.turns,
            house.bus,
            self.conversation,
            house.clock,
            count=self.metrics.turn,
            is_crowded=lambda: house.intake.is_crowded,
            lost=self.hub.publish,
            held=lambda talk: house.wakeups.tell(About.WORK, talk),
            is_cut_off=self.replicas.is_cut_off if self.replicas else None,
        )
        house.wakeups.listen(About.WORK, lambda talk: self.turns.hear(ConversationId(talk)))
        await house.turns.free_the_dead()
        again = SecondReader(house.second_readings, self.conversation, house.clock)
        async with (
            self.watch.over("second reading", again.run(), limit=0.5),
            self.watch.over("turns", prepared(self.turns.run), limit=5.0),
        ):
            yield

    @asynccontextmanager
    async def run_timers(self, _app: web.Application) -> AsyncIterator[None]:
        """With the action endpoint: where that is a service of its own, the timers are too."""
        if self.settings.actions_urls:
            yield
            return
        house = self.house
        timers = Timers(house.bus, house.due, house.clock, chores=house.housekeeping)
        async with self.watch.over(
            "timers", self.house.duties.during("timers", timers.run), limit=0.5
        ):
            yield

    @asynccontextmanager
    async def open_doors(self, app: web.Application) -> AsyncIterator[None]:
        """What the doors of the web need; their routes stand in `app.py`."""
        house, settings = self.house, self.settings
        app[keys.WEB] = keys.WebSettings(
            media_dir=house.media,
            is_production=settings.is_production,
            public_url=settings.public_url,
            vapid_public_key=self.vapid.public_key,
            trusted_proxies=settings.trusted_proxies,
        )
        app[keys.TEXTS] = self.wording
        app[keys.THROTTLE] = self.throttle
        app[keys.HUB] = self.hub
        app[keys.WAKE] = self.turns.wake
        furnish(app, house)
        news = NewsWatch(house.news, self.hub, self._is_told)
        async with self.watch.over("news", news.run(), limit=0.5):
            yield

    @asynccontextmanager
    async def report_health(self, app: web.Application) -> AsyncIterator[None]:
        token = self.settings.metrics_token
        self.health = Health(
            WatchedVitals(self.house.vitals, self.watch),
            self.conversation,
            self.house.delivery,
            metrics=self.metrics,
            clock=self.house.clock,
            others=self._others,
            token=token.reveal() if token else "",
            is_public=self.settings.is_public,
        )
        app.router.add_routes(self.health.routes())
        app[keys.CONDITIONS] = Overview(
            self.health,
            self.house.condition.now,
            model=self._model,
            backed_up_at=lambda: self.house.backed_up_at,
        )
        patience = asyncio.get_running_loop().call_later(WITHOUT_RASA, self.health.declare_degraded)
        try:
            yield
        finally:
            patience.cancel()

    def _others(self) -> dict[str, str]:
        """What is told beside the rest, and nothing depends on."""
        redis = self.house.redis
        if redis is not None:
            self.metrics.redis(away=redis.word != "ok")
        return {
            **(self.replicas.health() if self.replicas else {}),
            **({"redis": redis.word} if redis else {}),
            **self.platforms.health(),
        }

    def _is_told(self) -> bool:
        return self.is_alone or self.house.wakeups.hears.is_set()

    def _tell_news(self, conversation_id: ConversationId) -> None:
        self.house.wakeups.tell(About.NEWS, conversation_id)

    def _model(self) -> str:
        """What Rasa is to serve, where its models lie beside us."""
        current = ModelFolder(self.settings.house.data / "models").current()
        return current.name if current else ""
