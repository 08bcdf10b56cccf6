"""My data: I can take it along, and when I say so, it is gone from everywhere."""

import asyncio
import gzip
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, inspect, select, update

from actions.adapters.database.audit import BEGINNING, row_hash
from actions.adapters.database.doctor import SqlDoctor
from actions.adapters.database.schema.base import metadata
from actions.adapters.database.schema.matters import findings, rounds, sealed_contacts
from actions.adapters.database.schema.people import (
    channel_addresses,
    people,
    sealed_identities,
)
from actions.adapters.database.schema.records import audit
from actions.application.arrivals import Arrival
from actions.application.commands.deciding import CorrectPlace, MergeTicket
from actions.application.commands.following import AddToTicket, RequestCallback
from actions.application.commands.telling import TakeText
from actions.application.commands.waiting import AskToHold, HandOutTicket
from actions.application.commands.working import (
    AskReporter,
    NoteProgress,
    ReturnTicket,
    StartTicket,
)
from actions.bootstrap import sqlite_file
from actions.domain.errors import NotFound
from actions.domain.identifiers import TicketId
from actions.domain.people import Role
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb
from tests.integration.web_house import House, Visitor, jpeg, problem_of

#: One canary for every place a person leaves something; none is a part of another.
SAID = "金丝雀甲在这里说了一句谁也不会说的话"
FILED = "金丝雀乙报修:三楼扶手松了,差点摔着人"
ADDED = "金丝雀丙补充:晚上七点以后在家"
PLACE = "金丝雀丁六栋九零四"
NAME = "金丝雀戊何秀英"
OPENID = "canary-openid-77aa"
SEALED = b"canary-sealed-88bb"
ENDPOINT = "https://push.example/canary-endpoint-99cc"
DRAFTED = "金丝雀己还没报完的一半"
FIRM = "金丝雀庚五金店"
FOUND = "金丝雀辛巡查时看到的"
CONTACT = b"canary-contact-66dd"
CANARIES = (
    *(SAID, FILED, ADDED, PLACE, NAME, OPENID, SEALED.decode(), ENDPOINT, DRAFTED, FIRM, FOUND),
    CONTACT.decode(),
)


class Canary:
    """A resident who left something in every place there is."""

    def __init__(self, visitor: Visitor, ticket: Ticket, worker: Visitor, photo: str) -> None:
        self.visitor = visitor
        self.ticket = ticket
        self.worker = worker
        self.photo = photo


@pytest.fixture
async def canary(house: House) -> Canary:
    worker = await house.worker(Role.GWF, "G3", name="阿梅", roster_key="gwf-3")
    visitor = await house.visitor()
    someone = await visitor.someone()
    await _be_known(house, someone.id)
    await visitor.says(SAID)
    await visitor.sends({"location": {"lat": 22.5901, "lon": 113.091, "label": PLACE}})
    photo = await visitor.photo(jpeg((300, 200)))
    await visitor.sends({"attachments": [photo]})
    ticket = await house.world.filed(someone, "BLD01", "BL-45", FILED)
    await _attach(house, ticket, photo, someone.id)
    await _go_round(house, ticket, photo, someone.id)
    await someone.does(AddToTicket(ticket_id=ticket.id))
    await someone.does(TakeText(text=ADDED))
    at_work = await worker.someone()
    await at_work.presses("button_accept")
    await at_work.does(NoteProgress(ticket_id=ticket.id))
    await at_work.does(TakeText(text=f"住户说:{ADDED}"))
    await someone.writes(DRAFTED)
    await visitor.post("/consent", {"version": "2026-11"})
    keys = {"p256dh": "canary-p256dh", "auth": "canary-auth"}
    answer = await visitor.post("/push-subscriptions", {"endpoint": ENDPOINT, "keys": keys})
    assert answer.status == 201
    await house.deliver()
    return Canary(visitor, ticket, worker, photo)


