"""Messages arrive once, in order and unchanged; nonsense is refused, never a failure."""

import asyncio
import gzip
import json
from typing import Any

from sqlalchemy import func, select

from actions.adapters.database.schema.messaging import inbox, messages
from actions.application.turn import Turn
from actions.domain.identifiers import InboxId
from actions.domain.people import Actor
from tests.builders import Someone
from tests.integration.web_house import API, House, Visitor, new_id, problem_of


async def count(house: House, table: Any) -> int:
    async with house.world.database.read() as conn:
        return int((await conn.execute(select(func.count()).select_from(table))).scalar_one())


async def own(visitor: Visitor) -> list[str]:
    return [m["text"] for m in await visitor.messages() if m["direction"] == "in"]


async def test_a_message_is_taken_once_however_often_it_is_sent(house: House) -> None:
    visitor = await house.visitor()
    key = new_id()

    first = await visitor.says("三楼的灯坏了", key)
    again = await asyncio.gather(*(visitor.says("三楼的灯坏了", key) for _ in range(20)))

    assert again == [first] * 20
    assert await own(visitor) == ["三楼的灯坏了"]
    assert await count(house, inbox) == 1
    assert len(house.woken) == 1


async def test_a_sent_message_shows_its_own_id_number_and_words(house: House) -> None:
    visitor = await house.visitor()
    key = new_id()

    answer = await visitor.says("灯坏了", key.upper())
    shown = (await visitor.messages())[-1]

    assert (shown["id"], shown["seq"]) == (answer["message_id"], answer["seq"])
    assert shown["client_msg_id"] == key
    assert (shown["kind"], shown["direction"], shown["text"]) == ("text", "in", "灯坏了")
    assert set(shown) == {
        "seq", "id", "direction", "kind", "text", "buttons", "card", "image_url", "photos",
        "in_reply_to", "ticket", "proposal", "push", "client_msg_id", "at",
    }  # fmt: skip


async def test_numbers_run_without_a_gap_under_a_crowd(house: House) -> None:
    visitor = await house.visitor()

    await asyncio.gather(*(visitor.says(f"第{n}条") for n in range(60)))

    seqs = [m["seq"] for m in await visitor.messages()]
    assert seqs == list(range(1, 61))


async def test_two_people_may_use_the_same_id(house: House) -> None:
    one, other = await house.visitor(), await house.visitor()
    key = new_id()

    await one.says("一", key)
    await other.says("二", key)

    assert (await own(one), await own(other)) == (["一"], ["二"])


WORDS = (
    "\u202e倒着\u2066\u200b\u200d\U000e0041",
    "e" + "\u0301" * 3000,
    "👨‍👩‍👧‍👦🏴\U000e0067\U000e007f",
    '１２３ /submit{"x":1} {{7*7}} %s {0.__class__} \'; DROP TABLE people;--',
    "\u2028\u2029\x1b[31m\x0b\r\n\t",
    "\ue000网格员 ɡridworker",
    "长" * 4000,
    "\ufeff有标记",
)


async def test_words_are_kept_letter_by_letter(house: House) -> None:
    visitor = await house.visitor()

    for text in WORDS:
        await visitor.says(text)

    assert await own(visitor) == list(WORDS)


async def test_what_no_database_keeps_is_replaced_visibly(house: House) -> None:
    visitor = await house.visitor()

    body = {"client_msg_id": new_id(), "text": "前\ud800后\x00完"}
    answer = await visitor.raw("/messages", json.dumps(body).encode())

    assert answer.status == 202
    assert await own(visitor) == ["前\ufffd后\ufffd完"]


ID = b'"client_msg_id":"0b6b3d0e-1111-4222-8333-444455556666"'


