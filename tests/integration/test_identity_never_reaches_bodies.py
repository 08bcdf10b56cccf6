"""A complaint about a body of the house: that body is asked for a part, never handed the whole."""

import pytest

from actions.application.commands.sharing import SplitTicket
from actions.application.commands.working import DispatchTicket, TransferTicket
from actions.domain.people import Role
from tests.builders import Someone, World


@pytest.fixture
async def reporter(world: World) -> Someone:
    return await world.resident("何姨", home="BL-45")


async def test_a_complaint_about_the_firm_is_not_handed_to_the_firm_by_a_tap(
    world: World, reporter: Someone
) -> None:
    firm = await world.worker("物业", Role.PRM, "BL")
    committee = await world.worker("周主任", Role.CMT, "LJ")
    await world.worker("小吴", Role.CMT, "LJ")
    ticket = await world.filed(reporter, "PMC01", "BL-45", "乱收费，我住301")
    assert (await world.ticket(ticket)).assignee == committee.id
    await committee.presses("button_accept")
    for command in (TransferTicket, DispatchTicket):
        await committee.does(command(ticket_id=ticket.id or 0))
        await committee.does(command(ticket_id=ticket.id or 0, to=firm.id))
        assert (await committee.templates())[-1] == "error_out_of_date"

    offered = await committee.last("transfer_to_whom_but_body")
    names = [button["params"].get("name") for button in offered.buttons]
    assert "物业" in offered.text
    assert "小吴" in names
    assert "物业" not in names
    assert offered.labels[-1] == "button_split"
    assert await firm.heard() == []
    await committee.presses("button_split")
    assert firm.id in [
        button["command"].get("to") for button in (await committee.last("split_with_whom")).buttons
    ]
    assert (await world.ticket(ticket)).assignee == committee.id


async def test_a_lead_at_the_desk_is_not_offered_the_firm_complained_of(
    world: World, reporter: Someone
) -> None:
    firm = await world.worker("物业", Role.PRM, "BL")
    lead = await world.worker("老区", Role.GLD, "LJ")
    ticket = await world.filed(reporter, "PMC01", "BL-45", "乱收费，我住301")

    for said in await lead.heard():
        assert firm.id not in [button["command"].get("to") for button in said.buttons]
    assert (await world.ticket(ticket)).assignee != firm.id
    assert await firm.heard() == []


async def test_a_part_asked_of_the_firm_may_go_on_to_somebody_else_there(
    world: World, reporter: Someone
) -> None:
    firm = await world.worker("物业", Role.PRM, "BL")
    colleague = await world.worker("物业小李", Role.PRM, "BL")
    committee = await world.worker("周主任", Role.CMT, "LJ")
    ticket = await world.filed(reporter, "PMC01", "BL-45", "乱收费，我住301")
    await committee.presses("button_accept")
    await committee.does(SplitTicket(ticket_id=ticket.id or 0, to=firm.id))
    await committee.answers("请说明电梯费怎么算")
    await firm.presses("button_accept")
    await firm.does(TransferTicket(ticket_id=(await firm.last("accepted_part")).row["ticket_id"]))
    offered = await firm.last("transfer_to_whom")

    assert colleague.id in [button["command"].get("to") for button in offered.buttons]