async def _be_known(house: House, person_id: int) -> None:
    now = house.world.clock.now()
    async with house.world.database.write() as conn:
        await conn.execute(update(people).where(people.c.id == person_id).values(display_name=NAME))
        await conn.execute(
            insert(channel_addresses).values(
                channel="wechat",
                account="main",
                external_id=OPENID,
                person_id=person_id,
                created_at=now,
            )
        )
        await conn.execute(
            insert(sealed_identities).values(person_id=person_id, sealed=SEALED, updated_at=now)
        )
        await conn.commit()


async def _go_round(house: House, ticket: Ticket, photo: str, person_id: int) -> None:
    """As somebody who goes round, speaks for a firm and files for others leaves it."""
    now = house.world.clock.now()
    async with house.world.database.write() as conn:
        of_firm = update(people).where(people.c.id == person_id).values(organisation=FIRM)
        await conn.execute(of_firm)
        added = insert(rounds).values(person_id=person_id, kind="patrol", begun_at=now)
        number = (await conn.execute(added.returning(rounds.c.id))).scalar_one()
        await conn.execute(
            insert(findings).values(
                round_id=number,
                seq=1,
                words=FOUND,
                photos=[photo],
                heard={},
                at=now,
                touched_at=now,
            )
        )
        await conn.execute(
            insert(sealed_contacts).values(
                ticket_id=ticket.id, sealed=CONTACT, by_id=person_id, at=now
            )
        )
        await conn.commit()


async def _attach(house: House, ticket: Ticket, photo: str, person_id: Any) -> None:
    async with house.world.reading() as uow:
        await uow.tickets.attach(ticket.id, [photo], "report", person_id)
        await uow.commit()


async def erase(visitor: Visitor) -> None:
    asked = await visitor.delete("/me")
    assert asked.status == 202
    answer = await visitor.delete("/me", await asked.json())
    assert answer.status == 200, await answer.text()


async def dump(house: House) -> str:
    """Every value of every table the database really has."""
    async with house.world.database.read() as conn:
        names = await conn.run_sync(lambda sync: inspect(sync).get_table_names())
        assert set(names) - {"alembic_version"} == set(metadata.tables)
        found = []
        for table in metadata.sorted_tables:
            found += [
                f"{table.name}: {dict(row)!r}"
                for row in (await conn.execute(select(table))).mappings()
            ]
    return "\n".join(found)


@pytest.fixture
def folders(store_url: str, tmp_path: Path) -> list[Path]:
    """Where files of this test lie: photos, and a database that is a file with its log."""
    file = sqlite_file(store_url)
    return [tmp_path, file.parent] if file else [tmp_path]


def on_disk(folders: list[Path]) -> list[tuple[str, str]]:
    """Canaries in the raw files: the database, its log, the photos."""
    found = []
    for path in [path for folder in folders for path in folder.rglob("*")]:
        if path.is_file():
            raw = path.read_bytes()
            for canary in CANARIES:
                shapes = (
                    canary.encode(),
                    canary.encode("unicode_escape"),
                    canary.encode("utf-16-le"),
                )
                if any(shape in raw for shape in shapes):
                    found.append((path.name, canary))
    return found


async def test_what_is_to_be_erased_was_there(
    house: House, canary: Canary, folders: list[Path]
) -> None:
    """A negative test must be able to fail."""
    kept = await dump(house)
    if house.world.database.is_sqlite:
        assert {each for _, each in on_disk(folders)} == set(CANARIES)

    assert [each for each in CANARIES if each not in kept] == []
    assert canary.visitor.session["participant_id"] in kept


async def test_an_erased_person_is_nowhere_any_more(
    house: House, canary: Canary, folders: list[Path]
) -> None:
    await erase(canary.visitor)

    kept = await dump(house)
    assert [each for each in CANARIES if each in kept] == []
    assert canary.visitor.session["participant_id"] not in kept
    assert "canary" not in kept
    assert on_disk(folders) == []
    assert [path for path in house.media.rglob("*") if path.is_file()] == []


async def test_no_six_letters_of_what_was_said_remain_together(
    house: House, canary: Canary
) -> None:
    await erase(canary.visitor)

    kept = await dump(house)

    said = [re.sub(r"\W", "", each) for each in (SAID, FILED, ADDED, DRAFTED)]
    assert [run for each in said for run in _runs(each) if run in kept] == []


