"""Where the community asks first, an emergency goes out on a yes, or when nobody answers."""

from collections.abc import AsyncIterator

import pytest

from actions.application.commands.telling import RaiseEmergency
from actions.domain.emergency import EmergencyKind
from actions.domain.people import Role
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus
from tests.builders import Someone, World, closed, opened
from tests.clock import FrozenClock


@pytest.fixture
async def asking(store_url: str, frozen_clock: FrozenClock) -> AsyncIterator[World]:
    world = await opened(store_url, frozen_clock, life_at_risk_alerts_without_consent=False)
    yield world
    await closed(world)


@pytest.fixture
async def worker(asking: World) -> Someone:
    return await asking.worker("阿梅", Role.GWF, "G3")


async def raised(world: World, resident: Someone) -> Ticket:
    kind = EmergencyKind.named("gas")
    await resident.does(RaiseEmergency(kind=kind, text="45栋楼道有煤气味"))
    async with world.reading() as uow:
        summary = (await uow.tickets.of_person(resident.id, limit=1))[0]
        return await uow.tickets.get(summary.id)


async def test_it_waits_for_a_yes_and_then_goes_out_at_once(asking: World, worker: Someone) -> None:
    resident = await asking.resident()
    ticket = await raised(asking, resident)
    assert ticket.status is TicketStatus.SUBMITTED
    assert await worker.heard() == []

    await resident.presses("button_alert_duty")

    assert (await asking.ticket(ticket)).status is TicketStatus.DISPATCHED
    assert (await worker.last("work_dispatched")).row["urgent"]


async def test_without_an_answer_it_goes_out_when_a_word_is_due(
    asking: World, worker: Someone
) -> None:
    ticket = await raised(asking, await asking.resident())
    assert ticket.contact_due_at is not None
    asking.clock.set(ticket.contact_due_at)

    await asking.tick()

    assert (await asking.ticket(ticket)).status is TicketStatus.DISPATCHED
    assert "work_dispatched" in await worker.templates()


async def test_a_no_takes_it_back(asking: World, worker: Someone) -> None:
    resident = await asking.resident()
    ticket = await raised(asking, resident)

    await resident.presses("button_no_alert")

    assert (await asking.ticket(ticket)).status is TicketStatus.WITHDRAWN
    assert await worker.heard() == []


async def test_what_is_over_before_anybody_was_alerted_is_taken_back(
    asking: World, worker: Someone
) -> None:
    resident = await asking.resident()
    ticket = await raised(asking, resident)

    await resident.answers("误会,开玩笑的")

    assert (await asking.ticket(ticket)).status is TicketStatus.WITHDRAWN
    assert (await resident.templates())[-1] == "emergency_over_unheard"
    assert await worker.heard() == []


async def test_a_yes_where_nobody_is_on_duty_says_so(asking: World) -> None:
    resident = await asking.resident()
    await raised(asking, resident)

    await resident.presses("button_alert_duty")

    assert (await resident.templates())[-1] == "emergency_unmanned"


async def test_an_old_no_does_not_call_back_who_is_on_the_way(
    asking: World, worker: Someone
) -> None:
    resident = await asking.resident()
    ticket = await raised(asking, resident)
    await resident.presses("button_alert_duty")

    await resident.presses("button_no_alert")

    assert (await asking.ticket(ticket)).status is TicketStatus.DISPATCHED
    assert (await resident.templates())[-1] == "error_out_of_date"
