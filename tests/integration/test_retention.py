"""Lines of a transcript go when they are too old, unless somebody still needs them."""

from datetime import timedelta

import pytest
from sqlalchemy import Table, func, select

from actions.adapters.database.arriving import write_arrivals
from actions.adapters.database.audit import SqlTrail
from actions.adapters.database.audit_check import SqlAuditCheck
from actions.adapters.database.board_transcript import SqlTicketTalks
from actions.adapters.database.doctor import SqlDoctor
from actions.adapters.database.erasure import SqlPrivacy
from actions.adapters.database.holds import SqlHolds
from actions.adapters.database.retention import SqlRetention
from actions.adapters.database.schema.matters import drafts
from actions.adapters.database.schema.messaging import inbox, messages, outbox, understood
from actions.adapters.database.schema.records import legal_holds
from actions.application.arrivals import Arrival
from actions.application.examined import Head
from actions.application.housekeeping import Housekeeping
from actions.domain.errors import OnHold
from actions.domain.people import Role
from actions.domain.ticket_status import Verb
from tests.builders import Someone, World
from tests.integration.busy import Busy, busy, show_all

KEPT = timedelta(days=365)


@pytest.fixture
async def house(world: World) -> Busy:
    return await busy(world)


async def purge(world: World) -> int:
    return await SqlRetention(world.database).purge(world.clock.now() - KEPT)


async def close(house: Busy) -> None:
    """Settled today."""
    await house.worker.alters(house.ticket, Verb.RESOLVE)
    await house.resident.alters(house.ticket, Verb.SATISFIED)
    await show_all(house.world)
    assert not (await house.world.ticket(house.ticket)).is_open


async def count(world: World, table: Table) -> int:
    async with world.database.read() as conn:
        return int((await conn.execute(select(func.count()).select_from(table))).scalar_one())


async def words_left(world: World) -> str:
    """All that is kept of what was said, however it is kept."""
    async with world.database.read() as conn:
        rows = [
            (await conn.execute(select(column))).scalars().all()
            for column in (
                messages.c.text, messages.c.content, inbox.c.payload, outbox.c.content,
                understood.c.parse, drafts.c.body,
            )
        ]  # fmt: skip
    return str(rows)


async def is_sound(world: World) -> bool:
    doctor = SqlDoctor(world.database, now=world.clock.now)
    return [finding async for finding in doctor.findings()] == []


async def test_a_year_after_the_matter_was_closed_its_lines_go(house: Busy) -> None:
    world = house.world
    await close(house)
    assert await purge(world) == 0
    world.clock.advance(KEPT + timedelta(minutes=1))

    assert await purge(world) > 0

    assert await count(world, messages) == 0
    assert "扶手" not in await words_left(world)
    assert await is_sound(world)
    assert await purge(world) == 0


async def test_what_is_told_afterwards_is_numbered_on(house: Busy) -> None:
    world = house.world
    await close(house)
    world.clock.advance(KEPT + timedelta(days=1))
    await purge(world)

    await house.resident.writes("又松了")
    await show_all(world)

    assert await is_sound(world)
    async with world.database.read() as conn:
        [first, *_] = (await conn.execute(select(messages.c.seq).order_by(messages.c.id))).scalars()
    assert first > 1


async def test_an_open_matter_keeps_its_lines(house: Busy) -> None:
    world = house.world
    world.clock.advance(KEPT * 3)

    await purge(world)

    assert "扶手" in await words_left(world)
    assert await is_sound(world)


async def test_a_message_that_comes_again_after_its_line_went_is_the_same_one(
    house: Busy,
) -> None:
    world = house.world
    async with world.database.read() as conn:
        row = (await conn.execute(select(inbox).order_by(inbox.c.id))).mappings().first()
    assert row is not None
    await close(house)
    world.clock.advance(KEPT * 2)
    await purge(world)
    before = await count(world, inbox)

    again = Arrival(
        channel=row["channel"], account=row["account"], external_id=row["external_id"],
        conversation_id=house.resident.conversation_id, area="", kind="text",
        payload={"text": "x"}, at=world.clock.now(), text="x",
    )  # fmt: skip
    async with world.database.write() as conn:
        [remembered] = (await write_arrivals(conn, [again])).values()
        await conn.commit()

    assert (remembered.inbox_id, remembered.is_new) == (row["id"], False)
    assert await count(world, inbox) == before


async def test_a_legal_hold_keeps_everything_of_its_person(house: Busy) -> None:
    world = house.world
    holds = SqlHolds(world.database, world.clock, world.community)
    await holds.place(house.resident.id, "case 17")
    await close(house)
    world.clock.advance(KEPT * 2)
    lines = await lines_of(world, house.resident)

    await purge(world)
    with pytest.raises(OnHold):
        await erase(world, house.resident)

    assert await lines_of(world, house.resident) == lines > 0
    assert "扶手" in await words_left(world)
    assert [each.reason for each in await holds.all()] == ["case 17"]
    assert await holds.lift(house.resident.id, "settled")
    await purge(world)
    assert "扶手" not in await words_left(world)
    await erase(world, house.resident)
    assert await count(world, legal_holds) == 0
    assert await SqlAuditCheck(world.database).findings() == []


async def lines_of(world: World, someone: Someone) -> int:
    own = messages.c.conversation_id == someone.conversation_id
    async with world.database.read() as conn:
        query = select(func.count()).select_from(messages).where(own)
        return int((await conn.execute(query)).scalar_one())


async def erase(world: World, someone: Someone) -> None:
    await SqlPrivacy(world.database, world.clock, world.community).erase(someone.id)


async def test_a_ticket_is_still_read_without_its_transcript(house: Busy) -> None:
    world = house.world
    lead = await world.worker("何主任", Role.CMT, "LJ")
    await close(house)
    world.clock.advance(KEPT * 2)
    await purge(world)
    trail = SqlTrail(world.database, world.clock, world.community)
    talks = SqlTicketTalks(world.database, world.clock, world.community, trail)
    async with world.reading() as uow:
        actor = await uow.people.actor(lead.id)

    assert await talks.of_ticket(actor, house.ticket.number) is None
    async with world.reading() as uow:
        assert len(await uow.tickets.timeline(house.ticket.id)) > 2  # type: ignore[arg-type]


async def test_keeping_the_house_purges_and_writes_the_head_of_the_trail_to_the_log(
    house: Busy, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "actions.application.housekeeping")
    check = SqlAuditCheck(house.world.database)
    keeping = Housekeeping(SqlRetention(house.world.database), check, lambda: KEPT)

    await keeping.once(house.world.clock.now())

    [record] = caplog.records
    written: str = record.audit_head  # type: ignore[attr-defined]
    assert Head.parse(written) == await check.head()
    assert written.partition(":")[2].isalpha(), "digits would be masked as somebody's number"
