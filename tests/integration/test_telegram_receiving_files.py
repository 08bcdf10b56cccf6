"""Photos out of Telegram: within bounds, from its own host alone, and never in the way of words."""

import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web

from bot.channels.telegram.reading import PHOTO_TRIES
from tests.builders import World
from tests.integration.telegram_house import A_DAY, TelegramHouse, opened_telegram
from tests.simulators.telegram.contents import picture
from tests.simulators.telegram.faults import bad_gateway, bad_request, cut, reset, server_error


@pytest.fixture
async def house(world: World, tmp_path: Path) -> AsyncIterator[TelegramHouse]:
    async with opened_telegram(world, tmp_path / "media") as opened_one:
        yield opened_one


async def later(house: TelegramHouse, tries: int) -> None:
    for _ in range(tries):
        house.world.clock.advance(timedelta(minutes=10))
        await house.reader.catch_up()


async def whats(house: TelegramHouse) -> list[str]:
    return [row["payload"].get("what", row["kind"]) for row in await house.arrived()]


@pytest.mark.parametrize("method", ["getFile", "file"])
@pytest.mark.parametrize("fault", [server_error(), bad_gateway(), reset(accepted=False), cut()])
async def test_a_photo_that_cannot_be_fetched_now_comes_later_and_holds_up_no_words(
    house: TelegramHouse, method: str, fault: object
) -> None:
    chen = house.telegram.user(1001)
    house.telegram.faults.on(method, fault)  # type: ignore[arg-type]
    chen.sends_photo(caption="扶手")
    chen.writes("着火了")

    await house.arrives()
    # A connection that was open before is tried once more at once, so it may have come already.
    assert [text for text in await house.texts() if text] == ["扶手", "着火了"]
    await later(house, 1)

    assert sorted(await house.kinds()) == ["photos", "text", "text"]
    assert set(await house.states()) == {"done"}


async def test_one_that_never_comes_is_said_in_the_end(house: TelegramHouse) -> None:
    chen = house.telegram.user(1001)
    house.telegram.faults.on("getFile", server_error(), times=None)
    chen.sends_photo()
    await house.arrives()
    assert await house.kinds() == []

    await later(house, PHOTO_TRIES)

    assert await whats(house) == ["photo"]
    assert await house.answered(chen.id) == ["welcome", "privacy_in_chat", "unread_photo"]
    assert await house.states() == ["done"]


@pytest.mark.parametrize(
    ("why", "what"),
    [("file is too big", "photo_too_big"), ("wrong file_id or the file is temporarily unavailable",
      "photo")],
)  # fmt: skip
async def test_one_the_platform_refuses_is_said_at_once(
    house: TelegramHouse, why: str, what: str
) -> None:
    house.telegram.faults.on("getFile", bad_request(why))
    house.telegram.user(1001).sends_photo()

    await house.arrives()

    assert await whats(house) == [what]
    assert (await house.texts()) == ["〔照片〕"]


async def test_what_is_too_large_is_never_asked_for(house: TelegramHouse) -> None:
    chen = house.telegram.user(1001)
    chen.sends_document(picture(), "p.jpg", "image/jpeg", size=200 * 1024 * 1024)

    await house.arrives()

    assert await whats(house) == ["photo_too_big"]
    assert not [call for call in house.telegram.calls if call.method in ("getFile", "file")]


async def test_what_is_larger_than_it_says_is_dropped_on_the_way(house: TelegramHouse) -> None:
    chen = house.telegram.user(1001)
    chen.sends_document(b"\xff\xd8\xff" + bytes(13 * 1024 * 1024), "p.jpg", "image/jpeg", size=10)

    await house.arrives()

    assert await whats(house) == ["photo_too_big"]


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"<svg onload=alert(1)>", b"\xff\xd8\xff1234"])
async def test_what_is_no_picture_is_said(house: TelegramHouse, content: bytes) -> None:
    chen = house.telegram.user(1001)
    chen.sends_document(content, "p.jpg", "image/jpeg")

    await house.arrives()

    assert await whats(house) == ["file"]


async def test_the_rest_of_an_album_arrives_without_the_lost_one(house: TelegramHouse) -> None:
    chen = house.telegram.user(1001)
    house.telegram.faults.on("getFile", bad_request("wrong file_id"))
    chen.sends_album([picture(100 + number, 80) for number in range(3)])

    await house.arrives()
    await later(house, 1)

    assert await whats(house) == ["photo", "photos"]
    assert len((await house.arrived())[1]["payload"]["attachments"]) == 2


async def test_a_day_has_room_for_so_many_photos(house: TelegramHouse) -> None:
    chen = house.telegram.user(1001)
    for group in range(3):
        chen.sends_album([picture(20 + group, 20 + number) for number in range(7)])

    await house.arrives()
    await later(house, 3)

    arrived = await house.arrived()
    taken = [len(row["payload"]["attachments"]) for row in arrived if row["kind"] == "photos"]
    assert taken == [7, 7, A_DAY - 14]
    assert [row["payload"]["what"] for row in arrived if row["kind"] == "unread"] == ["photo_limit"]


@pytest.mark.parametrize(
    "path",
    [
        "https://elsewhere.example/x.jpg",
        "//elsewhere.example/x",
        "../../bot/getMe",
        "/etc/hostname",
    ],
)
async def test_no_other_host_and_no_other_place_is_ever_asked(
    house: TelegramHouse, path: str
) -> None:
    files = house.telegram.state.files
    kept = files.keep_photo(picture(80, 80))[-1]
    files._by_id[kept.file_id] = replace(kept, path=path)
    content = {"photo": [kept.photo_size()]}
    house.telegram.user(1001).sends(content)

    await house.arrives()

    assert await whats(house) == ["photo"]
    assert not [call for call in house.telegram.calls if call.method == "file"]


async def test_a_redirect_is_not_followed(house: TelegramHouse) -> None:
    async def away(_request: web.Request) -> web.Response:
        raise web.HTTPFound("http://127.0.0.1:9/stolen")

    files = web.Application()
    files.router.add_get("/{tail:.*}", away)
    runner = web.AppRunner(files)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    base = f"http://127.0.0.1:{runner.addresses[0][1]}/file/bot{house.telegram.token}"
    house.files._files_base = house.bot._base_file_url = base
    house.telegram.user(1001).sends_photo()

    await house.arrives()
    await later(house, PHOTO_TRIES)
    await runner.cleanup()

    assert await whats(house) == ["photo"]


async def test_the_token_is_in_no_log_however_it_fails(
    house: TelegramHouse, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    secret = house.telegram.token.partition(":")[2]
    for fault in (reset(accepted=False), cut(), server_error(), bad_gateway()):
        house.telegram.faults.on("getFile", fault)
        house.telegram.faults.on("file", fault)
    house.telegram.user(1001).sends_photo()

    await house.arrives()
    await later(house, PHOTO_TRIES)

    ours = [record for record in caplog.records if record.name.startswith(("bot.", "actions."))]
    assert secret not in "".join(str(vars(record)) for record in ours)
    assert secret not in str(await house.kept())
    assert await whats(house) == ["photos"]
