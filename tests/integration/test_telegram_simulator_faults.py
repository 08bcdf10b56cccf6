"""Faults and limits do to a client what they say, and the record stays the truth."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from tests.integration.bot_api_client import BareClient, bare_client
from tests.simulators.telegram import Person, TelegramSimulator
from tests.simulators.telegram.faults import (
    Fault,
    bad_gateway,
    bad_request,
    blocked,
    cut,
    hang,
    reset,
    server_error,
    too_many,
)


@pytest.fixture
async def api() -> AsyncIterator[BareClient]:
    async with TelegramSimulator().running() as simulator, bare_client(simulator) as client:
        yield client


@pytest.fixture
def anna(api: BareClient) -> Person:
    person = api.simulator.user(1001, "Anna")
    person.starts()
    return person


async def test_too_many_requests_say_how_long_to_wait(api: BareClient, anna: Person) -> None:
    api.simulator.faults.on("sendMessage", too_many(3), chat=anna.id)

    status, said = await api.call("sendMessage", chat_id=anna.id, text="x")
    await api.ok("sendMessage", chat_id=anna.id, text="x")

    assert (status, said) == (429, {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 3",
        "parameters": {"retry_after": 3},
    })  # fmt: skip
    assert [call.status for call in api.simulator.calls] == [429, 200]
    assert len(api.simulator.accepted) == 1


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (blocked(), "403 Forbidden: bot was blocked by the user"),
        (bad_request("chat not found"), "400 Bad Request: chat not found"),
        (server_error(), "500 Internal Server Error"),
    ],
)
async def test_a_scripted_refusal_has_no_effect(
    api: BareClient, anna: Person, fault: Fault, said: str
) -> None:
    api.simulator.faults.on("*", fault)

    assert await api.refusal("sendMessage", chat_id=anna.id, text="x") == said
    assert api.simulator.accepted == ()


async def test_a_fault_is_for_its_own_method_and_chat_and_times(
    api: BareClient, anna: Person
) -> None:
    ben = api.simulator.user(1002, "Ben")
    ben.starts()
    api.simulator.faults.on("sendMessage", too_many(1), chat=anna.id, times=2)

    await api.ok("sendMessage", chat_id=ben.id, text="x")
    await api.ok("sendChatAction", chat_id=anna.id, action="typing")
    for _ in range(2):
        await api.refusal("sendMessage", chat_id=anna.id, text="x")
    await api.ok("sendMessage", chat_id=anna.id, text="x")

    assert api.simulator.faults.left == 0


async def test_a_gateway_answers_with_a_page(api: BareClient, anna: Person) -> None:
    api.simulator.faults.on("sendMessage", bad_gateway())

    async with api.session.post(api.url("sendMessage"), json={"chat_id": 1001}) as answer:
        page = await answer.text()

    assert (answer.status, answer.content_type) == (502, "text/html")
    assert "502 Bad Gateway" in page


@pytest.mark.parametrize(
    ("fault", "accepted"),
    [(reset(accepted=False), 0), (reset(accepted=True), 1), (cut(), 1)],
)
async def test_a_lost_answer_leaves_the_send_in_the_record(
    api: BareClient, anna: Person, fault: Fault, accepted: int
) -> None:
    api.simulator.faults.on("sendMessage", fault)

    with pytest.raises(aiohttp.ClientError):
        await api.call("sendMessage", chat_id=anna.id, text="x")

    assert len(api.simulator.sends(anna.id)) == accepted
    assert len(anna.seen()) == accepted
    assert [call.status for call in api.simulator.calls] == [0]


@pytest.mark.parametrize("accepted", [False, True])
async def test_a_server_error_may_come_after_the_effect(
    api: BareClient, anna: Person, *, accepted: bool
) -> None:
    api.simulator.faults.on("sendMessage", server_error(accepted=accepted))

    await api.refusal("sendMessage", chat_id=anna.id, text="x")

    assert len(anna.seen()) == accepted


async def test_a_call_that_hangs_ends_with_the_simulator() -> None:
    async with aiohttp.ClientSession() as session:
        simulator = TelegramSimulator()
        async with simulator.running():
            simulator.faults.on("getMe", hang())
            client = BareClient(session, simulator)
            with pytest.raises(TimeoutError):
                await session.get(client.url("getMe"), timeout=aiohttp.ClientTimeout(total=0.2))

    assert [call.description for call in simulator.calls] == ["hang"]


async def test_a_download_can_fail_too(api: BareClient, anna: Person) -> None:
    anna.sends_photo()
    photo = api.simulator.pending[-1].body["message"]["photo"][-1]
    path = (await api.ok("getFile", file_id=photo["file_id"]))["file_path"]
    where = f"{api.simulator.api_base}/file/bot{api.simulator.token}/{path}"
    api.simulator.faults.on("file", bad_gateway())

    statuses = []
    for _ in range(2):
        async with api.session.get(where) as answer:
            statuses.append(answer.status)

    assert statuses == [502, 200]


async def test_a_file_that_is_too_big_cannot_be_had(api: BareClient, anna: Person) -> None:
    anna.sends_document(b"x", "film.mp4", "video/mp4", size=21 * 1024 * 1024)
    document = api.simulator.pending[-1].body["message"]["document"]

    said = await api.refusal("getFile", file_id=document["file_id"])

    assert said == "400 Bad Request: file is too big"


async def test_the_limits_count_each_chat_and_all_together(api: BareClient) -> None:
    people = [api.simulator.user(1000 + number) for number in range(40)]
    for person in people:
        person.starts()
    now = 0.0
    api.simulator.limits.on = True
    api.simulator.limits.now = lambda: now

    async def status(chat: int) -> int:
        return (await api.call("sendMessage", chat_id=chat, text="x"))[0]

    to_one = [await status(people[0].id) for _ in range(5)]
    now += 1.0
    later = await status(people[0].id)
    to_all = [await status(person.id) for person in people[1:]]

    assert to_one == [200, 200, 200, 429, 429]
    assert later == 200
    assert to_all == [200] * 29 + [429] * 10
