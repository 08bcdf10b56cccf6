"""Every way by which the other side might learn who spoke, tried one by one.

The singer is a resident here like anybody, in one test a worker; the reporter lives below them.
"""

import json
from datetime import date, timedelta

import pytest

from actions.application.commands.deciding import MergeTicket
from actions.application.commands.drafting import JoinTicket
from actions.application.commands.following import (
    AddToTicket,
    AnswerTicket,
    RateTicket,
    ReopenTicket,
    ShowMine,
    ShowTicket,
    UrgeTicket,
    WithdrawTicket,
)
from actions.application.commands.intake import ShowContact
from actions.application.commands.mediating import (
    AnswerRecheck,
    AskCaptain,
    RecordPromise,
    ReleaseContact,
    ShowEvidence,
    ShowTalkingPoints,
    StepAside,
    TakeReleaseBack,
)
from actions.application.commands.telling import AskStatus, Reopen, Urge, Withdraw
from actions.application.commands.working import (
    AcceptTicket,
    ResolveTicket,
    ShowOptions,
    ShowRecord,
    ShowTodo,
    TransferTicket,
)
from actions.application.turn import Turn
from actions.domain.people import Role
from actions.domain.ticket import Ticket
from actions.domain.ticket_number import ticket_number
from actions.domain.ticket_status import TicketStatus, Verb
from tests.builders import Someone, World
from tests.integration.web_house import House, Visitor
from tests.talk import say

SUNG = "我住45栋301，楼上401天天中午唱歌，我是何姨，电话13812345678"
ABSENT = ticket_number(date(2020, 1, 1), 1)
SECRETS = ("301", "何姨", "13812345678", "participant-")


@pytest.fixture
async def worker(world: World) -> Someone:
    return await world.worker("阿梅", Role.GWF, "G3", roster_key="gwf-3")


@pytest.fixture
async def reporter(world: World) -> Someone:
    return await world.resident("何姨", home="BL-45")


@pytest.fixture
async def singer(world: World) -> Someone:
    return await world.resident("陈姨", home="BL-45")


@pytest.fixture
async def sung(world: World, worker: Someone, reporter: Someone) -> Ticket:
    return await world.filed(reporter, "NOI01", "BL-45", SUNG, photos=["from-my-window"])


async def everything(someone: Someone) -> str:
    """What the person was told, as stored and as read."""
    heard = await someone.heard()
    texts = [said.text + str(dict(said.lines)) for said in heard]
    return json.dumps([said.row["content"] for said in heard], ensure_ascii=False) + str(texts)


async def tells_nothing(someone: Someone, ticket: Ticket) -> None:
    told = await everything(someone)
    for secret in (*SECRETS, ticket.number, "from-my-window"):
        assert secret not in told


# -- filing and lists ------------------------------------------------------------------------


async def test_telling_the_like_from_the_same_building_does_not_show_that_somebody_spoke(
    world: World, singer: Someone, sung: Ticket
) -> None:
    await say(singer, "45栋有人唱歌", "NOI01")

    assert "ask_same_matter" not in await singer.templates()
    await singer.presses("button_submit")
    await tells_nothing(singer, sung)


@pytest.mark.parametrize("leaf", ["NOI01", "NOI02", "NOI03", "GRN04", "SAF04", "ORD02", "PMC04"])
async def test_no_kind_with_another_side_offers_a_neighbours_matter(
    world: World, worker: Someone, reporter: Someone, singer: Someone, leaf: str
) -> None:
    await world.filed(reporter, leaf, "BL-45", "这里有问题")
    await say(singer, "45栋这里有问题", leaf)

    assert "ask_same_matter" not in await singer.templates()


async def test_ones_own_matter_told_again_is_still_known(
    world: World, reporter: Someone, sung: Ticket
) -> None:
    await say(reporter, "45栋又在唱歌", "NOI01")

    assert "ask_same_matter_own" in await reporter.templates()


