"""Everything the simulator says fits aiogram's models, which know what the Bot API requires."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import aiogram.types as known
import pytest
from pydantic import TypeAdapter, ValidationError
from telegram import Bot, Update

from tests.integration.bot_api_client import BareClient, bare_client
from tests.simulators.telegram import Person, TelegramSimulator
from tests.simulators.telegram.contents import picture

BUTTONS = {"inline_keyboard": [[{"text": "Yes", "callback_data": "o:1"}]]}


@pytest.fixture
async def api() -> AsyncIterator[BareClient]:
    async with TelegramSimulator().running() as simulator, bare_client(simulator) as client:
        yield client


@pytest.fixture
def anna(api: BareClient) -> Person:
    person = api.simulator.user(1001, "Anna", username="anna_l", last_name="Li")
    person.starts()
    return person


def _edited(anna: Person) -> None:
    anna.edits(anna.writes("路灯坏"), "路灯坏了")


def _moved(anna: Person) -> None:
    anna.moves(anna.sends_location(22.58, 113.08, live_period=900), 22.59, 113.09)


KINDS: dict[str, Callable[[Person], Any]] = {
    "text": lambda anna: anna.writes("路灯坏了"),
    "command": lambda anna: anna.starts("code-1"),
    "photo": lambda anna: anna.sends_photo(caption="这里"),
    "album": lambda anna: anna.sends_album([picture(), picture()], "这里"),
    "document": lambda anna: anna.sends_document(picture(), "a.jpg", "image/jpeg", "这里"),
    "location": lambda anna: anna.sends_location(22.58, 113.08),
    "live location": _moved,
    "venue": lambda anna: anna.sends_venue(22.58, 113.08, "幸福小区", "江会路 1 号"),
    "voice": lambda anna: anna.sends_voice(),
    "audio": lambda anna: anna.sends_audio(),
    "video": lambda anna: anna.sends_video(caption="看"),
    "video note": lambda anna: anna.sends_video_note(),
    "sticker": lambda anna: anna.sends_sticker(),
    "contact": lambda anna: anna.sends_contact("+8613800000000", "小陈"),
    "dice": lambda anna: anna.sends_dice(),
    "poll": lambda anna: anna.sends_poll("几点？", ["早上", "晚上"]),
    "edited": _edited,
    "blocked": lambda anna: anna.blocks(),
    "forged press": lambda anna: anna.forges_press(5, "o:1"),
}


def _check_updates(api: BareClient) -> list[str]:
    """Both libraries read every update that waits; the kinds they saw."""
    bot = Bot(api.simulator.token)
    kinds = []
    for pending in api.simulator.pending:
        read = known.Update.model_validate(pending.body)
        assert Update.de_json(pending.body, bot).update_id == read.update_id
        kinds.append(read.event_type)
    return kinds


@pytest.mark.parametrize("kind", KINDS)
async def test_what_people_do_arrives_in_the_right_shape(
    api: BareClient, anna: Person, kind: str
) -> None:
    before = len(_check_updates(api))

    KINDS[kind](anna)

    assert len(_check_updates(api)) > before


async def test_a_press_arrives_in_the_right_shape(api: BareClient, anna: Person) -> None:
    await api.ok("sendMessage", chat_id=anna.id, text="?", reply_markup=BUTTONS)

    anna.presses("Yes")
    anna.presses("Yes", inaccessible=True)

    assert _check_updates(api)[-2:] == ["callback_query", "callback_query"]


async def test_what_happens_in_groups_arrives_in_the_right_shape(
    api: BareClient, anna: Person
) -> None:
    group = api.simulator.group(-500)
    group.adds_bot(by=anna)
    group.member(anna).writes("hello, all")
    group.migrates(-100500, by=anna).kicks_bot(by=anna)
    channel = api.simulator.group(-100600, kind="channel")
    channel.adds_bot(by=anna)
    channel.member(anna).writes("news")

    assert _check_updates(api)[1:] == [
        "my_chat_member", "message", "message", "message", "message", "my_chat_member",
        "my_chat_member", "channel_post",
    ]  # fmt: skip


async def test_an_update_that_lacks_something_is_seen(api: BareClient, anna: Person) -> None:
    anna.writes("x")
    body = api.simulator.pending[-1].body
    broken = body | {"message": {key: value for key, value in body["message"].items()
                                 if key != "chat"}}  # fmt: skip
    api.simulator.injects(broken, queue=anna.id)

    with pytest.raises(ValidationError):
        _check_updates(api)


@pytest.mark.parametrize(
    ("method", "fields", "kind"),
    [
        ("getMe", {}, known.User),
        ("getChat", {"chat_id": 1001}, known.ChatFullInfo),
        ("getWebhookInfo", {}, known.WebhookInfo),
        ("getUpdates", {}, list[known.Update]),
        ("getMyCommands", {}, list[known.BotCommand]),
        ("getChatMenuButton", {}, known.MenuButtonCommands),
        ("sendMessage", {"chat_id": 1001, "text": "x", "reply_markup": BUTTONS}, known.Message),
        ("sendLocation", {"chat_id": 1001, "latitude": 1, "longitude": 2}, known.Message),
        ("sendChatAction", {"chat_id": 1001, "action": "typing"}, bool),
    ],
)
async def test_what_is_answered_has_the_right_shape(
    api: BareClient, anna: Person, method: str, fields: dict[str, Any], kind: Any
) -> None:
    result = await api.ok(method, **fields)

    TypeAdapter(kind).validate_python(result)


async def test_photos_and_edits_have_the_right_shape(api: BareClient, anna: Person) -> None:
    anna.sends_photo(picture())
    file_id = api.simulator.pending[-1].body["message"]["photo"][-1]["file_id"]
    sent = await api.ok("sendPhoto", chat_id=anna.id, photo=file_id, reply_markup=BUTTONS)
    named = {"chat_id": anna.id, "message_id": sent["message_id"]}
    edited = await api.ok("editMessageCaption", caption="now", **named)
    album = await api.ok(
        "sendMediaGroup", chat_id=anna.id, media=[{"type": "photo", "media": file_id}] * 2
    )

    known.File.model_validate(await api.ok("getFile", file_id=file_id))
    assert [known.Message.model_validate(message).content_type for message in
            (sent, edited, *album)] == ["photo"] * 4  # fmt: skip
