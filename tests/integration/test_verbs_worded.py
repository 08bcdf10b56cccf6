"""A worker does everything in chat, also by typing the verb instead of pressing it."""

import pytest

from actions.application.commands.intake import BeginRound
from actions.application.commands.telling import Chat, Rate
from actions.domain.people import Role
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb
from actions.domain.worker_words import WORDS, verb_worded
from tests.builders import LOCALES, Someone, World
from tests.talk import say


@pytest.fixture
async def worker(world: World) -> Someone:
    return await world.worker("阿梅", Role.GWF, "G3")


@pytest.fixture
async def reporter(world: World) -> Someone:
    return await world.resident("何姨", home="BL-45")


@pytest.fixture
async def ticket(world: World, worker: Someone, reporter: Someone) -> Ticket:
    return await world.filed(reporter, "NOI03", "BL-45", "楼下半夜唱歌")


@pytest.mark.parametrize("locale", LOCALES)
def test_every_verb_is_known_by_the_words_on_its_button(world: World, locale: str) -> None:
    for label in WORDS:
        assert verb_worded(world.wording.render(label, {}, locale)) == label


async def status(world: World, ticket: Ticket) -> str:
    return str((await world.ticket(ticket)).status)


@pytest.mark.parametrize("words", ["接单", "接單!", "I'll take it", "我接。"])
async def test_accept_may_be_typed(
    world: World, worker: Someone, ticket: Ticket, words: str
) -> None:
    await say(worker, words, kind=Chat, intent="affirm")

    assert await status(world, ticket) == TicketStatus.ACCEPTED
    assert (await worker.heard())[-1].template == "accepted"


async def test_settling_may_be_typed_and_asks_for_its_proof(
    world: World, worker: Someone, ticket: Ticket
) -> None:
    await say(worker, "接单")

    await say(worker, "办结", kind=Rate, intent="rate")
    assert (await worker.heard())[-1].template == "proof_note"
    await worker.answers("劝过了,以后十点收声")

    assert await status(world, ticket) == TicketStatus.RESOLVED


async def test_a_sentence_with_the_word_in_it_goes_on_the_record(
    world: World, worker: Someone, ticket: Ticket
) -> None:
    await say(worker, "接单")

    await say(worker, "物业说明天才能办结")

    assert await status(world, ticket) == TicketStatus.ACCEPTED
    assert (await world.timeline(ticket))[-1].verb is Verb.NOTE


async def test_of_two_tickets_a_word_chooses_none(
    world: World, worker: Someone, reporter: Someone, ticket: Ticket
) -> None:
    other = await world.filed(reporter, "NOI03", "BL-44", "球场外放音响")
    await say(worker, "我要看看", kind=Chat, intent="smalltalk")

    await say(worker, "接单", kind=Chat, intent="affirm")

    assert (await worker.heard())[-1].template == "todo"
    assert {await status(world, ticket), await status(world, other)} == {TicketStatus.DISPATCHED}


async def test_a_resident_who_types_such_a_word_presses_nothing(
    world: World, reporter: Someone, ticket: Ticket
) -> None:
    await say(reporter, "接单", kind=Chat, intent="other")

    assert await status(world, ticket) == TicketStatus.DISPATCHED


async def test_what_is_not_allowed_there_is_no_button_and_stays_a_note(
    world: World, worker: Someone, ticket: Ticket
) -> None:
    await say(worker, "接单")

    await say(worker, "不予受理")

    assert await status(world, ticket) == TicketStatus.ACCEPTED
    assert (await world.timeline(ticket))[-1].verb is Verb.NOTE


async def test_another_verb_typed_where_the_proof_is_wanted_is_no_proof(
    world: World, worker: Someone, ticket: Ticket
) -> None:
    await world.worker("大林", Role.GWF, "G3")
    await say(worker, "接单")
    await say(worker, "办结", kind=Rate, intent="rate")

    await worker.answers("转派")

    assert await status(world, ticket) == TicketStatus.ACCEPTED
    assert (await worker.heard())[-1].template == "transfer_to_whom"