def _runs(text: str) -> list[str]:
    return [text[start : start + 6] for start in range(len(text) - 5)]


async def test_the_matter_goes_on_without_the_person(house: House, canary: Canary) -> None:
    neighbour = await house.visitor()
    someone = await neighbour.someone()
    async with house.world.reading() as uow:
        await uow.tickets.follow(canary.ticket.id, someone.id, "me_too")
        await uow.commit()

    await erase(canary.visitor)

    after = await house.world.ticket(canary.ticket)
    assert (after.number, after.status) == (canary.ticket.number, "accepted")
    assert after.reporter is None
    folded = Ticket.fold(await house.world.timeline(canary.ticket))
    assert (folded.status, folded.reporter, folded.summary, folded.location) == (
        after.status, None, after.summary, after.location
    )  # fmt: skip
    at_work = await canary.worker.someone()
    await at_work.presses("button_go_there")
    assert (await house.world.ticket(canary.ticket)).status == "in_progress"
    detail = await canary.worker.read(f"/tickets/{canary.ticket.number}")
    assert detail["timeline"]
    assert [each["number"] for each in (await neighbour.read("/tickets"))["tickets"]] == [
        canary.ticket.number
    ]


async def test_a_question_does_not_wait_for_somebody_who_is_gone(
    house: House, canary: Canary
) -> None:
    at_work = await canary.worker.someone()
    await at_work.does(AskReporter(ticket_id=canary.ticket.id or 0))
    await at_work.does(TakeText(text="几楼？"))
    assert (await house.world.ticket(canary.ticket)).status == "needs_info"

    await erase(canary.visitor)

    assert (await house.world.ticket(canary.ticket)).status == "accepted"
    assert (await at_work.templates())[-1] == "relay_nobody_answers"


async def test_what_the_duty_desk_was_told_of_a_caller_goes_as_well(house: House) -> None:
    """Also of somebody who never raised a matter."""
    worker = await house.worker(Role.GWF, "G3", name="阿梅", roster_key="gwf-3")
    visitor = await house.visitor()
    await visitor.says(SAID)
    await (await visitor.someone()).does(RequestCallback())
    await house.deliver()
    await (await worker.someone()).presses("button_take_callback")
    await house.deliver()
    assert (await dump(house)).count(SAID) > 1

    await erase(visitor)

    assert SAID not in await dump(house)


async def test_others_keep_their_own_words(house: House, canary: Canary) -> None:
    await canary.worker.says("今天先去45栋看看")

    await erase(canary.visitor)

    texts = [message["text"] for message in await canary.worker.messages()]
    assert "今天先去45栋看看" in texts
    assert len([text for text in texts if text]) == len(texts)


async def test_an_erased_session_ends_and_a_new_one_is_somebody_else(
    house: House, canary: Canary
) -> None:
    before = canary.visitor.session["participant_id"]

    await erase(canary.visitor)

    assert (await canary.visitor.get("/me")).status == 401
    again = await canary.visitor.post("/session", {"locale": "zh-CN"})
    assert again.status == 201
    assert (await again.json())["participant_id"] != before


async def test_a_message_that_comes_too_late_is_not_kept(house: House, canary: Canary) -> None:
    someone = await canary.visitor.someone()
    late = Arrival(
        channel="webchat",
        account="default",
        external_id="late",
        conversation_id=someone.conversation_id,
        area=house.world.community.root,
        kind="text",
        payload={"text": SAID},
        at=house.world.clock.now(),
        text=SAID,
    )

    await erase(canary.visitor)

    with pytest.raises(NotFound):
        await house.world.intake.remember(late)
    assert SAID not in await dump(house)


async def test_the_name_understanding_knew_them_by_is_gone_as_well(
    house: House, canary: Canary
) -> None:
    someone = await canary.visitor.someone()
    async with house.world.reading() as uow:
        known_by = (await uow.conversations.get(someone.conversation_id)).sender_key

    await erase(canary.visitor)

    assert known_by not in await dump(house)


