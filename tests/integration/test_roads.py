"""What is no repair goes its own road: praise, suggestions, questions, other doors, needs, staff."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from actions.application.commands.following import ShowMine, ShowTicket
from actions.application.commands.roads import (
    DisputeDoor,
    FileQuestion,
    ForwardOpinion,
    PassPraise,
)
from actions.application.commands.telling import AskQuestion, Chat, Rate
from actions.domain.identifiers import TicketId
from actions.domain.people import Role
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb
from tests.builders import Someone, World
from tests.talk import say


@pytest.fixture
async def lead(world: World) -> Someone:
    return await world.worker("老区", Role.GLD, "LJ")


@pytest.fixture
async def worker(world: World) -> Someone:
    return await world.worker("阿梅", Role.GWF, "G3", roster_key="gwf-3")


@pytest.fixture
async def resident(world: World) -> Someone:
    return await world.resident("何姨", home="BL-45")


async def newest(world: World, by: Someone) -> Ticket:
    async with world.reading() as uow:
        return await uow.tickets.get((await uow.tickets.of_person(by.id, limit=1))[0].id)


async def verbs(world: World, ticket: Ticket) -> Sequence[Verb]:
    return [entry.verb for entry in await world.timeline(ticket)]


# -- praise -----------------------------------------------------------------------------------


async def praised(resident: Someone, text: str = "网格员帮我妈扛米上楼，我电话13812345678") -> None:
    await say(resident, text, "OTH02", intent="praise")


async def test_praise_is_one_question_and_one_tap(
    world: World, lead: Someone, worker: Someone, resident: Someone
) -> None:
    await world.worker("物业小李", Role.PRM, "BL")

    await praised(resident)

    asked = await resident.last("ask_praised")
    assert "想表扬谁" in asked.text
    assert asked.labels == [
        *["praised_chip"] * 3,
        "button_praise_everyone",
        "button_drop",
    ]
    await resident.presses("praised_chip")
    told = await resident.last("praise_filed")
    ticket = await newest(world, resident)
    assert ticket.number in told.text
    assert "24 小时内网格长会看到" in told.text
    assert (ticket.status, ticket.assignee) == (TicketStatus.DISPATCHED, lead.id)
    assert (ticket.accept_due_at, ticket.contact_due_at, ticket.settle_due_at) == (None, None, None)
    assert (await lead.last("work_dispatched_praise")).labels[0] == "button_pass_praise"
    assert "push_dispatched" not in await resident.templates()


async def test_the_praised_and_the_writer_both_hear_and_nobody_is_asked_to_rate(
    world: World, lead: Someone, worker: Someone, resident: Someone
) -> None:
    await praised(resident)
    await resident.presses("praised_chip")

    await lead.presses("button_pass_praise")

    heard = await worker.last("praise_for_you")
    assert "帮我妈扛米上楼" in heard.text
    assert "13812345678" not in heard.text
    assert "何姨" not in str(heard.row["content"])
    told = await resident.last("push_resolved_praise")
    assert "网格员" in told.text
    assert "满意" not in told.text
    assert told.labels == ["button_satisfied_praise"]
    assert "push_accepted" not in await resident.templates()
    await resident.presses("button_satisfied_praise")
    assert (await newest(world, resident)).status is TicketStatus.CLOSED_FIXED
    assert "thanks_praise" in await resident.templates()
    assert "work_satisfied" not in await lead.templates()


async def test_nobody_is_nagged_about_praise_and_silence_ends_it_silently(
    world: World, lead: Someone, worker: Someone, resident: Someone
) -> None:
    await praised(resident)
    await resident.presses("praised_chip")
    before = len(await lead.heard())

    world.clock.advance(timedelta(days=3))
    await world.tick()
    assert len(await lead.heard()) == before

    await lead.presses("button_pass_praise")
    said = len(await resident.heard())
    world.clock.advance(timedelta(days=8))
    await world.tick()
    assert (await newest(world, resident)).status is TicketStatus.CLOSED_UNRATED
    assert len(await resident.heard()) == said
    await resident.does(ShowMine())
    chips = (await resident.last("my_matters")).buttons
    assert chips[0]["params"]["status"] == {"$text": "status_resolved_praise", "params": {}}


async def test_after_a_week_the_lead_is_reminded_and_the_writer_hears_of_no_delay(
    world: World, lead: Someone, worker: Someone, resident: Someone
) -> None:
    await praised(resident)
    await resident.presses("praised_chip")
    said = len(await resident.heard())

    world.clock.advance(timedelta(days=7, hours=1))
    await world.tick()
    await world.tick()

    assert (await lead.templates()).count("praise_waits") == 1
    assert len(await resident.heard()) == said


async def test_a_name_in_words_is_for_the_lead_to_find(
    world: World, lead: Someone, worker: Someone, resident: Someone
) -> None:
    other = await world.worker("小陈", Role.GWP, "G3")
    await praised(resident)
    await resident.answers("陈仔")

    await lead.presses("button_pass_praise")

    asked = await lead.last("praise_pass_to")
    assert "陈仔" in asked.text
    names = [button["params"].get("name") for button in asked.buttons]
    await lead.presses("button_transfer_to", nth=names.index("小陈"))
    assert "praise_for_you" in await other.templates()
    assert "praise_for_you" not in await worker.templates()
    await lead.presses("button_transfer_to", nth=names.index("小陈"))
    assert (await other.templates()).count("praise_for_you") == 1


async def test_another_matter_told_meanwhile_is_no_name(
    world: World, lead: Someone, worker: Someone, resident: Someone
) -> None:
    await praised(resident)

    await say(resident, "48栋路灯坏了", "PUB03")

    assert (await resident.templates())[-1] == "draft_card_N"
    assert await world.every_ticket() == []
    await resident.presses("button_submit")
    assert (await newest(world, resident)).category == "PUB03"
    waits = await resident.last("draft_waits")
    assert "扛米" in waits.text
    await resident.presses("button_go_on")
    assert (await resident.templates())[-1] == "ask_praised"


async def test_giving_the_praise_up_in_words_is_no_name(
    world: World, lead: Someone, worker: Someone, resident: Someone
) -> None:
    await praised(resident)

    await say(resident, "算了", kind=Chat, intent="other")
    await resident.presses("button_drop")

    assert await world.every_ticket() == []


async def test_a_role_said_in_words_is_as_good_as_its_button(
    world: World, lead: Someone, worker: Someone, resident: Someone
) -> None:
    office = await world.worker("物业小李", Role.PRM, "BL")
    await praised(resident, "物业修灯修得快")
    chips = (await resident.last("ask_praised")).buttons
    assert chips[0]["params"]["role"] == {"$role": "PRM"}
    await resident.answers("物业")

    await lead.presses("button_pass_praise")

    assert "praise_for_you" in await office.templates()
    assert "praise_for_you" not in await worker.templates()


async def test_praise_for_somebody_who_is_not_here_was_told_in_person(
    world: World, lead: Someone, resident: Someone
) -> None:
    await praised(resident, "门口扫地的阿姨特别好")
    await resident.answers("扫地阿姨")

    await lead.presses("button_pass_praise")
    await lead.presses("button_praise_said")

    assert "扫地阿姨" in (await resident.last("push_resolved_praise")).text


async def test_praise_for_everyone_reaches_everyone_but_its_writer(
    world: World, lead: Someone, worker: Someone, resident: Someone
) -> None:
    office = await world.worker("物业小李", Role.PRM, "BL")
    await praised(resident, "疫情那阵大家辛苦了")
    await resident.presses("button_praise_everyone")

    await lead.presses("button_pass_praise")
    await lead.presses("button_praise_to_all")

    for person in (office, worker, lead):
        assert (await person.templates()).count("praise_for_you") == 1
    assert "大家" in (await resident.last("push_resolved_praise")).text


async def test_the_writers_name_goes_with_it_only_when_they_want(
    world: World, lead: Someone, worker: Someone, resident: Someone
) -> None:
    await praised(resident)
    await resident.presses("praised_chip")
    await resident.presses("button_sign_praise")
    await resident.answers("45栋何姨")

    await lead.presses("button_pass_praise")

    assert "45栋何姨" in (await worker.last("praise_for_you_signed")).text


async def test_a_name_given_later_follows_the_praise(
    world: World, lead: Someone, worker: Someone, resident: Someone
) -> None:
    await praised(resident)
    await resident.presses("praised_chip")
    await lead.presses("button_pass_praise")

    await resident.presses("button_sign_praise")
    await resident.answers("这里写了一大段话，根本不是一个称呼，写了很长很长很长")
    assert "praise_signed" not in await worker.templates()
    await resident.answers("45栋何姨")

    assert "45栋何姨" in (await worker.last("praise_signed")).text


async def test_praise_does_not_tell_the_lead_in_which_building_the_writer_lives(
    world: World, lead: Someone, worker: Someone, resident: Someone
) -> None:
    await praised(resident)
    await resident.presses("praised_chip")

    ticket = await newest(world, resident)
    assert ticket.grid.endswith("G3")
    assert "BL-45" not in str(ticket.location) + ticket.area


async def test_a_photo_joins_the_praise_and_the_question_stands(
    world: World, lead: Someone, worker: Someone, resident: Someone
) -> None:
    await praised(resident)
    await resident.shows("flag")
    assert (await resident.templates())[-1] == "ask_praised_again"

    await resident.answers("阿梅")

    ticket = await newest(world, resident)
    async with world.reading() as uow:
        assert await uow.tickets.photos(TicketId(ticket.id or 0)) == ["flag"]


async def test_only_who_has_the_praise_passes_it_on_and_only_to_who_is_here(
    world: World, lead: Someone, worker: Someone, resident: Someone
) -> None:
    await praised(resident)
    await resident.presses("praised_chip")
    ticket = await newest(world, resident)

    await worker.does(PassPraise(ticket_id=ticket.id or 0, how="said"))
    await lead.does(PassPraise(ticket_id=ticket.id or 0, to=resident.id))

    assert (await worker.templates())[-1] == "error_not_allowed"
    assert (await lead.templates())[-1] == "error_out_of_date"
    assert (await world.ticket(ticket)).status is TicketStatus.DISPATCHED


async def test_the_same_chip_twice_is_one_praise(
    world: World, lead: Someone, worker: Someone, resident: Someone
) -> None:
    await praised(resident)
    await resident.presses("praised_chip")
    await resident.presses("praised_chip")

    assert (await resident.templates())[-1] == "error_out_of_date"
    assert len(await world.every_ticket()) == 1


# -- suggestions and opinions -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("nth", "outcome"), [(0, "采纳"), (1, "部分采纳"), (2, "暂不采纳")], ids=["yes", "partly", "no"]
)
async def test_a_suggestion_is_answered_with_a_verdict_and_a_reason(
    world: World, worker: Someone, resident: Someone, nth: int, outcome: str
) -> None:
    ticket = await world.filed(resident, "DEL04", "BL-45", "楼下加个快递柜")
    filed = await resident.last("ticket_filed_suggestion")
    assert "采不采纳" in filed.text
    await worker.presses("button_accept")

    await worker.presses("button_answer_suggestion")
    asked = await worker.last("ask_outcome")
    await worker.presses(asked.labels[nth])
    await worker.shows("plan")
    assert (await worker.templates())[-1] == "ask_outcome_reason"
    await worker.answers("北门有位置，下个月装两组")

    told = await resident.last("push_resolved_suggestion")
    assert f"：{outcome}。" in told.text
    assert "北门有位置" in told.text
    assert "办好" not in told.text
    assert told.photos == ["plan"]
    assert told.labels == ["button_satisfied_suggestion", "button_dissatisfied_suggestion"]
    await resident.presses("button_satisfied_suggestion")
    assert "thanks_suggestion" in await resident.templates()
    assert (await world.ticket(ticket)).status is TicketStatus.CLOSED_FIXED
    await resident.does(ShowTicket(ticket_id=ticket.id or 0))
    assert "已答复" in (await resident.heard())[-1].text


async def test_what_became_of_a_suggestion_is_one_tap_from_its_answer(
    world: World, worker: Someone, resident: Someone
) -> None:
    await world.filed(resident, "DEL04", "BL-45", "楼下加个快递柜")
    await worker.presses("button_accept")
    await worker.presses("button_answer_suggestion")
    await worker.presses("outcome_adopted")
    await worker.answers("下个月装")
    assert (await worker.last("suggestion_answered")).labels == ["button_changed"]

    world.clock.advance(timedelta(days=8))
    await world.tick()
    assert (await resident.last("push_lapsed_answered")).labels == ["button_say_more"]
    world.clock.advance(timedelta(days=60))
    await worker.presses("button_changed")
    await worker.answers("快递柜装好了")

    assert "快递柜装好了" in (await resident.last("push_changed_suggestion")).text


async def test_a_suggestion_can_be_taken_up_again(
    world: World, lead: Someone, worker: Someone, resident: Someone
) -> None:
    ticket = await world.filed(resident, "DEL04", "BL-45", "楼下加个快递柜")
    await worker.presses("button_accept")
    await worker.presses("button_answer_suggestion")
    await worker.presses("outcome_not_adopted")
    await worker.answers("没有位置")

    await resident.presses("button_dissatisfied_suggestion")
    assert (await resident.templates())[-1] == "remains_suggestion"
    await resident.answers("北门明明有")

    assert "again_suggestion" in await resident.templates()
    assert (await world.ticket(ticket)).assignee == lead.id


async def test_an_opinion_on_laws_says_to_whom_it_was_forwarded(
    world: World, resident: Someone
) -> None:
    deputy = await world.worker("联络站", Role.DEP, "LJ")
    ticket = await world.filed(resident, "DEL05", "", "电动车上楼应当立法禁止")
    assert "转到哪一级" in (await resident.last("ticket_filed_legislative")).text
    await deputy.presses("button_accept")

    await deputy.presses("button_forward")
    await deputy.presses("reason_level_city")
    await deputy.presses("reason_level_city")

    assert (await resident.templates()).count("push_forwarded") == 1
    assert "市人大" in (await resident.last("push_forwarded")).text
    assert (await world.ticket(ticket)).contacted_at is not None
    await deputy.presses("button_answer_suggestion")
    await deputy.presses("outcome_adopted")
    await deputy.answers("写进了新的消防条例")
    assert "采纳" in (await resident.last("push_resolved_legislative")).text


async def test_no_other_matter_is_forwarded_to_congress(
    world: World, worker: Someone, resident: Someone
) -> None:
    ticket = await world.filed(resident, "DEL04", "BL-45", "楼下加个快递柜")
    await worker.presses("button_accept")
    await worker.does(ForwardOpinion(ticket_id=ticket.id or 0, level="city"))

    assert (await worker.templates())[-1] == "error_out_of_date"
    assert "push_forwarded" not in await resident.templates()


# -- questions ----------------------------------------------------------------------------------


async def asks(resident: Someone, text: str = "办居住证要带什么") -> None:
    await say(resident, text, kind=AskQuestion, intent="faq")


async def test_a_question_nobody_can_answer_at_once_is_honestly_offered_to_a_person(
    world: World, worker: Someone, resident: Someone
) -> None:
    await asks(resident)
    said = await resident.last("no_answer_known")
    assert "没有确切的答案" in said.text
    assert said.labels == ["button_let_answer", "button_call_person"]

    await resident.presses("button_let_answer")
    await resident.presses("button_let_answer")

    assert (await resident.templates())[-1] == "error_out_of_date"
    assert len(await world.every_ticket()) == 1
    ticket = await newest(world, resident)
    assert (ticket.category, ticket.urgency) == ("OTH01", "Q")
    assert ticket.number in (await resident.last("ticket_filed_question")).text


async def test_the_answer_is_the_end_of_it_without_photo_or_place(
    world: World, lead: Someone, resident: Someone
) -> None:
    helper = await world.worker("阿欣", Role.GWF, "LJ")
    await asks(resident)
    await resident.presses("button_let_answer")

    await helper.presses("button_answer_question")
    assert "办居住证要带什么" in (await helper.last("ask_answer")).text
    await helper.shows("form")
    assert (await helper.templates())[-1] == "ask_answer_in_words"
    await helper.answers("带身份证、租房合同，到服务中心二楼")

    told = await resident.last("push_resolved_question")
    assert "带身份证" in told.text
    assert told.photos == ["form"]
    assert told.labels == ["button_satisfied_question", "button_dissatisfied_question"]
    assert "push_accepted" not in await resident.templates()
    ticket = await newest(world, resident)
    assert Verb.ACCEPT in await verbs(world, ticket)
    await resident.presses("button_satisfied_question")
    assert (await world.ticket(ticket)).status is TicketStatus.CLOSED_FIXED


async def test_a_question_not_answered_is_answered_again_one_level_up(
    world: World, lead: Someone, resident: Someone
) -> None:
    helper = await world.worker("阿欣", Role.GWF, "LJ")
    await asks(resident)
    await resident.presses("button_let_answer")
    await helper.presses("button_answer_question")
    await helper.answers("看网站")

    await resident.presses("button_dissatisfied_question")
    assert (await resident.templates())[-1] == "remains_question"
    await resident.answers("我是租房的")

    ticket = await newest(world, resident)
    assert ticket.assignee == lead.id
    assert "重新回答" in (await resident.last("again_question")).text
    await lead.presses("button_answer_question")
    await lead.answers("租房的带备案合同")
    assert "备案合同" in (await resident.last("push_resolved_question")).text


async def test_a_question_of_nobody_is_not_filed(world: World, resident: Someone) -> None:
    await resident.does(FileQuestion(inbox_id=987654))

    assert (await resident.templates())[-1] == "error_out_of_date"
    assert await world.every_ticket() == []


# -- not ours -----------------------------------------------------------------------------------


async def test_what_is_not_ours_can_be_looked_at_all_the_same(
    world: World, lead: Someone, resident: Someone
) -> None:
    await say(resident, "老板拖欠工资三个月", "OTH04")
    assert "12333" in (await resident.last("beyond_remit")).text

    await resident.presses("button_pass_on")

    ticket = await newest(world, resident)
    assert ticket.status is TicketStatus.TRIAGE
    told = await resident.last("ticket_filed_elsewhere")
    assert ticket.number in told.text
    assert "12333" in told.text


async def test_a_door_that_was_wrong_comes_back_to_a_person(
    world: World, lead: Someone, resident: Someone
) -> None:
    await say(resident, "老板拖欠工资三个月", "OTH04")
    await resident.presses("button_door_is_enough")
    assert await world.every_ticket() == []
    assert (await resident.last("door_taken")).labels == ["button_wrong_door"]
    world.clock.advance(timedelta(days=2))

    await resident.presses("button_wrong_door")
    await resident.answers("劳动监察说归社区管")

    ticket = await newest(world, resident)
    assert ticket.status is TicketStatus.TRIAGE
    words = (await world.timeline(ticket))[1].data["words"]
    assert "拖欠工资" in words
    assert "说归社区管" in words


async def test_danger_never_gets_a_door_instead_of_a_number(
    world: World, worker: Someone, resident: Someone
) -> None:
    await say(resident, "老板拖欠工资，厨房现在着火了", "OTH04")

    assert "beyond_remit" not in await resident.templates()
    assert any("119" in said.text for said in await resident.heard())
    assert (await newest(world, resident)).category == "SAF06"


async def test_the_way_back_needs_no_kept_message(world: World, lead: Someone) -> None:
    stranger = await world.resident()
    await stranger.does(DisputeDoor())
    await stranger.shows("paper")

    assert (await newest(world, stranger)).category == "OTH04"


# -- about staff, and needs ---------------------------------------------------------------------


async def test_a_complaint_about_staff_says_who_reads_it_and_never_that_it_goes_to_them(
    world: World, worker: Someone, resident: Someone
) -> None:
    supervisor = await world.worker("督查", Role.SUP, "LJ")
    await world.filed(resident, "OTH03", "", "网格员态度很差")

    filed = await resident.last("ticket_filed_staff")
    assert "督查员" in filed.text
    assert "不经过被说到的人" in filed.text
    assert await worker.templates() == []
    await supervisor.presses("button_accept")
    assert "正在查" in (await resident.last("push_accepted_staff")).text
    await supervisor.presses("button_resolve")
    await supervisor.answers("核实了，已当面批评，下周起换人")
    told = await resident.last("push_resolved_staff")
    assert "认可吗" in told.text
    assert told.labels == ["button_satisfied_staff", "button_dissatisfied_staff"]


async def test_a_need_is_met_not_mended(world: World, worker: Someone, resident: Someone) -> None:
    await say(resident, "孩子放学没人接", "SVC01")
    assert "对接" in (await resident.last("draft_card_need")).text
    await resident.presses("button_submit")
    assert "对接" in (await resident.last("ticket_filed_need")).text
    await worker.presses("button_accept")
    await worker.presses("button_resolve")
    await worker.answers("会所楼上有托管，周六去看")

    told = await resident.last("push_resolved_need")
    assert "对接上了吗" in told.text
    assert told.labels == ["button_satisfied_need", "button_dissatisfied_need"]
    await say(resident, "还行吧", kind=Rate, intent="rate")
    assert (await resident.last("verdict_need")).labels == told.labels
    await resident.presses("button_dissatisfied_need")
    assert "接着找" in (await resident.last("remains_need")).text


async def test_a_repair_keeps_its_plain_words(
    world: World, worker: Someone, resident: Someone
) -> None:
    await world.filed(resident, "NOI01", "BL-45", "楼上半夜练鼓")
    await worker.presses("button_accept")
    await worker.presses("button_resolve")
    await worker.answers("劝过了")

    assert (await resident.last("push_resolved")).labels == [
        "button_satisfied",
        "button_partly",
        "button_dissatisfied",
    ]
