"""What comes from Telegram arrives once, in order, as what it is."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from actions.adapters.database.received import SqlReceived
from actions.adapters.database.schema.channels import received
from actions.adapters.database.schema.messaging import conversations, inbox
from actions.adapters.database.schema.people import people
from bot.channels.telegram.reading import ALBUM
from bot.gateway import reader as reader_module
from tests.builders import World
from tests.integration.telegram_house import TelegramHouse, opened_telegram
from tests.simulators.telegram.contents import picture


@pytest.fixture
async def house(world: World, tmp_path: Path) -> AsyncIterator[TelegramHouse]:
    async with opened_telegram(world, tmp_path / "media") as opened_one:
        yield opened_one


async def test_words_arrive_as_they_were_written_from_a_person_met_once(
    house: TelegramHouse,
) -> None:
    chen = house.telegram.user(1001, "陈", last_name="小\u202e明", language_code="zh-hant")
    chen.writes("45栋楼梯扶手松了")
    chen.writes("三楼转角")

    await house.arrives()

    assert await house.texts() == ["45栋楼梯扶手松了", "三楼转角"]
    assert await house.kinds() == ["text", "text"]
    arrived = (await house.arrived())[0]
    assert (arrived["channel"], arrived["account"]) == ("telegram", "7000001")
    assert arrived["payload"] == {"text": "45栋楼梯扶手松了"}
    async with house.world.database.read() as conn:
        person = (await conn.execute(select(people))).one()
        talk = (await conn.execute(select(conversations))).one()
    assert (person.display_name, person.locale) == ("陈 小 明", "zh-HK")
    assert (talk.channel, talk.account) == ("telegram", "7000001")
    assert house.woken == [talk.id, talk.id]


async def test_what_was_read_is_forgotten_and_its_number_remembered(house: TelegramHouse) -> None:
    chen = house.telegram.user(1001)
    chen.writes("灯坏了")
    await house.arrives()

    kept = await house.kept()

    assert [(row["state"], row["body"]) for row in kept] == [("done", "")]
    house.telegram.repeats(int(kept[0]["external_id"]))
    await house.arrives()
    assert await house.count(received) == await house.count(inbox) == 1


async def test_what_ended_long_ago_is_forgotten_and_what_somebody_must_see_is_not(
    house: TelegramHouse,
) -> None:
    chen = house.telegram.user(1001)
    chen.writes("灯坏了")
    house.telegram.injects({"update_id": 7001, "message": {"text": "no chat"}}, queue=chen.id)
    await house.arrives()
    now = house.world.clock.now()

    early = await house.received.prune("telegram", now, limit=10)
    late = await house.received.prune("telegram", now + timedelta(seconds=1), limit=10)

    assert (early, late) == (0, 1)
    assert await house.states() == ["faulty"]


async def test_an_update_read_again_after_a_crash_changes_nothing(house: TelegramHouse) -> None:
    chen = house.telegram.user(1001)
    chen.starts()
    chen.sends_photo(caption="扶手")
    chen.sends_location(23.1, 113.3)
    await house.fetch()
    bodies = {row["id"]: row["body"] for row in await house.kept()}
    await house.reader.catch_up()
    before = await house.arrived()
    async with house.world.database.write() as conn:
        for number, body in bodies.items():
            await conn.execute(
                update(received)
                .where(received.c.id == number)
                .values(state="pending", body=body, lease_until=0.0)
            )
        await conn.commit()

    await house.reader.catch_up()

    assert await house.arrived() == before
    assert set(await house.states()) == {"done"}


async def test_start_greets_once_and_helps_after_that(house: TelegramHouse) -> None:
    chen = house.telegram.user(1001)
    chen.starts()
    chen.starts()

    await house.arrives()

    assert await house.answered(chen.id) == ["welcome", "privacy_in_chat", "help"]
    assert await house.texts() == ["/start", "/start"]


async def test_somebody_new_is_told_who_we_are_however_they_begin(house: TelegramHouse) -> None:
    chen, he = house.telegram.user(1001), house.telegram.user(1002)
    chen.sends_voice()
    chen.sends_voice()
    he.starts("ABCD-EFGH_7")

    await house.arrives()

    greeted = ["welcome", "privacy_in_chat"]
    assert await house.answered(chen.id) == [*greeted, "unread_voice", "unread_voice"]
    assert (await house.answered(he.id))[:2] == greeted


async def test_a_code_behind_start_is_given_and_not_shown(house: TelegramHouse) -> None:
    chen = house.telegram.user(1001)
    chen.starts("ABCD-EFGH_7")

    await house.arrives()

    arrived = (await house.arrived())[0]
    assert (arrived["kind"], arrived["text"]) == ("code", "/start")
    assert arrived["payload"] == {"code": "ABCD-EFGH_7"}


async def test_commands_do_what_they_say_and_others_are_words(house: TelegramHouse) -> None:
    chen = house.telegram.user(1001)
    for text in ("/help", "/language", '/submit{"x":1}', "/my_matters@linli_test_bot now", "/"):
        chen.writes(text)

    await house.arrives()

    assert [(row["kind"], row["payload"].get("text")) for row in await house.arrived()] == [
        ("action", None), ("language", None), ("text", 'submit{"x":1}'),
        ("text", "my matters now"), ("unread", None),
    ]  # fmt: skip


async def test_a_photo_is_ours_and_its_caption_comes_first(house: TelegramHouse) -> None:
    chen = house.telegram.user(1001)
    chen.sends_photo(picture(1600, 1200), "扶手松了")

    await house.arrives()

    words, photo = await house.arrived()
    assert (words["kind"], words["text"]) == ("text", "扶手松了")
    assert (photo["kind"], photo["shown_as"]) == ("photos", "image")
    someone = await house.someone(chen.id)
    async with house.world.reading() as uow:
        await uow.attachments.mine(photo["payload"]["attachments"], someone.id)
    assert photo["content"] == {"photos": photo["payload"]["attachments"]}


async def test_an_album_is_one_arrival_once_it_is_complete(house: TelegramHouse) -> None:
    chen = house.telegram.user(1001)
    pictures = [picture(100 + number, 80) for number in range(4)]
    chen.sends_album(pictures, "都坏了")
    chen.writes("还有这个")

    await house.arrives()
    assert await house.texts() == ["都坏了"]
    house.world.clock.advance(ALBUM)
    await house.reader.catch_up()

    assert await house.kinds() == ["text", "photos", "text"]
    assert len((await house.arrived())[1]["payload"]["attachments"]) == len(pictures)
    assert await house.states() == ["done"] * 5


async def test_a_late_photo_of_an_album_is_not_lost(house: TelegramHouse) -> None:
    chen = house.telegram.user(1001)
    first, second = chen.sends_album([picture(100, 80), picture(90, 80)])
    late = house.telegram.pending.pop()
    house.telegram.state.updates.pending.remove(late)

    await house.arrives()
    house.world.clock.advance(ALBUM)
    await house.reader.catch_up()
    house.telegram.injects(dict(late.body), queue=chen.id)
    await house.fetch()
    house.world.clock.advance(ALBUM)
    await house.reader.catch_up()

    assert first != second
    assert [len(row["payload"]["attachments"]) for row in await house.arrived()] == [1, 1]


async def test_a_picture_sent_as_a_file_is_a_photo(house: TelegramHouse) -> None:
    chen = house.telegram.user(1001)
    chen.sends_document(picture(), "p.jpg", "image/jpeg")

    await house.arrives()

    assert await house.kinds() == ["photos"]


async def test_a_place_and_a_named_place_arrive_and_a_moving_one_only_once(
    house: TelegramHouse,
) -> None:
    chen = house.telegram.user(1001)
    chen.sends_location(23.125, 113.25)
    chen.sends_venue(23.1, 113.2, "幸福广场", "幸福路1号")
    moving = chen.sends_location(23.0, 113.0, live_period=600)
    chen.moves(moving, 23.01, 113.01)

    await house.arrives()

    found = [row["payload"]["location"] for row in await house.arrived()]
    assert found == [
        {"lat": 23.125, "lon": 113.25, "label": ""},
        {"lat": 23.1, "lon": 113.2, "label": "幸福广场 幸福路1号"},
        {"lat": 23.0, "lon": 113.0, "label": ""},
    ]
    assert await house.states() == ["done", "done", "done", "refused"]


async def test_what_cannot_be_read_is_said_kindly_and_a_number_is_not_kept(
    house: TelegramHouse,
) -> None:
    chen = house.telegram.user(1001)
    chen.sends_voice()
    chen.sends_video_note()
    chen.sends_video(caption="你看")
    chen.sends_sticker()
    chen.sends_contact("+8613800138000", "王")
    chen.sends_document(b"%PDF-1.4", "a.pdf", "application/pdf")
    chen.sends_poll("?", ["a", "b"])
    chen.sends_dice()

    await house.arrives()

    whats = [row["payload"].get("what", row["text"]) for row in await house.arrived()]
    assert whats == [
        "voice", "voice", "你看", "video", "sticker", "contact", "file", "other", "other",
    ]  # fmt: skip
    assert "13800138000" not in str(await house.kept()) + str(await house.arrived())


async def test_what_was_being_asked_stands_when_something_unreadable_comes(
    house: TelegramHouse,
) -> None:
    chen = house.telegram.user(1001)
    chen.sends_voice()
    await house.arrives()

    assert await house.answered(chen.id) == ["welcome", "privacy_in_chat", "unread_voice"]
    assert (await house.arrived())[0]["text"] == "〔语音〕"


async def test_an_edit_is_a_correction_unless_it_says_the_same(house: TelegramHouse) -> None:
    chen = house.telegram.user(1001)
    message = chen.writes("3栋灯坏了")
    await house.arrives()

    chen.edits(message, "5栋灯坏了")
    chen.edits(message, "5栋灯坏了")
    chen.edits(message, "3栋灯坏了")
    await house.arrives()

    assert await house.texts() == ["3栋灯坏了", "5栋灯坏了", "3栋灯坏了"]
    assert [row["content"] for row in await house.arrived()] == [
        {}, {"edited": message}, {"edited": message},
    ]  # fmt: skip


async def test_an_edited_caption_brings_its_photo_no_second_time(house: TelegramHouse) -> None:
    chen = house.telegram.user(1001)
    message = chen.sends_photo(caption="扶手")
    await house.arrives()

    chen.edits(message, "楼梯扶手")
    await house.arrives()

    assert await house.texts() == ["扶手", "", "楼梯扶手"]


async def test_blocking_and_coming_back_are_noted_and_make_nobody(house: TelegramHouse) -> None:
    stranger, chen = house.telegram.user(1002), house.telegram.user(1001)
    stranger.blocks()
    chen.writes("你好")
    chen.blocks()
    await house.arrives()
    assert await house.standing(chen.id) == "blocked"

    chen.writes("我回来了")
    await house.arrives()

    assert await house.standing(chen.id) == "active"
    assert await house.count(people) == 1


async def test_a_group_hears_one_sentence_and_is_left(house: TelegramHouse) -> None:
    chen = house.telegram.user(1001, language_code="en")
    group = house.telegram.group(-500)
    group.adds_bot(chen)
    group.member(chen).writes("3栋灯坏了")

    await house.arrives()

    assert [seen.text for seen in group.seen()] == [
        house.world.wording.render("group_private_only", {}, "en")
    ]
    assert group.chat.standing == "left"
    assert await house.count(people) == await house.count(inbox) == 0


async def test_a_poison_update_is_put_away_and_its_chat_goes_on(house: TelegramHouse) -> None:
    chen = house.telegram.user(1001)
    poison: list[dict[str, Any]] = [
        {"message": {"message_id": 5, "chat": {"id": chen.id}}},
        {"message": {"message_id": "x", "date": 10**30, "chat": {"id": 1001, "type": "private"}}},
        {"message": []},
        {"callback_query": {"id": 7, "from": chen.user}},
    ]
    for update_ in poison:
        house.telegram.injects(update_, queue=chen.id)
    chen.writes("灯坏了")

    await house.arrives()

    states = await house.states()
    assert states[-1] == "done"
    assert set(states[:3]) <= {"faulty", "refused"}
    assert await house.texts() == ["灯坏了"]
    assert all(row["body"] for row in await house.kept() if row["state"] == "faulty")


async def test_what_always_fails_is_put_away_in_the_end(house: TelegramHouse, world: World) -> None:
    chen = house.telegram.user(1001)
    chen.writes("灯坏了")
    await house.fetch()

    async def fails(_delivered: object) -> str:
        raise RuntimeError

    failing = reader_module.Reader(
        "telegram", house.received, fails, world.clock, count=lambda _state: None
    )
    for _ in range(reader_module.MAX_ATTEMPTS):
        await failing.catch_up()
        world.clock.advance(timedelta(minutes=10))

    assert await house.states() == ["faulty"]
    chen.writes("还没修")
    await house.arrives()
    assert await house.texts() == ["还没修"]


async def test_one_chat_is_read_in_order_and_by_one_reader_at_a_time(house: TelegramHouse) -> None:
    one, other = house.telegram.user(1001), house.telegram.user(1002)
    for number in range(3):
        one.writes(str(number))
        other.writes(str(number))
    await house.fetch()
    now = house.world.clock.now()
    second = SqlReceived(house.world.database, "host:2:reader")

    first = await house.received.claim("telegram", now, limit=10, lease=60)
    again = await second.claim("telegram", now, limit=10, lease=60)

    assert [each.queue for each in first] == ["1001", "1002"]
    assert again == []
    await house.received.settle(first[0], "done", now)
    assert [each.queue for each in await second.claim("telegram", now, limit=10, lease=60)] == [
        "1001"
    ]


async def test_a_reader_that_was_overtaken_changes_nothing(house: TelegramHouse) -> None:
    house.telegram.user(1001).writes("0")
    await house.fetch()
    now = house.world.clock.now()
    (stale,) = await house.received.claim("telegram", now, limit=1, lease=-1)
    (living,) = await house.received.claim("telegram", now, limit=1, lease=60)

    await house.received.settle(stale, "faulty", now, "too late")
    await house.received.settle(living, "done", now)

    assert await house.states() == ["done"]


async def test_numbers_that_begin_anew_after_a_quiet_week_are_heard(house: TelegramHouse) -> None:
    chen = house.telegram.user(1001)
    chen.writes("上周")
    await house.arrives()
    content = {"message_id": 77, "date": 1_772_000_000, "chat": {"id": 1001, "type": "private"},
               "from": chen.user, "text": "这周"}  # fmt: skip
    house.telegram.injects({"update_id": 3, "message": content}, queue=chen.id)

    await house.arrives()

    assert await house.texts() == ["上周", "这周"]