async def test_a_joining_button_from_before_lets_nobody_in(
    world: World, singer: Someone, sung: Ticket
) -> None:
    await say(singer, "45栋有人唱歌", "NOI01")
    async with world.reading() as uow:
        (draft,) = await uow.drafts.open_of(singer.conversation_id)

    await singer.does(JoinTicket(draft_id=draft.id or 0, ticket_id=sung.id or 0))

    assert (await singer.templates())[-1] == "error_out_of_date"
    async with world.reading() as uow:
        assert singer.id not in await uow.tickets.followers(sung.id)  # type: ignore[arg-type]


async def test_ones_own_list_and_count_do_not_hold_it(singer: Someone, sung: Ticket) -> None:
    await singer.does(ShowMine())
    await singer.does(ShowTodo())

    await tells_nothing(singer, sung)


# -- the number ------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [AskStatus, Urge, Withdraw, Reopen])
async def test_the_number_typed_in_answers_as_one_that_does_not_exist(
    singer: Someone, sung: Ticket, kind: type
) -> None:
    await say(singer, f"{sung.number} 怎么样了", kind=kind, intent="status")
    real = (await singer.heard())[-1]
    await say(singer, f"{ABSENT} 怎么样了", kind=kind, intent="status")
    absent = (await singer.heard())[-1]

    assert (real.template, real.text, real.labels) == (absent.template, absent.text, absent.labels)


@pytest.mark.parametrize(
    "command",
    [
        ShowTicket, ShowRecord, ShowOptions, UrgeTicket, AddToTicket, WithdrawTicket, ReopenTicket,
        AnswerTicket, ShowTalkingPoints, ShowEvidence, RecordPromise, AskCaptain, StepAside,
        ReleaseContact, TakeReleaseBack, ShowContact,
    ],
)  # fmt: skip
async def test_every_command_answers_as_for_a_matter_that_does_not_exist(
    singer: Someone, sung: Ticket, command: type
) -> None:
    await singer.does(command(ticket_id=sung.id or 0))
    await singer.does(command(ticket_id=987654))

    real, absent = (await singer.heard())[-2:]
    assert real.template == "error_not_found"
    assert (real.text, real.row["content"]) == (absent.text, absent.row["content"])


async def test_verdicts_and_answers_pressed_by_a_stranger_find_nothing(
    singer: Someone, sung: Ticket
) -> None:
    number = sung.id or 0
    await singer.does(RateTicket(ticket_id=number, verdict="satisfied"))
    await singer.does(AnswerRecheck(ticket_id=number, answer="kept", asked=2))

    assert set(await singer.templates()) == {"error_not_found"}


# -- what is said at the visit and after -----------------------------------------------------


async def test_the_whole_course_leaves_the_other_side_without_a_message(
    world: World, worker: Someone, reporter: Someone, singer: Someone, sung: Ticket
) -> None:
    await worker.presses("button_accept")
    await worker.presses("button_go_there")
    await worker.presses("button_promised")
    await worker.answers("陈姨答应中午不唱")
    world.clock.advance(timedelta(days=7, minutes=1))
    await world.tick()
    await reporter.presses("button_quiet_now")
    await worker.does(ShowRecord(ticket_id=sung.id or 0))
    await worker.presses("button_resolve")
    await worker.answers("谈好了")

    assert await singer.heard() == []


async def test_what_the_worker_may_repeat_holds_no_number_flat_name_hour_or_count(
    worker: Someone, sung: Ticket
) -> None:
    await worker.presses("button_accept")
    await worker.does(ShowTalkingPoints(ticket_id=sung.id or 0))

    points = await worker.last("points")
    said = points.text + str(dict(points.lines))
    for secret in (*SECRETS, sung.number, "401", "14:30", "1 户"):
        assert secret not in said


