"""What was told before is offered to whoever tells it again: the likest first, their choice."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from actions.adapters.database.erasure import SqlPrivacy
from actions.adapters.database.schema.matters import tickets
from actions.application.commands.drafting import ItIsBack
from actions.application.commands.following import WithdrawTicket
from actions.application.commands.telling import Affirm, Deny
from actions.domain.people import Role
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb
from tests.builders import Someone, World
from tests.talk import say

LIGHT, RAIL, NOISE, LEAK = "BLD04", "BLD01", "NOI01", "BLD05"


async def asked(someone: Someone) -> str:
    """The way it was asked about, if it was."""
    found = [each for each in await someone.templates() if each.startswith("ask_same_matter")]
    return found[-1] if found else ""


async def kept(world: World, ticket: Ticket) -> Mapping[str, Any]:
    query = select(tickets.c.vector, tickets.c.gist).where(tickets.c.id == ticket.id)
    async with world.database.read() as conn:
        return (await conn.execute(query)).mappings().one()


@pytest.fixture
async def worker(world: World) -> Someone:
    await world.worker("陈姐", Role.GLD, "LJ", roster_key="gld-1")
    return await world.worker("阿梅", Role.GWF, "G3", "G4", roster_key="gwf-3")


async def said_done(worker: Someone) -> None:
    await worker.presses("button_accept")
    await worker.presses("button_resolve")
    await worker.shows("after-1")


async def closed(world: World, worker: Someone, resident: Someone, words: str) -> Ticket:
    ticket = await world.filed(resident, RAIL, "BL-45", words)
    await said_done(worker)
    await resident.presses("button_satisfied")
    found = await world.ticket(ticket)
    assert found.status is TicketStatus.CLOSED_FIXED
    return found


# -- what is alike ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "again",
    ["45栋三楼楼道的灯又不亮了", "45座三樓走廊盞燈唔着", "Light out on the 3rd floor of Block 45"],
)
async def test_the_same_thing_told_in_another_tongue_is_known(world: World, again: str) -> None:
    await world.filed(await world.resident(), LIGHT, "BL-45", "45栋3楼走廊灯坏了")
    neighbour = await world.resident()

    await say(neighbour, again, LIGHT)

    assert await asked(neighbour) == "ask_same_matter"


@pytest.mark.parametrize(
    "another",
    [
        ("45栋六楼走廊灯不亮", LIGHT),  # another floor
        ("45栋大门的门禁刷不了卡", LIGHT),  # another thing of the kind
        ("44栋3楼走廊灯坏了", LIGHT),  # the next building
        ("45栋三楼下水道堵了", LEAK),  # another kind
    ],
)
async def test_another_thing_or_another_place_is_not_offered(
    world: World, another: tuple[str, str]
) -> None:
    await world.filed(await world.resident(), LIGHT, "BL-45", "45栋3楼走廊灯坏了")
    await world.joins(await world.resident(), (await world.ticket(await _only(world))))
    neighbour = await world.resident()

    await say(neighbour, *another)

    assert await asked(neighbour) == ""


async def _only(world: World) -> Ticket:
    (number,) = await world.every_ticket()
    async with world.reading() as uow:
        return await uow.tickets.get(number)


async def test_a_place_no_list_knows_is_compared_by_its_name_and_number(world: World) -> None:
    first, second, third = [await world.resident() for _ in range(3)]
    for someone, place in ((first, "建设路45号"), (second, "建设路45号门口"), (third, "建设路8号")):
        await say(someone, "路面有个大坑", "PUB01")
        await say(someone, place, share=0.05)
        if someone is first:
            await someone.presses("button_submit")

    assert [await asked(each) for each in (second, third)] == ["ask_same_matter", ""]


async def test_what_the_sentences_mean_decides_where_words_do_not(world: World) -> None:
    first, near, far = [await world.resident() for _ in range(3)]
    await say(first, "45栋有点不对劲", LIGHT, vector=(1.0, 0.0))
    await first.presses("button_submit")

    await say(near, "45栋情况一样", LIGHT, vector=(1.0, 0.0))
    await say(far, "45栋情况一样", LIGHT, vector=(0.0, 1.0))

    assert [await asked(each) for each in (near, far)] == ["ask_same_matter", ""]


async def test_what_is_open_for_long_is_offered_still(world: World) -> None:
    await world.filed(await world.resident(), RAIL, "BL-45", "三楼扶手松了")
    world.clock.advance(timedelta(days=60))
    neighbour = await world.resident()

    await say(neighbour, "45栋三楼扶手松了", RAIL)

    assert await asked(neighbour) == "ask_same_matter"


# -- several ----------------------------------------------------------------------------------


async def four_rails(world: World) -> tuple[Someone, list[Ticket]]:
    words = ("三楼扶手松了", "扶手松动", "栏杆摇晃", "扶手晃得厉害")
    filed = [await world.filed(await world.resident(), RAIL, "BL-45", each) for each in words]
    neighbour = await world.resident()
    await say(neighbour, "45栋三楼楼梯扶手松了", RAIL)
    return neighbour, filed


async def test_at_most_three_are_shown_with_the_likest_first(world: World) -> None:
    neighbour, filed = await four_rails(world)

    shown = await neighbour.last("ask_same_matter_several")

    assert shown.labels == [*["button_same_matter_nth"] * 3, "button_none_of_these"]
    first, *others = [button["command"]["ticket_id"] for button in shown.buttons[:3]]
    assert first == filed[0].id
    assert others == sorted(others, reverse=True)
    assert "①" in shown.text
    assert "扶手晃" not in shown.text


async def test_the_one_that_is_pressed_is_joined(world: World) -> None:
    neighbour, _ = await four_rails(world)
    meant = (await neighbour.last("ask_same_matter_several")).buttons[1]["command"]["ticket_id"]

    await neighbour.presses("button_same_matter_nth", nth=1)

    async with world.reading() as uow:
        assert neighbour.id in await uow.tickets.followers(meant)
    assert len(await world.every_ticket()) == 4


async def test_none_of_them_goes_on_with_ones_own(world: World) -> None:
    neighbour, _ = await four_rails(world)

    await neighbour.presses("button_none_of_these")
    await neighbour.presses("button_submit")

    assert len(await world.every_ticket()) == 5


async def test_a_yes_that_does_not_say_which_shows_them_again(world: World) -> None:
    neighbour, _ = await four_rails(world)

    await say(neighbour, "是的", kind=Affirm)

    assert (await neighbour.templates())[-2:] == ["ask_same_matter_several"] * 2
    assert len(await world.every_ticket()) == 4


async def test_a_no_to_several_goes_on_with_ones_own(world: World) -> None:
    neighbour, _ = await four_rails(world)

    await say(neighbour, "都不是", kind=Deny)

    assert (await neighbour.templates())[-1] == "draft_card_U"


# -- ones own ---------------------------------------------------------------------------------


async def test_ones_own_is_asked_about_as_ones_own_and_added_to(world: World) -> None:
    resident = await world.resident()
    ticket = await world.filed(resident, RAIL, "BL-45", "三楼扶手松了")

    await say(resident, "45栋三楼扶手越来越松了", RAIL)
    await say(resident, "是的", kind=Affirm)

    assert await asked(resident) == "ask_same_matter_own"
    added = [entry for entry in await world.timeline(ticket) if entry.verb is Verb.ADD]
    assert [entry.data["text"] for entry in added] == ["45栋三楼扶手越来越松了"]


# -- settled, and back ------------------------------------------------------------------------


async def test_what_was_closed_is_opened_again_with_what_was_told(
    world: World, worker: Someone
) -> None:
    resident = await world.resident()
    ticket = await closed(world, worker, resident, "三楼扶手松了")
    world.clock.advance(timedelta(days=3))

    await say(resident, "45栋三楼扶手又松了", RAIL)
    await resident.presses("button_is_back")

    assert await asked(resident) == "ask_same_matter_back"
    (reopened,) = [e for e in await world.timeline(ticket) if e.verb is Verb.REOPEN]
    assert reopened.reason == "45栋三楼扶手又松了"
    assert (await world.ticket(ticket)).is_open
    assert await world.every_ticket() == [ticket.id]


async def test_a_neighbour_may_say_it_is_back_and_waits_for_it_from_then_on(
    world: World, worker: Someone
) -> None:
    ticket = await closed(world, worker, await world.resident(), "三楼扶手松了")
    neighbour, second = await world.resident(), await world.resident()

    await say(neighbour, "45栋三楼扶手又松了", RAIL)
    await say(second, "45栋三楼扶手松松的", RAIL)
    await neighbour.presses("button_is_back")
    await second.presses("button_is_back")

    async with world.reading() as uow:
        waiting = await uow.tickets.followers(ticket.id)  # type: ignore[arg-type]
    assert {neighbour.id, second.id} <= {*waiting}
    verbs = [entry.verb for entry in await world.timeline(ticket)]
    assert verbs.count(Verb.REOPEN) == 1
    assert (await second.templates())[-1].startswith("joined")


async def test_another_matter_than_the_closed_one_is_filed(world: World, worker: Someone) -> None:
    await closed(world, worker, await world.resident(), "三楼扶手松了")
    neighbour = await world.resident()

    await say(neighbour, "45栋三楼扶手松了", RAIL)
    await neighbour.presses("button_another_matter")
    await neighbour.presses("button_submit")

    assert len(await world.every_ticket()) == 2


async def test_after_the_time_for_it_nothing_closed_is_offered(
    world: World, worker: Someone
) -> None:
    await closed(world, worker, await world.resident(), "三楼扶手松了")
    world.clock.advance(world.community.policy.reopen_within + timedelta(hours=1))
    neighbour = await world.resident()

    await say(neighbour, "45栋三楼扶手松了", RAIL)

    assert await asked(neighbour) == ""


async def test_what_is_said_to_be_done_and_told_again_is_not_settled(
    world: World, worker: Someone
) -> None:
    resident, neighbour = await world.resident(), await world.resident()
    ticket = await world.filed(resident, RAIL, "BL-45", "三楼扶手松了")
    await said_done(worker)

    await say(neighbour, "45栋三楼扶手还是松的", RAIL)
    await say(resident, "45栋三楼扶手还是松的", RAIL)
    await resident.presses("button_is_back")

    assert await asked(neighbour) == ""
    verdicts = [e.reason for e in await world.timeline(ticket) if e.verb is Verb.DISSATISFIED]
    assert verdicts == ["45栋三楼扶手还是松的"]


async def test_what_was_taken_back_is_not_offered(world: World) -> None:
    resident, neighbour = await world.resident(), await world.resident()
    ticket = await world.filed(resident, RAIL, "BL-45", "三楼扶手松了")
    await resident.does(WithdrawTicket(ticket_id=ticket.id or 0, confirmed=True))

    await say(neighbour, "45栋三楼扶手松了", RAIL)

    assert await asked(neighbour) == ""


# -- privacy ----------------------------------------------------------------------------------


@pytest.mark.parametrize("leaf", [NOISE, LEAK])
async def test_a_settled_matter_that_is_not_public_is_offered_to_its_own_reporter_only(
    world: World, worker: Someone, leaf: str
) -> None:
    resident, neighbour = await world.resident(), await world.resident()
    ticket = await world.filed(resident, leaf, "BL-45", "楼上半夜唱歌,还往下漏水")
    await resident.alters(ticket, Verb.WITHDRAW)
    ticket = await world.filed(resident, leaf, "BL-45", "楼上半夜唱歌,还往下漏水")
    await worker.presses("button_accept")
    await worker.presses("button_resolve")
    await worker.shows("after-1")
    await worker.answers("劝过了")
    await resident.presses("button_satisfied")

    await say(neighbour, "45栋楼上半夜唱歌,还往下漏水", leaf)
    async with world.reading() as uow:
        (draft,) = await uow.drafts.open_of(neighbour.conversation_id)
    await neighbour.does(ItIsBack(draft_id=draft.id or 0, ticket_id=ticket.id or 0))

    assert await asked(neighbour) == ""
    assert (await neighbour.templates())[-1] == "error_out_of_date"
    assert not (await world.ticket(ticket)).is_open
    await say(resident, "45栋楼上半夜唱歌,还往下漏水", leaf)
    assert await asked(resident) == "ask_same_matter_back"


async def test_a_public_telling_does_not_find_a_neighbours_sealed_one(world: World) -> None:
    await world.filed(await world.resident(), NOISE, "BL-45", "45栋半夜施工电钻吵")
    neighbour = await world.resident()

    await say(neighbour, "45栋半夜施工电钻吵", "NOI04", NOISE)

    assert await asked(neighbour) == ""


async def test_no_words_are_kept_to_compare_by(world: World) -> None:
    resident = await world.resident()
    await say(resident, "45栋三楼扶手松了,我是何小兰", RAIL, vector=(0.6, 0.8))
    await resident.presses("button_submit")

    row = await kept(world, await _only(world))

    assert row["gist"]["things"] == ["handrail"]
    assert row["gist"]["marks"] == ["floor:3"]
    assert "何小兰" not in str(row["gist"])
    assert {*row["gist"]} == {"leaves", "things", "marks", "english", "money", "goes_on"}
    assert row["vector"] is not None


async def test_nothing_is_kept_of_what_is_for_few(world: World) -> None:
    resident = await world.resident()
    restricted = next(c for c in world.community.categories.values() if c.privacy == "restricted")
    await say(resident, "45栋三楼有事", restricted.code, vector=(0.6, 0.8))
    await resident.presses("button_submit")

    row = await kept(world, await _only(world))

    assert (row["vector"], row["gist"]) == (None, {})


async def test_whoever_is_erased_leaves_nothing_to_compare_with(world: World) -> None:
    resident = await world.resident()
    await say(resident, "45栋三楼扶手松了", RAIL, vector=(0.6, 0.8))
    await resident.presses("button_submit")

    await SqlPrivacy(world.database, world.clock, world.community).erase(resident.id)

    row = await kept(world, await _only(world))
    assert (row["vector"], row["gist"]) == (None, {})


async def test_what_is_put_away_is_not_kept_to_be_compared(world: World, worker: Someone) -> None:
    resident = await world.resident()
    await say(resident, "45栋三楼扶手松了", RAIL, vector=(0.6, 0.8))
    await resident.presses("button_submit")
    ticket = await _only(world)
    await said_done(worker)
    await resident.presses("button_satisfied")
    assert (await kept(world, ticket))["gist"] != {}

    world.clock.advance(world.community.policy.archived_after + timedelta(days=1))
    await world.tick()

    assert (await world.ticket(ticket)).status is TicketStatus.ARCHIVED
    row = await kept(world, ticket)
    assert (row["vector"], row["gist"]) == (None, {})


async def test_what_is_given_another_kind_is_compared_as_that_kind(
    world: World, worker: Someone
) -> None:
    resident, neighbour = await world.resident(), await world.resident()
    await say(resident, "45栋三楼那个东西坏了", LIGHT, RAIL)
    await resident.presses("button_submit")
    lead = await world.worker("老区", Role.GLD, "LJ")
    await lead.alters(await _only(world), Verb.RECATEGORISE, category=RAIL)

    await say(neighbour, "45栋三楼那个东西坏了", RAIL)

    assert await asked(neighbour) == "ask_same_matter"
