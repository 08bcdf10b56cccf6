"""Matters on the page: each person sees what is theirs to see, and nothing tells what is not."""

from typing import Any

from actions.application.commands.deciding import MergeTicket
from actions.application.commands.following import UrgeTicket
from actions.application.commands.telling import TakeText
from actions.application.commands.waiting import AskToHold
from actions.application.commands.working import NoteProgress, ShareNote
from actions.domain.people import Role
from actions.domain.ticket import Ticket
from tests.integration.web_house import House, Visitor, new_id, problem_of

ITEM = {
    "number", "status", "status_text", "category", "category_text", "summary", "place", "urgency",
    "due_at", "clock", "countdown_to", "role", "filed_at", "unread",
}  # fmt: skip
WORDS = "楼上天天半夜练架子鼓,我住45栋301"


async def filed(house: House, by: Visitor, leaf: str = "NOI01", **more: Any) -> Ticket:
    return await house.world.filed(await by.someone(), leaf, "BL-45", WORDS, **more)


async def worker_of(house: House) -> Visitor:
    return await house.worker(Role.GWF, "G3", name="阿梅", roster_key="gwf-3")


async def follow(house: House, ticket: Ticket, who: Visitor) -> None:
    someone = await who.someone()
    async with house.world.reading() as uow:
        await uow.tickets.follow(ticket.id, someone.id, "me_too")
        await uow.commit()


async def test_my_matters_list_what_i_reported(house: House) -> None:
    visitor, other = await house.visitor(), await house.visitor()
    ticket = await filed(house, visitor)

    mine = (await visitor.read("/tickets"))["tickets"]

    assert [item["number"] for item in mine] == [ticket.number]
    assert set(mine[0]) == ITEM
    assert mine[0]["summary"]
    assert mine[0]["status_text"]
    assert (await other.read("/tickets"))["tickets"] == []


async def test_a_number_is_found_however_it_is_typed(house: House) -> None:
    visitor = await house.visitor()
    number = (await filed(house, visitor)).number

    for typed in (number, number.lower(), number.replace("-", ""), number.replace("-", " ")):
        found = await visitor.read(f"/tickets/{typed}")
        assert found["number"] == number
        assert set(found) == ITEM | {"timeline", "actions"}


async def test_somebody_elses_matter_looks_like_none(house: House) -> None:
    visitor, other = await house.visitor(), await house.visitor()
    elsewhere = await house.worker(Role.GWF, "G1", roster_key="gwf-1")
    resident_by_code = await house.worker(Role.RES, "BL")
    captain = await house.worker(Role.CAP, "BL-45")
    number = (await filed(house, visitor)).number

    for who in (other, elsewhere, resident_by_code, captain):
        foreign = await who.get(f"/tickets/{number}")
        absent = await who.get("/tickets/LL-260101-0001-V")
        seen, none = await foreign.json(), await absent.json()
        seen.pop("request_id"), none.pop("request_id")
        assert (foreign.status, seen) == (absent.status, none)
        assert await problem_of(foreign) == (404, "error_not_found")


async def test_hostile_numbers_are_not_found(house: House) -> None:
    visitor = await house.visitor()

    for text in ("%25_%25", "1' OR 1=1--", "9" * 4000, "..%2f..%2fetc", "LL-260302-0001-%00", "⑨"):
        answer = await visitor.get(f"/tickets/{text}")
        assert (await problem_of(answer))[0] == 404


async def test_guessing_numbers_gets_slow(house: House) -> None:
    visitor = await house.visitor()

    answers = [(await visitor.get("/tickets/LL-260101-0001-V")).status for _ in range(12)]

    assert answers == [404] * 10 + [429] * 2


