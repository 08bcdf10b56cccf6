"""A letter on paper: typed in with its photo, answered through whoever typed it in."""

from datetime import timedelta

import pytest

from actions.application.commands.intake import ShowContact, TypeLetter
from actions.application.commands.telling import AskQuestion, AskStatus, TakeText
from actions.domain.people import Role
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb
from tests.builders import Someone, World
from tests.talk import say

HANDRAIL = "BLD01"
LETTER = "尊敬的居委会:45栋三楼楼梯扶手松了,老人上下楼很怕,盼早日修好"
PHONE = "13812345678"


@pytest.fixture
async def clerk(world: World) -> Someone:
    return await world.worker("小周", Role.CMT, "LJ")


@pytest.fixture
async def worker(world: World) -> Someone:
    return await world.worker("阿梅", Role.GWF, "G3", roster_key="gwf-3")


async def typed_in(world: World, clerk: Someone, *, contact: str = PHONE) -> Ticket:
    await clerk.does(TypeLetter())
    await clerk.shows("letter")
    await say(clerk, LETTER, HANDRAIL)
    if contact:
        await clerk.does(TakeText(text=contact))
    else:
        await clerk.presses("button_no_contact")
    await clerk.presses("button_submit")
    (number,) = await world.every_ticket()
    async with world.reading() as uow:
        return await uow.tickets.get(number)


async def test_a_letter_is_filed_with_its_photo_and_words_for_the_slip(
    world: World, clerk: Someone, worker: Someone
) -> None:
    ticket = await typed_in(world, clerk)

    assert (ticket.origin, ticket.reporter) == ("paper", clerk.id)
    slip = (await clerk.last("ticket_filed_paper")).text
    assert "回条" in slip
    assert slip.count(ticket.number) == 2
    async with world.reading() as uow:
        assert list(await uow.tickets.photos(ticket.id, "report")) == ["letter"]  # type: ignore[arg-type]
    work = await worker.last("work_dispatched")
    assert work.lines["来处"] == "来信录入 · 居委会"
    assert "联系本人" in work.lines


async def test_words_first_and_the_photo_after_will_do(world: World, clerk: Someone) -> None:
    await clerk.does(TypeLetter())
    await say(clerk, LETTER, HANDRAIL)

    await clerk.shows("letter")

    assert (await clerk.templates())[-1] == "contact_in_words"
    await clerk.presses("button_no_contact")
    assert (await clerk.heard())[-1].photos == ["letter"]


async def test_the_answer_goes_to_whoever_typed_it_in_to_be_passed_on(
    world: World, clerk: Someone, worker: Someone
) -> None:
    ticket = await typed_in(world, clerk)
    await worker.presses("button_accept")
    assert "转告" in (await clerk.last("paper_news")).text
    await worker.presses("button_resolve")
    await worker.shows("fixed")

    told = await clerk.last("paper_resolved")
    assert ticket.number in told.text
    assert "请转告" in told.text
    assert told.labels[:3] == ["button_satisfied", "button_partly", "button_dissatisfied"]
    assert told.labels[3] == "button_show_contact"
    await clerk.presses("button_show_contact")
    assert PHONE in (await clerk.last("contact_shown")).text
    await clerk.presses("button_satisfied")

    assert (await world.ticket(ticket)).status is TicketStatus.CLOSED_FIXED
    last = (await world.timeline(ticket))[-1]
    assert (last.verb, last.data["relayed"]) == (Verb.SATISFIED, True)
    assert "写信人的话" in (await worker.last("paper_verdict")).text


async def test_dissatisfied_words_are_marked_as_the_writers(
    world: World, clerk: Someone, worker: Someone
) -> None:
    ticket = await typed_in(world, clerk)
    await worker.presses("button_accept")
    await worker.presses("button_resolve")
    await worker.shows("fixed")

    await clerk.presses("button_dissatisfied")
    await clerk.answers("写信人说二楼还晃")

    entry = next(e for e in await world.timeline(ticket) if e.verb is Verb.DISSATISFIED)
    assert (entry.reason, entry.data["relayed"]) == ("写信人说二楼还晃", True)


async def test_nobody_passes_it_on_and_it_lapses_unrated(
    world: World, clerk: Someone, worker: Someone
) -> None:
    ticket = await typed_in(world, clerk, contact="")
    await worker.presses("button_accept")
    await worker.presses("button_resolve")
    await worker.shows("fixed")
    assert "button_show_contact" not in (await clerk.last("paper_resolved")).labels

    world.clock.advance(timedelta(days=8))
    await world.tick()

    assert (await world.ticket(ticket)).status is TicketStatus.CLOSED_UNRATED


