"""Other channels: at least once, in order, each on its own, and never at night unless it burns."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from actions.adapters.database.engine import Database
from actions.adapters.database.owners import own_name
from actions.application.delivering import Due, Shown
from actions.application.notification import Purpose
from bot.ports_delivery import Gone, InDoubt, Later, Needless, SendOutcome, Sent
from tests.clock import FrozenClock
from tests.integration.outbox_table import SHANGHAI, Neighbourhood, Pigeon

EVENING = datetime(2026, 11, 20, 20, 0, tzinfo=SHANGHAI)
NIGHT = datetime(2026, 11, 20, 22, 30, tzinfo=SHANGHAI)
MORNING = datetime(2026, 11, 21, 7, 0, tzinfo=SHANGHAI)


@pytest.fixture
async def street(store_url: str, frozen_clock: FrozenClock) -> AsyncIterator[Neighbourhood]:
    frozen_clock.set(EVENING)
    database = Database(store_url)
    yield Neighbourhood(database, frozen_clock)
    await database.close()


class SlowPigeon(Pigeon):
    """Takes off, and arrives when it is told to."""

    def __init__(self) -> None:
        super().__init__(name="slow")
        self.took_off = asyncio.Event()
        self.may_land = asyncio.Event()
        self.landed = asyncio.Semaphore(0)

    async def send(self, due: Due, shown: Shown) -> SendOutcome:
        self.took_off.set()
        await self.may_land.wait()
        self.landed.release()
        return await super().send(due, shown)


async def test_what_is_sent_goes_in_order_and_into_the_transcript(street: Neighbourhood) -> None:
    li, talk = await street.resident("pigeon")
    for words in ("one", "two", "three"):
        await street.owe(li, words)
    pigeon = Pigeon()

    await street.worker(pigeon).catch_up()

    assert pigeon.carried == ["one", "two", "three"]
    assert await street.transcript(talk) == ["one", "two", "three"]


async def test_a_message_waits_for_the_one_before_it_in_the_same_talk_only(
    street: Neighbourhood,
) -> None:
    li, _ = await street.resident("pigeon")
    wang, _ = await street.resident("pigeon")
    for person, words in ((li, "first"), (li, "second"), (wang, "other")):
        await street.owe(person, words)
    pigeon = Pigeon([Later(reason="busy")])

    await street.worker(pigeon).catch_up()
    assert sorted(pigeon.carried) == ["first", "other"]

    street.clock.advance(timedelta(seconds=3))
    await street.worker(pigeon).catch_up()
    assert pigeon.carried[2:] == ["first", "second"]


async def test_a_process_killed_after_claiming_leaves_the_row_to_the_next(
    street: Neighbourhood,
) -> None:
    li, _ = await street.resident("pigeon")
    await street.owe(li, "hello")
    now = street.clock.now()
    claimed = await street.store("doomed").claim("pigeon", now, limit=5, in_order=True, lease=45)
    pigeon = Pigeon()

    await street.worker(pigeon).catch_up()
    assert (len(claimed), pigeon.carried) == (1, [])

    await street.forget_leases()
    await street.worker(pigeon).catch_up()
    assert pigeon.carried == ["hello"]


async def test_what_a_process_killed_on_this_machine_was_sending_is_due_at_once(
    street: Neighbourhood,
) -> None:
    li, _ = await street.resident("pigeon")
    wang, _ = await street.resident("pigeon")
    killed = await asyncio.create_subprocess_exec("true")
    await killed.wait()
    ours = own_name()
    host = ours.rpartition(":")[0].rpartition(":")[0]
    for person, owner in ((li, f"{host}:{killed.pid}:x"), (wang, "elsewhere:1:x")):
        await street.owe(person, f"held by {owner}")
        await street.store(owner).claim(
            "pigeon", street.clock.now(), limit=1, in_order=True, lease=45
        )
    pigeon, store = Pigeon(), street.store(ours)

    await store.free_the_dead()
    await street.worker(pigeon, store=store).catch_up()

    assert pigeon.carried == [f"held by {host}:{killed.pid}:x"]


async def test_what_takes_long_is_nobody_elses_while_its_sender_says_so(
    street: Neighbourhood,
) -> None:
    li, _ = await street.resident("pigeon")
    await street.owe(li, "hello")
    slow = street.store("slow")
    [due] = await slow.claim("pigeon", street.clock.now(), limit=5, in_order=True, lease=0)
    await slow.renew(due, 60.0)
    pigeon = Pigeon()

    await street.worker(pigeon).catch_up()
    assert pigeon.carried == []

    await street.forget_leases()
    other = street.store("other")
    claimed = await other.claim("pigeon", street.clock.now(), limit=5, in_order=True, lease=0)
    await slow.renew(due, 60.0)
    await street.worker(pigeon).catch_up()
    assert (len(claimed), pigeon.carried) == (1, ["hello"])


async def test_an_owner_that_wakes_up_too_late_does_not_send_it_back(
    street: Neighbourhood,
) -> None:
    li, _ = await street.resident("pigeon")
    await street.owe(li, "hello")
    store = street.store("zombie")
    [due] = await store.claim("pigeon", street.clock.now(), limit=5, in_order=True, lease=0)
    pigeon = Pigeon()

    await street.worker(pigeon).catch_up()
    await store.put_off(due, street.clock.now(), "slept")
    await street.worker(pigeon).catch_up()

    assert pigeon.carried == ["hello"]


async def test_two_workers_at_once_send_everything_once(street: Neighbourhood) -> None:
    for number in range(20):
        person, _ = await street.resident("pigeon")
        await street.owe(person, f"message {number}")
    pigeon = Pigeon()

    workers = [street.worker(pigeon, store=street.store(name)) for name in ("one", "two", "three")]
    await asyncio.gather(*(worker.catch_up() for worker in workers))

    assert sorted(pigeon.carried) == sorted(f"message {number}" for number in range(20))


async def test_a_failed_send_is_tried_again_and_leaves_no_trace_in_the_transcript(
    street: Neighbourhood,
) -> None:
    li, talk = await street.resident("pigeon")
    await street.owe(li, "hello")
    pigeon = Pigeon([Later(reason="502"), ConnectionError("reset"), Sent()])

    for _ in range(3):
        await street.worker(pigeon).catch_up()
        street.clock.advance(timedelta(seconds=10))

    assert await street.transcript(talk) == ["hello"]
    assert [outcome for _, outcome in street.tally.seen] == ["later", "later", "sent"]


async def test_the_wait_a_platform_asks_for_is_kept(street: Neighbourhood) -> None:
    li, _ = await street.resident("pigeon")
    await street.owe(li, "hello")
    pigeon = Pigeon([Later(reason="429", after=timedelta(minutes=30))])

    await street.worker(pigeon).catch_up()
    street.clock.advance(timedelta(minutes=29))
    await street.worker(pigeon).catch_up()
    assert len(pigeon.carried) == 1

    street.clock.advance(timedelta(minutes=1))
    await street.worker(pigeon).catch_up()
    assert len(pigeon.carried) == 2


async def test_a_wait_asked_of_everybody_holds_the_whole_channel(street: Neighbourhood) -> None:
    pigeon = Pigeon([Later(reason="429", after=timedelta(minutes=5), everybody=True)])
    pigeon.concurrency = 1
    worker = street.worker(pigeon)
    for words in ("one", "two"):
        person, _ = await street.resident("pigeon")
        await street.owe(person, words)

    await worker.catch_up()
    assert pigeon.carried == ["one"]

    street.clock.advance(timedelta(minutes=5))
    await worker.catch_up()
    assert sorted(pigeon.carried) == ["one", "one", "two"]


async def test_who_is_gone_is_not_tried_again_and_the_console_says_why(
    street: Neighbourhood,
) -> None:
    li, _ = await street.resident("pigeon")
    await street.owe(li, "hello")
    pigeon = Pigeon([Gone(reason="blocked by the person")])

    await street.worker(pigeon).catch_up()
    street.clock.advance(timedelta(hours=1))
    await street.worker(pigeon).catch_up()

    [letter] = await street.store().dead_letters()
    assert (letter.channel, letter.last_error) == ("pigeon", "blocked by the person")
    assert pigeon.carried == ["hello"]


async def test_after_three_days_of_failures_it_is_a_dead_letter(street: Neighbourhood) -> None:
    li, _ = await street.resident("pigeon")
    await street.owe(li, "hello")
    pigeon = Pigeon([Later(reason="502")] * 999)

    tries = 0
    while not await street.store().dead_letters():
        await street.worker(pigeon).catch_up()
        street.clock.advance(timedelta(minutes=15))
        tries += 1

    assert 72 * 4 <= tries <= 72 * 4 + 2
    assert await street.store().backlog() == 0


async def test_news_in_doubt_is_sent_again_and_small_talk_is_not(street: Neighbourhood) -> None:
    li, _ = await street.resident("pigeon")
    wang, talk = await street.resident("pigeon")
    await street.news(li, "resolved", version=5)
    await street.owe(wang, "good morning")
    pigeon = Pigeon([InDoubt(reason="cut off"), InDoubt(reason="cut off")])

    await street.worker(pigeon).catch_up()
    street.clock.advance(timedelta(seconds=3))
    await street.worker(pigeon).catch_up()

    assert sorted(pigeon.carried) == ["good morning", "resolved", "resolved"]
    assert await street.transcript(talk) == ["good morning"]


async def test_what_is_needless_is_not_counted_as_lost(street: Neighbourhood) -> None:
    li, _ = await street.resident("pigeon")
    await street.owe(li, "hello")

    await street.worker(Pigeon([Needless()])).catch_up()

    assert await street.states() == {"hello": "superseded"}
    assert await street.store().dead_letters() == []


async def test_a_slow_channel_does_not_hold_up_another(street: Neighbourhood) -> None:
    li, _ = await street.resident("slow")
    wang, _ = await street.resident("pigeon")
    await street.owe(li, "far away")
    slow, pigeon = SlowPigeon(), Pigeon()
    running = asyncio.create_task(street.worker(slow, pigeon).run())
    await asyncio.wait_for(slow.took_off.wait(), 5)

    await street.owe(wang, "near")
    await asyncio.wait_for(pigeon.arrived.wait(), 5)

    slow.may_land.set()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert (slow.carried, pigeon.carried) == (["far away"], ["near"])


async def test_no_more_are_under_way_than_the_channel_bears(street: Neighbourhood) -> None:
    slow = SlowPigeon()
    slow.concurrency = 2
    for number in range(5):
        person, _ = await street.resident("slow")
        await street.owe(person, f"message {number}")
    worker = street.worker(slow)
    running = asyncio.create_task(worker.run())
    await asyncio.wait_for(slow.took_off.wait(), 5)
    worker.notify()

    states = list((await street.states()).values())
    assert states.count("claimed") <= 2

    slow.may_land.set()
    async with asyncio.timeout(5):
        for _ in range(5):
            await slow.landed.acquire()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


async def test_a_row_that_cannot_be_rendered_holds_up_nobody(street: Neighbourhood) -> None:
    li, _ = await street.resident("pigeon")
    for words in ("broken", "after"):
        await street.owe(li, words)
    pigeon = Pigeon()

    await street.worker(pigeon).catch_up()

    assert pigeon.carried == ["after"]
    assert (await street.states())["broken"] == "faulty"


class UnkeepableWords:
    """What a platform takes and no database keeps."""

    def show(self, due: Due) -> Shown:
        return Shown(kind="text", text="\ud800")


async def test_what_was_sent_and_cannot_be_written_down_is_not_sent_again(
    street: Neighbourhood,
) -> None:
    li, _ = await street.resident("pigeon")
    await street.owe(li, "odd")
    pigeon = Pigeon()

    for _ in range(2):
        await street.worker(pigeon, renderer=UnkeepableWords()).catch_up()
        await street.forget_leases()

    assert len(pigeon.carried) == 1
    assert await street.states() == {"odd": "sent"}


async def test_at_night_news_waits_and_answers_and_emergencies_pass(street: Neighbourhood) -> None:
    street.clock.set(NIGHT)
    li, _ = await street.resident("pigeon")
    await street.owe(li, "accepted", purpose=Purpose.PUSH)
    await street.owe(li, "your answer")
    await street.owe(li, "gas", purpose=Purpose.PUSH, urgent=True)
    pigeon = Pigeon()

    await street.worker(pigeon).catch_up()
    assert pigeon.carried == ["your answer", "gas"]
    assert MORNING in await street.not_before("pigeon")

    street.clock.set(MORNING)
    await street.worker(pigeon).catch_up()
    assert pigeon.carried == ["your answer", "gas", "accepted"]


async def test_of_news_held_overnight_the_newest_is_told(street: Neighbourhood) -> None:
    street.clock.set(NIGHT)
    li, _ = await street.resident("pigeon")
    await street.news(li, "accepted", version=3)
    await street.news(li, "in progress", version=4)
    await street.owe(li, "a word from the grid worker", purpose=Purpose.PUSH)
    pigeon = Pigeon()
    await street.worker(pigeon).catch_up()

    street.clock.set(MORNING)
    await street.worker(pigeon).catch_up()

    assert sorted(pigeon.carried) == ["a word from the grid worker", "in progress"]


async def test_after_an_outage_only_the_newest_news_of_a_matter_is_told(
    street: Neighbourhood,
) -> None:
    li, _ = await street.resident("pigeon")
    for version, words in enumerate(("accepted", "in progress", "scheduled", "resolved"), 3):
        await street.news(li, words, version=version)
    street.clock.advance(timedelta(hours=1))
    pigeon = Pigeon()

    await street.worker(pigeon).catch_up()

    assert pigeon.carried == ["resolved"]


async def test_old_news_never_follows_newer_news(street: Neighbourhood) -> None:
    li, _ = await street.resident("pigeon")
    await street.news(li, "in progress", version=4)
    pigeon = Pigeon([InDoubt(reason="cut off")])
    await street.worker(pigeon).catch_up()

    await street.news(li, "resolved", version=5)
    street.clock.advance(timedelta(seconds=5))
    await street.worker(pigeon).catch_up()

    assert pigeon.carried == ["in progress", "resolved"]


async def test_newer_news_that_cannot_be_told_does_not_silence_the_older(
    street: Neighbourhood,
) -> None:
    li, _ = await street.resident("pigeon")
    await street.news(li, "broken", version=5)
    await street.worker(Pigeon()).catch_up()
    await street.news(li, "in progress", version=4)
    pigeon = Pigeon([Later(reason="502")])

    await street.worker(pigeon).catch_up()
    street.clock.advance(timedelta(minutes=1))
    await street.worker(pigeon).catch_up()

    assert await street.states() == {"broken": "faulty", "in progress": "sent"}


async def test_a_stop_lets_the_send_under_way_end(street: Neighbourhood) -> None:
    li, talk = await street.resident("slow")
    await street.owe(li, "hello")
    slow = SlowPigeon()
    running = asyncio.create_task(street.worker(slow).run())
    await asyncio.wait_for(slow.took_off.wait(), 5)

    running.cancel()
    slow.may_land.set()
    with pytest.raises(asyncio.CancelledError):
        await running

    assert await street.transcript(talk) == ["hello"]


@pytest.mark.parametrize("outcome", [Sent(), Gone(reason="no")])
async def test_a_settled_row_is_not_due_again(street: Neighbourhood, outcome: Any) -> None:
    li, _ = await street.resident("pigeon")
    await street.owe(li, "hello")
    await street.worker(Pigeon([outcome])).catch_up()
    await street.forget_leases()

    again = await street.store().claim(
        "pigeon", street.clock.now(), limit=5, in_order=True, lease=45
    )

    assert again == []