async def test_the_worker_who_might_let_it_slip_never_has_it(
    world: World, worker: Someone, reporter: Someone, sung: Ticket
) -> None:
    await worker.presses("button_accept")
    await worker.does(ShowRecord(ticket_id=sung.id or 0))
    await worker.does(ShowOptions(ticket_id=sung.id or 0))
    await worker.does(ShowTodo())
    await worker.presses("button_ask_reporter")
    await worker.answers("是几楼？")
    await reporter.presses("button_answer")
    await reporter.answers("401，我家301，打我13812345678")
    await reporter.presses("button_add_detail")
    await reporter.answers("我住301，昨晚又唱")

    told = await everything(worker)
    assert "401" in told
    for secret in (*SECRETS, "from-my-window"):
        assert secret not in told


async def test_the_place_given_as_ones_home_does_not_become_the_place_of_the_visit(
    world: World, worker: Someone, reporter: Someone
) -> None:
    await say(reporter, "又是那家在练架子鼓", "NOI01")
    await reporter.writes("45栋301")
    await reporter.presses("button_submit")

    assert "301" not in await everything(worker)


async def test_a_worker_may_not_ask_who_it_is(
    worker: Someone, reporter: Someone, sung: Ticket
) -> None:
    await worker.presses("button_accept")
    before = len(await reporter.heard())
    await worker.presses("button_ask_reporter")
    await worker.answers("您住几楼？方便留个电话吗")

    assert (await worker.templates())[-1] == "relay_not_who"
    assert len(await reporter.heard()) == before


async def test_an_anonymous_report_is_no_less_hidden_on_the_record(
    world: World, worker: Someone, reporter: Someone
) -> None:
    ticket = await world.filed(reporter, "BLD01", "BL-45", "三楼扶手松了", anonymous=True)
    supervisor = await world.worker("督查", Role.SUP, "RT")
    await supervisor.does(ShowRecord(ticket_id=ticket.id or 0))

    told = await everything(supervisor)
    assert "何姨" not in told
    assert "participant-" not in told


# -- somebody merged in, a worker, a captain -------------------------------------------------


async def test_a_decoy_merged_into_it_learns_neither_when_nor_how_many_spoke(
    world: World, worker: Someone, reporter: Someone, singer: Someone, sung: Ticket
) -> None:
    lead = await world.worker("老区", Role.GLD, "LJ")
    decoy = await world.filed(singer, "OTH99", "BL-45", "45栋有人唱歌")
    before = len(await singer.heard())
    await lead.does(MergeTicket(ticket_id=decoy.id or 0, into=sung.id or 0, sure=True))
    assert (await world.ticket(decoy)).status is TicketStatus.MERGED
    await worker.does(AcceptTicket(ticket_id=sung.id or 0))
    await worker.does(ResolveTicket(ticket_id=sung.id or 0))
    await worker.answers("谈好了")
    await reporter.presses("button_satisfied")

    told = json.dumps(
        [said.row["content"] for said in (await singer.heard())[before:]], ensure_ascii=False
    )
    texts = " ".join(said.text for said in (await singer.heard())[before:])
    assert "push_closed_sealed" in await singer.templates()
    for secret in (*SECRETS, "from-my-window", sung.number, "户", "邻居"):
        assert secret not in told.replace("NOI", "")
        assert secret not in texts.replace("邻居太吵", "")


async def test_a_worker_who_is_the_singer_and_stepped_aside_finds_nothing_any_more(
    world: World, worker: Someone, reporter: Someone, sung: Ticket
) -> None:
    await world.worker("小陈", Role.GWF, "G3")
    await worker.presses("button_step_aside")
    await worker.presses("button_step_aside_really")
    since = len(await worker.heard())
    await reporter.presses("button_add_detail")
    await reporter.answers("今天又唱")
    await worker.does(ShowRecord(ticket_id=sung.id or 0))
    await worker.does(ShowTodo())

    later = (await worker.heard())[since:]
    assert [said.template for said in later] == ["error_not_found", "todo_empty"]
    for secret in SECRETS:
        assert secret not in await everything(worker)


