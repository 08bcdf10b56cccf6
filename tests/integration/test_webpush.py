"""A browser that is not looking is rung, reads what only it can read, and learns little."""

import stat
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import ClientSession
from py_vapid import Vapid02

from actions.adapters.database.alerts import Alerts
from actions.adapters.database.engine import Database
from actions.application.notification import Purpose
from actions.domain.identifiers import ConversationId, PersonId, TicketId
from bot.channels.webpush.adapter import WebPushChannel, asked_wait
from bot.channels.webpush.vapid import FILE, VapidKeys
from bot.delivery.values import Wording
from bot.outgoing import open_session
from bot.texts import Catalogue
from tests.clock import FrozenClock
from tests.integration.outbox_table import SHANGHAI, Neighbourhood
from tests.integration.push_service import Browser, PushService
from tests.nanting import ROOT, Nanting

EVENING = datetime(2026, 11, 20, 20, 0, tzinfo=SHANGHAI)
SUBJECT = "mailto:linli@example.com"


@pytest.fixture
async def street(sqlite_url: str, frozen_clock: FrozenClock) -> AsyncIterator[Neighbourhood]:
    frozen_clock.set(EVENING)
    database = Database(sqlite_url)
    yield Neighbourhood(database, frozen_clock)
    await database.close()


@pytest.fixture
async def service() -> AsyncIterator[PushService]:
    async with PushService().open() as opened:
        yield opened


@pytest.fixture
async def http() -> AsyncIterator[ClientSession]:
    async with open_session(local=True) as session:
        yield session


@pytest.fixture
def keys(tmp_path: Path) -> VapidKeys:
    return VapidKeys.load(tmp_path, SUBJECT)


class Scene:
    """One resident with one browser that is not looking."""

    def __init__(
        self, street: Neighbourhood, service: PushService, http: ClientSession, keys: VapidKeys
    ) -> None:
        self.street = street
        self.service = service
        self.browser = Browser()
        texts = Wording(Catalogue.load(ROOT / "config" / "texts"), Nanting(), street.clock)
        self.channel = WebPushChannel(http, Alerts(street.database), keys, texts, local=True)
        self.person = PersonId(0)
        self.talk = ConversationId(0)

    async def move_in(self, endpoint: str = "") -> "Scene":
        self.person, self.talk = await self.street.resident()
        await self.street.subscribe(
            self.person, endpoint or self.service.endpoint, self.browser.keys
        )
        return self

    async def tell(self, words: str) -> None:
        await self.street.owe(
            self.person, words, purpose=Purpose.PUSH, ticket_id=TicketId(7), version=3
        )
        await self.deliver()

    async def deliver(self) -> None:
        await self.street.worker(self.channel).catch_up()

    @property
    async def outcome(self) -> list[str]:
        return list((await self.street.states("webpush")).values())

    async def still_subscribed(self) -> bool:
        store = Alerts(self.street.database)
        return await store.get(1, self.person) is not None


@pytest.fixture
async def scene(
    street: Neighbourhood, service: PushService, http: ClientSession, keys: VapidKeys
) -> Scene:
    return await Scene(street, service, http, keys).move_in()


async def test_the_browser_reads_what_was_said_and_nobody_else(scene: Scene) -> None:
    await scene.tell("**LL-1** 已接单,今天 16:30 前联系您")

    [(sealed, headers)] = scene.service.taken
    assert scene.browser.read(sealed) == {
        "title": "邻里",
        "body": "LL-1 已接单,今天 16:30 前联系您",
        "url": "/",
    }
    assert b"LL-1" not in sealed
    assert headers["Content-Encoding"] == "aes128gcm"
    assert (headers["Topic"], headers["Urgency"]) == ("ticket-7", "normal")
    assert await scene.outcome == ["sent"]


async def test_the_push_service_can_tell_who_rings(scene: Scene, keys: VapidKeys) -> None:
    await scene.tell("hello")

    [(_, headers)] = scene.service.taken
    assert Vapid02.verify(headers["Authorization"])
    assert f"k={keys.public_key}" in headers["Authorization"]


async def test_a_lock_screen_shows_no_numbers_of_people_and_not_the_whole_letter(
    scene: Scene,
) -> None:
    await scene.tell("请打 13800138000 联系。" + "很长" * 100)

    body = scene.browser.read(scene.service.taken[0][0])["body"]
    assert "13800138000" not in body
    assert (len(body), body[-1]) == (110, "…")


async def test_an_alert_leaves_no_second_line_in_the_transcript(scene: Scene) -> None:
    await scene.tell("hello")

    assert await scene.street.transcript(scene.talk) == ["hello"]


@pytest.mark.parametrize("status", [404, 410])
async def test_a_browser_that_is_gone_is_forgotten(scene: Scene, status: int) -> None:
    scene.service.answers = [(status, {})]

    await scene.tell("hello")

    assert not await scene.still_subscribed()
    assert await scene.outcome == ["dead"]
    assert await scene.street.store().dead_letters() == []