async def test_a_letter_that_asks_is_still_the_letter(clerk: Someone) -> None:
    await clerk.does(TypeLetter())

    await say(
        clerk, "请问45栋三楼的扶手什么时候能修好?", HANDRAIL, kind=AskQuestion, intent="question"
    )

    assert (await clerk.templates())[-1] == "letter_contact"


async def test_a_short_question_in_between_is_a_question(clerk: Someone) -> None:
    await clerk.does(TypeLetter())

    await say(clerk, "我的事怎么样了", kind=AskStatus, intent="status")

    assert "letter_contact" not in await clerk.templates()


async def test_a_letter_without_any_understanding_asks_what_kind_it_is(clerk: Someone) -> None:
    await clerk.does(TypeLetter())
    await clerk.answers("45栋三楼楼梯扶手松了")

    assert (await clerk.templates())[-1] == "ask_category"


async def test_the_writer_comes_with_the_slip(
    world: World, clerk: Someone, worker: Someone
) -> None:
    ticket = await typed_in(world, clerk)
    writer = await world.resident("写信的人")

    await say(writer, f"我来问 {ticket.number}", kind=AskStatus, intent="status")
    await clerk.presses("button_it_is_them")

    assert "behalf_followed" in await writer.templates()
    await worker.presses("button_accept")
    assert "push_accepted" in await writer.templates()


async def test_residents_type_in_no_letters(world: World) -> None:
    resident = await world.resident("何姨")

    await resident.does(TypeLetter())

    assert await resident.templates() == ["error_not_allowed"]


async def test_many_letters_are_not_too_many(world: World, clerk: Someone) -> None:
    for index in range(world.community.policy.max_open_tickets + 1):
        await clerk.does(TypeLetter())
        await say(clerk, f"45栋三楼楼梯扶手松了,第{index}封信", HANDRAIL)
        await clerk.presses("button_no_contact")
        await clerk.presses("button_submit")

    assert len(await world.every_ticket()) == world.community.policy.max_open_tickets + 1


async def test_whoever_typed_it_in_and_settled_it_does_not_rate_it(world: World) -> None:
    lead = await world.worker("林队", Role.GLD, "G3")
    both = await world.worker("阿梅", Role.GWF, "G3", roster_key="gwf-3")
    ticket = await typed_in(world, both)
    await both.presses("button_accept")
    await both.presses("button_resolve")
    await both.shows("fixed")

    assert "confirm_own_work" in await lead.templates()
    assert "paper_resolved" not in await both.templates()
    await both.does(ShowContact(ticket_id=ticket.id or 0))
    assert PHONE in (await both.last("contact_shown")).text


async def test_a_letter_given_up_is_none(world: World, clerk: Someone) -> None:
    await clerk.does(TypeLetter())

    await say(clerk, "算了")

    assert (await clerk.templates())[-1] == "never_mind"
    await say(clerk, "45栋三楼扶手松了", HANDRAIL)
    await clerk.presses("button_submit")
    async with world.reading() as uow:
        (number,) = await world.every_ticket()
        assert (await uow.tickets.get(number)).origin == ""


async def test_whoever_loses_the_role_before_the_words_tells_a_matter_of_their_own(
    world: World, clerk: Someone, worker: Someone
) -> None:
    await clerk.does(TypeLetter())
    await world.revoke(clerk)
    await say(clerk, LETTER, HANDRAIL)
    await clerk.presses("button_submit")

    (number,) = await world.every_ticket()
    async with world.reading() as uow:
        ticket = await uow.tickets.get(number)
    assert ticket.origin == ""
    assert "letter_contact" not in await clerk.templates()
    assert "来处" not in (await worker.last("work_dispatched")).lines


async def test_whoever_loses_the_role_before_the_photo_is_refused(
    world: World, clerk: Someone
) -> None:
    await clerk.does(TypeLetter())
    await world.revoke(clerk)
    await clerk.shows("letter")

    assert (await clerk.templates())[-1] == "error_not_allowed"


async def test_whoever_loses_the_role_before_it_is_filed_files_no_letter(
    world: World, clerk: Someone, worker: Someone
) -> None:
    await clerk.does(TypeLetter())
    await say(clerk, LETTER, HANDRAIL)
    await clerk.does(TakeText(text=PHONE))
    await world.revoke(clerk)
    await clerk.presses("button_submit")

    (number,) = await world.every_ticket()
    async with world.reading() as uow:
        ticket = await uow.tickets.get(number)
        assert not await uow.sealed_contacts.has(number)
    assert (ticket.origin, (await world.timeline(ticket))[0].role) == ("", "RES")
    assert "ticket_filed_paper" not in await clerk.templates()
    assert "联系本人" not in (await worker.last("work_dispatched")).lines
