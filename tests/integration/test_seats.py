"""Who works here: let in by whoever leads, taken back within a second, replaced at once."""

import pytest
from sqlalchemy import insert, select

from actions.adapters.database.schema.people import role_grants
from actions.adapters.database.schema.records import audit
from actions.application.commands.following import RequestCallback
from actions.application.commands.seats import (
    InviteColleague,
    RevokeSeats,
    ShowColleagues,
    TakeSeat,
)
from actions.application.commands.telling import Welcome
from actions.application.commands.working import DispatchTicket, ShowTodo
from actions.application.pressable import from_json
from actions.application.turn import Turn
from actions.domain.errors import NotFound
from actions.domain.identifiers import AreaCode
from actions.domain.people import Role
from actions.domain.ticket_status import TicketStatus, Verb
from tests.builders import Someone, World


async def audited(world: World) -> list[tuple[str, str]]:
    async with world.database.read() as conn:
        rows = await conn.execute(select(audit).order_by(audit.c.id))
        return [(row.action, row.object) for row in rows]


async def owed(someone: Someone) -> dict[str, str]:
    """What somebody has been told and where each message stands."""
    return {said.template: said.row["state"] for said in await someone.heard()}


async def takes_back(lead: Someone, worker: Someone) -> None:
    await lead.does(ShowColleagues())
    await lead.presses("button_colleague")
    await lead.presses("button_take_seat")
    await lead.presses("button_take_seat_sure")


# -- taking back -------------------------------------------------------------------------------


async def test_a_seat_taken_back_sends_its_tickets_to_the_next_by_rule(world: World) -> None:
    lead = await world.worker("老区", Role.GLD, "G3")
    leaver = await world.worker("阿梅", Role.GWF, "G3")
    resident = await world.resident("何姨")
    ticket = await world.filed(resident, "SAN02", "BL-45", "楼道堆满杂物")
    assert (await world.ticket(ticket)).assignee == leaver.id
    await leaver.presses("button_accept")
    other = await world.worker("阿欢", Role.GWP, "G3")
    before = len(await resident.heard())

    await takes_back(lead, leaver)

    now = await world.ticket(ticket)
    assert (now.assignee, now.assignee_role) == (other.id, "GWP")
    assert now.status is TicketStatus.TRANSFERRED
    assert "work_transferred" in await other.templates()
    # Another grid worker is nothing new to a resident.
    assert len(await resident.heard()) == before
    assert ("revoke", f"person:{leaver.id} GWF") in await audited(world)
    said = await leaver.last("seat_taken")
    assert "1 件" in said.text
    assert "网格员" in said.text
    assert (await lead.last("seats_taken")).text.startswith("已收回阿梅的身份")


async def test_the_resident_hears_when_the_role_changes(world: World) -> None:
    lead = await world.worker("老区", Role.GLD, "G3")
    leaver = await world.worker("阿梅", Role.GWF, "G3")
    resident = await world.resident("何姨")
    ticket = await world.filed(resident, "SAN02", "BL-45")
    await leaver.presses("button_accept")

    await takes_back(lead, leaver)

    assert (await world.ticket(ticket)).assignee == lead.id
    assert "网格长" in (await resident.last("push_transferred")).text


async def test_what_waits_goes_on_waiting_in_other_hands(world: World) -> None:
    lead = await world.worker("老区", Role.GLD, "G3")
    leaver = await world.worker("阿梅", Role.GWF, "G3")
    resident = await world.resident("何姨")
    ticket = await world.filed(resident, "SAN02", "BL-45")
    await leaver.presses("button_accept")
    await leaver.alters(ticket, Verb.ASK, "哪一层？")
    other = await world.worker("阿欢", Role.GWP, "G3")

    await takes_back(lead, leaver)

    now = await world.ticket(ticket)
    assert (now.status, now.assignee) == (TicketStatus.NEEDS_INFO, other.id)
    assert "work_taken_over" in await other.templates()


