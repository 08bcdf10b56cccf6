"""More ways round: merged decoys, other numbers, bodies complained of, lists, calls and leaks.

As in `test_identity_never_reaches`, the singer is a resident like anybody; a firm, a lead or a
worker may be whom it is about.
"""

from datetime import timedelta

import pytest

from actions.application.commands.deciding import CorrectCategory, MergeTicket
from actions.application.commands.following import (
    AddToTicket,
    OnTicket,
    RateTicket,
    ReopenTicket,
    ShowTicket,
    UrgeTicket,
    WithdrawTicket,
)
from actions.application.commands.roads import SignPraise, TellChanged
from actions.application.commands.sharing import SplitTicket
from actions.application.commands.telling import AskStatus, Reopen, Urge, Withdraw
from actions.application.commands.working import (
    AcceptTicket,
    ShowOptions,
    ShowRecord,
    ShowTodo,
)
from actions.application.pressable import THEMES
from actions.domain.people import Role
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus
from tests.builders import Someone, World
from tests.integration.discreet import SUNG, knows_nothing, told
from tests.talk import say


@pytest.fixture
async def worker(world: World) -> Someone:
    return await world.worker("阿梅", Role.GWF, "G3", roster_key="gwf-3")


@pytest.fixture
async def lead(world: World, worker: Someone) -> Someone:
    return await world.worker("老区", Role.GLD, "LJ")


@pytest.fixture
async def reporter(world: World) -> Someone:
    return await world.resident("何姨", home="BL-45")


@pytest.fixture
async def singer(world: World) -> Someone:
    return await world.resident("陈姨", home="BL-45")


@pytest.fixture
async def sung(world: World, worker: Someone, reporter: Someone) -> Ticket:
    return await world.filed(reporter, "NOI01", "BL-45", SUNG, photos=["from-my-window"])


@pytest.fixture
async def decoy(world: World, lead: Someone, singer: Someone, sung: Ticket) -> Ticket:
    """What the singer told hours later, merged into what is about them."""
    world.clock.advance(timedelta(hours=3))
    ticket = await world.filed(singer, "OTH99", "BL-45", "45栋有人唱歌")
    await lead.does(MergeTicket(ticket_id=ticket.id or 0, into=sung.id or 0, sure=True))
    return await world.ticket(ticket)


# -- every command there is ------------------------------------------------------------------


def _on_a_ticket() -> list[type[OnTicket]]:
    found = {
        kind
        for theme in THEMES
        for kind in vars(theme).values()
        if isinstance(kind, type) and issubclass(kind, OnTicket) and kind is not OnTicket
    }
    return sorted(found, key=lambda kind: kind.__name__)


#: What some of them want beside the ticket.
_MORE: dict[str, dict[str, object]] = {
    "RateTicket": {"verdict": "satisfied"},
    "AlertDuty": {"consent": True},
    "TellSafety": {"where": "safe"},
    "ShareNote": {"seq": 1, "share": True},
    "LetFollow": {"person_id": 1, "is_known": True},
    "AnswerRecheck": {"answer": "kept", "asked": 1},
    "AnswerSuggestion": {"outcome": "adopted"},
    "ApproveProposal": {"seq": 1},
    "RefuseProposal": {"seq": 1},
}


@pytest.mark.parametrize("kind", _on_a_ticket(), ids=lambda kind: kind.__name__)
async def test_to_whom_it_is_not_open_it_does_not_exist_whatever_is_pressed(
    world: World, singer: Someone, sung: Ticket, kind: type[OnTicket]
) -> None:
    more = _MORE.get(kind.__name__, {})
    strangers = [singer] + [
        await world.worker("某人", role, area)
        for role, area in ((Role.PRM, "BL"), (Role.ADM, "RT"), (Role.CAP, "BL-45"))
    ]
    for stranger in strangers:
        await stranger.does(kind(ticket_id=sung.id or 0, **more))
        await stranger.does(kind(ticket_id=987654, **more))
        real, absent = (await stranger.heard())[-2:]
        assert (real.template, absent.template) == ("error_not_found", "error_not_found")
        assert real.row["content"] == absent.row["content"]


