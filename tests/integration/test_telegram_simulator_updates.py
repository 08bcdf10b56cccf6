"""How the simulator hands out updates: to one poller, or to a webhook until it says 2xx."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.integration.bot_api_client import BareClient, bare_client
from tests.simulators.telegram import Person, TelegramSimulator
from tests.simulators.telegram.updates import callback_queue

SECRET = "a_Secret-1"


class Hook:
    """A webhook that answers what it is told to, then 200."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, dict[str, Any]]] = []
        self.answers: list[tuple[int, dict[str, str]]] = []
        self.gates: dict[str, asyncio.Event | asyncio.Barrier] = {}
        self.under_way: list[str] = []
        self.most_in_one_chat = 0
        self.url = ""

    async def take(self, request: web.Request) -> web.Response:
        update = await request.json()
        text = update.get("message", {}).get("text", "")
        chat = str(update.get("message", {}).get("chat", {}).get("id"))
        self.under_way.append(chat)
        self.most_in_one_chat = max(self.most_in_one_chat, self.under_way.count(chat))
        if text in self.gates:
            await self.gates[text].wait()
        self.under_way.remove(chat)
        self.heard.append((request.headers.get("X-Telegram-Bot-Api-Secret-Token", ""), update))
        status, headers = self.answers.pop(0) if self.answers else (200, {})
        return web.Response(status=status, headers=headers)

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for _, update in self.heard if "message" in update]


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramSimulator]:
    async with TelegramSimulator().running() as simulator:
        yield simulator


@pytest.fixture
async def api(telegram: TelegramSimulator) -> AsyncIterator[BareClient]:
    async with bare_client(telegram) as client:
        yield client


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    made = Hook()
    app = web.Application()
    app.router.add_post("/hook", made.take)
    async with TestServer(app, host="127.0.0.1") as server:
        made.url = f"http://127.0.0.1:{server.port}/hook"
        yield made


@pytest.fixture
def anna(telegram: TelegramSimulator) -> Person:
    return telegram.user(1001, "Anna")


def ids(updates: list[dict[str, Any]]) -> list[int]:
    return [update["update_id"] for update in updates]


async def test_an_update_comes_again_until_an_offset_confirms_it(
    api: BareClient, anna: Person
) -> None:
    anna.writes("one")
    anna.writes("two")
    first = ids(await api.ok("getUpdates"))
    limited = ids(await api.ok("getUpdates", limit=1))

    assert ids(await api.ok("getUpdates")) == first
    assert limited == first[:1]
    assert ids(await api.ok("getUpdates", offset=first[0] + 1)) == first[1:]
    assert ids(await api.ok("getUpdates")) == first[1:]
    assert (await api.ok("getWebhookInfo"))["pending_update_count"] == 1


async def test_a_negative_offset_keeps_the_newest(api: BareClient, anna: Person) -> None:
    for text in ("one", "two", "three"):
        anna.writes(text)

    kept = await api.ok("getUpdates", offset=-2)

    assert [update["message"]["text"] for update in kept] == ["two", "three"]
    assert len(await api.ok("getUpdates")) == 2


async def test_a_long_poll_ends_with_the_first_update(api: BareClient, anna: Person) -> None:
    poll = asyncio.create_task(api.ok("getUpdates", timeout=50))
    await api.simulator.until(lambda: api.simulator.state.poll)

    anna.writes("now")

    assert [update["message"]["text"] for update in await poll] == ["now"]


async def test_a_second_poller_ends_the_first(api: BareClient, anna: Person) -> None:
    first = asyncio.create_task(api.refusal("getUpdates", timeout=50))
    await api.simulator.until(lambda: api.simulator.state.poll)
    second = asyncio.create_task(api.ok("getUpdates", timeout=50))

    assert (await first).startswith("409 Conflict: terminated by other getUpdates request")
    anna.writes("x")
    assert len(await second) == 1


async def test_a_webhook_and_polling_exclude_each_other(api: BareClient, hook: Hook) -> None:
    poll = asyncio.create_task(api.refusal("getUpdates", timeout=50))
    await api.simulator.until(lambda: api.simulator.state.poll)
    await api.ok("setWebhook", url=hook.url, secret_token=SECRET)

    assert await poll == "409 Conflict: terminated by setWebhook request"
    assert (await api.refusal("getUpdates")).startswith("409 Conflict: can't use getUpdates")
    await api.ok("deleteWebhook")
    assert await api.ok("getUpdates") == []


async def test_only_what_is_asked_for_arrives(api: BareClient, anna: Person) -> None:
    await api.ok("getUpdates", allowed_updates=["message", "nonsense"])
    anna.writes("x")
    anna.blocks()

    (only,) = await api.ok("getUpdates")
    assert "message" in only
    assert (await api.ok("getWebhookInfo"))["allowed_updates"] == ["message"]


async def test_the_same_update_can_come_twice_to_a_poller(api: BareClient, anna: Person) -> None:
    anna.writes("x")
    (number,) = ids(await api.ok("getUpdates"))
    assert await api.ok("getUpdates", offset=number + 1) == []

    api.simulator.repeats(number)

    assert ids(await api.ok("getUpdates", offset=number + 1)) == [number]
    assert await api.ok("getUpdates", offset=number + 1) == []


async def test_an_offset_from_before_the_ids_started_over_forgets_nothing(
    api: BareClient, anna: Person
) -> None:
    anna.writes("before")
    (number,) = ids(await api.ok("getUpdates"))
    await api.ok("getUpdates", offset=number + 1)

    api.simulator.restarts_ids(5000)
    anna.writes("after")

    assert ids(await api.ok("getUpdates", offset=number + 1)) == [5000]
    assert await api.ok("getUpdates", offset=5001) == []


