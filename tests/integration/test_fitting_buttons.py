"""Buttons that make sense for the kind of matter, and no others."""

import pytest

from actions.application.commands.mediating import AskCaptain
from actions.application.commands.sharing import SplitTicket
from actions.application.commands.waiting import AskToExtend
from actions.application.commands.working import AcceptTicket, ShowOptions, StartTicket
from actions.domain.people import Role
from actions.domain.ticket import Ticket
from tests.builders import Someone, World


async def begun(world: World, leaf: str) -> tuple[Someone, Ticket]:
    """Filed, and started by whoever got it."""
    staff = [
        await world.worker("阿梅", Role.GWF, "G3"),
        await world.worker("物业", Role.PRM, "BL"),
        await world.worker("老区", Role.GLD, "G3"),
        await world.worker("周主任", Role.CMT, "LJ"),
        await world.worker("李警官", Role.POL, "LJ"),
        await world.worker("督查", Role.SUP, "LJ"),
        await world.worker("联络站", Role.DEP, "LJ"),
    ]
    ticket = await world.filed(
        await world.resident("何姨", home="BL-45"), leaf, "BL-45", "请看一下"
    )
    now = await world.ticket(ticket)
    holder = next(each for each in staff if each.id == now.assignee)
    await holder.does(AcceptTicket(ticket_id=ticket.id or 0))
    await holder.does(StartTicket(ticket_id=ticket.id or 0))
    await holder.does(ShowOptions(ticket_id=ticket.id or 0))
    return holder, await world.ticket(ticket)


@pytest.mark.parametrize("leaf", ["BLD05", "BLD06", "PUB05", "ORD02", "PRK02", "SAF02"])
async def test_a_temporary_step_is_offered_where_there_can_be_one(world: World, leaf: str) -> None:
    holder, _ = await begun(world, leaf)

    assert "button_temporary" in (await holder.last("options")).labels


@pytest.mark.parametrize(
    "leaf", ["NOI01", "SAN02", "OTH01", "OTH02", "OTH03", "DEL04", "DEL05", "SVC01", "SVC06"]
)
async def test_elsewhere_nothing_is_made_safe_for_the_time_being(world: World, leaf: str) -> None:
    holder, _ = await begun(world, leaf)

    assert "button_temporary" not in (await holder.last("options")).labels


async def test_praise_is_passed_on_and_nothing_else(world: World) -> None:
    holder, ticket = await begun(world, "OTH02")

    labels = set((await holder.last("options")).labels)
    assert "button_pass_praise" in labels
    assert not labels & {
        "button_extend", "button_hold", "button_schedule", "button_hand_out", "button_split",
        "button_deliberate", "button_ask_captain", "button_raise_tier",
    }  # fmt: skip
    assert "最迟" not in (await holder.last("accepted_praise")).text
    await holder.does(AskToExtend(ticket_id=ticket.id or 0))
    assert (await holder.templates())[-1] == "error_moved_on"


@pytest.mark.parametrize("leaf", ["SVC06", "SAF07", "OTH03", "SVC07"])
async def test_no_captain_is_asked_about_what_few_may_know(world: World, leaf: str) -> None:
    captain = await world.worker("楼长", Role.CAP, "BL-45")
    holder, ticket = await begun(world, leaf)

    assert "button_ask_captain" not in (await holder.last("options")).labels
    await holder.does(AskCaptain(ticket_id=ticket.id or 0, look="still"))

    assert (await holder.templates())[-1] == "error_not_allowed"
    assert await captain.templates() == []


@pytest.mark.parametrize(("leaf", "may"), [("SVC06", {"GWF", "POL"}), ("OTH03", {"CMT"})])
async def test_what_few_may_know_is_shared_with_few(world: World, leaf: str, may: set[str]) -> None:
    await world.worker("志愿者", Role.VOL, "BL")
    await world.worker("业委会", Role.OWC, "BL")
    holder, ticket = await begun(world, leaf)

    await holder.does(SplitTicket(ticket_id=ticket.id or 0))

    said = await holder.last("split_with_whom")
    offered = {
        button["params"]["role"]["$role"]
        for button in said.buttons
        if button["label"] == "button_split_with"
    }
    assert offered == may