# -- a decoy merged in -----------------------------------------------------------------------


async def test_a_decoy_hears_its_own_number_whatever_is_pressed(
    singer: Someone, sung: Ticket, decoy: Ticket
) -> None:
    own = decoy.id or 0
    for pressed in (ShowTicket, UrgeTicket, ShowOptions, ReopenTicket, WithdrawTicket, AddToTicket):
        await singer.does(pressed(ticket_id=own))
    await singer.answers("又唱")
    for kind in (AskStatus, Urge, Withdraw, Reopen):
        await say(singer, f"{decoy.number} 怎么样了", kind=kind, intent="status")
        await say(singer, "怎么样了", kind=kind, intent="status")

    assert {"urged", "detail_added"} <= set(await singer.templates())
    await knows_nothing(singer, sung.number)


@pytest.mark.usefixtures("decoy")
async def test_a_decoy_hears_its_own_number_whatever_is_done(
    world: World, worker: Someone, reporter: Someone, singer: Someone, sung: Ticket
) -> None:
    await worker.does(AcceptTicket(ticket_id=sung.id or 0))
    await worker.presses("button_go_there")
    await worker.presses("button_promised")
    await worker.answers("答应了")
    await reporter.does(WithdrawTicket(ticket_id=sung.id or 0, confirmed=True))
    world.clock.advance(timedelta(days=7, minutes=1))
    await world.tick()
    await worker.presses("button_resolve")
    await worker.answers("谈好了")
    await worker.does(TellChanged(ticket_id=sung.id or 0))
    await worker.answers("贴了告示")

    assert {"recheck_ask", "push_resolved", "push_changed"} <= set(await singer.templates())
    await knows_nothing(singer, sung.number)
    assert sung.id not in [said.row["ticket_id"] for said in await singer.heard()]


async def test_the_number_of_the_whole_typed_in_by_who_was_merged_finds_nothing(
    singer: Someone, sung: Ticket, decoy: Ticket
) -> None:
    await say(singer, f"{sung.number} 怎么样了", kind=AskStatus, intent="status")

    assert (await singer.templates())[-1] == "error_not_found"


async def test_what_is_asked_of_the_reporter_is_not_with_the_news_to_others(
    world: World, worker: Someone, singer: Someone, sung: Ticket, decoy: Ticket
) -> None:
    await worker.does(AcceptTicket(ticket_id=sung.id or 0))
    await worker.presses("button_ask_reporter")
    await worker.answers("您家那边几点听得到？")

    assert "push_waiting_sealed" in await singer.templates()
    await knows_nothing(singer, "几点听得到", sung.number)


async def test_what_changed_later_names_the_month_in_which_one_spoke_oneself(
    world: World, lead: Someone, singer: Someone, sung: Ticket
) -> None:
    world.clock.advance(timedelta(days=40))
    late = await world.filed(singer, "OTH99", "BL-45", "45栋有人唱歌")
    await lead.does(MergeTicket(ticket_id=late.id or 0, into=sung.id or 0, sure=True))
    await lead.does(TellChanged(ticket_id=sung.id or 0))
    await lead.answers("贴了告示")

    assert "您4月反映" in (await singer.last("push_changed")).text


async def test_a_first_teller_into_whose_matter_the_real_one_was_merged_learns_of_nobody(
    world: World, worker: Someone, lead: Someone, reporter: Someone, singer: Someone
) -> None:
    first = await world.filed(singer, "NOI01", "BL-45", "45栋有人唱歌")
    real = await world.filed(reporter, "OTH99", "BL-45", SUNG, photos=["from-my-window"])
    await lead.does(MergeTicket(ticket_id=real.id or 0, into=first.id or 0, sure=True))
    await reporter.does(UrgeTicket(ticket_id=real.id or 0))
    await reporter.does(AddToTicket(ticket_id=real.id or 0))
    await reporter.answers("我家301，昨晚又唱")
    await worker.does(AcceptTicket(ticket_id=first.id or 0))
    await worker.presses("button_resolve")
    await worker.answers("谈好了")
    await singer.does(WithdrawTicket(ticket_id=first.id or 0, confirmed=True))

    assert (await world.ticket(real)).status is TicketStatus.MERGED
    await knows_nothing(singer, real.number, "户", "还有邻居")


