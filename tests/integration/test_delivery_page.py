"""Web chat is shown exactly once, in order, and one bad row holds up nobody."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from actions.adapters.database.conversations import fence
from actions.adapters.database.delivery import Delivery
from actions.adapters.database.engine import Database
from actions.adapters.database.outbox import SqlOutbox
from actions.application.delivering import Due, Showing, Shown
from actions.application.notification import Purpose
from tests.clock import FrozenClock
from tests.integration.outbox_table import SHANGHAI, Neighbourhood

EVENING = datetime(2026, 11, 20, 20, 0, tzinfo=SHANGHAI)
NIGHT = datetime(2026, 11, 20, 22, 30, tzinfo=SHANGHAI)
MORNING = datetime(2026, 11, 21, 7, 0, tzinfo=SHANGHAI)


@pytest.fixture
async def street(store_url: str, frozen_clock: FrozenClock) -> AsyncIterator[Neighbourhood]:
    frozen_clock.set(EVENING)
    database = Database(store_url)
    yield Neighbourhood(database, frozen_clock)
    await database.close()


class StoreThatDies(Delivery):
    """The process is killed after it looked and before it could show."""

    async def show(self, showings: object, now: datetime) -> None:
        raise asyncio.CancelledError


class StoreThatRefuses(Delivery):
    """The database takes every message but one."""

    async def show(self, showings: "list[Showing]", now: datetime) -> None:  # type: ignore[override]
        if any(showing.shown.text == "indigestible" for showing in showings):
            raise ValueError("a value the database does not take")
        await super().show(showings, now)


async def test_what_is_owed_is_shown_in_order_and_numbered_without_gaps(
    street: Neighbourhood,
) -> None:
    li, talk = await street.resident()
    wang, other_talk = await street.resident()
    for person, words in [(li, "one"), (wang, "een"), (li, "two"), (wang, "twee"), (li, "three")]:
        await street.owe(person, words)

    await street.worker().catch_up()

    assert await street.transcript(talk) == ["one", "two", "three"]
    assert await street.transcript(other_talk) == ["een", "twee"]
    assert await street.seqs(talk) == [1, 2, 3]


async def test_a_second_worker_shows_nothing_again(street: Neighbourhood) -> None:
    li, talk = await street.resident()
    await street.owe(li, "once")

    await street.worker().catch_up()
    await street.worker(store=street.store("two")).catch_up()

    assert await street.transcript(talk) == ["once"]


async def test_two_workers_at_once_show_everything_once(street: Neighbourhood) -> None:
    li, talk = await street.resident()
    words = [f"message {number}" for number in range(30)]
    for each in words:
        await street.owe(li, each)

    workers = [street.worker(store=street.store(name)) for name in ("one", "two", "three")]
    await asyncio.gather(*(worker.catch_up() for worker in workers))

    assert await street.transcript(talk) == words
    assert await street.seqs(talk) == list(range(1, 31))


async def test_a_turn_that_takes_back_what_is_owed_and_the_page_never_wait_for_each_other(
    street: Neighbourhood, caplog: pytest.LogCaptureFixture
) -> None:
    li, talk = await street.resident()
    await street.owe(li, "taken back")
    await street.owe(li, "kept")
    [owed] = await street.store().look("webchat", EVENING, limit=1)

    async with street.database.write() as turn:
        await fence(turn, talk, 0)
        page = asyncio.create_task(street.worker().catch_up())
        await street.until_somebody_waits(page)
        await SqlOutbox(turn, EVENING).supersede([owed.id])
        await turn.commit()
    await page

    assert await street.transcript(talk) == ["kept"]
    assert await street.states() == {"taken back": "superseded", "kept": "sent"}
    assert caplog.records == []  # a deadlock would be told here before it is tried again


async def test_a_process_killed_between_looking_and_showing_loses_and_doubles_nothing(
    street: Neighbourhood,
) -> None:
    li, talk = await street.resident()
    await street.owe(li, "kept")

    with pytest.raises(asyncio.CancelledError):
        await street.worker(store=StoreThatDies(street.database, "doomed")).catch_up()
    assert await street.transcript(talk) == []

    await street.worker(store=street.store("next")).catch_up()
    await street.worker().catch_up()
    assert await street.transcript(talk) == ["kept"]


async def test_whoever_listens_is_woken(street: Neighbourhood) -> None:
    li, talk = await street.resident()
    worker = street.worker()
    running = asyncio.create_task(worker.run())

    with street.hub.subscribe(talk) as news:
        await street.owe(li, "hello")
        worker.notify()
        await asyncio.wait_for(news.wait(), 5)

    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert await street.transcript(talk) == ["hello"]
    assert street.tally.seen == [("webchat", "sent")]


async def test_a_row_nobody_woke_us_for_is_found_by_looking(street: Neighbourhood) -> None:
    li, talk = await street.resident()
    running = asyncio.create_task(street.worker().run())

    with street.hub.subscribe(talk) as news:
        await street.owe(li, "hello")
        await asyncio.wait_for(news.wait(), 5)

    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert await street.transcript(talk) == ["hello"]


async def test_a_row_that_cannot_be_rendered_waits_and_the_others_go_on(
    street: Neighbourhood,
) -> None:
    li, talk = await street.resident()
    for words in ("before", "broken", "after"):
        await street.owe(li, words)

    await street.worker().catch_up()

    assert await street.transcript(talk) == ["before", "after"]
    assert await street.states() == {"before": "sent", "broken": "faulty", "after": "sent"}


async def test_a_row_that_cannot_be_rendered_is_tried_again_later_and_later(
    street: Neighbourhood,
) -> None:
    li, _ = await street.resident()
    await street.owe(li, "broken")

    await street.worker().catch_up()
    await street.worker().catch_up()
    assert street.tally.seen == [("webchat", "faulty")]

    street.clock.advance(timedelta(seconds=3))
    await street.worker().catch_up()
    assert street.tally.seen == [("webchat", "faulty")] * 2


async def test_after_three_days_it_is_a_dead_letter_that_says_why(street: Neighbourhood) -> None:
    li, talk = await street.resident()
    await street.owe(li, "broken")

    for _ in range(10):
        street.clock.advance(timedelta(hours=8))
        await street.worker().catch_up()

    [letter] = await street.store().dead_letters()
    assert letter.template == "broken"
    assert letter.conversation_id == talk
    assert letter.last_error == "ValueError: no such words"
    assert await street.store().backlog() == 0


async def test_a_message_for_somebody_without_a_conversation_is_a_dead_letter(
    street: Neighbourhood,
) -> None:
    li, _ = await street.resident()
    stranger = li + 1_000
    async with street.database.write() as conn:
        await conn.exec_driver_sql(
            "INSERT INTO people (id, participant_id, locale, area, created_at)"
            f" VALUES ({stranger}, 'stranger', 'zh-CN', '', '2026-01-01 00:00:00')"
        )
        await conn.commit()

    await street.owe(stranger, "hello")

    [letter] = await street.store().dead_letters()
    assert letter.last_error == "the person has no conversation"


async def test_a_message_the_database_refuses_holds_up_nobody(street: Neighbourhood) -> None:
    li, talk = await street.resident()
    for words in ("before", "indigestible", "after"):
        await street.owe(li, words)

    await street.worker(store=StoreThatRefuses(street.database, "one")).catch_up()

    assert await street.transcript(talk) == ["before", "after"]
    assert (await street.states())["indigestible"] == "faulty"


async def test_one_who_lost_the_row_meanwhile_changes_nothing(street: Neighbourhood) -> None:
    li, talk = await street.resident()
    await street.owe(li, "hello")
    [late] = await street.store("late").look("webchat", street.clock.now(), limit=5)

    await street.worker().catch_up()
    await street.store("late").put_off(late, street.clock.now(), "too late")
    await street.store("late").settle(late, "dead", street.clock.now())
    showing = Showing(due=late, shown=Shown(kind="text", text="again"))
    await street.store("late").show([showing], street.clock.now())

    assert await street.states() == {"hello": "sent"}
    assert await street.transcript(talk) == ["hello"]


async def test_status_news_that_was_held_back_gives_way_to_newer_news(
    street: Neighbourhood,
) -> None:
    li, talk = await street.resident()
    await street.news(li, "broken", version=3)
    await street.worker().catch_up()

    await street.news(li, "in progress", version=4)
    await street.worker().catch_up()

    assert await street.states() == {"broken": "superseded", "in progress": "sent"}
    assert await street.transcript(talk) == ["in progress"]


async def test_news_that_comes_in_time_is_all_shown(street: Neighbourhood) -> None:
    li, talk = await street.resident()
    await street.news(li, "accepted", version=3)
    await street.news(li, "in progress", version=4)

    await street.worker().catch_up()

    assert await street.transcript(talk) == ["accepted", "in progress"]


async def test_what_nobody_sees_rings_every_browser_of_the_person(street: Neighbourhood) -> None:
    li, talk = await street.resident()
    wang, _ = await street.resident()
    for browser in ("https://push.example/1", "https://push.example/2"):
        await street.subscribe(li, browser, {})
    await street.subscribe(wang, "https://push.example/3", {})
    await street.owe(li, "accepted", purpose=Purpose.PUSH)

    await street.worker().catch_up()

    rung = await street.store().look("webpush", street.clock.now(), limit=9)
    assert [due.person_id for due in rung] == [li, li]
    assert await street.transcript(talk) == ["accepted"]


async def test_who_is_looking_is_not_rung(street: Neighbourhood) -> None:
    li, talk = await street.resident()
    await street.subscribe(li, "https://push.example/1", {})
    await street.owe(li, "accepted", purpose=Purpose.PUSH)

    with street.hub.subscribe(talk):
        await street.worker().catch_up()

    assert await street.states("webpush") == {}


async def test_an_answer_rings_nobody(street: Neighbourhood) -> None:
    li, _ = await street.resident()
    await street.subscribe(li, "https://push.example/1", {})
    await street.owe(li, "you asked")

    await street.worker().catch_up()

    assert await street.states("webpush") == {}


async def test_work_does_not_ring_for_whoever_is_away_but_their_own_news_does(
    street: Neighbourhood,
) -> None:
    li, talk = await street.resident()
    await street.subscribe(li, "https://push.example/1", {})
    await street.leaves(li, until=MORNING)
    for template in ("work_dispatched", "lead_nobody_free", "push_accepted"):
        await street.owe(li, template, purpose=Purpose.PUSH)
    await street.owe(li, "work_urged", purpose=Purpose.PUSH, urgent=True)

    await street.worker().catch_up()
    rung = await street.store().look("webpush", street.clock.now(), limit=9)
    assert [due.template for due in rung] == ["push_accepted", "work_urged"]
    assert len(await street.transcript(talk)) == 4

    street.clock.set(MORNING)
    await street.owe(li, "work_dispatched", purpose=Purpose.PUSH)
    await street.worker().catch_up()
    rung = await street.store().look("webpush", street.clock.now(), limit=9)
    assert [due.template for due in rung][-1] == "work_dispatched"


async def test_at_night_the_page_shows_and_the_bell_waits_for_the_morning(
    street: Neighbourhood,
) -> None:
    street.clock.set(NIGHT)
    li, talk = await street.resident()
    await street.subscribe(li, "https://push.example/1", {})
    await street.owe(li, "accepted", purpose=Purpose.PUSH)

    await street.worker().catch_up()

    assert await street.transcript(talk) == ["accepted"]
    assert await street.not_before("webpush") == [MORNING]


async def test_an_emergency_rings_at_night(street: Neighbourhood) -> None:
    street.clock.set(NIGHT)
    li, _ = await street.resident()
    await street.subscribe(li, "https://push.example/1", {})
    await street.owe(li, "gas", purpose=Purpose.PUSH, urgent=True)

    await street.worker().catch_up()

    assert await street.not_before("webpush") == [NIGHT]


async def test_a_stop_lets_the_round_in_progress_end(street: Neighbourhood) -> None:
    li, talk = await street.resident()
    await street.owe(li, "hello")
    rendering = asyncio.Event()

    class SlowStore(Delivery):
        async def show(self, showings: "list[Showing]", now: datetime) -> None:  # type: ignore[override]
            rendering.set()
            await super().show(showings, now)

    running = asyncio.create_task(street.worker(store=SlowStore(street.database, "one")).run())
    await asyncio.wait_for(rendering.wait(), 5)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running

    assert await street.transcript(talk) == ["hello"]


def test_a_due_row_knows_news_from_answers() -> None:
    row = dict.fromkeys(Due.__dataclass_fields__)

    assert Due(**row | {"purpose": "push"}).is_push
    assert not Due(**row | {"purpose": "reply"}).is_push
