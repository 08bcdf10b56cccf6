"""A ticket's page: what is on it, what can be done from it, and what is refused."""

from collections.abc import Mapping

import pytest
from sqlalchemy import select

from actions.adapters.database.schema.learning import corrections
from actions.adapters.database.schema.messaging import outbox
from actions.domain.identifiers import TicketId
from actions.domain.people import Role
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb
from tests.builders import Someone, World
from tests.integration.console_house import Desk, Seen, joined
from tests.integration.web_house import House
from tests.talk import say


@pytest.fixture
async def desk(house: House) -> Desk:
    return await joined(house, Role.DSP, "RT", login="fenbo", name="分拨员")


@pytest.fixture
async def resident(world: World) -> Someone:
    return await world.resident("何姨", home="BL-45")


async def now(world: World, ticket: Ticket) -> Ticket:
    async with world.reading() as uow:
        return await uow.tickets.get(ticket.id or TicketId(0))


def fields(seen: Seen) -> Mapping[str, str]:
    """What every form of the page sends along."""
    names = ("form", "version")
    return {name: seen.all("input", name=name)[0].attributes["value"] for name in names}


def step(seen: Seen, label: str) -> str:
    found = [n for n in seen.all("button", name="step") if label in n.text]
    assert found, f"no {label} among {[n.text for n in seen.all('button', name='step')]}"
    return found[0].attributes["value"]


async def presses(desk: Desk, ticket: Ticket, label: str, seen: Seen | None = None) -> Seen:
    page = seen or await desk.opens(f"/admin/tickets/{ticket.number}")
    return await desk.sends(
        f"/admin/tickets/{ticket.number}/do", step=step(page, label), **fields(page)
    )


async def writes(desk: Desk, ticket: Ticket, seen: Seen, words: str) -> Seen:
    asked = seen.all("input", name="step")[0].attributes["value"]
    return await desk.sends(
        f"/admin/tickets/{ticket.number}/do", step=asked, words=words, **fields(seen)
    )


async def test_the_page_tells_what_the_ticket_is(
    house: House, world: World, desk: Desk, resident: Someone
) -> None:
    worker = await world.worker("阿梅", Role.PRM, "BL")
    ticket = await world.filed(resident, "BLD01", "BL-45", "三楼扶手松了，电话13800138000")

    seen = await desk.opens(f"/admin/tickets/{ticket.number.lower()}")

    assert seen.status == 200
    assert seen.path == f"/admin/tickets/{ticket.number}"
    assert "三楼扶手松了" in seen.words
    assert "13800138000" not in seen.text
    assert "45栋" in seen.words
    assert "何姨" not in seen.text
    assert seen.markup.crooked == []
    assert worker.id


async def test_who_may_not_see_a_ticket_is_told_that_there_is_none(
    house: House, world: World, resident: Someone
) -> None:
    ticket = await world.filed(resident, "BLD01", "BL-45")
    elsewhere = await joined(house, Role.GLD, "G1", login="bie", name="别处")

    assert (await elsewhere.opens(f"/admin/tickets/{ticket.number}")).status == 404
    assert (await elsewhere.opens("/admin/tickets/LL-000000-0001-A")).status == 404


async def test_an_administrator_is_told_who_reassigns_and_how_to_become_one(
    house: House, world: World, desk: Desk, resident: Someone
) -> None:
    ticket = await world.filed(resident, "BLD01", "BL-45")
    administrator = await joined(house, Role.ADM, "RT", login="guanli", name="管理员")

    seen = await administrator.opens(f"/admin/tickets/{ticket.number}")
    dispatcher = await desk.opens(f"/admin/tickets/{ticket.number}")

    door = {"href": "/admin/people/invite?role=DSP"}
    assert [each.attributes for each in seen.all("a", **door)] == [door]
    assert dispatcher.all("a", **door) == []


async def test_a_ticket_is_given_to_somebody_from_its_page(
    house: House, world: World, desk: Desk, resident: Someone
) -> None:
    ticket = await world.filed(resident, "OTH99", "BL-45")
    worker = await world.worker("小陈", Role.GWF, "G3")

    asked = await presses(desk, ticket, "派给别人")
    assert "小陈" in asked.words
    done = await presses(desk, ticket, "小陈", asked)

    assert done.status == 200
    after = await now(world, ticket)
    assert (after.status, after.assignee) == (TicketStatus.DISPATCHED, worker.id)
    assert "小陈" in done.words


async def test_the_same_form_sent_twice_takes_effect_once(
    house: House, world: World, desk: Desk, resident: Someone
) -> None:
    ticket = await world.filed(resident, "BLD01", "BL-45")
    page = await presses(desk, ticket, "记一笔")
    one = await writes(desk, ticket, page, "已电话核实")
    first = (await now(world, ticket)).version

    again = await writes(desk, ticket, page, "已电话核实")

    assert one.status == 200
    assert again.status == 200
    assert (await now(world, ticket)).version == first
    assert again.words.count("已电话核实") == 1


