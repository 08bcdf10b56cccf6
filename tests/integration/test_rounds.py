"""A round of the neighbourhood: seen, settled or filed, and talked over at the end."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import insert

from actions.adapters.database.schema.people import role_grants
from actions.application.commands.intake import BeginRound, EndRound, FileFinding
from actions.application.commands.telling import AskStatus, Chat, RaiseEmergency
from actions.domain.emergency import EmergencyKind
from actions.domain.people import Role
from actions.domain.ticket_status import TicketStatus, Verb
from tests.builders import Someone, World
from tests.talk import say

HANDRAIL, LIGHT, EXIT, NOISE = "BLD01", "BLD04", "SAF01", "NOI01"


@pytest.fixture
async def lead(world: World) -> Someone:
    return await world.worker("林队", Role.GLD, "G3", roster_key="gld-3")


@pytest.fixture
async def worker(world: World, lead: Someone) -> Someone:
    return await world.worker("阿梅", Role.GWF, "G3", roster_key="gwf-3")


async def settled(worker: Someone, words: str, photo: str) -> None:
    await say(worker, words, LIGHT)
    await worker.shows(photo)
    await worker.presses("button_settled_on_spot")


async def test_a_patrol_of_six_findings_four_settled_on_the_spot(
    world: World, worker: Someone, lead: Someone
) -> None:
    await worker.does(BeginRound())
    for number, words in enumerate(("45栋大堂杂物", "44栋灯箱歪了", "46栋门口单车", "45栋积水"), 1):
        await settled(worker, words, f"done-{number}")
    await say(worker, "45栋三楼扶手松了", HANDRAIL)
    await worker.presses("button_file_finding")
    await say(worker, "46栋花坛有点空,种点什么", "GRN01")
    await worker.presses("button_note_finding")

    await worker.does(EndRound())

    over = await worker.last("round_over_undecided")
    assert "发现 6 处" in over.text
    assert "当场解决 4" in over.text
    assert "立案 1" in over.text
    assert "1 处没定" in over.text
    assert over.labels == ["button_file_noted", "button_drop_noted"]
    assert set(over.photos) == {"done-1", "done-2", "done-3", "done-4"}
    assert len(await world.every_ticket()) == 1
    heard = await lead.last("round_lead")
    assert "阿梅的巡查" in heard.text
    assert "发现 6 处" in heard.text
    assert [said.template for said in await lead.heard()].count("round_lead") == 1
    async with world.reading() as uow:
        number = (await uow.tickets.get((await world.every_ticket())[0])).number
    assert any(number in line for line in heard.lines.values())
    assert heard.lines["当场解决"] == "4. 45栋积水"


async def test_a_filed_finding_is_a_ticket_like_any_other_with_the_role_that_found_it(
    world: World, worker: Someone
) -> None:
    colleague = await world.worker("小陈", Role.PRM, "RT", roster_key="prm")
    await worker.does(BeginRound())

    await say(worker, "45栋三楼扶手松了", HANDRAIL)
    await worker.shows("before")
    await worker.presses("button_file_finding")

    filed = await worker.last("ticket_filed_found")
    async with world.reading() as uow:
        ticket = await uow.tickets.get((await world.every_ticket())[0])
        timeline = await uow.tickets.timeline(ticket.id)  # type: ignore[arg-type]
        photos = await uow.tickets.photos(ticket.id, "report")  # type: ignore[arg-type]
    assert ticket.number in filed.text
    assert (ticket.origin, ticket.category, ticket.area) == (
        "patrol", HANDRAIL, world.community.path("BL-45"),  # type: ignore[arg-type]
    )  # fmt: skip
    assert ticket.reporter == worker.id
    assert [entry.role for entry in timeline[:2]] == ["GWF", "GWF"]
    assert list(photos) == ["before"]
    card = await colleague.last("work_dispatched")
    assert card.lines["来处"] == "巡查发现 · 网格员"


async def test_photos_before_or_after_the_words_belong_together(worker: Someone) -> None:
    await worker.does(BeginRound())
    await worker.shows("first")
    await say(worker, "45栋消防门推不开", EXIT)
    await say(worker, "44栋大堂灯不亮", LIGHT)
    await worker.shows("second")

    cards = [said for said in await worker.heard() if said.template in ("finding", "finding_photo")]

    assert [(said.template, said.photos) for said in cards] == [
        ("finding_photo", ["first"]),
        ("finding", ["first"]),
        ("finding", []),
        ("finding", ["second"]),
    ]


async def test_a_photo_that_comes_much_later_is_another_finding(
    world: World, worker: Someone
) -> None:
    await worker.does(BeginRound())
    await say(worker, "45栋消防门推不开", EXIT)
    world.clock.advance(timedelta(minutes=20))

    await worker.shows("later")

    said = await worker.last("finding_photo")
    assert "第 2 处" in said.text


async def test_what_is_not_said_is_asked_by_the_same_questions_as_in_chat(
    world: World, worker: Someone
) -> None:
    await worker.does(BeginRound())
    await say(worker, "45栋大堂灯不亮", LIGHT)
    await say(worker, "扶手松了", HANDRAIL)

    await worker.presses("button_file_finding")

    asked = await worker.last("ask_place")
    assert asked.labels == ["place_chip"]
    await worker.presses("place_chip")
    await worker.presses("button_submit")
    async with world.reading() as uow:
        ticket = await uow.tickets.get((await world.every_ticket())[0])
    assert (ticket.origin, ticket.category) == ("patrol", HANDRAIL)


async def test_the_place_asked_for_is_no_finding(world: World, worker: Someone) -> None:
    await worker.does(BeginRound())
    await say(worker, "扶手松了", HANDRAIL)
    await worker.presses("button_file_finding")

    await say(worker, "45栋", "NOI01", share=0.1)

    assert (await worker.templates())[-1].startswith("draft_card")
    await worker.presses("button_submit")
    assert len(await world.every_ticket()) == 1


async def test_a_kind_nobody_is_sure_of_is_chosen_from_chips(worker: Someone) -> None:
    await worker.does(BeginRound())
    await say(worker, "45栋有个东西怪怪的", LIGHT, NOISE, share=0.2)

    await worker.presses("button_file_finding")

    assert (await worker.last("ask_category")).labels[:2] == ["category_chip", "category_chip"]


async def test_a_photo_alone_is_filed_once_it_is_said_what_it_shows(
    world: World, worker: Someone
) -> None:
    await worker.does(BeginRound())
    await worker.shows("what")
    await worker.presses("button_file_finding")
    assert (await worker.templates())[-1] == "finding_words_wanted"
    world.clock.advance(timedelta(minutes=30))

    await say(worker, "45栋三楼扶手松了", HANDRAIL)

    said = await worker.last("finding")
    assert said.labels[0] == "button_file_finding"
    await worker.presses("button_file_finding")
    assert len(await world.every_ticket()) == 1


async def test_block_three_is_the_one_where_the_round_is_made(world: World) -> None:
    worker = await world.worker("小张", Role.GWF, "G5")
    await worker.does(BeginRound())

    await say(worker, "3栋大堂灯不亮", LIGHT)
    await worker.presses("button_file_finding")

    async with world.reading() as uow:
        ticket = await uow.tickets.get((await world.every_ticket())[0])
    assert ticket.area == world.community.path("XT-3")  # type: ignore[arg-type]


async def test_several_things_in_one_message_are_several_findings(worker: Someone) -> None:
    await worker.does(BeginRound())

    await say(
        worker,
        "45栋灯不亮,46栋扶手松了",
        matters=(("45栋灯不亮", LIGHT), ("46栋扶手松了", HANDRAIL)),
    )

    assert (await worker.templates()).count("finding") == 2


async def test_a_settled_finding_needs_no_ticket_unless_wanted(
    world: World, worker: Someone
) -> None:
    await worker.does(BeginRound())
    await say(worker, "45栋三楼扶手松了", HANDRAIL)
    await worker.presses("button_settled_on_spot")
    assert (await worker.templates())[-1] == "finding_settled_without_photo"
    await worker.shows("proof")
    assert (await worker.templates())[-1] == "finding_proven"
    assert await world.every_ticket() == []

    await worker.presses("button_file_all_the_same")

    assert len(await world.every_ticket()) == 1


async def test_pressed_twice_or_late_it_happens_once(world: World, worker: Someone) -> None:
    await worker.does(BeginRound())
    await say(worker, "45栋三楼扶手松了", HANDRAIL)
    await worker.presses("button_file_finding")

    await worker.presses("button_file_finding")
    await worker.presses("button_drop_finding")
    await worker.presses("button_settled_on_spot")

    assert (await worker.templates())[-3:] == ["error_out_of_date"] * 3
    assert len(await world.every_ticket()) == 1


async def test_nobody_else_decides_about_a_finding(
    world: World, worker: Someone, lead: Someone
) -> None:
    await worker.does(BeginRound())
    await say(worker, "45栋三楼扶手松了", HANDRAIL)

    await lead.does(FileFinding(round_id=1, seq=1))

    assert (await lead.templates())[-1] == "error_not_allowed"
    assert await world.every_ticket() == []


async def test_a_resident_makes_no_rounds(world: World) -> None:
    resident = await world.resident("何姨")

    await resident.does(BeginRound())

    assert await resident.templates() == ["error_not_allowed"]
    await resident.does(EndRound())
    assert (await resident.last("round_none")).labels == []


async def test_questions_and_greetings_on_a_round_are_no_findings(worker: Someone) -> None:
    await worker.does(BeginRound())

    await say(worker, "谢谢", kind=Chat, intent="thanks")
    await say(worker, "我的事到哪一步了", kind=AskStatus, intent="status")

    assert "finding" not in await worker.templates()


async def test_words_on_a_ticket_just_taken_are_about_the_ticket(
    world: World, worker: Someone
) -> None:
    await worker.does(BeginRound())
    resident = await world.resident("何姨")
    ticket = await world.filed(resident, HANDRAIL, "BL-45")
    world.clock.advance(timedelta(minutes=1))
    await worker.presses("button_accept")

    await say(worker, "到了,先绑上")
    assert (await worker.templates())[-1] == "noted"
    world.clock.advance(timedelta(minutes=11))
    await say(worker, "44栋大堂灯不亮", LIGHT)

    assert (await worker.templates())[-1] == "finding"
    notes = [entry for entry in await world.timeline(ticket) if entry.verb is Verb.NOTE]
    assert [note.reason for note in notes] == ["到了,先绑上"]


async def test_what_is_being_worked_on_already_is_noted_on_its_record(
    world: World, worker: Someone
) -> None:
    resident = await world.resident("何姨")
    ticket = await world.filed(resident, HANDRAIL, "BL-45")
    await worker.presses("button_accept")
    world.clock.advance(timedelta(minutes=11))
    await worker.does(BeginRound())
    await say(worker, "45栋扶手还是松的", HANDRAIL)

    await worker.presses("button_file_finding")
    await worker.presses("button_same_matter")

    assert (await worker.templates())[-1] == "finding_added"
    assert len(await world.every_ticket()) == 1
    async with world.reading() as uow:
        assert list(await uow.tickets.followers(ticket.id)) == [resident.id]  # type: ignore[arg-type]
    await worker.does(EndRound())
    assert "立案 1" in (await worker.last("round_over")).text


async def test_a_round_nobody_ended_is_over_after_twelve_hours_and_once(
    world: World, worker: Someone, lead: Someone
) -> None:
    await worker.does(BeginRound())
    await say(worker, "45栋大堂灯不亮", LIGHT)
    world.clock.advance(timedelta(hours=11))
    await world.tick()
    assert "round_over_undecided" not in await worker.templates()

    world.clock.advance(timedelta(hours=2))
    await world.tick()
    await world.tick()

    assert (await worker.templates()).count("round_over_undecided") == 1
    assert (await lead.templates()).count("round_lead") == 1
    await worker.presses("button_file_noted")
    assert len(await world.every_ticket()) == 1


async def test_what_was_noted_is_dropped_with_one_tap(world: World, worker: Someone) -> None:
    await worker.does(BeginRound())
    await say(worker, "45栋大堂灯不亮", LIGHT)
    await worker.does(EndRound())

    await worker.presses("button_drop_noted")

    assert (await worker.templates())[-1] == "finding_dropped"
    await worker.presses("button_file_noted")
    assert (await worker.templates())[-1] == "error_out_of_date"
    assert await world.every_ticket() == []


async def test_a_second_round_is_not_begun_beside_the_first(worker: Someone) -> None:
    await worker.does(BeginRound())

    await worker.does(BeginRound(kind="visit"))

    assert (await worker.templates())[-1] == "round_running"


async def test_visits_are_filed_as_heard_at_a_door(world: World, worker: Someone) -> None:
    await worker.does(BeginRound(kind="visit"))
    await say(worker, "45栋402的婆婆说楼梯扶手松了", HANDRAIL)
    await worker.presses("button_file_finding")

    async with world.reading() as uow:
        ticket = await uow.tickets.get((await world.every_ticket())[0])
    assert ticket.origin == "visit"


async def test_whoever_found_and_settled_it_does_not_rate_it_a_lead_does(
    world: World, worker: Someone, lead: Someone
) -> None:
    await worker.does(BeginRound())
    await say(worker, "45栋三楼扶手松了", HANDRAIL)
    await worker.presses("button_file_finding")
    await worker.presses("button_accept")
    await worker.presses("button_resolve")
    await worker.shows("fixed")

    asked = await lead.last("confirm_own_work")
    assert asked.labels == ["button_satisfied", "button_partly", "button_dissatisfied"]
    assert "push_resolved" not in await worker.templates()
    async with world.reading() as uow:
        ticket = await uow.tickets.get((await world.every_ticket())[0])
    assert ticket.status is TicketStatus.RESOLVED
    await worker.alters(ticket, Verb.SATISFIED)
    assert (await worker.templates())[-1] == "error_not_allowed"
    await lead.presses("button_satisfied")
    assert (await world.ticket(ticket)).status is TicketStatus.CLOSED_FIXED
    assert "work_satisfied" in await worker.templates()


async def test_where_no_lead_is_there_silence_ends_it_unrated(world: World) -> None:
    alone = await world.worker("阿梅", Role.GWF, "G3")
    await alone.does(BeginRound())
    await say(alone, "45栋三楼扶手松了", HANDRAIL)
    await alone.presses("button_file_finding")
    await alone.presses("button_accept")
    await alone.presses("button_resolve")
    await alone.shows("fixed")

    world.clock.advance(timedelta(days=8))
    await world.tick()

    async with world.reading() as uow:
        ticket = await uow.tickets.get((await world.every_ticket())[0])
    assert ticket.status is TicketStatus.CLOSED_UNRATED


async def test_a_button_may_be_named_instead_of_pressed(world: World, worker: Someone) -> None:
    await worker.does(BeginRound())
    await say(worker, "45栋三楼扶手松了", HANDRAIL)

    await say(worker, "立案")

    assert len(await world.every_ticket()) == 1
    assert (await worker.templates()).count("finding") == 1


async def test_a_captain_goes_round_as_a_captain_and_the_grid_lead_hears_of_it(
    world: World, lead: Someone
) -> None:
    captain = await world.worker("梁楼长", Role.CAP, "BL-45")
    await captain.does(BeginRound())
    await say(captain, "45栋三楼扶手松了", HANDRAIL)
    await captain.presses("button_file_finding")
    await captain.does(EndRound())

    async with world.reading() as uow:
        (number,) = await world.every_ticket()
        timeline = await uow.tickets.timeline(number)
    assert [entry.role for entry in timeline[:2]] == ["CAP", "CAP"]
    summary = await lead.last("round_lead")
    assert "button_open_ticket" in summary.labels
    await lead.presses("button_open_ticket")
    assert (await lead.templates())[-1] == "record"


async def test_a_captain_on_a_round_means_their_own_building_unless_they_say_where(
    world: World,
) -> None:
    captain = await world.worker("梁楼长", Role.CAP, "BL-45")
    await captain.does(BeginRound())

    places = []
    for words in ("三楼堆了纸箱", "46栋门口堆了纸箱", "99栋门口堆了纸箱"):
        await say(captain, words, "SAN02")
        places.append((await captain.last("finding")).lines["地方"])

    assert places[0].startswith("45栋")
    assert places[1].startswith("46栋")
    assert "45栋" not in places[2]


async def test_a_photo_that_comes_while_the_place_is_asked_is_on_the_ticket(
    world: World, worker: Someone
) -> None:
    await worker.does(BeginRound())
    await say(worker, "扶手松了", HANDRAIL)
    await worker.presses("button_file_finding")
    await worker.shows("late")
    await say(worker, "45栋", share=0.1)
    await worker.presses("button_submit")

    async with world.reading() as uow:
        (number,) = await world.every_ticket()
        assert list(await uow.tickets.photos(number, "report")) == ["late"]


async def test_danger_on_a_round_is_alarmed_at_once_and_counted(
    world: World, worker: Someone
) -> None:
    await worker.does(BeginRound())
    await worker.does(RaiseEmergency(kind=EmergencyKind.named("fire"), text="45栋三楼着火了"))
    await worker.does(EndRound())

    (number,) = await world.every_ticket()
    async with world.reading() as uow:
        assert (await uow.tickets.get(number)).origin == "patrol"
    assert "立案 1" in (await worker.last("round_over")).text


async def test_who_has_lost_the_role_decides_nothing_any_more(
    world: World, worker: Someone
) -> None:
    await worker.does(BeginRound())
    await say(worker, "45栋三楼扶手松了", HANDRAIL)
    await world.revoke(worker)

    await worker.presses("button_file_finding")

    assert (await worker.templates())[-1] == "error_not_allowed"
    assert await world.every_ticket() == []


async def test_begun_twice_at_once_it_is_one_round(world: World, worker: Someone) -> None:
    await asyncio.gather(*(worker.does(BeginRound()) for _ in range(4)))

    assert sorted(await worker.templates()) == ["round_begun_patrol", *["round_running"] * 3]


async def test_more_photos_than_fit_are_said_to_be_left_out(world: World, worker: Someone) -> None:
    most = world.community.policy.max_photos
    await worker.does(BeginRound())
    await say(worker, "45栋三楼扶手松了", HANDRAIL)

    await worker.shows(*(f"photo-{index}" for index in range(most + 1)))

    assert "photos_left_out" in await worker.templates()
    assert len((await worker.last("finding")).photos) == most


async def test_the_role_that_counts_most_is_on_record(world: World) -> None:
    both = await world.worker("阿梅", Role.CAP, "BL-45")
    async with world.database.write() as conn:
        await conn.execute(
            insert(role_grants).values(
                person_id=both.id,
                role=Role.GWF.value,
                area=world.community.path("G3"),  # type: ignore[arg-type]
                granted_at=world.clock.now(),
                granted_by=0,
            )
        )
        await conn.commit()
    await both.does(BeginRound())
    await say(both, "45栋三楼扶手松了", HANDRAIL)
    await both.presses("button_file_finding")

    async with world.reading() as uow:
        (number,) = await world.every_ticket()
        timeline = await uow.tickets.timeline(number)
    assert (timeline[1].role, timeline[1].data["found_by"]) == ("GWF", "GWF")


async def test_a_neighbour_who_waits_for_it_is_asked_before_a_lead(
    world: World, worker: Someone, lead: Someone
) -> None:
    await worker.does(BeginRound())
    await say(worker, "45栋三楼扶手松了", HANDRAIL)
    await worker.presses("button_file_finding")
    async with world.reading() as uow:
        ticket = await uow.tickets.get((await world.every_ticket())[0])
    neighbour = await world.resident("何姨")
    await world.joins(neighbour, ticket)
    await worker.presses("button_accept")
    await worker.presses("button_resolve")
    await worker.shows("fixed")

    asked = await neighbour.last("push_resolved")
    assert "button_satisfied" in asked.labels
    assert "confirm_own_work" not in await lead.templates()
    await neighbour.presses("button_satisfied")
    assert (await world.ticket(ticket)).status is TicketStatus.CLOSED_FIXED