async def test_a_poller_that_goes_away_takes_nothing_with_it(api: BareClient, anna: Person) -> None:
    poll = asyncio.create_task(api.ok("getUpdates", timeout=50))
    await api.simulator.until(lambda: api.simulator.state.poll)
    poll.cancel()
    await asyncio.gather(poll, return_exceptions=True)
    anna.writes("x")

    assert len(await api.ok("getUpdates", timeout=50)) == 1


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"url": "gopher://x"}, "invalid webhook URL specified"),
        ({"url": "https://x.test/", "secret_token": "a b"},
         "secret token contains unallowed characters"),
        ({"url": "https://x.test/", "secret_token": "a" * 257}, "secret token is too long"),
    ],
)  # fmt: skip
async def test_a_webhook_that_is_not_right_is_refused(
    api: BareClient, fields: dict[str, str], why: str
) -> None:
    assert await api.refusal("setWebhook", **fields) == f"400 Bad Request: {why}"


@pytest.mark.parametrize("url", ["http://x.test/", "https://x.test:8080/"])
async def test_the_hosted_server_insists_on_https_and_its_ports(url: str) -> None:
    async with TelegramSimulator(hosted=True).running() as hosted, bare_client(hosted) as api:
        said = await api.refusal("setWebhook", url=url)

    assert said.startswith("400 Bad Request: bad webhook: ")


async def test_updates_are_posted_with_the_secret(
    api: BareClient, hook: Hook, anna: Person
) -> None:
    await api.ok("setWebhook", url=hook.url, secret_token=SECRET)

    anna.writes("一")
    await api.simulator.until(lambda: not api.simulator.pending)

    assert [(secret, update["message"]["text"]) for secret, update in hook.heard] == [
        (SECRET, "一")
    ]


async def test_a_chat_waits_for_its_own_answer_and_no_other_chat_does(
    api: BareClient, hook: Hook, anna: Person
) -> None:
    await api.ok("setWebhook", url=hook.url)
    hook.gates["slow"] = gate = asyncio.Event()
    ben = api.simulator.user(1002, "Ben")

    anna.writes("slow")
    anna.writes("after")
    ben.writes("quick")
    await api.simulator.until(lambda: "quick" in hook.texts)
    before = list(hook.texts)
    gate.set()
    await api.simulator.until(lambda: not api.simulator.pending)

    assert before == ["quick"]
    assert hook.texts == ["quick", "slow", "after"]
    assert hook.most_in_one_chat == 1


async def test_what_was_not_taken_is_posted_again_before_anything_newer(
    api: BareClient, hook: Hook, anna: Person
) -> None:
    await api.ok("setWebhook", url=hook.url)
    hook.answers = [(500, {}), (302, {"Location": "/elsewhere"}), (404, {})]

    anna.writes("first")
    anna.writes("second")
    await api.simulator.until(lambda: not api.simulator.pending)

    assert hook.texts == ["first"] * 4 + ["second"]
    assert [status for _, status in api.simulator.webhook.answers] == [500, 302, 404, 200, 200]
    assert (await api.ok("getWebhookInfo"))["last_error_message"] == (
        "Wrong response from the webhook: 404 Not Found"
    )


async def test_a_webhook_can_ask_to_be_left_alone_for_a_while(
    api: BareClient, hook: Hook, anna: Person
) -> None:
    await api.ok("setWebhook", url=hook.url)
    hook.answers = [(503, {"Retry-After": "1"})]
    loop = asyncio.get_running_loop()

    anna.writes("x")
    await api.simulator.until(lambda: api.simulator.webhook.answers)
    refused_at = loop.time()
    await api.simulator.until(lambda: not api.simulator.pending)

    assert loop.time() - refused_at >= 0.9


async def test_a_press_can_overtake_a_message(api: BareClient, hook: Hook, anna: Person) -> None:
    anna.starts()
    await api.ok("getUpdates", offset=-1)
    await api.ok("setWebhook", url=hook.url, drop_pending_updates=True)
    api.simulator.webhook.hold(anna.id)

    anna.writes("first")
    anna.forges_press(1, "x")
    await api.simulator.until(lambda: hook.heard)
    api.simulator.webhook.release(anna.id)
    await api.simulator.until(lambda: not api.simulator.pending)

    assert [min(update) for _, update in hook.heard] == ["callback_query", "message"]


async def test_the_same_update_can_come_twice_at_once(
    api: BareClient, hook: Hook, anna: Person
) -> None:
    await api.ok("setWebhook", url=hook.url)
    hook.gates["x"] = asyncio.Barrier(2)

    anna.writes("x")
    api.simulator.repeats(api.simulator.pending[0].id, queue=0)
    await api.simulator.until(lambda: not api.simulator.pending)

    assert len(set(ids([update for _, update in hook.heard]))) == 1
    assert hook.texts == ["x", "x"]


async def test_raw_updates_and_repeats_reach_the_webhook(
    api: BareClient, hook: Hook, anna: Person
) -> None:
    await api.ok("setWebhook", url=hook.url)
    poison = {"update_id": 5, "message": {"date": "never"}}

    api.simulator.injects(poison, queue=anna.id)
    number = api.simulator.injects({"callback_query": {}}, queue=callback_queue(anna.id))
    await api.simulator.until(lambda: not api.simulator.pending)
    api.simulator.repeats(number)
    await api.simulator.until(lambda: not api.simulator.pending)

    heard = [update for _, update in hook.heard]
    assert poison in heard
    assert ids(heard).count(number) == 2