async def test_erasure_leaves_a_chained_note_without_a_name(house: House, canary: Canary) -> None:
    await canary.visitor.get("/me/export")
    await erase(canary.visitor)

    async with house.world.database.read() as conn:
        rows = (await conn.execute(select(audit).order_by(audit.c.id))).all()
    assert [row.action for row in rows][-2:] == ["export", "erase"]
    previous = BEGINNING
    for row in rows:
        facts = (row.actor_id, row.action, row.object, row.reason, row.area)
        assert (row.previous, row.hash) == (previous, row_hash(previous, row.at, *facts))
        previous = row.hash


async def test_erasure_needs_a_fresh_confirmation_of_this_session(
    house: House, canary: Canary
) -> None:
    other = await house.visitor()
    theirs = (await (await other.delete("/me")).json())["confirm_token"]
    own = (await (await canary.visitor.delete("/me")).json())["confirm_token"]

    for token in (theirs, own[:-1], "x", "", "9" * 15 + "." + own.split(".")[1], "火.火", 7, None):
        answer = await canary.visitor.delete("/me", {"confirm_token": token})
        assert answer.status == (202 if token is None else 422)
    house.world.clock.advance(timedelta(minutes=11))
    assert await problem_of(await canary.visitor.delete("/me", {"confirm_token": own})) == (
        422,
        "error_out_of_date",
    )
    assert (await canary.visitor.get("/me")).status == 200


async def test_erasing_twice_at_once_erases_once(house: House, canary: Canary) -> None:
    token = await (await canary.visitor.delete("/me")).json()

    answers = await asyncio.gather(*(canary.visitor.delete("/me", token) for _ in range(5)))

    assert sorted({answer.status for answer in answers} - {401, 404}) == [200]
    assert [answer.status for answer in answers].count(200) == 1


async def test_the_export_holds_everything_and_nobody_elses(house: House, canary: Canary) -> None:
    await canary.worker.says("别人的悄悄话")
    answer = await canary.visitor.get("/me/export")

    exported = await answer.text()
    kept = (await answer.json())["kept"]

    assert answer.headers["Content-Disposition"].startswith("attachment")
    for each in (
        SAID,
        FILED,
        ADDED,
        PLACE,
        NAME,
        OPENID,
        ENDPOINT,
        DRAFTED,
        FIRM,
        FOUND,
        canary.photo,
    ):
        assert each in exported, each
    assert "别人的悄悄话" not in exported
    assert "阿梅" not in exported
    assert canary.ticket.number in exported
    assert kept["consents"][0]["version"] == "2026-11"
    assert not {"token_hash", "sealed"} & {
        name for rows in kept.values() for row in rows for name in row
    }
    assert len(gzip.compress(exported.encode())) < 100_000


async def test_another_residents_card_and_chat_survive_word_for_word(
    house: House, canary: Canary
) -> None:
    """Details of a place are on anybody's lips; the same worker has both matters."""
    async with house.world.reading() as uow:
        ticket = await uow.tickets.get(TicketId(canary.ticket.id or 0))
        place = {**ticket.location, "detail": "楼上"}
        ticket.record(Verb.RELOCATE, uow.deed("RES", ticket.reporter), location=place)
        await uow.tickets.save(ticket)
        await uow.commit()
    neighbour = await house.visitor()
    theirs = "楼上信箱旁边的灯不亮,楼道很黑"
    other = await house.world.filed(await neighbour.someone(), "BLD01", "BL-45", theirs)
    await (await neighbour.someone()).does(RequestCallback())
    await neighbour.says("楼上的灯昨晚又不亮")
    await house.deliver()
    before = [*await canary.worker.messages(), *await neighbour.messages()]

    await erase(canary.visitor)

    after = [*await canary.worker.messages(), *await neighbour.messages()]
    kept = [one for one in after if (one["ticket"] or {}).get("number") != canary.ticket.number]
    assert kept == [
        one for one in before if (one["ticket"] or {}).get("number") != canary.ticket.number
    ]
    assert (await house.world.ticket(other)).summary == theirs
    assert theirs in await dump(house)


