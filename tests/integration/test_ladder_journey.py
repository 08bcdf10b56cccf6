"""A forgotten ticket climbs the ladder to the street, and comes back to somebody who settles it."""

from datetime import timedelta

from actions.domain.people import Role
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus
from tests.builders import LOCALES, Someone, World


async def test_a_forgotten_ticket_climbs_to_the_street_and_comes_back(world: World) -> None:
    silent = await world.worker("阿梅", Role.GWF, "G3")
    lead = await world.worker("老区", Role.GLD, "LJ")
    committee = await world.worker("周主任", Role.CMT, "LJ")
    street = await world.worker("分拨员", Role.DSP, "RT")
    supervisor = await world.worker("督查员", Role.SUP, "RT")
    resident = await world.resident("何姨", home="BL-45")
    ticket = await world.filed(resident, "BLD01", "BL-45", "三楼扶手松了")
    assert ticket.assignee == silent.id

    await minutes_on(world, 30)
    assert "nudge_accept" in await silent.templates()
    await minutes_on(world, 18)
    assert "soon_accept_lead" in await lead.templates()
    await minutes_on(world, 12)
    assert await holder(world, ticket) == (lead.id, TicketStatus.DISPATCHED)
    await said(world, resident, "push_reassigned", ["网格长", "網格長", "grid lead"])

    await minutes_on(world, 60)
    assert await holder(world, ticket) == (committee.id, TicketStatus.DISPATCHED)
    await said(world, resident, "push_reassigned", ["居委会", "居委會", "committee"])

    await minutes_on(world, 60)
    assert await holder(world, ticket) == (street.id, TicketStatus.DISPATCHED)
    await said(world, resident, "push_reassigned", ["街道分拨员", "街道", "dispatcher"])

    # The first word was promised within four hours; now that date is broken too.
    await minutes_on(world, 60)
    assert await holder(world, ticket) == (street.id, TicketStatus.DISPATCHED)
    assert "overdue_accept_lead" in await supervisor.templates()
    await said(world, resident, "push_missed_contact", ["没做到", "做唔到", "We are sorry"])

    await comes_back(world, ticket, street, resident)


async def comes_back(world: World, ticket: Ticket, street: Someone, resident: Someone) -> None:
    """Handed to somebody who takes it, does it, and is thanked."""
    fresh = await world.worker("阿欢", Role.GWF, "G3")
    await street.presses("button_hand_to_other")
    await street.presses("button_hand_to", nth=await button_to(street, "阿欢"))
    assert await holder(world, ticket) == (fresh.id, TicketStatus.DISPATCHED)
    await said(world, resident, "push_transferred", ["网格员", "網格員", "grid worker"])

    await fresh.presses("button_accept")
    assert (await fresh.templates())[-1] == "accepted_late"
    await said(world, resident, "push_accepted_late", ["已经接单", "接咗單", "taken it on"])
    await fresh.presses("button_message_reporter")
    await fresh.answers("我是网格员，半小时到")
    await fresh.presses("button_more")
    await fresh.presses("button_resolve")
    await fresh.shows("d" * 26)
    if (await world.ticket(ticket)).status is not TicketStatus.RESOLVED:
        await fresh.answers("三楼螺丝换好了")
    await said(world, resident, "push_resolved", ["说办好了", "話搞掂咗", "says it is done"])
    await resident.presses("button_satisfied")

    done = await world.ticket(ticket)
    assert (done.status, done.next_rung_at) == (TicketStatus.CLOSED_FIXED, None)
    assert "work_satisfied" in await fresh.templates()
    everything = await resident.templates()
    assert everything.count("push_missed_contact") == 1
    assert everything.count("push_reassigned") == 3
    world.clock.advance(timedelta(days=3))
    await world.tick()
    assert await resident.templates() == everything


async def minutes_on(world: World, minutes: int) -> None:
    world.clock.advance(timedelta(minutes=minutes))
    await world.tick()
    await world.tick()


async def holder(world: World, ticket: Ticket) -> tuple[int | None, TicketStatus | None]:
    kept = await world.ticket(ticket)
    return kept.assignee, kept.status


async def button_to(someone: Someone, name: str) -> int:
    buttons = (await someone.last("hand_to_whom")).buttons
    return [button["params"]["name"] for button in buttons].index(name)


async def said(world: World, resident: Someone, template: str, words: list[str]) -> None:
    """The newest of that text names the number and the word of each language."""
    row = (await resident.last(template)).row
    number = (await world.every_ticket())[0]
    async with world.reading() as uow:
        known = (await uow.tickets.get(number)).number
    for locale, word in zip(LOCALES, words, strict=True):
        text, _ = world._read(row, locale)
        assert known in text, (locale, text)
        assert word in text, (locale, text)
        assert "{" not in text
