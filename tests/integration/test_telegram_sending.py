"""What is owed reaches the chat: words, emphasis, buttons, cards and photos, and stands in one
history."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from actions.application.notification import Purpose
from bot.gateway.buttons import Buttons
from tests.clock import FrozenClock
from tests.integration.outbox_table import SHANGHAI, PlainWords
from tests.integration.telegram_post import SIGNER, PostOffice, post_office
from tests.integration.web_house import jpeg
from tests.simulators.telegram.faults import bad_request

NAUGHTY = (
    "<script>alert(1)</script>",
    "_*[x](tg://user?id=1)*_ `a` </b> & &amp;",
    "**a** **b",
    "\u202etxt.exe \u200b\u2066",
    "Z\u0351\u036b\u0343\u036a\u0302A\u0311\u0313LGO",
    "a\x1bc\x7f",
    "👨‍👩‍👧‍👦🇭🇰𨋢",
    "{text} %s ${x}",
)


@pytest.fixture
async def post(
    store_url: str, frozen_clock: FrozenClock, tmp_path: Path
) -> AsyncIterator[PostOffice]:
    frozen_clock.set(datetime(2026, 11, 20, 15, 0, tzinfo=SHANGHAI))
    async with post_office(store_url, frozen_clock, tmp_path / "media") as opened:
        yield opened


async def test_a_message_arrives_with_its_emphasis_and_its_buttons(post: PostOffice) -> None:
    li = await post.neighbour()
    await post.owe(li, "编号 **LL-1**，请看。", "提交", "See the whole record")

    await post.deliver()

    [seen] = li.chat.seen()
    assert seen.text == "编号 LL-1，请看。"
    assert seen.raw["entities"] == [{"type": "bold", "offset": 3, "length": 4}]
    assert [[button.text for button in row] for row in seen.buttons] == [
        ["提交"],
        ["See the whole record"],
    ]
    tokens = [str(button.data) for row in seen.buttons for button in row]
    assert [SIGNER.read_row(token)[1] for token in tokens] == [0, 1]
    assert Buttons(b"x" * 32).sign_row(1, 0) not in tokens


async def test_what_was_sent_stands_in_the_history_and_wakes_an_open_page(
    post: PostOffice,
) -> None:
    li = await post.neighbour()
    await post.owe(li, "hello")

    with post.street.hub.subscribe(li.conversation_id) as news:
        await post.deliver()

        assert news.is_set()
    assert await post.street.transcript(li.conversation_id) == ["hello"]


async def test_nobodys_words_break_a_message(post: PostOffice) -> None:
    li = await post.neighbour()
    for words in NAUGHTY:
        await post.owe(li, words.replace("{text}", "{ text}"))

    await post.deliver()

    assert len(post.sent(li)) == len(NAUGHTY)
    assert post.texts(li)[0] == NAUGHTY[0]
    assert set((await post.street.states()).values()) == {"sent"}


async def test_a_long_text_comes_in_parts_with_the_buttons_on_the_last(post: PostOffice) -> None:
    li = await post.neighbour()
    text = "\n".join(f"**{number}** 楼梯扶手松了" for number in range(900))
    await post.owe(li, text, "提交")

    await post.deliver()

    seen = li.chat.seen()
    assert len(seen) == 3
    # The platform trims a line end at the end of a message: the next bubble begins there anyway.
    assert "\n".join(post.texts(li)) == text.replace("**", "")
    assert [each.labels for each in seen] == [[], [], ["提交"]]
    assert await post.street.transcript(li.conversation_id) == [text]


async def test_emphasis_the_platform_dislikes_is_left_out(post: PostOffice) -> None:
    li = await post.neighbour()
    await post.owe(li, "**now**", "提交")
    why = "can't parse entities: entity begins in the middle"
    post.telegram.faults.on("sendMessage", bad_request(why))

    await post.deliver()

    [seen] = li.chat.seen()
    assert (seen.text, seen.labels, seen.raw.get("entities")) == ("now", ["提交"], None)


async def test_what_is_refused_for_good_is_a_dead_letter(post: PostOffice) -> None:
    li = await post.neighbour()
    await post.owe(li, "hello")
    post.telegram.faults.on("sendMessage", bad_request("message is too long"))

    await post.deliver()

    [letter] = await post.street.store().dead_letters()
    assert "too long" in letter.last_error.lower()


async def test_the_photo_of_somebody_else_comes_with_the_card(post: PostOffice) -> None:
    li, worker = await post.neighbour(), await post.neighbour()
    photo = await post.photo("photo-of-li", li.person_id, jpeg())
    await post.owe_card(worker, [photo])

    await post.deliver()

    [seen] = worker.chat.seen()
    assert seen.photo is not None
    assert seen.text.startswith("记成这样：\n\n扶手松动")
    assert seen.labels == ["提交"]


async def test_nobody_is_sent_back_their_own_photos(post: PostOffice) -> None:
    li = await post.neighbour()
    await post.owe_card(li, [await post.photo("photo-of-li", li.person_id, jpeg())])

    await post.deliver()

    [seen] = li.chat.seen()
    assert seen.photo is None
    assert seen.text.endswith("照片：您发的 1 张")


async def test_several_photos_come_as_an_album_before_the_words(post: PostOffice) -> None:
    li, worker = await post.neighbour(), await post.neighbour()
    names = [await post.photo(f"photo-{n}", li.person_id, jpeg()) for n in range(3)]
    await post.owe(worker, "看一下", "接单", photos=tuple(names))

    await post.deliver()

    seen = worker.chat.seen()
    assert len({each.album for each in seen[:3]}) == 1
    assert (seen[3].text, seen[3].labels) == ("看一下", ["接单"])


async def test_words_arrive_when_a_photo_is_missing(post: PostOffice) -> None:
    li, worker = await post.neighbour(), await post.neighbour()
    photo = await post.photo("photo-of-li", li.person_id, None)
    await post.owe(worker, "看一下", "接单", photos=(photo,))

    await post.deliver()

    [seen] = worker.chat.seen()
    assert (seen.text, seen.labels) == ("看一下\n\n（照片看不到了：1 张）", ["接单"])


async def test_an_album_with_a_missing_photo_says_so(post: PostOffice) -> None:
    li, worker = await post.neighbour(), await post.neighbour()
    names = [await post.photo(f"p{n}", li.person_id, jpeg() if n else None) for n in range(3)]
    await post.owe(worker, "看一下", photos=tuple(names))

    await post.deliver()

    assert [each.text for each in worker.chat.seen()] == ["（照片看不到了：1 张）", "", "看一下"]


async def test_words_arrive_when_the_platform_dislikes_a_photo(post: PostOffice) -> None:
    li, worker = await post.neighbour(), await post.neighbour()
    photo = await post.photo("photo-of-li", li.person_id, jpeg())
    await post.owe(worker, "看一下", photos=(photo,))
    post.telegram.faults.on("sendPhoto", bad_request("PHOTO_INVALID_DIMENSIONS"))

    await post.deliver()

    [seen] = worker.chat.seen()
    assert (seen.photo, seen.text) == (None, "看一下\n\n（照片看不到了：1 张）")


async def test_work_does_not_ring_for_whoever_is_away_and_all_else_does(post: PostOffice) -> None:
    chen = await post.neighbour()
    await post.street.leaves(chen.person_id, until=post.clock.now() + timedelta(days=1))
    for template in ("work_card", "given"):
        for purpose in (Purpose.PUSH, Purpose.REPLY):
            await post.street.owe(chen.person_id, template, params={"text": "x"}, purpose=purpose)
    worker = post.street.worker(post.channel(), renderer=PlainWords())

    await worker.catch_up()

    rings = [each.parameters.get("disable_notification") != "true" for each in post.sent(chen)]
    assert rings == [False, True, True, True]
