"""An emergency filed by rule is understood afterwards; the alarm never waits and never weakens."""

from datetime import timedelta

import pytest

from actions.application.commands.deciding import CorrectCategory
from actions.application.commands.working import AcceptTicket, ShowRecord, TransferTicket
from actions.domain.identifiers import LeafCode
from actions.domain.people import Role
from actions.domain.ticket_status import TicketStatus, Verb
from tests.builders import World
from tests.integration.afterwards import CRY, OTHER, RULED, Afterwards, cries, only
from tests.talk import say

#: Minutes in which an alarm is to be accepted.
ALARM = 15


@pytest.fixture
def afterwards(world: World) -> Afterwards:
    return Afterwards(world)


async def test_what_a_model_is_sure_of_puts_the_kind_right_and_nothing_else(
    world: World, afterwards: Afterwards
) -> None:
    duty = await world.worker("王书记", Role.CMT, "LJ", roster_key="cmt-1")
    resident = await world.resident()
    afterwards.teach(OTHER)
    before = await cries(resident)
    told, alarmed = await resident.templates(), await duty.templates()

    await afterwards.looks()

    after = await only(resident)
    assert (before.category, after.category) == (RULED, OTHER)
    for kept in ("status", "urgency", "tier", "assignee", "assignee_role"):
        assert getattr(after, kept) == getattr(before, kept), kept
    for due in ("accept_due_at", "contact_due_at", "settle_due_at", "next_rung_at"):
        assert getattr(after, due) <= getattr(before, due), due
    assert await resident.templates() == told
    assert await duty.templates() == [*alarmed, "work_recategorised"]
    assert not (await duty.last("work_recategorised")).row["urgent"]
    async with world.reading() as uow:
        entry = (await uow.tickets.timeline(after.id))[-1]  # type: ignore[arg-type]
    assert (entry.verb, entry.is_by_rule) == (Verb.RECATEGORISE, True)
    assert entry.data["from_leaf"] == RULED
    await duty.does(ShowRecord(ticket_id=after.id or 0))
    assert "事后理解" in str((await duty.heard())[-1].lines)


async def test_an_alarm_of_a_calm_kind_keeps_the_clocks_of_an_alarm(
    world: World, afterwards: Afterwards
) -> None:
    """Hours of work are counted for drains; for an alarm every minute of the night counts."""
    duty = await world.worker("王书记", Role.CMT, "LJ", roster_key="cmt-1")
    other = await world.worker("李主任", Role.CMT, "LJ", roster_key="cmt-2")
    resident = await world.resident()
    afterwards.teach(OTHER)
    ticket = await cries(resident)
    await afterwards.looks()
    assert world.community.category(LeafCode(OTHER)).accept_min > ALARM

    await duty.does(AcceptTicket(ticket_id=ticket.id or 0))
    await duty.does(TransferTicket(ticket_id=ticket.id or 0, to=other.id, reason="off_duty"))

    handed = await only(resident)
    assert (handed.category, handed.assignee) == (OTHER, other.id)
    assert handed.accept_due_at == world.clock.now() + timedelta(minutes=ALARM)


@pytest.mark.parametrize(
    ("leaf", "share"),
    [(OTHER, 0.69), (RULED, 0.95), ("OTH99", 0.9), ("OTH04", 0.9), ("OTH02", 0.9), ("OTH01", 0.9)],
)
async def test_what_is_unsure_or_no_kind_of_an_alarm_changes_nothing(
    world: World, afterwards: Afterwards, leaf: str, share: float
) -> None:
    await world.worker("王书记", Role.CMT, "LJ", roster_key="cmt-1")
    resident = await world.resident()
    afterwards.teach(leaf, share)
    before = await cries(resident)

    await afterwards.looks()

    assert await only(resident) == before
    assert afterwards.understanding.heard == [CRY]


async def test_a_persons_word_on_the_kind_stands(world: World, afterwards: Afterwards) -> None:
    duty = await world.worker("王书记", Role.CMT, "LJ", roster_key="cmt-1")
    resident = await world.resident()
    afterwards.teach(OTHER)
    ticket = await cries(resident)
    await duty.does(AcceptTicket(ticket_id=ticket.id or 0))
    await duty.does(CorrectCategory(ticket_id=ticket.id or 0, leaf="UTL04"))

    await afterwards.looks()
    assert (await only(resident)).category == "UTL04"


async def test_a_person_corrects_what_was_understood(world: World, afterwards: Afterwards) -> None:
    duty = await world.worker("王书记", Role.CMT, "LJ", roster_key="cmt-1")
    resident = await world.resident()
    afterwards.teach(OTHER)
    ticket = await cries(resident)
    await afterwards.looks()
    await duty.does(AcceptTicket(ticket_id=ticket.id or 0))

    await duty.does(CorrectCategory(ticket_id=ticket.id or 0, leaf=RULED))
    await afterwards.looks()

    assert (await only(resident)).category == RULED


async def test_what_was_taken_back_is_left_alone(world: World, afterwards: Afterwards) -> None:
    await world.worker("王书记", Role.CMT, "LJ", roster_key="cmt-1")
    resident = await world.resident()
    afterwards.teach(OTHER)
    ticket = await cries(resident)
    await resident.alters(ticket, Verb.WITHDRAW)
    await afterwards.looks()
    async with world.reading() as uow:
        left = await uow.tickets.get(ticket.id)  # type: ignore[arg-type]
    assert (left.status, left.category) == (TicketStatus.WITHDRAWN, RULED)

    assert afterwards.understanding.heard == []


async def test_a_matter_a_model_has_read_before_the_danger_is_not_read_again(
    world: World, afterwards: Afterwards
) -> None:
    """The question whether anybody is in danger was answered with a cry."""
    await world.worker("王书记", Role.CMT, "LJ", roster_key="cmt-1")
    resident = await world.resident()
    afterwards.teach(OTHER)
    await say(resident, "45栋厨房味道很重", "SAN01", emergency=0.9)

    before = await cries(resident)
    await afterwards.looks()

    assert await only(resident) == before


async def test_nobody_has_it_and_it_is_moved_to_nobody(
    world: World, afterwards: Afterwards
) -> None:
    resident = await world.resident()
    afterwards.teach(OTHER)
    before = await cries(resident)
    await world.worker("阿梅", Role.GWF, "G3", roster_key="gwf-3")

    await afterwards.looks()

    after = await only(resident)
    assert (after.category, after.status) == (OTHER, TicketStatus.TRIAGE)
    assert (before.assignee, after.assignee) == (None, None)
