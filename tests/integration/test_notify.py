"""Who hears what when a ticket changes: the message matrix over the real outbox."""

import pytest

from actions.application.commands.following import ShowTicket
from actions.application.handlers.callbacks import OUTCOMES
from actions.application.handlers.handing import RETURN_REASONS, TRANSFER_REASONS
from actions.application.handlers.tiers import LOWER_REASONS, RAISE_REASONS
from actions.application.message_matrix import MATRIX, SAID_ELSEWHERE, News
from actions.domain.category import PROOFS, Urgency
from actions.domain.identifiers import TicketId
from actions.domain.people import Role
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import IN_PLACE, PAUSED, TicketStatus, Verb
from actions.domain.tier import Signal
from bot.texts import Catalogue
from tests.builders import ROOT, Someone, World


@pytest.fixture
async def worker(world: World) -> Someone:
    return await world.worker("阿梅", Role.GWF, "G3")


@pytest.fixture
async def reporter(world: World) -> Someone:
    return await world.resident()


@pytest.fixture
async def ticket(world: World, worker: Someone, reporter: Someone) -> Ticket:
    return await world.filed(reporter, "NOI01", "BL-45", "楼上半夜练鼓")


async def test_everyone_who_raised_it_hears_every_step(
    world: World, worker: Someone, reporter: Someone, ticket: Ticket
) -> None:
    neighbour = await world.resident(locale="en")
    await world.joins(neighbour, ticket)

    await worker.presses("button_accept")
    await worker.presses("button_go_there")
    await worker.presses("button_resolve")
    await worker.answers("对方答应十点后不练")

    steps = ["push_accepted", "push_started"]
    assert await reporter.templates() == ["ticket_filed", *steps, "push_resolved"]
    assert await neighbour.templates() == [*steps, "push_resolved_sealed"]
    assert (await neighbour.last("push_resolved_sealed")).labels == []


async def test_a_neighbour_hears_of_the_rating_and_may_reopen(
    world: World, worker: Someone, reporter: Someone, ticket: Ticket
) -> None:
    lead = await world.worker("老区", Role.GLD, "LJ")
    neighbour = await world.resident()
    await world.joins(neighbour, ticket)
    await worker.presses("button_accept")
    await worker.presses("button_resolve")
    await worker.answers("劝过了")
    before = await reporter.templates()

    await reporter.presses("button_satisfied")

    assert (await reporter.templates())[len(before) :] == ["rated_satisfied"]
    await neighbour.presses("button_reopen")
    await neighbour.answers("昨晚又练")
    assert (await world.ticket(ticket)).assignee == lead.id
    assert (await reporter.templates())[-2:] == ["push_reopened_sealed", "push_dispatched"]


async def test_news_carries_the_version_it_speaks_of(
    world: World, worker: Someone, reporter: Someone, ticket: Ticket
) -> None:
    await worker.presses("button_accept")
    await worker.presses("button_go_there")

    timeline = {entry.verb: entry.seq for entry in await world.timeline(ticket)}
    accepted, started = (await reporter.heard())[-2:]
    assert accepted.row["version"] == timeline[Verb.ACCEPT]
    assert started.row["version"] == timeline[Verb.START]
    assert accepted.row["ticket_id"] == ticket.id
    assert accepted.row["purpose"] == "push"


async def test_chasing_reaches_the_worker_with_the_promised_date(
    worker: Someone, reporter: Someone, ticket: Ticket
) -> None:
    await reporter.presses("button_show_ticket")
    await reporter.presses("button_urge")

    assert "明天 09:30" in (await worker.last("work_urged")).text


async def test_chasing_what_nobody_has_reaches_the_lead(world: World) -> None:
    lead = await world.worker("老区", Role.GLD, "LJ")
    reporter = await world.resident()
    await world.filed(reporter, "OTH99", "BL-45", "有件事说不清")

    await reporter.presses("button_show_ticket")
    await reporter.presses("button_urge")

    assert (await lead.templates())[-1] == "lead_urged"


async def test_what_the_reporter_adds_reaches_the_worker_masked(
    worker: Someone, reporter: Someone, ticket: Ticket
) -> None:
    await reporter.presses("button_add_detail")
    await reporter.answers("是904，我电话13812345678")

    told = await worker.last("work_added")
    assert "是904" in told.text
    assert "13812345678" not in told.text


async def test_a_withdrawal_reaches_the_worker(
    world: World, worker: Someone, reporter: Someone, ticket: Ticket
) -> None:
    await reporter.presses("button_withdraw")
    await reporter.presses("button_withdraw_really")

    assert (await world.ticket(ticket)).status is TicketStatus.WITHDRAWN
    assert (await worker.templates())[-1] == "work_withdrawn"


async def test_a_date_set_a_pause_and_an_outside_body_are_told(
    world: World, worker: Someone, reporter: Someone, ticket: Ticket
) -> None:
    await worker.presses("button_accept")
    await worker.presses("button_go_there")
    day = world.clock.now().isoformat()
    await worker.alters(ticket, Verb.SCHEDULE, date=day)
    await worker.alters(ticket, Verb.RESCHEDULE, "下雨", date=day)
    await worker.alters(ticket, Verb.START)
    await worker.alters(ticket, Verb.HOLD, "等配件", date=day)
    await worker.alters(ticket, Verb.RESUME)
    await worker.alters(ticket, Verb.HAND_OUT, body="生态环境局", receipt="EB-7")
    await worker.alters(ticket, Verb.REPORT, "已受理")
    await worker.alters(ticket, Verb.TAKE_BACK, "对方已办完")

    told = (await reporter.heard())[3:]
    assert [said.template for said in told] == [
        "push_scheduled", "push_rescheduled", "push_started", "push_on_hold", "push_resumed",
        "push_external", "push_external_news", "push_taken_back",
    ]  # fmt: skip
    assert all(ticket.number in said.text for said in told)
    assert "EB-7" in told[5].text


