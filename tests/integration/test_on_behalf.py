"""Somebody speaks for somebody else: with or without their consent, and how to reach them."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from actions.adapters.database.schema.matters import drafts, sealed_contacts
from actions.adapters.database.schema.messaging import inbox, messages, outbox
from actions.adapters.database.schema.records import audit
from actions.application.commands.intake import LetFollow, ShowContact
from actions.application.commands.telling import AskStatus, TakeText
from actions.domain.people import Role
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus
from tests.builders import Someone, World
from tests.talk import say

HANDRAIL = "BLD01"
PHONE = "13812345678"


@pytest.fixture
async def worker(world: World) -> Someone:
    return await world.worker("阿梅", Role.GWF, "G3", roster_key="gwf-3")


@pytest.fixture
async def son(world: World) -> Someone:
    return await world.resident("阿强")


async def only_ticket(world: World) -> Ticket:
    (number,) = await world.every_ticket()
    async with world.reading() as uow:
        return await uow.tickets.get(number)


async def types(world: World, someone: Someone, text: str) -> None:
    """Awaited words as they really arrive: kept in inbox and transcript first."""
    inbox_id = await world.arrives(someone, text)
    await world.run(TakeText(text=text), someone, inbox_id=inbox_id)


async def filed_for_mother(world: World, son: Someone) -> Ticket:
    await say(son, "帮我妈报一下,她家45栋三楼扶手松了", HANDRAIL)
    await son.presses("button_agreed_yes")
    await types(world, son, f"电话{PHONE},45栋302")
    await son.presses("button_submit")
    return await only_ticket(world)


async def test_a_grandmothers_matter_filed_by_her_son(
    world: World, worker: Someone, son: Someone
) -> None:
    await say(son, "帮我妈报一下,她家45栋三楼扶手松了", HANDRAIL)
    asked = await son.last("behalf_agreed")
    assert asked.labels == [
        "button_agreed_yes", "button_agreed_unasked", "button_agreed_cannot", "button_for_myself",
    ]  # fmt: skip
    await son.presses("button_agreed_yes")
    assert (await son.templates())[-1] == "behalf_contact"
    await types(world, son, f"电话{PHONE},45栋302")
    card = (await son.heard())[-1]
    assert card.lines["来处"] == "替人反映，本人同意"
    assert PHONE not in str(card.lines)
    await son.presses("button_submit")

    ticket = await only_ticket(world)
    assert ticket.number in (await son.last("ticket_filed_behalf")).text
    work = await worker.last("work_dispatched")
    assert work.lines["来处"] == "替人反映，本人同意"
    assert "联系本人" in work.lines
    assert "阿强" not in str(work)
    submit = (await world.timeline(ticket))[1]
    assert (submit.data["agreed"], submit.data["agreed_at"]) == (
        "yes", world.clock.now().isoformat(),
    )  # fmt: skip
    await worker.presses("button_accept")
    await worker.presses("button_more")
    await worker.presses("button_show_contact")
    assert PHONE in (await worker.last("contact_shown")).text
    await worker.presses("button_resolve")
    await worker.shows("fixed")
    assert "push_resolved" in await son.templates()

    granny = await world.resident("何婆婆")
    await say(granny, f"{ticket.number} 到哪一步了", kind=AskStatus, intent="status")
    assert (await granny.templates())[-1] == "behalf_asked"
    await son.presses("button_it_is_them")
    assert "behalf_followed" in await granny.templates()
    await say(granny, f"{ticket.number} 到哪一步了", kind=AskStatus, intent="status")
    assert (await granny.templates())[-1].startswith("ticket_standing")
    await son.presses("button_satisfied")
    assert (await world.ticket(ticket)).status is TicketStatus.CLOSED_FIXED
    assert "push_closed_fixed" in await granny.templates()


@pytest.mark.parametrize(
    ("chip", "line"),
    [
        ("button_agreed_unasked", "替人反映，没问过本人，上门别说是谁反映的"),
        ("button_agreed_cannot", "替人反映，不方便问本人，上门别说是谁反映的"),
    ],
)
async def test_without_consent_the_worker_is_told_not_to_say_who(
    world: World, worker: Someone, son: Someone, chip: str, line: str
) -> None:
    await say(son, "我替隔壁阿婆反映,45栋三楼扶手松了", HANDRAIL)

    await son.presses(chip)

    assert (await son.templates())[-1].startswith("draft_card")
    await son.presses("button_submit")
    assert (await worker.last("work_dispatched")).lines["来处"] == line
    await worker.presses("button_accept")
    await worker.does(ShowContact(ticket_id=(await only_ticket(world)).id or 0))
    assert (await worker.templates())[-1] == "contact_none"


async def test_agreed_pressed_twice_does_not_answer_how_to_reach_them(
    world: World, worker: Someone, son: Someone
) -> None:
    await say(son, "帮我妈报一下,她家45栋三楼扶手松了", HANDRAIL)
    await son.presses("button_agreed_yes")
    await son.presses("button_agreed_yes")
    assert (await son.templates())[-1] == "behalf_contact"

    await types(world, son, f"电话{PHONE}")
    assert (await son.templates())[-1].startswith("draft_card")
    await son.presses("button_agreed_yes")
    assert (await son.templates())[-1].startswith("draft_card")
    await son.presses("button_submit")

    assert "联系本人" in (await worker.last("work_dispatched")).lines


async def test_the_answer_may_be_words(world: World, son: Someone) -> None:
    await say(son, "我替隔壁阿婆反映,45栋三楼扶手松了", HANDRAIL)
    await say(son, "她昨天也差点摔了")
    assert (await son.templates())[-1] == "behalf_agreed"

    await say(son, "没问过她")

    card = (await son.heard())[-1]
    assert card.lines["来处"].startswith("替人反映，没问过")
    assert "差点摔" in card.lines["事情"]


async def test_a_button_on_the_card_says_that_it_is_for_somebody_else(
    world: World, son: Someone
) -> None:
    await say(son, "45栋三楼扶手松了", HANDRAIL)
    await son.presses("button_for_another")
    await son.presses("button_for_person")
    await son.presses("button_agreed_yes")
    await son.presses("button_no_contact")
    assert (await son.heard())[-1].lines["来处"] == "替人反映，本人同意"

    await son.presses("button_for_myself")

    card = (await son.heard())[-1]
    assert "来处" not in card.lines
    assert "button_for_another" in card.labels
    await son.presses("button_submit")
    assert (await only_ticket(world)).origin == ""


async def test_danger_waits_for_no_question(world: World, worker: Someone, son: Someone) -> None:
    emergencies = [code for code, each in world.community.categories.items() if each.urgency == "E"]
    await say(son, "我替隔壁阿婆反映,45栋三楼要塌了", emergencies[0])

    assert "behalf_agreed" not in await son.templates()


async def test_a_contact_is_nowhere_in_the_open(
    world: World, worker: Someone, son: Someone
) -> None:
    await filed_for_mother(world, son)

    async with world.database.read() as conn:
        kept = [
            str(tuple(row))
            for table in (inbox, messages, outbox, drafts, sealed_contacts)
            for row in await conn.execute(select(table))
        ]
    assert [row for row in kept if PHONE in row] == []


async def test_each_look_is_on_record_and_covered_after_an_hour(
    world: World, worker: Someone, son: Someone
) -> None:
    ticket = await filed_for_mother(world, son)
    await worker.presses("button_accept")
    await worker.does(ShowContact(ticket_id=ticket.id or 0))
    await worker.does(ShowContact(ticket_id=ticket.id or 0))

    async with world.database.read() as conn:
        looks = (await conn.execute(select(audit).where(audit.c.action == "contact"))).all()
    assert [(look.actor_id, look.object) for look in looks] == [
        (worker.id, f"ticket:{ticket.number}")
    ] * 2
    await world.tick()
    assert PHONE in (await worker.last("contact_shown")).text
    world.clock.advance(timedelta(hours=1))
    await world.tick()
    assert PHONE not in str(await worker.heard())
    await worker.does(ShowContact(ticket_id=ticket.id or 0))
    assert PHONE in (await worker.last("contact_shown")).text
    world.clock.advance(timedelta(hours=1))
    await world.tick()
    assert PHONE not in str(await worker.heard())


async def test_only_whoever_handles_it_or_left_it_sees_the_contact(
    world: World, worker: Someone, son: Someone
) -> None:
    ticket = await filed_for_mother(world, son)
    lead = await world.worker("林队", Role.GLD, "G3")
    stranger = await world.resident("路人")

    for someone in (lead, stranger):
        await someone.does(ShowContact(ticket_id=ticket.id or 0))
    assert (await lead.templates())[-1] == "error_not_allowed"
    assert (await stranger.templates())[-1] == "error_not_found"
    await son.does(ShowContact(ticket_id=ticket.id or 0))
    assert PHONE in (await son.last("contact_shown")).text
    assert "button_urge" in (await son.last("contact_shown")).labels
    await worker.presses("button_accept")
    await world.revoke(worker)
    await worker.does(ShowContact(ticket_id=ticket.id or 0))
    assert "contact_shown" not in await worker.templates()


async def test_a_number_alone_opens_nothing(world: World, worker: Someone, son: Someone) -> None:
    ticket = await filed_for_mother(world, son)
    curious = await world.resident("路人")
    for _ in range(3):
        await say(curious, f"{ticket.number} 怎么样了", kind=AskStatus, intent="status")
    assert (await son.templates()).count("behalf_is_it_them") == 1

    await son.presses("button_unknown")

    assert (await curious.templates())[-1] == "behalf_not_followed"
    async with world.reading() as uow:
        assert list(await uow.tickets.followers(ticket.id)) == [son.id]  # type: ignore[arg-type]
    await curious.does(LetFollow(ticket_id=ticket.id or 0, person_id=curious.id, is_known=True))
    assert (await curious.templates())[-1] == "error_not_found"


async def test_the_number_of_a_residents_own_matter_stays_closed(
    world: World, worker: Someone, son: Someone
) -> None:
    ticket = await world.filed(son, HANDRAIL, "BL-45")
    curious = await world.resident("路人")

    await say(curious, f"{ticket.number} 怎么样了", kind=AskStatus, intent="status")

    assert (await curious.templates())[-1] == "error_not_found"
    assert "behalf_is_it_them" not in await son.templates()


async def test_a_photo_where_the_contact_is_asked_goes_to_the_matter(
    world: World, worker: Someone, son: Someone
) -> None:
    await say(son, "帮我妈报一下,她家45栋三楼扶手松了", HANDRAIL)
    await son.presses("button_agreed_yes")

    await son.shows("rail")

    assert (await son.templates())[-1] == "contact_in_words"
    await types(world, son, "不留")
    await son.presses("button_submit")
    ticket = await only_ticket(world)
    async with world.reading() as uow:
        assert list(await uow.tickets.photos(ticket.id, "report")) == ["rail"]  # type: ignore[arg-type]
        assert not await uow.sealed_contacts.has(ticket.id)  # type: ignore[arg-type]


async def test_where_the_other_person_is_is_asked_not_where_the_filer_lives(
    world: World, son: Someone
) -> None:
    await say(son, "帮我妈报一下,扶手松了", HANDRAIL)
    assert (await son.templates())[-1] == "ask_place_of_another"

    await say(son, "我家楼下,45栋", HANDRAIL)

    async with world.reading() as uow:
        assert (await uow.people.get(son.id)).home == ""


async def test_a_worker_files_for_a_resident_as_well(world: World, worker: Someone) -> None:
    lead = await world.worker("林队", Role.GLD, "G3")
    await say(worker, "替45栋的何婆婆报,三楼扶手松了", HANDRAIL)
    await worker.presses("button_agreed_yes")
    await worker.presses("button_no_contact")
    await worker.presses("button_submit")

    ticket = await only_ticket(world)

    assert (ticket.origin, ticket.reporter) == ("behalf", worker.id)
    assert lead.id != ticket.reporter


async def test_a_contact_sealed_with_another_key_is_said_to_be_missing(
    world: World, worker: Someone, son: Someone
) -> None:
    ticket = await filed_for_mother(world, son)
    async with world.database.write() as conn:
        await conn.execute(update(sealed_contacts).values(sealed=b"x" * 40))
        await conn.commit()
    await worker.presses("button_accept")

    await worker.does(ShowContact(ticket_id=ticket.id or 0))

    assert (await worker.templates())[-1] == "contact_none"


async def test_let_in_twice_they_hear_it_once(world: World, worker: Someone, son: Someone) -> None:
    ticket = await filed_for_mother(world, son)
    granny = await world.resident("何婆婆")
    await say(granny, f"{ticket.number} 怎么样了", kind=AskStatus, intent="status")

    await son.presses("button_it_is_them")
    await son.presses("button_it_is_them")

    assert (await son.templates())[-1] == "error_out_of_date"
    assert (await granny.templates()).count("behalf_followed") == 1


async def test_giving_up_while_consent_is_asked_drops_the_matter(
    world: World, son: Someone
) -> None:
    await say(son, "我替隔壁阿婆反映,45栋三楼扶手松了", HANDRAIL)
    await say(son, "算了")
    assert (await son.templates())[-1] == "ask_drop_draft"

    await son.presses("button_drop")

    assert (await son.templates())[-1] == "draft_dropped"


async def test_who_a_matter_may_be_about_learns_nothing_from_its_number(
    world: World, worker: Someone, son: Someone
) -> None:
    """The same words as for a number that does not exist."""
    await say(son, "我替隔壁阿婆反映,45栋楼上半夜练鼓", "NOI01")
    await son.presses("button_agreed_yes")
    await son.presses("button_no_contact")
    await son.presses("button_submit")
    ticket = await only_ticket(world)
    drummer, granny = await world.resident("鼓手"), await world.resident("阿婆")

    for someone in (drummer, granny):
        await say(someone, f"{ticket.number} 怎么样了", kind=AskStatus, intent="status")
    await say(drummer, "LL-260302-0009-X 怎么样了", kind=AskStatus, intent="status")

    heard = [(said.template, said.text) for said in await drummer.heard()]
    assert {template for template, _ in heard} <= {"error_not_found", "no_matters"}
    assert (await son.templates()).count("behalf_is_it_them") == 2
    await son.presses("button_it_is_them")
    assert "behalf_followed" in await granny.templates()
    assert "behalf_followed" not in await drummer.templates()


async def test_what_is_left_concerns_the_same_person(
    world: World, worker: Someone, son: Someone
) -> None:
    first = await filed_for_mother(world, son)
    await worker.presses("button_accept")
    await worker.presses("button_resolve")
    await worker.shows("fixed")
    await son.presses("button_partly")
    await son.answers("二楼那段还松")

    rest = next(number for number in await world.every_ticket() if number != first.id)
    assert (await worker.last("work_dispatched")).lines["来处"] == "替人反映，本人同意"
    await worker.presses("button_accept")
    await worker.does(ShowContact(ticket_id=rest))
    assert PHONE in (await worker.last("contact_shown")).text