async def test_what_waits_with_nobody_is_handed_out_by_the_lead_who_comes(world: World) -> None:
    administrator = await world.worker("管理员", Role.ADM, "LJ")
    leaver = await world.worker("阿梅", Role.GWF, "G3")
    resident = await world.resident("何姨")
    ticket = await world.filed(resident, "SAN02", "BL-45")
    await leaver.presses("button_accept")
    await leaver.alters(ticket, Verb.ASK, "哪一层？")
    await takes_back(administrator, leaver)
    assert (await world.ticket(ticket)).assignee is None
    lead = await world.worker("老区", Role.GLD, "LJ")
    other = await world.worker("阿欢", Role.GWP, "G3")

    await lead.does(ShowTodo())
    await lead.presses("button_open_nth")
    await lead.presses("button_hand_to_other")
    await lead.presses("button_hand_to")

    now = await world.ticket(ticket)
    assert (now.status, now.assignee) == (TicketStatus.NEEDS_INFO, other.id)


async def test_who_only_left_a_ticket_has_not_disputed_it(world: World) -> None:
    administrator = await world.worker("管理员", Role.ADM, "LJ")
    leaver = await world.worker("阿梅", Role.GWF, "G3")
    resident = await world.resident("何姨")
    ticket = await world.filed(resident, "SAN02", "BL-45", "楼道堆满杂物")
    await takes_back(administrator, leaver)
    lead = await world.worker("老区", Role.GLD, "G3")
    street = await world.worker("分拨员", Role.DSP, "RT")
    other = await world.worker("阿欢", Role.GWF, "G3")
    await lead.does(DispatchTicket(ticket_id=ticket.id or 0, to=other.id))

    await other.presses("button_not_mine")
    await other.presses("reason_not_my_duty")

    assert "lead_returned" in await lead.templates()
    assert "lead_returned" not in await street.templates()


async def test_with_nobody_left_the_ticket_is_not_left_with_whoever_is_gone(world: World) -> None:
    administrator = await world.worker("管理员", Role.ADM, "LJ")
    leaver = await world.worker("阿梅", Role.GWF, "G3")
    resident = await world.resident("何姨")
    ticket = await world.filed(resident, "SAN02", "BL-45")

    await takes_back(administrator, leaver)

    assert (await world.ticket(ticket)).status is TicketStatus.RETURNED
    told = await administrator.last("seats_taken")
    assert "转给别人" not in told.text
    assert "还有 1 件现在没人能接" in told.text
    assert told.labels == ["button_invite"]
    assert await leaver.does(ShowColleagues())
    assert (await leaver.templates())[-1] == "seats_not_yours"


async def test_what_was_owed_and_not_shown_is_withheld(world: World) -> None:
    lead = await world.worker("老区", Role.GLD, "G3")
    leaver = await world.worker("阿梅", Role.GWF, "G3")
    own = await world.filed(leaver, "NOI01", "RY-2", "楼上太吵")
    resident = await world.resident("何姨")
    await world.filed(resident, "SAN02", "BL-45")
    assert (await owed(leaver))["work_dispatched"] == "ready"

    await takes_back(lead, leaver)

    states = await owed(leaver)
    assert states["work_dispatched"] == "superseded"
    assert states["seat_taken"] == "ready"
    assert [
        said.row["state"] for said in await leaver.heard() if said.row["ticket_id"] == own.id
    ] == ["ready"] * len([s for s in await leaver.heard() if s.row["ticket_id"] == own.id])


async def test_a_call_they_had_taken_is_asked_for_again(world: World) -> None:
    lead = await world.worker("老区", Role.GLD, "LJ")
    leaver = await world.worker("阿梅", Role.GWF, "G3")
    resident = await world.resident("何姨", home="BL-45")
    await resident.does(RequestCallback())
    await leaver.presses("button_take_callback")
    other = await world.worker("阿欢", Role.GWP, "G3")

    await takes_back(lead, leaver)

    assert "callback_wanted" in await other.templates()
    await other.presses("button_take_callback")
    assert "callback_yours" in await other.templates()