HOSTILE = (
    (b"", 400),
    (b"{", 400),
    (b"null", 400),
    (b"[]", 400),
    (b'"text"', 400),
    (b"{" + ID + b',"text":"a","text":"b"}', 400),
    (b"{" + ID + b',"text":NaN}', 400),
    (b"{" + ID + b',"text":Infinity}', 400),
    (b"{" + ID + b',"text":' + b"[" * 30_000 + b"]" * 30_000 + b"}", 400),
    (b"{" + ID + b',"text":' + b"9" * 5000 + b"}", 400),
    (b"{" + ID + b',"text":9223372036854775808}', 422),
    (b"{" + ID + b',"location":{"lat":1e999,"lon":0}}', 400),
    (b"\xef\xbb\xbf{" + ID + b',"text":"a"}', 400),
    (b"{" + ID + b',"text":"\xc0\xaf"}', 400),
    (b"{" + ID + b',"text":"\xe7\x81"}', 400),
    (b"{" + ID + b',"text":"\xed\xa0\xbd\xed\xb8\x80"}', 400),
    (b"{" + ID + b',"text":"' + b"a" * 70_000 + b'"}', 413),
    (b"{" + ID + b',"text":"' + b"a" * 4001 + b'"}', 422),
    (b"{" + ID + b"}", 422),
    (b"{" + ID + b',"text":"a","action":"b"}', 422),
    (b"{" + ID + b',"text":""}', 422),
    (b"{" + ID + b',"text":" \\n"}', 422),
    (b"{" + ID + b',"text":["a"]}', 422),
    (b"{" + ID + b',"text":{"a":1}}', 422),
    (b"{" + ID + b',"text":true}', 422),
    (b"{" + ID + b',"action":7}', 422),
    (b"{" + ID + b',"location":"here"}', 422),
    (b"{" + ID + b',"location":{"lat":91,"lon":0}}', 422),
    (b"{" + ID + b',"location":{"lat":true,"lon":0}}', 422),
    (b"{" + ID + b',"location":{"lat":1}}', 422),
    (b"{" + ID + b',"location":{"lat":1,"lon":1,"label":5}}', 422),
    (b"{" + ID + b',"location":{"place_id":"nowhere"}}', 422),
    (b"{" + ID + b',"location":{"place_id":"\\u0000"}}', 422),
    (b"{" + ID + b',"attachments":[]}', 422),
    (b"{" + ID + b',"attachments":"abcdefgh12"}', 422),
    (b"{" + ID + b',"attachments":["../../etc/passwd"]}', 422),
    (b"{" + ID + b',"attachments":["abcdefgh12345678"]}', 404),
    (b'{"client_msg_id":"1","text":"a"}', 422),
    (b'{"client_msg_id":null,"text":"a"}', 422),
    (b'{"client_msg_id":"{0b6b3d0e-1111-4222-8333-444455556666}","text":"a"}', 422),
    (b'{"text":"a"}', 422),
)


async def test_a_hostile_body_is_refused_and_leaves_nothing(house: House) -> None:
    visitor = await house.visitor()

    answers = [
        (body, (await problem_of(await visitor.raw("/messages", body)))[0]) for body, _ in HOSTILE
    ]

    assert answers == list(HOSTILE)
    assert await count(house, inbox) == 0


async def test_a_body_in_another_wrapping_is_refused(house: House) -> None:
    visitor = await house.visitor()
    body = json.dumps({"client_msg_id": new_id(), "text": "a"}).encode()

    packed = await visitor.raw("/messages", gzip.compress(body), **{"Content-Encoding": "gzip"})
    plain = await visitor.raw("/messages", body, **{"Content-Type": "text/plain"})
    form = await visitor.client.post(f"{API}/messages", data={"text": "a"})

    assert [packed.status, plain.status, form.status] == [415, 415, 415]
    assert await count(house, inbox) == 0


async def test_a_hostile_query_is_refused(house: House) -> None:
    visitor = await house.visitor()

    for query in ("after=-1", "after=x", "after=１", "wait=1e3", "limit=", "before=" + "9" * 40):
        answer = await visitor.get(f"/messages?{query}")
        assert await problem_of(answer) == (400, "error_bad_request")


async def test_history_is_read_backwards_by_the_page(house: House) -> None:
    visitor = await house.visitor()
    for n in range(7):
        await visitor.says(f"第{n}条")

    last = await visitor.read(f"/messages?before={2**53 - 1}&limit=3")
    before = await visitor.read("/messages?before=5&limit=2")

    assert [m["seq"] for m in last["messages"]] == [5, 6, 7]
    assert [m["seq"] for m in before["messages"]] == [3, 4]


