"""Supervisors learn what works; strangers learn nothing."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from actions.adapters.database.delivery import Delivery
from actions.adapters.database.engine import Database
from actions.adapters.database.vitals import SqlVitals
from bot.health import Health, measured
from bot.metrics import Metrics
from tests.clock import FrozenClock
from tests.integration.outbox_table import Neighbourhood

TOKEN = "made-up-for-this-test"


class Rasa:
    """Answers, or does not."""

    def __init__(self) -> None:
        self.answers = True

    async def is_ready(self) -> bool:
        return self.answers


class BrokenStore:
    """A full disk."""

    async def check(self, now: datetime) -> None:
        raise OSError("no space left on device")

    async def inbox_waiting(self) -> int:
        return 0


@pytest.fixture
async def database(store_url: str) -> AsyncIterator[Database]:
    opened = Database(store_url)
    yield opened
    await opened.close()


@pytest.fixture
def rasa() -> Rasa:
    return Rasa()


Open = Callable[[Health], Awaitable[TestClient[web.Request, web.Application]]]


@pytest.fixture
async def open_client() -> AsyncIterator[Open]:
    clients: list[TestClient[web.Request, web.Application]] = []

    async def opened(health: Health) -> TestClient[web.Request, web.Application]:
        app = web.Application()
        app.add_routes(health.routes())
        client = TestClient(TestServer(app))
        await client.start_server()
        clients.append(client)
        return client

    yield opened
    for client in clients:
        await client.close()


def health(
    database: Database,
    rasa: Rasa,
    *,
    token: str = "",
    is_public: bool = False,
    metrics: Metrics | None = None,
) -> Health:
    return Health(
        SqlVitals(database),
        rasa,
        Delivery(database, "one"),
        metrics=metrics or Metrics(),
        clock=FrozenClock(),
        token=token,
        is_public=is_public,
    )


async def test_alive_is_alive(database: Database, rasa: Rasa, open_client: Open) -> None:
    client = await open_client(health(database, rasa))

    assert (await client.get("/livez")).status == 200


async def test_ready_means_written_read_and_understood(
    database: Database, rasa: Rasa, open_client: Open
) -> None:
    client = await open_client(health(database, rasa))

    answer = await client.get("/readyz")

    assert (answer.status, await answer.json()) == (
        200,
        {"status": "ready", "store": "ok", "understanding": "ok"},
    )


async def test_before_rasa_answers_for_the_first_time_it_is_starting(
    database: Database, rasa: Rasa, open_client: Open
) -> None:
    rasa.answers = False
    client = await open_client(health(database, rasa))

    answer = await client.get("/readyz")

    assert (answer.status, (await answer.json())["status"]) == (503, "starting")


async def test_declared_degraded_it_is_ready_and_says_so(
    database: Database, rasa: Rasa, open_client: Open
) -> None:
    rasa.answers = False
    probe = health(database, rasa)
    client = await open_client(probe)
    await client.get("/readyz")

    probe.declare_degraded()
    answer = await client.get("/readyz")

    assert (answer.status, await answer.json()) == (
        200,
        {"status": "degraded", "store": "ok", "understanding": "degraded"},
    )


async def test_without_its_store_it_is_not_ready(rasa: Rasa, open_client: Open) -> None:
    probe = Health(
        BrokenStore(),
        rasa,
        Delivery(Database("sqlite:///nowhere/at/all.db"), "one"),
        metrics=Metrics(),
        clock=FrozenClock(),
    )
    client = await open_client(probe)

    answer = await client.get("/readyz")

    assert (answer.status, (await answer.json())["store"]) == (503, "failed")


async def test_the_store_is_asked_again_and_again(database: Database) -> None:
    clock = FrozenClock()
    for _ in range(3):
        await SqlVitals(database).check(clock.now())


async def test_metrics_show_what_waits_and_what_was_sent(
    database: Database, rasa: Rasa, open_client: Open
) -> None:
    metrics = Metrics()
    street = Neighbourhood(database, FrozenClock())
    person, _ = await street.resident()
    await street.owe(person, "hello")
    metrics.sent("webchat", "sent")
    metrics.request("GET", "/chat/api/messages", 200, 0.02)
    metrics.turn("done", 0.2)
    client = await open_client(health(database, rasa, metrics=metrics))

    page = await (await client.get("/metrics")).text()

    assert "linli_outbox_backlog 1.0" in page
    assert "linli_inbox_waiting 0.0" in page
    assert 'linli_sends_total{channel="webchat",outcome="sent"} 1.0' in page
    assert 'linli_turns_total{outcome="done"} 1.0' in page
    assert 'route="/chat/api/messages"' in page


async def test_metrics_are_for_this_machine_only_and_not_through_a_proxy_on_it(
    database: Database, rasa: Rasa, open_client: Open
) -> None:
    client = await open_client(health(database, rasa))

    assert (await client.get("/metrics")).status == 200
    for name in ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"):
        through_proxy = await client.get("/metrics", headers={name: "203.0.113.9"})
        assert through_proxy.status == 404


async def test_where_others_reach_the_port_metrics_need_a_token(
    database: Database, rasa: Rasa, open_client: Open
) -> None:
    bare = await open_client(health(database, rasa, is_public=True))
    guarded = await open_client(health(database, rasa, token=TOKEN, is_public=True))

    assert (await bare.get("/metrics")).status == 404
    assert (await guarded.get("/metrics")).status == 404
    bearer = {"Authorization": f"Bearer {TOKEN}"}
    assert (await guarded.get("/metrics", headers=bearer)).status == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 404),
        ({"Authorization": "Bearer wrong"}, 404),
        (
            {"Authorization": "Bearer \udcff".encode("utf-8", "surrogateescape").decode("latin-1")},
            404,
        ),
        ({"Authorization": f"Bearer {TOKEN}"}, 200),
    ],
)
async def test_with_a_token_set_metrics_are_for_its_bearer(
    database: Database, rasa: Rasa, open_client: Open, headers: dict[str, str], status: int
) -> None:
    client = await open_client(health(database, rasa, token=TOKEN))

    assert (await client.get("/metrics", headers=headers)).status == status


def test_two_sets_of_metrics_do_not_meet() -> None:
    one, other = Metrics(), Metrics()

    one.sent("webchat", "sent")

    assert b'outcome="sent"' not in other.page()


async def test_requests_are_timed_by_their_pattern_and_streams_are_not(
    database: Database, rasa: Rasa
) -> None:
    async def matter(_request: web.Request) -> web.Response:
        return web.Response()

    async def stream(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        return response

    metrics = Metrics()
    app = web.Application(middlewares=[measured(metrics)])
    app.router.add_get("/matters/{number}", matter)
    app.router.add_get("/stream", stream)
    async with TestClient(TestServer(app)) as client:
        await client.get("/matters/LL-261120-0007-K")
        await client.get("/stream")

    page = metrics.page().decode()
    assert (
        'linli_request_seconds_count{method="GET",route="/matters/{number}",status="200"}' in page
    )
    assert "LL-261120-0007-K" not in page
    assert "/stream" not in page