async def test_the_record_shows_a_reporter_the_course_and_their_own_words(house: House) -> None:
    visitor = await house.visitor()
    worker = await worker_of(house)
    ticket = await filed(house, visitor)
    at_work, someone = await worker.someone(), await visitor.someone()
    await at_work.presses("button_accept")
    await someone.does(UrgeTicket(ticket_id=ticket.id))
    await at_work.does(NoteProgress(ticket_id=ticket.id))
    await at_work.does(TakeText(text="内部记一笔:住户情绪激动"))

    detail = await visitor.read(f"/tickets/{ticket.number}")

    told = "\n".join(step["text"] for step in detail["timeline"])
    assert WORDS in told
    assert "内部记一笔" not in told
    assert detail["timeline"][0]["by_role_text"] == "我"
    assert "阿梅" not in str(detail)
    assert {action["label"] for action in detail["actions"]} >= {
        house.world.wording.render("button_urge", {}, "zh-CN")
    }


async def test_a_shared_note_is_told_to_everyone_who_raised_the_matter(house: House) -> None:
    visitor, neighbour = await house.visitor(), await house.visitor()
    worker = await worker_of(house)
    ticket = await filed(house, visitor)
    await follow(house, ticket, neighbour)
    at_work = await worker.someone()
    await at_work.presses("button_accept")
    await at_work.does(NoteProgress(ticket_id=ticket.id))
    await at_work.does(TakeText(text="已经上门劝过"))
    note = [e for e in await house.world.timeline(ticket) if e.verb == "note"][-1]

    await at_work.does(ShareNote(ticket_id=ticket.id, seq=note.seq, share=True))

    for who in (visitor, neighbour):
        detail = await who.read(f"/tickets/{ticket.number}")
        assert "已经上门劝过" in "\n".join(step["text"] for step in detail["timeline"])


async def test_the_record_names_the_day_and_whose_yes_a_pause_had(house: House) -> None:
    visitor, worker = await house.visitor(), await worker_of(house)
    lead = await house.worker(Role.GLD, "LJ", name="老区")
    ticket = await filed(house, visitor)
    mei, boss = await worker.someone(), await lead.someone()
    await mei.presses("button_accept")
    await mei.presses("button_go_there")
    await mei.does(AskToHold(ticket_id=ticket.id or 0))
    await mei.answers("下周一")
    await mei.presses("reason_third_party")
    await boss.presses("button_approve")

    shown = await visitor.read(f"/tickets/{ticket.number}")

    texts = [line["text"] for line in shown["timeline"]]
    held = next(text for text in texts if "等第三方" in text)
    assert "3月9日" in held
    assert "网格长同意" in held
    assert not any("请示" in text for text in texts)


async def test_a_neighbour_who_joined_never_sees_the_reporters_words(house: House) -> None:
    visitor, neighbour = await house.visitor(), await house.visitor()
    ticket = await filed(house, visitor)
    await follow(house, ticket, neighbour)

    listed = await neighbour.read("/tickets")
    detail = await neighbour.read(f"/tickets/{ticket.number}")

    assert [item["number"] for item in listed["tickets"]] == [ticket.number]
    for seen in (listed, detail):
        assert "架子鼓" not in str(seen)
        assert "301" not in str(seen)


async def test_a_worker_sees_the_record_without_the_reporter(house: House) -> None:
    visitor = await house.visitor()
    worker = await worker_of(house)
    someone = await visitor.someone()
    async with house.world.reading() as uow:
        await uow.people.set_name(someone.id, "何秀英")
        await uow.commit()
    ticket = await filed(house, visitor)

    detail = await worker.read(f"/tickets/{ticket.number}")

    assert "架子鼓" in str(detail)
    assert "何秀英" not in str(detail)
    assert visitor.session["participant_id"] not in str(detail)