async def test_what_somebody_else_changed_meanwhile_is_not_overwritten(
    house: House, world: World, desk: Desk, resident: Someone
) -> None:
    ticket = await world.filed(resident, "BLD01", "BL-45")
    page = await presses(desk, ticket, "改类别")
    lead = await world.worker("网格长", Role.GLD, "G3")
    await lead.alters(ticket, Verb.RAISE_TIER)
    before = (await now(world, ticket)).version

    seen = await writes(desk, ticket, page, "BLD04")

    assert seen.status == 409
    assert "刚" in seen.alert
    assert "BLD04" in seen.words
    assert (await now(world, ticket)).version == before


async def test_a_corrected_category_is_kept_as_a_correction(
    house: House, world: World, desk: Desk, resident: Someone
) -> None:
    ticket = await _told(world, resident, "45栋三楼扶手松了", "BLD04")

    page = await presses(desk, ticket, "改类别")
    seen = await writes(desk, ticket, page, "BLD01")

    assert seen.status == 200, seen.alert
    assert (await now(world, ticket)).category == "BLD01"
    async with world.database.read() as conn:
        row = (await conn.execute(select(corrections))).mappings().one()
    assert (row["side"], row["thought"], row["corrected"]) == ("worker", "BLD04", "BLD01")
    assert row["words"] == ""


async def test_two_tickets_are_merged_and_taken_apart_from_the_page(
    house: House, world: World, desk: Desk, resident: Someone
) -> None:
    neighbour = await world.resident("陈叔", home="BL-45")
    first = await world.filed(resident, "OTH99", "BL-45")
    second = await world.filed(neighbour, "OTH99", "BL-45", "扶手一扶就晃")

    likely = await presses(desk, second, "和别的并在一起")
    assert first.number in likely.words
    shown = await presses(desk, second, first.number, likely)
    await presses(desk, second, "是，并在一起", shown)
    assert (await now(world, second)).master == first.number

    page = await presses(desk, second, "分开单独办")
    await presses(desk, second, "不是同一个地方", page)
    assert (await now(world, second)).master == ""


async def test_what_is_answered_on_the_page_is_not_sent_to_the_chat(
    house: House, world: World, desk: Desk, resident: Someone
) -> None:
    ticket = await world.filed(resident, "OTH99", "BL-45")
    await presses(desk, ticket, "派给别人")

    async with world.database.read() as conn:
        rows = (await conn.execute(select(outbox.c.template, outbox.c.state))).all()
    assert "hand_to_whom" not in {row.template for row in rows}
    assert "transfer_nobody" not in {row.template for row in rows}
    assert "dead" not in {row.state for row in rows}


async def test_a_step_made_for_another_ticket_or_session_is_refused(
    house: House, world: World, desk: Desk, resident: Someone
) -> None:
    first = await world.filed(resident, "OTH99", "BL-45")
    second = await world.filed(resident, "OTH99", "BL-44", "楼道灯不亮")
    foreign = step(await desk.opens(f"/admin/tickets/{first.number}"), "派给别人")
    page = await desk.opens(f"/admin/tickets/{second.number}")

    for token in (foreign, "x" + foreign, "", "a.b"):
        seen = await desk.sends(f"/admin/tickets/{second.number}/do", step=token, **fields(page))
        assert seen.status in (409, 410, 422), seen.status


@pytest.mark.parametrize(
    ("leaf", "text"),
    [("NOI01", "楼上半夜唱歌"), ("OTH99", "不知道找谁的事"), ("BLD01", "扶手松了")],
)
async def test_whatever_is_offered_can_be_done_on_the_page(
    house: House, world: World, resident: Someone, leaf: str, text: str
) -> None:
    """No button and no question needs a chat: first what is pressed, then the words it asks for."""
    desks = [
        await joined(house, role, area, login=role.value, name=role.value)
        for role, area in ((Role.DSP, "RT"), (Role.CMT, "LJ"), (Role.GLD, "G3"), (Role.SUP, "RT"))
    ]
    tried: set[str] = set()
    for desk in desks:
        for _ in range(20):
            ticket = await world.filed(resident, leaf, "BL-45", text)
            page = await desk.opens(f"/admin/tickets/{ticket.number}")
            labels = [n.text.strip() for n in page.all("button", name="step")]
            fresh = [label for label in labels if f"{id(desk)}{label}" not in tried]
            if not fresh:
                break
            tried.add(f"{id(desk)}{fresh[0]}")
            seen = await presses(desk, ticket, fresh[0], page)
            assert seen.status in (200, 409, 422), (fresh[0], seen.words[:200])
            if seen.all("input", name="step"):
                seen = await writes(desk, ticket, seen, "下周三之前，45栋")
                assert seen.status in (200, 409, 422), (fresh[0], seen.words[:200])
            elif seen.all("section", id="answer") and seen.all("button", name="step"):
                first = seen.all("button", name="step")[0].text.strip()
                seen = await presses(desk, ticket, first, seen)
                assert seen.status in (200, 409, 422), (fresh[0], first)
            assert seen.markup.crooked == []
    assert len(tried) > 12


async def _told(world: World, resident: Someone, text: str, leaf: str) -> Ticket:
    """By the whole road: words, card, button."""
    await say(resident, text, leaf)
    await resident.presses("button_submit")
    async with world.reading() as uow:
        newest = (await uow.tickets.of_person(resident.id, limit=1))[0]
        return await uow.tickets.get(newest.id)