async def test_the_same_verb_typed_again_is_no_proof_either(
    world: World, worker: Someone, reporter: Someone, ticket: Ticket
) -> None:
    await say(worker, "接单")
    await say(worker, "办结", kind=Rate, intent="rate")

    await worker.answers("办结")
    assert await status(world, ticket) == TicketStatus.ACCEPTED
    assert (await worker.heard())[-1].template == "proof_note"
    await worker.answers("劝过了,以后十点收声")

    assert (await world.timeline(ticket))[-1].reason == "劝过了,以后十点收声"
    assert await status(world, ticket) == TicketStatus.RESOLVED


async def test_words_before_the_photo_are_said_to_be_kept(world: World, reporter: Someone) -> None:
    office = await world.worker("白鹭物业", Role.PRM, "BL")
    lamp = await world.filed(reporter, "BLD04", "BL-45", "楼道灯不亮")
    await say(office, "接单")
    await office.presses("button_resolve")

    await office.answers("灯管换了")

    assert (await office.heard())[-1].template == "proof_photo_too"
    await office.shows("lamp")
    assert (await world.timeline(lamp))[-1].reason == "灯管换了"


async def test_a_verb_no_ticket_takes_now_is_answered_with_the_list(
    world: World, worker: Someone
) -> None:
    await say(worker, "办结", kind=Chat, intent="other")

    said = (await worker.heard())[-1]
    assert said.template == "verb_fits_nothing"
    assert said.labels == ["button_todo"]


async def test_at_the_desk_a_verb_is_about_the_ticket_just_shown(
    world: World, reporter: Someone
) -> None:
    committee = await world.worker("周主任", Role.CMT, "LJ")
    await world.filed(reporter, "OTH04", "BL-45", "工资三个月没发")
    assert (await committee.heard())[-1].template == "lead_triage"

    await say(committee, "不予受理", kind=Chat, intent="other")

    assert (await committee.heard())[-1].template == "decline_whose"


async def test_a_verb_is_nothing_the_captain_is_asked_to_look_for(
    world: World, worker: Someone, ticket: Ticket
) -> None:
    await world.worker("英姨", Role.CAP, "BL-45")
    await say(worker, "接单")
    await say(worker, "其他操作")
    await worker.presses("button_ask_captain")

    await worker.answers("问反映人")

    assert (await worker.heard())[-1].template == "relay_write_question"


async def test_a_verb_is_nothing_found_on_a_round(world: World, worker: Someone) -> None:
    await worker.does(BeginRound())

    await say(worker, "办结", kind=Chat, intent="other")

    assert (await worker.heard())[-1].template == "verb_fits_nothing"


async def test_a_photo_before_the_words_is_said_to_be_kept(
    world: World, worker: Someone, reporter: Someone, ticket: Ticket
) -> None:
    await say(worker, "接单")
    await say(worker, "办结", kind=Rate, intent="rate")

    await worker.shows("talk")

    assert (await worker.heard())[-1].template == "proof_note_too"
    await worker.answers("劝过了")
    assert (await reporter.last("push_resolved")).photos == ["talk"]


async def test_a_verb_that_does_not_fit_is_no_reason_to_give_it_back(
    world: World, worker: Someone, ticket: Ticket
) -> None:
    await world.worker("老区", Role.GLD, "LJ")
    await say(worker, "接单")
    await say(worker, "退单", kind=Chat, intent="other")
    assert (await worker.heard())[-1].template == "return_why"

    await worker.answers("接单")

    assert (await worker.heard())[-1].template == "verb_fits_nothing"
    assert await status(world, ticket) == TicketStatus.ACCEPTED
    await worker.answers("归物业管")
    assert (await world.timeline(ticket))[-1].reason == "归物业管"