async def test_a_neighbour_who_joined_takes_only_their_own_words_along(house: House) -> None:
    worker = await house.worker(Role.GWF, "G3", name="阿梅", roster_key="gwf-3")
    reporter, joined = await house.visitor(), await house.visitor()
    theirs = "三楼楼道的扶手松了,差点摔着人"
    ticket = await house.world.filed(await reporter.someone(), "BLD01", "BL-45", theirs)
    someone = await joined.someone()
    await house.world.joins(someone, ticket)
    await someone.does(AddToTicket(ticket_id=ticket.id))
    await someone.does(TakeText(text="扶手松了好几天,孩子天天走这里"))
    await house.deliver()

    await erase(joined)

    kept = await dump(house)
    assert "孩子天天走这里" not in kept
    cards = [each["card"] for each in await worker.messages() if each["card"]]
    assert theirs in str(cards)
    assert (await house.world.ticket(ticket)).summary == theirs


async def test_who_is_forgotten_leaves_the_whole_their_matter_was_merged_into(
    house: House,
) -> None:
    first, second = await house.visitor(), await house.visitor()
    await house.worker(Role.GWF, "G3", roster_key="gwf-3")
    lead = await (await house.worker(Role.GLD, "LJ")).someone()
    world = house.world
    whole = await world.filed(await first.someone(), "BLD01", "BL-45", "扶手松了")
    words = "楼梯口那段铁栏杆又晃了"
    own = await world.filed(await second.someone(), "OTH99", "BL-45", words)
    await lead.does(MergeTicket(ticket_id=own.id or 0, into=whole.id or 0))
    await lead.does(MergeTicket(ticket_id=own.id or 0, into=whole.id or 0, sure=True))

    await erase(second)

    async with world.reading() as uow:
        assert await uow.tickets.followers(whole.id) == [(await first.someone()).id]  # type: ignore[arg-type]
        timeline = await uow.tickets.timeline(whole.id)  # type: ignore[arg-type]
    assert words not in str([entry.data for entry in timeline])
    everything = str([said.row["content"] for said in await world.everything_said()])
    assert words not in everything
    merged = await world.ticket(own)
    assert (merged.status, merged.master) == (TicketStatus.MERGED, whole.number)


async def _is_well(house: House) -> None:
    doctor = SqlDoctor(house.world.database)
    assert [finding async for finding in doctor.findings()] == []


async def test_the_record_stays_whole_when_whoever_gave_it_back_is_erased(
    house: House, canary: Canary
) -> None:
    await house.worker(Role.GLD, "LJ", name="老区")
    at_work = await canary.worker.someone()
    await at_work.does(ReturnTicket(ticket_id=canary.ticket.id or 0, reason="not_my_area"))

    await erase(canary.worker)

    await _is_well(house)


async def test_the_record_stays_whole_when_whoever_handed_it_out_is_erased(
    house: House, canary: Canary
) -> None:
    number = canary.ticket.id or 0
    at_work = await canary.worker.someone()
    await at_work.does(CorrectPlace(ticket_id=number))
    await at_work.does(TakeText(text="46栋三楼转角"))
    assert (await house.world.ticket(canary.ticket)).location["place"] == "BL-46"
    await at_work.does(StartTicket(ticket_id=number))
    await at_work.does(HandOutTicket(ticket_id=number))
    await at_work.does(TakeText(text="12345"))
    await at_work.does(TakeText(text="W-123"))
    assert (await house.world.ticket(canary.ticket)).receipt == "W-123"

    await erase(canary.worker)

    await _is_well(house)


async def test_the_record_stays_whole_when_whoever_asked_to_wait_is_erased(
    house: House, canary: Canary
) -> None:
    number = canary.ticket.id or 0
    await house.worker(Role.GLD, "LJ", name="老区")
    at_work = await canary.worker.someone()
    await at_work.does(StartTicket(ticket_id=number))
    await at_work.does(AskToHold(ticket_id=number))
    await at_work.does(TakeText(text="明天"))
    await at_work.does(TakeText(text="等材料"))
    assert (await house.world.ticket(canary.ticket)).pending

    await erase(canary.worker)

    await _is_well(house)