async def test_another_seat_of_the_same_person_stays_with_its_tickets(world: World) -> None:
    administrator = await world.worker("管理员", Role.ADM, "LJ")
    both = await world.worker("阿欢", Role.GWP, "G4")
    async with world.database.write() as conn:
        await conn.execute(
            insert(role_grants).values(
                person_id=both.id, role="GWF", area=world.community.path(AreaCode("G3")),
                granted_at=world.clock.now(), granted_by=0,
            )
        )  # fmt: skip
        await conn.commit()
    resident = await world.resident("何姨")
    here = await world.filed(resident, "SAN02", "BL-45")
    there = await world.filed(resident, "SAN02", "BL-48", "48栋楼道有杂物")
    path = world.community.path(AreaCode("G3"))

    await administrator.does(TakeSeat(person_id=both.id, role="GWF", area=path, confirmed=True))

    assert (await world.ticket(there)).assignee == both.id
    assert (await world.ticket(here)).status is TicketStatus.RETURNED
    # The role in which the ticket was given is gone, so the old button is refused.
    assert await both.alters(here, Verb.ACCEPT)
    assert (await world.ticket(here)).status is TicketStatus.RETURNED


async def test_pressed_twice_or_by_somebody_who_may_not_nothing_more_happens(world: World) -> None:
    lead = await world.worker("老区", Role.GLD, "G3")
    elsewhere = await world.worker("老何", Role.GLD, "G5")
    worker = await world.worker("阿梅", Role.GWF, "G3")
    committee = await world.worker("周主任", Role.CMT, "LJ")
    seat = (await _grants(world, worker))[0]
    command = TakeSeat(person_id=worker.id, role="GWF", area=seat, confirmed=True)

    await elsewhere.does(command)
    await worker.does(command)
    await lead.does(TakeSeat(person_id=committee.id, role="CMT", area=seat, confirmed=True))
    assert (await elsewhere.templates())[-1] == "error_not_allowed"
    assert (await worker.templates())[-1] == "error_not_allowed"
    assert (await lead.templates())[-1] == "error_not_allowed"
    assert await _grants(world, worker) == [seat]

    await lead.does(command)
    await lead.does(command)

    assert (await lead.templates())[-1] == "error_out_of_date"
    assert await audited(world) == [("revoke", f"person:{worker.id} GWF")]


async def test_at_the_terminal_every_seat_or_one_role_is_taken_back(world: World) -> None:
    worker = await world.worker("阿梅", Role.GWF, "G3", "G4", roster_key="gwf-3")

    await world.bus.handle(RevokeSeats(person_id=worker.id), Turn(cause="terminal:1"))

    assert await _grants(world, worker) == []
    assert [action for action, _ in await audited(world)] == ["revoke", "revoke"]
    async with world.reading() as uow:
        assert (await uow.people.get(worker.id)).roster_key is None
    with pytest.raises(NotFound):
        await world.bus.handle(RevokeSeats(person_id=worker.id), Turn(cause="terminal:2"))
    await worker.does(RevokeSeats(person_id=worker.id))
    assert (await worker.templates())[-1] == "error_not_allowed"


async def test_an_actor_remembered_from_before_has_no_power_any_more(world: World) -> None:
    worker = await world.worker("阿梅", Role.GWF, "G3")
    resident = await world.resident("何姨")
    ticket = await world.filed(resident, "SAN02", "BL-45")
    remembered = await world._actor(worker.id)
    await world.revoke(worker)
    button = (await worker.last("work_dispatched")).buttons[0]

    turn = Turn(cause="late", actor=remembered, conversation_id=worker.conversation_id)
    await world.bus.handle(from_json(button["command"]), turn)

    assert (await world.ticket(ticket)).status is TicketStatus.DISPATCHED
    assert (await worker.templates())[-1] in ("error_not_found", "error_not_allowed")


async def _grants(world: World, someone: Someone) -> list[str]:
    async with world.reading() as uow:
        return sorted(grant.area for grant in (await uow.people.actor(someone.id)).grants)


# -- letting in --------------------------------------------------------------------------------