async def test_a_private_matter_is_open_to_few(house: House) -> None:
    visitor = await house.visitor()
    taker = await house.worker(Role.CMT, "LJ", roster_key="cmt-2")
    lead = await house.worker(Role.GLD, "LJ", roster_key="gld-1")
    worker = await worker_of(house)
    leaf = next(
        code
        for code, each in house.world.community.categories.items()
        if each.privacy in ("restricted", "private")
    )
    ticket = await filed(house, visitor, leaf)

    seen = [(await who.get(f"/tickets/{ticket.number}")).status for who in (visitor, lead, taker)]
    someone = await worker.someone()
    is_assignee = (await house.world.ticket(ticket)).assignee == someone.id

    assert seen == [200, 200, 200]
    assert (await worker.get(f"/tickets/{ticket.number}")).status == (200 if is_assignee else 404)


async def test_a_worker_finds_what_is_waiting_and_can_take_it_from_the_list(house: House) -> None:
    visitor = await house.visitor()
    worker = await worker_of(house)
    ticket = await filed(house, visitor)

    items = (await worker.read("/todo"))["items"]

    assert [item["number"] for item in items] == [ticket.number]
    assert set(items[0]) == ITEM | {"actions"}
    accept = items[0]["actions"][0]
    assert len(accept["action"]) <= 400
    await worker.sends({"action": accept["action"]})
    pressed = (await worker.messages())[-1]
    assert (pressed["direction"], pressed["text"]) == ("in", accept["label"])


async def test_an_action_of_the_list_works_for_its_reader_only(house: House) -> None:
    visitor = await house.visitor()
    worker = await worker_of(house)
    await filed(house, visitor)
    action = (await worker.read("/todo"))["items"][0]["actions"][0]["action"]
    kind, body, mac = action.split(".")

    for sender, token in (
        (visitor, action),
        (worker, f"{kind}.{body[:-4]}AAAA.{mac}"),
        (worker, f"{kind}.{body}.{mac[::-1]}"),
    ):
        answer = await sender.post("/messages", {"client_msg_id": new_id(), "action": token})
        assert await problem_of(answer) == (422, "error_out_of_date")


async def test_the_list_of_what_waits_is_empty_for_a_resident(house: House) -> None:
    visitor = await house.visitor()
    await filed(house, visitor)

    assert await visitor.read("/todo") == {"items": []}


async def test_a_worker_whose_role_ended_sees_nothing_any_more(house: House) -> None:
    visitor = await house.visitor()
    worker = await house.worker(Role.GLD, "LJ", roster_key="gld-1")
    ticket = await filed(house, visitor)
    assert (await worker.get(f"/tickets/{ticket.number}")).status == 200

    await house.world.revoke(await worker.someone())

    assert (await worker.get(f"/tickets/{ticket.number}")).status == 404
    assert await worker.read("/todo") == {"items": []}


async def test_news_of_a_matter_is_unread_until_it_was_fetched(house: House) -> None:
    visitor = await house.visitor()
    await filed(house, visitor)
    await house.deliver()

    before = (await visitor.read("/tickets"))["tickets"][0]["unread"]
    last = (await visitor.messages())[-1]["seq"]
    await visitor.messages(after=last)
    after = (await visitor.read("/tickets"))["tickets"][0]["unread"]

    assert (before, after) == (True, False)


async def test_a_merged_matter_keeps_its_number_and_shows_where_the_whole_stands(
    house: House,
) -> None:
    first, second = await house.visitor(), await house.visitor()
    await worker_of(house)
    lead = await house.worker(Role.GLD, "LJ")
    whole = await filed(house, first)
    merged = await filed(house, second, "OTH99")
    merge = MergeTicket(ticket_id=merged.id or 0, into=whole.id or 0, sure=True)
    await (await lead.someone()).does(merge)

    (mine,) = (await second.read("/tickets"))["tickets"]

    (theirs,) = (await first.read("/tickets"))["tickets"]
    assert (mine["number"], mine["status"]) == (merged.number, "merged")
    assert mine["status_text"] == theirs["status_text"]
    assert (await second.read(f"/tickets/{merged.number}"))["status"] == "merged"
    assert theirs["number"] == whole.number