async def test_a_captain_asked_to_look_may_be_the_singer_and_learns_nothing(
    world: World, worker: Someone, sung: Ticket
) -> None:
    captain = await world.worker("坤叔", Role.CAP, "BL-45")
    await worker.presses("button_accept")
    await worker.does(AskCaptain(ticket_id=sung.id or 0))
    await worker.answers("何姨在301说的，听听401有没有声音")

    told = json.dumps(
        [said.row["content"]["params"] for said in await captain.heard()], ensure_ascii=False
    )
    assert sung.number not in told
    assert "13812345678" not in told


async def test_the_property_firm_does_not_read_what_is_said_of_it(
    world: World, reporter: Someone
) -> None:
    firm = await world.worker("物业", Role.PRM, "BL")
    await world.worker("周主任", Role.CMT, "LJ")
    ticket = await world.filed(reporter, "PMC01", "BL-45", "物业乱收费，我住301")
    await firm.does(ShowRecord(ticket_id=ticket.id or 0))

    assert (await firm.templates())[-1] == "error_not_found"
    assert "301" not in await everything(firm)


# -- a released number -----------------------------------------------------------------------


async def test_a_released_number_reaches_the_assignee_and_nobody_else(
    world: World, worker: Someone, reporter: Someone, singer: Someone, sung: Ticket
) -> None:
    mate = await world.worker("小陈", Role.GWF, "G4")
    await worker.presses("button_accept")
    await reporter.does(ReleaseContact(ticket_id=sung.id or 0))
    await reporter.answers("13812345678，何小姐")
    assert "13812345678" not in await everything(worker)

    for other in (singer, mate):
        await other.does(ShowContact(ticket_id=sung.id or 0))
        assert "13812345678" not in await everything(other)
    await worker.presses("button_show_contact")
    assert "13812345678" in await everything(worker)


async def test_whoever_has_it_next_may_call_as_well_and_whoever_had_it_no_more(
    world: World, worker: Someone, reporter: Someone, sung: Ticket
) -> None:
    mate = await world.worker("小陈", Role.GWF, "G3")
    await worker.presses("button_accept")
    await reporter.does(ReleaseContact(ticket_id=sung.id or 0))
    await reporter.answers("13812345678")
    await worker.does(TransferTicket(ticket_id=sung.id or 0, to=mate.id, reason="off_duty"))
    await worker.presses("button_show_contact")
    assert "13812345678" not in await everything(worker)

    await mate.does(ShowRecord(ticket_id=sung.id or 0))
    await mate.presses("button_show_contact")

    assert "13812345678" in await everything(mate)


async def test_a_number_taken_back_is_gone_also_where_it_was_shown(
    world: World, worker: Someone, reporter: Someone, sung: Ticket
) -> None:
    await worker.presses("button_accept")
    await reporter.does(ReleaseContact(ticket_id=sung.id or 0))
    await reporter.answers("13812345678")
    await worker.presses("button_show_contact")
    await reporter.presses("button_take_release_back")
    await worker.presses("button_show_contact")

    assert "13812345678" not in await everything(worker)
    assert "work_released_gone" in await worker.templates()


async def test_words_without_a_number_release_nothing(
    reporter: Someone, worker: Someone, sung: Ticket
) -> None:
    await worker.presses("button_accept")
    await reporter.does(ReleaseContact(ticket_id=sung.id or 0))
    await reporter.answers("不想给")

    assert (await reporter.templates())[-1] == "release_none"
    assert "work_released" not in await worker.templates()


# -- the page --------------------------------------------------------------------------------


