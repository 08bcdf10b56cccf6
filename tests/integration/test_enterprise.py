"""Firms and shops as residents."""

import pytest

from actions.application.commands.following import ShowHelp
from actions.application.commands.intake import CountOrigins, NameFirm
from actions.domain.category import Privacy
from actions.domain.people import Role
from actions.domain.ticket import Ticket
from tests.builders import Someone, World
from tests.talk import say

HANDRAIL = "BLD01"


@pytest.fixture
async def worker(world: World) -> Someone:
    return await world.worker("阿梅", Role.GWF, "G3", roster_key="gwf-3")


@pytest.fixture
async def owner(world: World) -> Someone:
    return await world.resident("陈老板")


async def newest(world: World) -> Ticket:
    async with world.reading() as uow:
        return await uow.tickets.get((await world.every_ticket())[-1])


async def named(world: World, someone: Someone) -> str:
    async with world.reading() as uow:
        return (await uow.people.get(someone.id)).organisation


async def test_a_shop_is_asked_its_name_once_and_workers_see_it(
    world: World, worker: Someone, owner: Someone
) -> None:
    await say(owner, "我们店在45栋楼下,门口楼梯扶手松了", HANDRAIL)
    assert (await owner.templates())[-1] == "firm_ask"

    await owner.answers("阿陈烧腊")
    await owner.presses("button_submit")

    assert (await newest(world)).origin == "enterprise"
    assert (await worker.last("work_dispatched")).lines["来处"] == "企业反映 · 阿陈烧腊"
    await say(owner, "我们店45栋后面路灯不亮", "PUB01")
    assert (await owner.templates()).count("firm_ask") == 1


async def test_a_name_said_in_passing_is_kept_and_can_be_changed(
    world: World, owner: Someone
) -> None:
    await say(owner, "我是南亭五金公司的,45栋楼下扶手松了", HANDRAIL)
    assert await named(world, owner) == "南亭五金公司"
    assert "firm_ask" not in await owner.templates()

    await owner.presses("button_change_firm")
    assert "南亭五金公司" in (await owner.last("firm_known")).text
    await owner.answers("南亭五金店")
    assert await named(world, owner) == "南亭五金店"

    await owner.presses("button_change_firm")
    await owner.presses("button_forget_firm")
    assert await named(world, owner) == ""


async def test_nothing_of_a_firm_is_shown_where_the_matter_is_sealed(
    world: World, worker: Someone, owner: Someone
) -> None:
    await owner.does(NameFirm())
    await owner.answers("阿陈烧腊")
    sealed = next(
        code
        for code, each in world.community.categories.items()
        if each.privacy is Privacy.SEALED and each.urgency == "N" and code.startswith("NOI")
    )
    await say(owner, "我们店45栋楼上天天装修太吵", sealed)
    await owner.presses("button_submit")

    heard = [said for said in await world.everything_said() if said.row["person_id"] != owner.id]
    assert (await newest(world)).origin == "enterprise"
    assert "work_dispatched" in [said.template for said in heard]
    assert "企业反映" not in str([(said.text, said.lines) for said in heard])
    assert "阿陈烧腊" not in str(heard)


async def test_nor_where_it_is_reported_without_a_name(
    world: World, worker: Someone, owner: Someone
) -> None:
    await owner.does(NameFirm())
    await owner.answers("阿陈烧腊")
    await say(owner, "我们店45栋门口扶手松了", HANDRAIL)
    await owner.presses("button_anonymous")
    await owner.presses("button_submit")

    assert (await worker.last("work_dispatched")).lines["来处"] == "企业反映"


async def test_it_may_be_chosen_on_the_card_and_taken_back(world: World, owner: Someone) -> None:
    await say(owner, "45栋三楼扶手松了", HANDRAIL)
    await owner.presses("button_for_another")
    await owner.presses("button_for_firm")
    assert (await owner.templates())[-1] == "firm_ask"

    await owner.presses("button_for_myself")
    await owner.presses("button_submit")

    assert (await newest(world)).origin == ""
    assert await named(world, owner) == ""


async def test_a_photo_is_no_name(owner: Someone) -> None:
    await owner.does(NameFirm())

    await owner.shows("sign")

    assert (await owner.templates())[-1] == "firm_in_words"


async def test_a_lead_sees_how_matters_came_in_where_they_lead(
    world: World, worker: Someone, owner: Someone
) -> None:
    lead = await world.worker("林队", Role.GLD, "G3")
    elsewhere = await world.worker("另一位", Role.GLD, "G5")
    await say(owner, "我是南亭五金公司的,45栋楼下扶手松了", HANDRAIL)
    await owner.presses("button_submit")
    await world.filed(owner, "BLD04", "BL-45", "灯不亮")

    await lead.does(ShowHelp())
    await lead.presses("button_origins")
    await elsewhere.does(CountOrigins())
    await worker.does(CountOrigins())

    counted = await lead.last("origins")
    assert counted.lines == {"居民自己反映": "1", "企业反映": "1"}
    assert "2 件" in counted.text
    assert (await elsewhere.last("origins")).lines == {}
    assert (await worker.templates())[-1] == "error_not_allowed"


async def test_workers_find_rounds_and_letters_in_their_menu(
    world: World, worker: Someone, owner: Someone
) -> None:
    await worker.does(ShowHelp())
    await owner.does(ShowHelp())

    begins = {"button_begin_round", "button_begin_visits", "button_type_letter"}
    assert begins <= set((await worker.last("help_worker")).labels)
    assert not begins & set((await owner.last("help")).labels)


async def test_without_a_name_it_is_still_a_firms_matter(
    world: World, worker: Someone, owner: Someone
) -> None:
    await say(owner, "我们店在45栋楼下,门口楼梯扶手松了", HANDRAIL)

    await owner.answers("算了")

    await owner.presses("button_submit")
    assert (await newest(world)).origin == "enterprise"
    assert await named(world, owner) == ""
