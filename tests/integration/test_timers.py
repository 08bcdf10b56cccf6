"""What happens because time passed, once each, however many processes look."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import update

from actions.adapters.database.schema.messaging import conversations, messages, outbox
from actions.application.commands.timed import LapseResolved
from actions.application.commands.working import TransferTicket
from actions.application.turn import Turn
from actions.domain.draft import Draft
from actions.domain.identifiers import LeafCode
from actions.domain.people import Role
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb
from actions.periodic import Timers
from tests.builders import Someone, World


@pytest.fixture
async def worker(world: World) -> Someone:
    return await world.worker("阿梅", Role.GWF, "G3")


@pytest.fixture
async def lead(world: World) -> Someone:
    return await world.worker("老区", Role.GLD, "LJ")


@pytest.fixture
async def resident(world: World) -> Someone:
    return await world.resident()


@pytest.fixture
async def ticket(world: World, worker: Someone, lead: Someone, resident: Someone) -> Ticket:
    return await world.filed(resident, "NOI01", "BL-45", "楼上半夜练鼓")


async def settled(worker: Someone) -> None:
    await worker.presses("button_accept")
    await worker.presses("button_resolve")
    await worker.answers("劝过了")


async def test_silence_closes_as_unrated_never_as_satisfied(
    world: World, worker: Someone, resident: Someone, ticket: Ticket
) -> None:
    await settled(worker)
    world.clock.advance(timedelta(days=6, hours=23))
    await world.tick()
    assert (await world.ticket(ticket)).status is TicketStatus.RESOLVED
    world.clock.advance(timedelta(hours=1))

    await world.tick()

    closed = await world.ticket(ticket)
    assert (closed.status, closed.rating) == (TicketStatus.CLOSED_UNRATED, "")
    assert (await resident.last("push_lapsed")).labels == ["button_reopen"]
    assert "work_lapsed" in await worker.templates()


async def test_what_was_closed_a_year_ago_is_kept_for_the_record_only(
    world: World, worker: Someone, resident: Someone, ticket: Ticket
) -> None:
    await settled(worker)
    await resident.presses("button_satisfied")
    closed_at = (await world.ticket(ticket)).closed_at
    said = len(await resident.heard())
    world.clock.advance(timedelta(days=364))
    await world.tick()
    assert (await world.ticket(ticket)).status is TicketStatus.CLOSED_FIXED
    world.clock.advance(timedelta(days=2))

    await world.tick()
    await world.tick()

    kept = await world.ticket(ticket)
    assert (kept.status, kept.closed_at) == (TicketStatus.ARCHIVED, closed_at)
    assert [e.verb for e in await world.timeline(ticket)].count(Verb.ARCHIVE) == 1
    assert len(await resident.heard()) == said
    async with world.reading() as uow:
        assert await uow.tickets.of_person(resident.id) == []


async def test_what_was_rated_meanwhile_is_left_alone(
    world: World, worker: Someone, resident: Someone, ticket: Ticket
) -> None:
    await settled(worker)
    await resident.presses("button_satisfied")
    world.clock.advance(timedelta(days=8))

    await world.tick()

    assert (await world.ticket(ticket)).status is TicketStatus.CLOSED_FIXED


async def test_two_processes_looking_at_once_act_once(
    world: World, worker: Someone, ticket: Ticket
) -> None:
    await settled(worker)
    world.clock.advance(timedelta(days=8))

    await asyncio.gather(world.tick(), world.tick(), world.tick())

    verbs = [entry.verb for entry in await world.timeline(ticket)]
    assert verbs.count(Verb.LAPSE) == 1
    assert await world.tick() == 0


async def test_a_question_nobody_answers_closes_it_after_a_week(
    world: World, worker: Someone, resident: Someone, ticket: Ticket
) -> None:
    await worker.presses("button_accept")
    await worker.presses("button_ask_reporter")
    await worker.answers("是几楼？")
    world.clock.advance(timedelta(days=7))

    await world.tick()

    assert (await world.ticket(ticket)).status is TicketStatus.CLOSED_UNFIXED
    assert (await resident.last("push_given_up")).labels == ["button_reopen"]


async def test_a_question_unread_for_a_day_makes_the_worker_call(
    world: World, worker: Someone, resident: Someone, ticket: Ticket
) -> None:
    await worker.presses("button_accept")
    await worker.presses("button_ask_reporter")
    await worker.answers("是几楼？")
    world.clock.advance(timedelta(hours=23))
    await world.tick()
    assert "question_unread" not in await worker.templates()
    world.clock.advance(timedelta(hours=1))

    await world.tick()
    await world.tick()

    assert (await worker.templates()).count("question_unread") == 1


async def test_a_question_that_was_read_bothers_nobody(
    world: World, worker: Someone, resident: Someone, ticket: Ticket
) -> None:
    await worker.presses("button_accept")
    await worker.presses("button_ask_reporter")
    await worker.answers("是几楼？")
    await _read_everything(world, resident)
    world.clock.advance(timedelta(days=2))

    await world.tick()

    assert "question_unread" not in await worker.templates()


async def _read_everything(world: World, someone: Someone) -> None:
    """As the delivery and the page would leave it."""
    question = (await someone.last("relay_question")).row
    async with world.database.write() as conn:
        await conn.execute(
            messages.insert().values(
                conversation_id=someone.conversation_id,
                seq=50,
                direction="out",
                kind="text",
                text="…",
                outbox_id=question["id"],
                ticket_id=question["ticket_id"],
                at=world.clock.now(),
            )
        )
        await conn.execute(update(outbox).where(outbox.c.id == question["id"]).values(state="sent"))
        await conn.execute(
            update(conversations)
            .where(conversations.c.id == someone.conversation_id)
            .values(last_read_seq=50)
        )
        await conn.commit()


def half_told(world: World, resident: Someone) -> Draft:
    return Draft(
        conversation_id=resident.conversation_id,
        person_id=resident.id,
        text="楼下垃圾",
        batch="",
        begun_at=world.clock.now(),
        updated_at=world.clock.now(),
        category=LeafCode("SAN01"),
    )


async def test_a_half_told_matter_is_nudged_once_and_forgotten_after_three_days(
    world: World, resident: Someone
) -> None:
    async with world.reading() as uow:
        await uow.drafts.add(half_told(world, resident))
        await uow.commit()

    world.clock.advance(timedelta(hours=24))
    await world.tick()
    await world.tick()
    assert await resident.templates() == ["draft_nudge"]
    assert (await resident.last("draft_nudge")).labels == ["button_go_on", "button_drop"]
    world.clock.advance(timedelta(hours=48))
    await world.tick()

    async with world.reading() as uow:
        assert await uow.drafts.open_of(resident.conversation_id) == []
    assert await resident.templates() == ["draft_nudge"]


async def test_nobody_is_nudged_about_what_is_forgotten_by_now(
    world: World, resident: Someone
) -> None:
    async with world.reading() as uow:
        await uow.drafts.add(half_told(world, resident))
        await uow.commit()

    world.clock.advance(timedelta(hours=80))
    await world.tick()

    assert await resident.templates() == []


async def test_contact_and_settling_have_their_own_dates(
    world: World, worker: Someone, lead: Someone, ticket: Ticket
) -> None:
    await worker.presses("button_accept")
    assert ticket.contact_due_at is not None
    assert ticket.settle_due_at is not None
    world.clock.set(ticket.contact_due_at)
    await world.tick()
    assert [t for t in await worker.templates() if "overdue" in t] == ["overdue_contact"]
    world.clock.set(ticket.settle_due_at)

    await world.tick()

    assert await lead.templates() == ["overdue_contact_lead", "overdue_contact_lead"]
    climbed = (await world.ticket(ticket)).rungs
    assert climbed == {"contact": 4, "settle": 3}


async def test_a_ticket_waiting_for_its_reporter_is_never_overdue(
    world: World, worker: Someone, lead: Someone, ticket: Ticket
) -> None:
    await worker.presses("button_accept")
    await worker.presses("button_ask_reporter")
    await worker.answers("是几楼？")
    world.clock.advance(timedelta(days=6))

    await world.tick()

    assert [t for t in await worker.templates() if "overdue" in t] == []


async def test_after_a_transfer_the_new_owner_has_an_accept_clock_too(
    world: World, worker: Someone, lead: Someone, ticket: Ticket
) -> None:
    colleague = await world.worker("阿欢", Role.GWP, "G3")
    assert ticket.accept_due_at is not None
    world.clock.set(ticket.accept_due_at - timedelta(minutes=1))
    to = colleague.id
    await worker.does(TransferTicket(ticket_id=ticket.id or 0, to=to, reason="no_capacity"))
    moved = await world.ticket(ticket)
    assert moved.accept_due_at is not None
    world.clock.set(moved.accept_due_at - timedelta(minutes=1))
    await world.tick()
    assert (await world.ticket(ticket)).assignee == colleague.id
    world.clock.advance(timedelta(minutes=1))

    await world.tick()

    assert (await world.ticket(ticket)).assignee == lead.id


async def test_what_nobody_decides_in_time_goes_to_the_level_above_once(
    world: World, worker: Someone, lead: Someone, resident: Someone
) -> None:
    committee = await world.worker("周主任", Role.CMT, "LJ")
    ticket = await world.filed(resident, "OTH99", "BL-45", "有件事说不清")
    world.clock.advance(timedelta(hours=2))

    await world.tick()
    await world.tick()

    assert await committee.templates() == ["undecided_lead"]
    await committee.presses("button_hand_to_other")
    await committee.presses("button_hand_to")
    assert (await world.ticket(ticket)).status is TicketStatus.DISPATCHED


async def test_a_returned_ticket_not_ruled_on_goes_to_the_street(
    world: World, worker: Someone, lead: Someone, ticket: Ticket
) -> None:
    street = await world.worker("分拨员", Role.DSP, "RT")
    await worker.presses("button_not_mine")
    await worker.presses("reason_not_my_area")
    world.clock.advance(timedelta(hours=4))

    await world.tick()

    assert "undecided_lead" in await street.templates()
    await street.presses("button_hand_to_other")
    await street.presses("button_hand_to")
    assert (await world.ticket(ticket)).status is TicketStatus.DISPATCHED


async def test_an_open_matter_is_never_silent_for_more_than_a_week(
    world: World, worker: Someone, resident: Someone, ticket: Ticket
) -> None:
    await worker.presses("button_accept")
    for _ in range(2):
        world.clock.advance(timedelta(days=7))
        await world.tick()
        await world.tick()

    told = [t for t in await resident.templates() if t.startswith("push_still")]
    assert told == ["push_still_late", "push_still_late"]
    assert ticket.number in (await resident.last("push_still_late")).text


async def test_a_long_matter_in_time_is_said_to_go_on(
    world: World, worker: Someone, resident: Someone
) -> None:
    ticket = await world.filed(resident, "PUB07", "BL-45", "想装个坡道")
    await worker.presses("button_accept")
    await worker.presses("button_message_reporter")
    await worker.answers("收到，下周量尺寸")
    world.clock.advance(timedelta(days=7))

    await world.tick()

    assert ticket.settle_due_at is not None
    assert (await resident.templates())[-1] == "push_still_working"


async def test_a_timer_that_fails_does_not_hold_up_the_others(world: World) -> None:
    bus, turns = _Brittle(), [Turn.of_timer("test", n) for n in range(3)]
    due = _Fixed([(LapseResolved(ticket_id=n), turn) for n, turn in enumerate(turns)])
    timers = Timers(bus, due, world.clock)  # type: ignore[arg-type]

    assert await timers.tick(world.clock.now()) == 2
    assert bus.tried == [0, 1, 2]


class _Brittle:
    """A bus that fails at the second command."""

    def __init__(self) -> None:
        self.tried: list[int] = []

    async def handle(self, command: LapseResolved, _turn: Turn) -> bool:
        self.tried.append(command.ticket_id)
        if command.ticket_id == 1:
            raise RuntimeError
        return True


class _Fixed:
    def __init__(self, what: list) -> None:
        self._what = what

    async def at(self, _now: object) -> list:
        return self._what