async def test_whether_others_wait_is_not_said_to_who_takes_theirs_back(
    world: World, singer: Someone, worker: Someone
) -> None:
    said = []
    for others in (0, 1):
        ticket = await world.filed(singer, "NOI01", "BL-45", "45栋有人唱歌")
        for _ in range(others):
            await world.joins(await world.resident(), ticket)
        await singer.does(WithdrawTicket(ticket_id=ticket.id or 0, confirmed=True))
        said.append((await singer.templates())[-1])

    assert said == ["withdrawn_sealed", "withdrawn_sealed"]


# -- another kind, another body --------------------------------------------------------------


async def test_called_something_public_it_still_hides_who_spoke(
    world: World, worker: Someone, sung: Ticket
) -> None:
    firm = await world.worker("物业", Role.PRM, "BL")
    await worker.does(CorrectCategory(ticket_id=sung.id or 0, leaf="BLD04"))
    for command in (ShowRecord(ticket_id=sung.id or 0), ShowTodo()):
        await firm.does(command)
        await worker.does(command)

    now = await world.ticket(sung)
    assert (now.category, now.privacy) == ("BLD04", "sealed")
    assert (await firm.templates())[0] == "error_not_found"
    for someone in (firm, worker):
        await knows_nothing(someone)


async def test_what_was_only_unclear_is_as_open_as_its_kind(
    world: World, lead: Someone, reporter: Someone
) -> None:
    ticket = await world.filed(reporter, "OTH99", "BL-45", "那个又不亮了")
    await lead.does(CorrectCategory(ticket_id=ticket.id or 0, leaf="BLD04"))

    assert (await world.ticket(ticket)).privacy == "public"


async def test_a_complaint_about_the_firm_never_falls_to_the_firm(
    world: World, reporter: Someone
) -> None:
    firm = await world.worker("物业", Role.PRM, "BL")
    nobody_else = await world.filed(reporter, "PMC01", "BL-45", "前台小李骂我")
    committee = await world.worker("周主任", Role.CMT, "LJ")
    ticket = await world.filed(reporter, "PMC01", "BL-46", "前台小李骂我")
    await committee.presses("button_accept")
    await committee.presses("button_resolve")
    await committee.answers("谈了")
    await reporter.does(RateTicket(ticket_id=ticket.id or 0, verdict="dissatisfied"))
    await reporter.answers("还骂")

    for each in (nobody_else, ticket):
        assert (await world.ticket(each)).assignee != firm.id
    assert await firm.heard() == []


async def test_the_part_of_the_firm_complained_of_holds_the_words_of_the_lead_alone(
    world: World, reporter: Someone
) -> None:
    firm = await world.worker("物业", Role.PRM, "BL")
    committee = await world.worker("周主任", Role.CMT, "LJ")
    ticket = await world.filed(reporter, "PMC01", "BL-45", "乱收费，我住301", photos=["bill"])
    await committee.presses("button_accept")
    await committee.does(SplitTicket(ticket_id=ticket.id or 0, to=firm.id))
    await committee.answers("请说明电梯费怎么算")
    await firm.presses("button_accept")
    await firm.does(ShowTodo())
    await firm.does(ShowRecord(ticket_id=ticket.id or 0))

    assert "电梯费" in await told(firm)
    assert (await firm.templates())[-1] == "error_not_found"
    await knows_nothing(firm, "乱收费", "bill")


async def test_only_praise_is_signed(worker: Someone, reporter: Someone, sung: Ticket) -> None:
    await reporter.does(SignPraise(ticket_id=sung.id or 0))
    await worker.does(ShowRecord(ticket_id=sung.id or 0))

    assert (await reporter.templates())[-1] == "error_out_of_date"