@pytest.mark.parametrize("status", [400, 403, 413])
async def test_a_refusal_for_good_is_not_repeated(scene: Scene, status: int) -> None:
    scene.service.answers = [(status, {})]

    await scene.tell("hello")

    assert (await scene.outcome, await scene.still_subscribed()) == (["dead"], True)


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_a_busy_push_service_is_asked_again_when_it_said(scene: Scene, status: int) -> None:
    scene.service.answers = [(status, {"Retry-After": "600"})]

    await scene.tell("hello")
    scene.street.clock.advance(timedelta(seconds=599))
    await scene.deliver()
    assert len(scene.service.taken) == 1

    scene.street.clock.advance(timedelta(seconds=1))
    await scene.deliver()
    assert (len(scene.service.taken), await scene.outcome) == (2, ["sent"])


async def test_a_redirect_is_not_followed(scene: Scene) -> None:
    scene.service.answers = [(307, {"Location": "http://169.254.169.254/"})]

    await scene.tell("hello")

    assert (len(scene.service.taken), await scene.outcome) == (1, ["dead"])


async def test_what_was_read_meanwhile_is_not_rung(scene: Scene) -> None:
    scene.street.clock.set(datetime(2026, 11, 20, 23, 0, tzinfo=SHANGHAI))
    await scene.tell("hello")
    async with scene.street.database.write() as conn:
        await conn.exec_driver_sql("UPDATE conversations SET last_read_seq = 1")
        await conn.commit()

    scene.street.clock.advance(timedelta(hours=10))
    await scene.deliver()

    assert (scene.service.taken, await scene.outcome) == ([], ["superseded"])


async def test_a_browser_that_changed_hands_is_not_rung(scene: Scene) -> None:
    scene.street.clock.set(datetime(2026, 11, 20, 23, 0, tzinfo=SHANGHAI))
    await scene.tell("hello")
    stranger, _ = await scene.street.resident()
    async with scene.street.database.write() as conn:
        await conn.exec_driver_sql(f"UPDATE push_subscriptions SET person_id = {stranger}")
        await conn.commit()

    scene.street.clock.advance(timedelta(hours=10))
    await scene.deliver()

    assert scene.service.taken == []


@pytest.mark.parametrize("endpoint", ["http://10.0.0.8/x", "https://169.254.169.254/x"])
async def test_an_address_inside_is_never_called_and_forgotten(
    street: Neighbourhood,
    service: PushService,
    http: ClientSession,
    keys: VapidKeys,
    endpoint: str,
) -> None:
    scene = await Scene(street, service, http, keys).move_in(endpoint)

    await scene.tell("hello")

    assert (await scene.outcome, await scene.still_subscribed()) == (["dead"], False)


async def test_keys_that_are_none_are_forgotten(scene: Scene) -> None:
    async with scene.street.database.write() as conn:
        await conn.exec_driver_sql(
            """UPDATE push_subscriptions SET keys = '{"p256dh": "AAAA", "auth": "AAAA"}'"""
        )
        await conn.commit()

    await scene.tell("hello")

    assert (await scene.outcome, await scene.still_subscribed()) == (["dead"], False)


async def test_a_push_service_that_is_away_is_asked_again(
    street: Neighbourhood, http: ClientSession, keys: VapidKeys
) -> None:
    async with PushService().open() as closed:
        pass
    scene = await Scene(street, closed, http, keys).move_in()

    await scene.tell("hello")

    assert (await scene.outcome, await scene.still_subscribed()) == (["ready"], True)


def test_the_keys_are_made_once_and_readable_by_the_owner_only(tmp_path: Path) -> None:
    first = VapidKeys.load(tmp_path, SUBJECT)
    second = VapidKeys.load(tmp_path, SUBJECT)

    assert first.public_key == second.public_key
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == [FILE]


@pytest.mark.parametrize(
    "subject",
    [
        SUBJECT,
        "https://linli.example.com",
        "https://linli.example.com:8443/chat",
        "http://127.0.0.1:8080",
        "",
    ],
)
def test_every_way_to_reach_us_can_be_signed(tmp_path: Path, subject: str) -> None:
    header = VapidKeys.load(tmp_path, subject).authorization("https://push.example.com")

    assert Vapid02.verify(header)


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        (None, None),
        ("120", timedelta(minutes=2)),
        ("0", timedelta(seconds=1)),
        ("999999999999999999999", None),
        ("86400", timedelta(hours=1)),
        ("Fri, 20 Nov 2026 12:05:00 GMT", timedelta(minutes=5)),
        ("Fri, 20 Nov 2026 11:00:00 GMT", timedelta(seconds=1)),
        ("soon", None),
    ],
)
def test_retry_after_is_read_in_both_forms(header: str | None, wait: timedelta | None) -> None:
    assert asked_wait(header, datetime(2026, 11, 20, 12, 0, tzinfo=UTC)) == wait