async def _sung_on_the_page(house: House) -> tuple[Visitor, Visitor, Visitor, Ticket, str]:
    reporter, singer = await house.visitor(), await house.visitor()
    worker = await house.worker(Role.GWF, "G3", name="阿梅", roster_key="gwf-3")
    photo = await reporter.photo()
    someone = await reporter.someone()
    ticket = await house.world.filed(someone, "NOI01", "BL-45", SUNG)
    async with house.world.open_uow(_turn()) as uow:
        await uow.tickets.attach(ticket.id, [photo], "report", someone.id)  # type: ignore[arg-type, list-item]
        await uow.commit()
    return reporter, singer, worker, ticket, photo


async def test_the_page_knows_neither_the_number_nor_the_photo(house: House) -> None:
    _, singer, worker, ticket, photo = await _sung_on_the_page(house)

    hidden = await singer.get(f"/tickets/{ticket.number}")
    absent = await singer.get(f"/tickets/{ABSENT}")
    assert (hidden.status, absent.status) == (404, 404)
    one, other = await hidden.json(), await absent.json()
    for problem in (one, other):
        problem.pop("request_id", None)
        problem.pop("instance", None)
    assert one == other
    assert (await singer.get(f"/attachments/{photo}")).status == 404
    assert (await worker.get(f"/attachments/{photo}")).status == 404


async def test_the_page_of_the_worker_shows_neither_flat_nor_name_nor_photo(house: House) -> None:
    _, _, worker, ticket, photo = await _sung_on_the_page(house)
    await house.deliver()

    shown = json.dumps(
        [
            await worker.read("/todo"),
            await worker.read(f"/tickets/{ticket.number}"),
            await worker.messages(),
        ],
        ensure_ascii=False,
    )
    for secret in (*SECRETS, photo):
        assert secret not in shown


async def test_the_page_of_a_follower_shows_no_other_who_spoke(house: House) -> None:
    _, singer, _, ticket, _ = await _sung_on_the_page(house)
    someone = await singer.someone()
    await house.world.joins(someone, ticket)

    shown = await singer.read(f"/tickets/{ticket.number}")

    assert [step for step in shown["timeline"] if "提交" in step["text"]] == []
    for secret in (*SECRETS, "唱歌，我是"):
        assert secret not in json.dumps(shown, ensure_ascii=False)


async def test_ones_own_data_hold_nothing_of_a_matter_about_oneself(house: House) -> None:
    _, singer, _, ticket, _ = await _sung_on_the_page(house)
    kept = json.dumps(await singer.read("/me/export"), ensure_ascii=False)

    for secret in (*SECRETS[:3], ticket.number):
        assert secret not in kept


async def test_whoever_is_forgotten_takes_the_released_number_along(house: House) -> None:
    reporter, _, worker, ticket, _ = await _sung_on_the_page(house)
    someone, at_work = await reporter.someone(), await worker.someone()
    await at_work.presses("button_accept")
    await someone.does(ReleaseContact(ticket_id=ticket.id or 0))
    await someone.answers("13700002222")
    await at_work.presses("button_show_contact")
    await house.deliver()
    assert "13700002222" in json.dumps(await worker.messages())

    asked = await reporter.delete("/me")
    await reporter.delete("/me", await asked.json())

    assert "13700002222" not in json.dumps(await worker.messages())
    async with house.world.reading() as uow:
        assert not await uow.sealed_contacts.has(ticket.id)  # type: ignore[arg-type]


async def test_a_recused_worker_is_shown_no_news_of_it_by_an_old_line(house: House) -> None:
    _, _, worker, ticket, _ = await _sung_on_the_page(house)
    at_work = await worker.someone()
    await house.deliver()
    await at_work.does(StepAside(ticket_id=ticket.id or 0, confirmed=True))

    assert (await worker.get(f"/tickets/{ticket.number}")).status == 404
    assert [line["ticket"] for line in await worker.messages() if line["ticket"]] == []
    assert ticket.number not in json.dumps(await worker.read("/todo"), ensure_ascii=False)
    assert Verb.RECUSE in [entry.verb for entry in await house.world.timeline(ticket)]


def _turn() -> Turn:
    return Turn(cause="prepared")
