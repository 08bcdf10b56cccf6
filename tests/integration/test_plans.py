"""What runs at every message or every second finds its rows by an index, however full the house."""

import os
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, text

from actions.adapters.database.accounts import SqlAccounts
from actions.adapters.database.delivery import Delivery
from actions.adapters.database.due import SqlDue
from actions.adapters.database.engine import Database
from actions.adapters.database.transcripts import SqlTranscripts
from actions.adapters.database.turns import Turns
from actions.adapters.database.vitals import SqlVitals
from actions.application.ports_knowledge import WhyUnanswered
from actions.application.turn import Turn
from actions.domain.correction import Side
from actions.domain.identifiers import ConversationId, DraftId, InboxId, PersonId
from actions.domain.people import Actor, Role, RoleGrant
from tests.builders import World, opened
from tests.clock import FrozenClock
from tests.integration.full_house import fill

ROWS = int(os.environ.get("ROWS", "20000"))
#: A pass over one of these grows with the years.
GROWING = (
    "people", "conversations", "inbox", "messages", "understood", "effects", "outbox", "drafts",
    "tickets", "ticket_events", "ticket_grams", "followers", "callbacks", "sessions", "corrections",
    "consents", "received",
)  # fmt: skip

Asked = list[tuple[str, Any]]


@contextmanager
def noting(world: World) -> Iterator[Asked]:
    """The statements the database is asked meanwhile, each once."""
    asked: dict[str, Any] = {}

    def note(_conn: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        if not statement.startswith(("BEGIN", "EXPLAIN")):
            asked.setdefault(statement, parameters)

    targets = _connections(world.database)
    for each in targets:
        event.listen(each, "before_cursor_execute", note)
    found: Asked = []
    try:
        yield found
    finally:
        for each in targets:
            event.remove(each, "before_cursor_execute", note)
        found += asked.items()


def _connections(database: Database) -> list[Any]:
    """Those to come are told of by their engine; those that are kept have to be told themselves."""
    ways = {id(way): way for way in (database._reading, database._writing)}.values()
    kept = [conn for way in ways for conn in getattr(way, "_free", ())]
    return [way._engine.sync_engine for way in ways] + [conn.sync_connection for conn in kept]


async def every_message_and_every_second(world: World) -> None:
    """All that reads, in the order of a message's way."""
    now = world.clock.now() + timedelta(hours=1)
    talk, person = ConversationId(7), PersonId(7)
    turns = Turns(world.database, "here:1:x")
    accounts = SqlAccounts(world.database, world.clock, world.community)
    await accounts.find("nobody's")
    await turns.waiting(now)
    work = await turns.next(ConversationId(ROWS // 2 % (ROWS // 10) + 1), now)
    assert work is not None
    await turns.parked_before(work)
    await turns.is_done(InboxId(7))
    await turns.actor(person)
    transcripts = SqlTranscripts(world.database)
    await transcripts.after(talk, 3, 200)
    await transcripts.before(talk, 9, 200)
    await transcripts.read_up_to(talk, 3)
    await transcripts.buttons(talk, 7)
    delivery = Delivery(world.database, "here:1:x")
    await delivery.look("webchat", now, limit=100)
    await delivery.claim("webpush", now, limit=100, in_order=True, lease=1.0)
    await delivery.backlog()
    await SqlVitals(world.database).inbox_waiting()
    policy = world.community.policy
    older = replace(policy, unrated_closes_after=timedelta(days=3), needs_info_for=timedelta(1))
    await SqlDue(world.database, policy, lambda: {"older": older}).at(now)
    async with world.open_uow(Turn(cause="reading")) as opened:
        await opened.drafts.open_of(talk)
        await opened.conversations.of_person(person)
        await opened.conversations.last_words(talk, limit=5)
        await opened.conversations.open_callback_of(person)
        await opened.tickets.of_person(person)
        await opened.tickets.of_person(person, only_open=True)
        await opened.tickets.assigned_to(person)
        await opened.tickets.unassigned_in([world.community.root])
        await opened.tickets.open_nearby("BLD01", world.community.root, "")
        for grid in ("", world.community.root):
            await opened.tickets.comparable(
                ["BLD01", "BLD05"],
                world.community.root,
                grid,
                of=person,
                closed_since=now - policy.duplicate_window,
            )
        await opened.tickets.followers(7)  # type: ignore[arg-type]
        await opened.inbox.text_of(InboxId(7))
        await opened.corrections.has_wordless(DraftId(7))
        await opened.corrections.consent_of(person)
        await opened.corrections.wordless(person, limit=5)
        await opened.corrections.give_words(DraftId(7), "")
        await opened.corrections.take_back(DraftId(7), Side.RESIDENT)
        await opened.corrections.refuse_consent(person)
        await opened.unanswered.note(InboxId(7), WhyUnanswered.NOTHING_FITS)
        await opened.unanswered.newest(limit=10)


async def plans(world: World, asked: Asked) -> list[tuple[str, str]]:
    explain = "EXPLAIN QUERY PLAN " if world.database.is_sqlite else "EXPLAIN "
    found = []
    async with world.database.read() as conn:
        for statement, parameters in asked:
            if statement.startswith(("SELECT", "UPDATE", "DELETE", "WITH")):
                rows = await conn.exec_driver_sql(explain + statement, parameters)
                steps = [str(row[-1]) for row in rows.all()]
                found += [(step, statement) for step in steps]
    return found


def passes(step: str) -> str:
    """The growing table this step of a plan goes through from end to end."""
    sqlite = re.match(r"SCAN (\w+)(?! USING (?:COVERING )?INDEX \w+ \()", step)
    postgres = re.search(r"Seq Scan on (\w+)", step)
    match = sqlite or postgres
    return match[1] if match and match[1] in GROWING else ""


async def scans(world: World, asked: Asked) -> list[str]:
    """The steps that go through a growing table, each with its statement."""
    return sorted(
        {
            f"{passes(step)}: {step.strip()} IN {' '.join(statement.split())[:1500]}"
            for step, statement in await plans(world, asked)
            if passes(step)
        }
    )


@pytest.fixture
async def full(store_url: str, frozen_clock: FrozenClock) -> AsyncIterator[World]:
    """Rows for the planner, not for readers: nobody checks at the end what they say."""
    house = await opened(store_url, frozen_clock)
    await fill(house, ROWS)
    yield house
    await house.database.close()


async def test_nothing_goes_through_a_whole_table(full: World) -> None:
    with noting(full) as asked:
        await every_message_and_every_second(full)

    assert not (scanned := await scans(full, asked)), "\n".join(scanned)
    assert len(asked) > 30


async def test_a_to_do_list_of_every_role_finds_its_rows_by_an_index(full: World) -> None:
    root = full.community.root
    everything = frozenset(RoleGrant(role=role, area=root) for role in Role)
    with noting(full) as asked:
        async with full.open_uow(Turn(cause="reading")) as opened:
            todo = await opened.queues.of(Actor(person_id=PersonId(7), grants=everything))
            await opened.tickets.held_by(PersonId(7))
            await opened.tickets.left_behind([root])
            await opened.outbox.waiting_for(PersonId(7))

    assert not (scanned := await scans(full, asked)), "\n".join(scanned)
    assert todo.is_anybodys


async def test_a_pass_over_a_whole_table_is_seen(full: World) -> None:
    with noting(full) as asked:
        async with full.database.read() as conn:
            await conn.execute(text("SELECT count(*) FROM messages WHERE text LIKE '%a%'"))

    assert [passes(step) for step, _ in await plans(full, asked)].count("messages") == 1