async def test_a_lead_invites_for_their_own_grid_with_a_code_shown_once(world: World) -> None:
    lead = await world.worker("老区", Role.GLD, "G3")

    await lead.does(InviteColleague())
    asked = await lead.last("invite_which_role")
    roles = [b["command"]["role"] for b in asked.buttons if b["label"] == "button_role"]
    assert roles == ["CAP", "VOL", "GWF", "GWP"]
    await lead.presses("button_role", nth=2)
    await lead.answers("小李")

    told = await lead.last("invite_code_binds")
    assert "小李" in told.text
    assert "3号网格" in told.text
    assert [action for action, _ in await audited(world)] == ["invite"]


async def test_a_building_is_named_in_words_and_only_one_of_their_own(world: World) -> None:
    lead = await world.worker("老区", Role.GLD, "G3")
    await lead.does(InviteColleague(role="CAP"))

    await lead.answers("2栋")
    assert (await lead.templates())[-1] == "invite_which_area"
    await lead.answers("45栋")
    assert "45栋" in (await lead.last("invite_what_name")).text
    await lead.presses("button_no_name")

    assert "45栋" in (await lead.last("invite_code_waits")).text


@pytest.mark.parametrize("role", ["GLD", "CMT", "ADM", "PRV", "nobody"])
async def test_nobody_invites_above_themselves(world: World, role: str) -> None:
    lead = await world.worker("老区", Role.GLD, "G3")

    await lead.does(InviteColleague(role=role, area="RT/LJ", named=True))

    assert (await lead.templates())[-1] in ("error_not_allowed", "error_out_of_date")
    assert await audited(world) == []


async def test_nobody_invites_beyond_their_area(world: World) -> None:
    lead = await world.worker("老区", Role.GLD, "G3")

    await lead.does(InviteColleague(role="GWF", area="RT/LJ", named=True))

    assert (await lead.templates())[-1] == "error_not_allowed"


async def test_a_resident_who_asks_hears_who_invites(world: World) -> None:
    resident = await world.resident("何姨")
    worker = await world.worker("阿梅", Role.GWF, "G3")

    for someone in (resident, worker):
        await someone.does(InviteColleague())
        await someone.does(ShowColleagues())
        assert await someone.templates() == ["seats_not_yours", "seats_not_yours"]


# -- beginning ---------------------------------------------------------------------------------


async def test_a_newcomer_hears_in_one_message_what_nobody_has(world: World) -> None:
    resident = await world.resident("何姨")
    await world.filed(resident, "SAN02", "BL-45")
    await world.filed(resident, "PUB02", "BL-46", "井盖没了")
    await world.filed(resident, "SAN02", "RY-2", "别的片区")
    newcomer = await world.worker("阿梅", Role.GWF, "G3")

    await newcomer.does(Welcome(roles=("GWF",), waiting=0))

    told = await newcomer.last("seat_open_here")
    assert "2 件" in told.text
    assert told.text.index("应急") < told.text.index("一般")


async def test_a_successor_gets_what_the_one_before_left(world: World) -> None:
    before = await world.worker("旧手机", Role.GWF, "G3")
    resident = await world.resident("何姨")
    ticket = await world.filed(resident, "SAN02", "BL-45")
    await before.presses("button_accept")
    await world.revoke(before)
    successor = await world.worker("新手机", Role.GWF, "G3")

    await successor.does(Welcome(roles=("GWF",), waiting=0))

    assert (await world.ticket(ticket)).assignee == successor.id
    assert "1 件" in (await successor.last("seat_from_before")).text
    assert "seat_open_here" not in await successor.templates()


async def test_a_seat_lost_any_other_way_frees_its_tickets_by_the_next_tick(world: World) -> None:
    worker = await world.worker("阿梅", Role.GWF, "G3")
    other = await world.worker("阿欢", Role.GWP, "G3")
    resident = await world.resident("何姨")
    ticket = await world.filed(resident, "SAN02", "BL-45")
    await worker.presses("button_accept")
    assert await world.tick() == 0

    await world.revoke(worker)

    assert await world.tick() == 1
    assert (await world.ticket(ticket)).assignee == other.id
    assert await world.tick() == 0