async def test_every_text_of_the_matrix_exists() -> None:
    keys = Catalogue.load(ROOT / "config" / "texts").keys
    named = {
        getattr(news, listener)
        for news in MATRIX.values()
        for listener in News.__dataclass_fields__
        if "buttons" not in listener
    }

    assert named - {"", SAID_ELSEWHERE} <= keys


async def test_every_word_of_a_record_a_card_and_a_list_exists() -> None:
    keys = Catalogue.load(ROOT / "config" / "texts").keys
    named = {
        *(f"verb_{verb}" for verb in Verb if verb not in (Verb.BEGIN, Verb.CONTACT, Verb.ABANDON,
                                                          Verb.EXPIRE)),
        *(f"urgency_{urgency}" for urgency in Urgency),
        *(f"reason_{reason}" for reason in (*RETURN_REASONS, *TRANSFER_REASONS)),
        *(f"role_{role}" for role in Role),
        *(f"status_{status}" for status in TicketStatus),
        *(f"{kind}_{clock}" for clock in ("accept", "contact", "settle")
          for kind in ("clock", "work_line", "overdue")),
        *(f"{rung}_{clock}_lead" for clock in ("accept", "contact", "settle")
          for rung in ("soon", "overdue", "street")),
        *(f"nudge_{clock}" for clock in ("accept", "contact", "settle")),
        *(f"{news}_{clock}" for clock in ("contact", "settle")
          for news in ("push_missed", "push_at_street")),
        *(f"reason_{reason}" for reason in (*RAISE_REASONS, *LOWER_REASONS)),
        *(f"reason_tier_{signal}" for signal in (*Signal, "signal")),
        *(f"work_waits_{status}" for status in PAUSED),
        *(f"proof_{proof}" for proof in PROOFS),
        *(f"callback_{outcome}" for outcome in OUTCOMES),
    }  # fmt: skip

    assert named <= keys


async def test_every_status_a_ticket_can_move_to_is_told_to_somebody() -> None:
    unsaid = {
        Verb.BEGIN, Verb.SUBMIT, Verb.ABANDON, Verb.EXPIRE, Verb.RETURN, Verb.ARCHIVE,
    }  # fmt: skip

    assert set(Verb) - set(MATRIX) - IN_PLACE == unsaid


async def test_what_is_left_of_a_partly_settled_matter_has_a_number_and_an_owner(
    world: World, worker: Someone, reporter: Someone, ticket: Ticket
) -> None:
    neighbour = await world.resident()
    await world.joins(neighbour, ticket)
    await worker.presses("button_accept")
    await worker.presses("button_resolve")
    await worker.answers("劝过了")

    await reporter.presses("button_partly")
    await reporter.answers("白天好了，半夜还练")

    assert (await world.ticket(ticket)).status is TicketStatus.CLOSED_PARTLY
    async with world.reading() as uow:
        newest = (await uow.tickets.of_person(neighbour.id, limit=1))[0]
        rest = await uow.tickets.get(newest.id)
    assert rest.number != ticket.number
    assert (rest.status, rest.assignee) == (TicketStatus.DISPATCHED, worker.id)
    assert rest.summary == "白天好了，半夜还练"
    assert rest.number in (await reporter.last("push_remainder")).text
    assert rest.number in (await neighbour.last("push_remainder")).text
    assert (await reporter.templates())[-2:] == ["rated_partly", "push_remainder"]
    assert "work_partly" in await worker.templates()


@pytest.mark.parametrize("verdict", ["button_partly", "button_dissatisfied"])
async def test_what_the_reporter_finds_wanting_is_for_the_office_alone(
    world: World, worker: Someone, reporter: Someone, ticket: Ticket, verdict: str
) -> None:
    neighbour = await world.resident()
    await world.joins(neighbour, ticket)
    await worker.presses("button_accept")
    await worker.presses("button_resolve")
    await worker.answers("劝过了")

    await reporter.presses(verdict)
    await reporter.answers("我家孩子还是吓得睡不着,打13800138000")
    for listed in await _listed(world, neighbour):
        await neighbour.does(ShowTicket(ticket_id=listed))

    assert "吓得" not in str([(said.text, said.row) for said in await neighbour.heard()])
    told = str([(said.text, said.lines, said.row) for said in await worker.heard()])
    assert "吓得" in told
    assert "13800138000" not in told


async def test_why_a_neighbour_reopens_is_for_the_office_alone(
    world: World, worker: Someone, reporter: Someone, ticket: Ticket
) -> None:
    neighbour = await world.resident()
    await world.joins(neighbour, ticket)
    await worker.presses("button_accept")
    await worker.presses("button_resolve")
    await worker.answers("劝过了")
    await reporter.presses("button_satisfied")

    await neighbour.presses("button_reopen")
    await neighbour.answers("我老婆昨晚又被吵醒了")

    assert "吵醒" not in str([(said.text, said.row) for said in await reporter.heard()])


async def _listed(world: World, someone: Someone) -> list[TicketId]:
    async with world.reading() as uow:
        return [each.id for each in await uow.tickets.of_person(someone.id)]