async def test_a_held_line_answers_when_there_is_news(house: House) -> None:
    visitor = await house.visitor()
    held = asyncio.create_task(visitor.read("/messages?after=0&wait=30"))

    await visitor.says("来了")

    async with asyncio.timeout(5):
        assert [m["text"] for m in (await held)["messages"]] == ["来了"]


async def test_an_answer_names_the_message_that_caused_it(house: House) -> None:
    visitor = await house.visitor()
    asked = await visitor.says("帮助")
    someone = await visitor.someone()
    async with house.world.database.read() as conn:
        inbox_id = (await conn.execute(select(inbox.c.id))).scalar_one()
    async with house.world.open_uow(_turn(someone, inbox_id)) as uow:
        await uow.reply("no_matters")
        await uow.commit()
    await house.deliver()

    answers = [m for m in await visitor.messages() if m["in_reply_to"]]

    assert [m["in_reply_to"] for m in answers] == [asked["message_id"]]


def _turn(someone: Someone, inbox_id: int) -> Turn:
    return Turn(
        cause=f"inbox:{inbox_id}",
        actor=Actor(person_id=someone.id),
        conversation_id=someone.conversation_id,
        inbox_id=InboxId(inbox_id),
    )


async def test_a_place_can_be_picked_or_pinned(house: House) -> None:
    visitor = await house.visitor()
    listed = await visitor.read("/places")
    estate = listed["estates"][0]

    await visitor.sends({"location": {"place_id": estate["buildings"][0]["id"]}})
    await visitor.sends({"location": {"place_id": "south-gate", "label": "南门口"}})
    await visitor.sends({"location": {"lat": 22.59, "lon": 113, "label": "我在这"}})

    shown = [m for m in await visitor.messages() if m["direction"] == "in"]
    assert [m["kind"] for m in shown] == ["location"] * 3
    assert [m["text"] for m in shown] == [estate["buildings"][0]["name"], "南门口", "我在这"]
    async with house.world.database.read() as conn:
        kept = (await conn.execute(select(inbox.c.payload).order_by(inbox.c.id))).scalars().all()
    assert kept[1] == {"place": "south-gate"}
    assert kept[2] == {"location": {"lat": 22.59, "lon": 113.0, "label": "我在这"}}


async def test_a_pressed_button_arrives_as_its_command(house: House) -> None:
    visitor = await house.visitor()
    someone = await visitor.someone()
    await house.world.filed(someone)
    await house.deliver()
    card = next(m for m in await visitor.messages() if m["ticket"])

    await visitor.sends({"action": card["buttons"][0]["action"]})

    async with house.world.database.read() as conn:
        kept = (await conn.execute(select(inbox.c.kind, inbox.c.payload))).one()
        label = select(messages.c.text).where(messages.c.direction == "in")
        assert (await conn.execute(label)).scalar_one() == card["buttons"][0]["label"]
    assert kept.kind == "action"
    assert kept.payload["command"]["do"] == "AddToTicket"


async def test_a_button_of_somebody_else_or_of_nobody_is_out_of_date(house: House) -> None:
    visitor, other = await house.visitor(), await house.visitor()
    await house.world.filed(await visitor.someone())
    await house.deliver()
    action = next(m for m in await visitor.messages() if m["ticket"])["buttons"][0]["action"]
    message, index, mac = action.split(".")
    forged = [
        f"{int(message) + 1}.{index}.{mac}",
        f"{message}.9.{mac}",
        f"{message}.{index}.{mac[::-1]}",
        f"{message}.{index}.",
        "x" * 64,
        "c." + "A" * 200 + "." + mac,
        "火.1." + mac,
        "9" * 63,
        "..",
    ]

    assert len(action) <= 64
    for sender, token in [(other, action), *((visitor, each) for each in forged)]:
        answer = await sender.post("/messages", {"client_msg_id": new_id(), "action": token})
        assert await problem_of(answer) == (422, "error_out_of_date")
    assert await count(house, inbox) == 0


async def test_nobody_reads_anybody_elses_messages(house: House) -> None:
    visitor, other = await house.visitor(), await house.visitor()
    await visitor.says("只给我看")

    assert await own(other) == []
    assert (await other.read("/messages?before=999"))["messages"] == []
