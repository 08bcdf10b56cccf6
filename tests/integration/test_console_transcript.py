"""A conversation in the console: masked, on the trail before it is seen, and never of oneself."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, text

from actions.adapters.database.rows import ticket_to_row
from actions.adapters.database.schema.matters import tickets
from actions.adapters.database.schema.messaging import inbox, messages
from actions.adapters.database.schema.records import audit
from actions.application.commands.telling import Chat
from actions.domain.people import Role
from actions.domain.ticket import Ticket
from actions.domain.understood import Entity
from tests.builders import Someone, World
from tests.integration.console_house import Desk, joined
from tests.integration.web_house import House
from tests.talk import say

WORDS = "45栋三楼扶手松了，打我电话13800138000"


@pytest.fixture
async def desk(house: House) -> Desk:
    return await joined(house, Role.DSP, "RT", login="fenbo", name="分拨员")


@pytest.fixture
async def resident(world: World) -> Someone:
    return await world.resident("何姨", home="BL-45")


async def told(
    world: World, resident: Someone, words: str = WORDS, leaf: str = "BLD04", **more: Any
) -> Ticket:
    """Words that the model read, then the button."""
    place = Entity(kind="location", text="45栋", start=0, end=3)
    await say(resident, words, leaf, "BLD01", entities=(place,), **more)
    await resident.presses("button_submit")
    async with world.reading() as uow:
        newest = (await uow.tickets.of_person(resident.id, limit=1))[0]
        return await uow.tickets.get(newest.id)


async def trail(world: World) -> list[tuple[str, str, str]]:
    query = select(audit.c.action, audit.c.object, audit.c.reason).order_by(audit.c.id)
    async with world.database.read() as conn:
        return [tuple(row) for row in await conn.execute(query)]


async def test_beside_a_ticket_stands_what_was_said_and_what_was_understood(
    house: House, world: World, desk: Desk, resident: Someone
) -> None:
    ticket = await told(world, resident)
    await house.deliver()

    seen = await desk.opens(f"/admin/tickets/{ticket.number}")

    assert "三楼扶手松了" in seen.words
    assert f"编号 {ticket.number}" in seen.words
    assert "打我电话***********" in seen.words
    assert "打我电话* " not in seen.words
    assert "13800138000" not in seen.text
    assert [mark.text for mark in seen.all("mark")] == ["45栋"]
    for fact in ("report", "BLD04", "0.80", "BLD01", "0.40", "taught", "zh", "由此而来"):
        assert fact in seen.words, fact
    assert seen.markup.crooked == []


async def test_every_look_is_on_the_trail(
    house: House, world: World, desk: Desk, resident: Someone
) -> None:
    ticket = await told(world, resident)
    await desk.opens(f"/admin/tickets/{ticket.number}")
    await desk.opens(f"/admin/tickets/{ticket.number}")

    looks = [row for row in await trail(world) if row[0] == "read-transcript"]
    assert looks == [("read-transcript", f"ticket:{ticket.number}", "")] * 2


async def test_nothing_is_shown_when_the_trail_cannot_be_written(
    house: House, world: World, resident: Someone
) -> None:
    desk = await joined(house, Role.RVW, "LJ", login="shen", name="审核员")
    ticket = await told(world, resident)
    shown = "三楼扶手"
    for path in ("/admin/transcripts", f"/admin/transcripts/{resident.conversation_id}"):
        assert shown in (await desk.opens(path)).text

    async with world.database.write() as conn:
        await conn.execute(text("ALTER TABLE audit RENAME TO audit_away"))
        await conn.commit()

    for path in (
        f"/admin/tickets/{ticket.number}",
        "/admin/transcripts",
        f"/admin/transcripts/{resident.conversation_id}",
    ):
        seen = await desk.opens(path)
        assert seen.status == 500
        assert shown not in seen.text

    async with world.database.write() as conn:
        await conn.execute(text("ALTER TABLE audit_away RENAME TO audit"))
        await conn.commit()


async def test_words_are_unmasked_for_a_reason_and_a_short_while(
    house: House, world: World, desk: Desk, resident: Someone
) -> None:
    ticket = await told(world, resident)
    path = f"/admin/tickets/{ticket.number}"
    await desk.opens(path)

    assert (await desk.sends(f"{path}/unmask", reason="  ")).status == 422
    seen = await desk.sends(f"{path}/unmask", reason="要打电话核实地点")
    assert "13800138000" in seen.text
    assert "何姨" in seen.words
    world.clock.advance(timedelta(minutes=11))
    assert "13800138000" not in (await desk.opens(path)).text
    noted = await trail(world)
    assert ("unmask-transcript", f"ticket:{ticket.number}", "要打电话核实地点") in noted
    assert ("read-transcript-unmasked", f"ticket:{ticket.number}", "") in noted


async def test_who_may_read_is_not_who_may_unmask(
    house: House, world: World, resident: Someone
) -> None:
    ticket = await told(world, resident)
    path = f"/admin/tickets/{ticket.number}"
    for role, area in ((Role.GLD, "G3"), (Role.RVW, "LJ"), (Role.ADM, "LJ")):
        desk = await joined(house, role, area, login=role.value, name=role.value)
        seen = await desk.opens(path)
        assert "三楼扶手松了" in seen.words, role
        assert seen.all("form", action=f"{path}/unmask") == [], role
        assert (await desk.sends(f"{path}/unmask", reason="就是想看看")).status == 404
        assert "13800138000" not in (await desk.opens(path)).text


async def test_who_told_of_a_neighbour_is_not_read_by_the_estate(
    house: House, world: World, resident: Someone
) -> None:
    ticket = await told(world, resident, "45栋楼上半夜唱歌，我住507，我是何姨", "NOI01")
    path = f"/admin/tickets/{ticket.number}"
    lead = await joined(house, Role.GLD, "G3", login="zu", name="网格长")
    street = await joined(house, Role.DSP, "RT", login="jie", name="分拨员")

    seen = await lead.opens(path)
    assert seen.status == 200
    assert "我是何姨" not in seen.text
    seen = await street.opens(path)
    assert "半夜唱歌" in seen.words
    assert "507" not in seen.words
    assert seen.all("form", action=f"{path}/unmask") == []


async def test_nobody_reads_a_conversation_that_is_about_them(
    house: House, world: World, resident: Someone
) -> None:
    reviewer = await joined(house, Role.RVW, "LJ", login="shen", name="审核员")
    ticket = await told(world, resident)
    talk = f"/admin/transcripts/{resident.conversation_id}"
    assert (await reviewer.opens(talk)).status == 200

    async with world.database.write() as conn:
        me = (await conn.execute(text("SELECT person_id FROM console_accounts"))).scalar_one()
        other = {**_row(ticket), "number": "LL-260302-9999-X", "recused": [me]}
        await conn.execute(insert(tickets).values(other))
        await conn.commit()

    assert (await reviewer.opens(talk)).status == 404
    assert "三楼扶手" not in (await reviewer.opens("/admin/transcripts")).text
    async with world.database.write() as conn:
        await conn.execute(tickets.delete().where(tickets.c.number == "LL-260302-9999-X"))
        await conn.commit()


async def test_words_are_taken_out_for_good(house: House, world: World, resident: Someone) -> None:
    desk = await joined(house, Role.RVW, "LJ", login="shen", name="审核员")
    ticket = await told(world, resident, "45栋三楼扶手松了，是住302的王小明弄坏的")
    path = f"/admin/tickets/{ticket.number}"
    seen = await desk.opens(path)
    line = seen.all("input", name="message")[0].attributes["value"]

    gone = await desk.sends(f"{path}/redact", message=line, reason="点了邻居的名字")

    assert gone.status == 200
    async with world.database.read() as conn:
        kept = (await conn.execute(select(messages.c.text).where(messages.c.id == int(line)))).one()
        came = (await conn.execute(select(inbox.c.payload))).scalars().all()
    assert kept.text == "●●●●●●"
    assert "王小明" not in str(came)
    assert ("redact-message", f"ticket:{ticket.number}", "点了邻居的名字") in await trail(world)
    other = await joined(house, Role.DSP, "RT", login="fenbo", name="分拨员")
    await other.opens(path)
    assert (await other.sends(f"{path}/redact", message=line, reason="我也想删")).status == 404


async def test_who_has_looked_is_shown_to_those_who_watch_over_it(
    house: House, world: World, desk: Desk, resident: Someone
) -> None:
    ticket = await told(world, resident)
    await desk.opens(f"/admin/tickets/{ticket.number}")
    officer = await joined(house, Role.PRV, "LJ", login="si", name="隐私专员")

    assert (
        "分拨员 · read-transcript" in (await officer.opens(f"/admin/tickets/{ticket.number}")).words
    )
    assert "read-transcript" not in (await desk.opens(f"/admin/tickets/{ticket.number}")).words


async def test_conversations_are_found_by_person_day_and_doubt(
    house: House, world: World, resident: Someone
) -> None:
    another = await world.resident("陈叔")
    await say(resident, "第一天说的话", kind=Chat, intent="smalltalk")
    world.clock.advance(timedelta(days=1))
    await say(another, "第二天说的话", kind=Chat, intent="smalltalk")
    async with world.database.write() as conn:
        unsure = "UPDATE understood SET confidence = 0.3 WHERE inbox_id = (SELECT max(inbox_id) FROM understood)"
        await conn.execute(text(unsure))
        query = text("SELECT participant_id FROM people WHERE id = :id")
        who = (await conn.execute(query, {"id": resident.id})).scalar_one()
        await conn.commit()
    reviewer = await joined(house, Role.RVW, "LJ", login="shen", name="审核员")
    today = world.clock.now().astimezone(world.community.timezone).date().isoformat()

    for asked, expected in (
        ("", ["第二天说的话", "第一天说的话"]),
        (f"?participant={who}", ["第一天说的话"]),
        ("?participant=nobody", []),
        (f"?day={today}", ["第二天说的话"]),
        ("?day=2020-01-01", []),
        ("?kind=unsure", ["第二天说的话"]),
        ("?kind=unanswered", []),
    ):
        seen = await reviewer.opens(f"/admin/transcripts{asked}")
        assert [w for w in ("第二天说的话", "第一天说的话") if w in seen.words] == expected, asked


async def test_only_reviewers_browse(house: House, world: World, desk: Desk) -> None:
    assert (await desk.opens("/admin/transcripts")).status == 404
    assert (await desk.opens("/admin/transcripts/1")).status == 404
    local = await joined(house, Role.RVW, "BL", login="bl", name="小区审核员")
    await say(await world.resident("何姨"), "一句话", kind=Chat, intent="smalltalk")
    assert "一句话" not in (await local.opens("/admin/transcripts")).words


def _row(ticket: Ticket) -> dict[str, Any]:
    return ticket_to_row(ticket) | {"updated_at": ticket.filed_at}
