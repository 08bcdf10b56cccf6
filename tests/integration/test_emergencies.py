"""Danger: advice first, filed at once, a person alerted; no form and no model in between."""

from actions.application.commands.telling import RaiseEmergency
from actions.domain.emergency import detect
from actions.domain.people import Role
from actions.domain.ticket_status import TicketStatus
from tests.builders import Someone, World
from tests.talk import say

GAS = "厨房一直有煤气味头晕"


async def cries(someone: Someone, text: str) -> None:
    kind = detect(text)
    assert kind is not None
    await someone.does(RaiseEmergency(kind=kind, text=text))


async def test_gas_gets_the_number_first_and_a_person_is_alerted(world: World) -> None:
    duty = await world.worker("王书记", Role.CMT, "LJ", roster_key="cmt-1")
    resident = await world.resident()

    await cries(resident, "45栋" + GAS)

    first, second = await resident.heard()
    assert first.template == "emergency_gas"
    assert "119" in first.text
    assert first.row["urgent"]
    assert second.template == "emergency_alerted"
    assert "LL-" in second.text
    assert "work_dispatched" in await duty.templates()


async def test_without_a_place_the_place_is_asked_and_taken_from_the_next_words(
    world: World,
) -> None:
    await world.worker("王书记", Role.CMT, "LJ", roster_key="cmt-1")
    resident = await world.resident()

    await cries(resident, GAS)
    await resident.answers("6栋904")

    assert (await resident.templates())[-1] == "emergency_more"
    async with world.reading() as uow:
        (mine,) = await uow.tickets.of_person(resident.id)
        ticket = await uow.tickets.get(mine.id)
    assert ticket.location["label"].endswith("6栋")
    assert ticket.status is TicketStatus.DISPATCHED


async def test_crying_twice_is_one_ticket(world: World) -> None:
    resident = await world.resident()

    await cries(resident, "45栋" + GAS)
    await cries(resident, "快来煤气味越来越大了")

    async with world.reading() as uow:
        assert len(await uow.tickets.of_person(resident.id)) == 1


async def test_somebody_trapped_after_all_turns_the_lift_matter_into_an_emergency(
    world: World,
) -> None:
    duty = await world.worker("王书记", Role.CMT, "LJ", roster_key="cmt-1")
    resident = await world.resident()
    await say(resident, "2栋电梯又坏了", "BLD03")

    await resident.presses("button_somebody_trapped")

    assert "emergency_trapped_in_lift" in await resident.templates()
    assert "work_dispatched" in await duty.templates()


async def test_nobody_on_duty_still_files_it(world: World) -> None:
    resident = await world.resident()

    await cries(resident, "45栋" + GAS)

    async with world.reading() as uow:
        (mine,) = await uow.tickets.of_person(resident.id)
    assert mine.status == TicketStatus.TRIAGE.value
