"""The simulator of the Bot API is as strict as the real one, in its words."""

import json
from collections.abc import AsyncIterator
from html import escape
from typing import Any

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.integration.bot_api_client import BareClient, bare_client
from tests.simulators.telegram import NotThere, Person, TelegramSimulator
from tests.simulators.telegram.contents import picture
from tests.simulators.telegram.text import from_html, units

BUTTON = {"text": "Yes", "callback_data": "o:1"}
TOO_OLD = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"
UNMATCHED = (
    'can\'t parse entities: Unmatched end tag at byte offset 7, expected "</b>", found "</i>"'
)


class Clock:
    """Seconds a test can move."""

    def __init__(self) -> None:
        self.seconds = 1_780_000_000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def telegram(clock: Clock) -> AsyncIterator[TelegramSimulator]:
    async with TelegramSimulator(now=clock).running() as simulator:
        yield simulator


@pytest.fixture
async def api(telegram: TelegramSimulator) -> AsyncIterator[BareClient]:
    async with bare_client(telegram) as client:
        yield client


@pytest.fixture
def anna(telegram: TelegramSimulator) -> Person:
    person = telegram.user(1001, "Anna", language_code="en")
    person.starts()
    return person


async def test_a_conversation_goes_both_ways(api: BareClient, anna: Person) -> None:
    sent = await api.ok(
        "sendMessage", chat_id=anna.id, text="Well?", reply_markup={"inline_keyboard": [[BUTTON]]}
    )
    press = anna.presses("Yes")
    await api.ok("answerCallbackQuery", callback_query_id=press, text="Noted")
    await api.ok("editMessageText", chat_id=anna.id, message_id=sent["message_id"], text="Thanks")

    assert [(a.method, a.text, a.labels) for a in api.simulator.accepted] == [
        ("sendMessage", "Well?", ["Yes"]),
        ("answerCallbackQuery", "Noted", []),
        ("editMessageText", "Thanks", []),
    ]
    assert [(s.text, s.edited, s.labels) for s in anna.seen()] == [("Thanks", True, [])]
    assert (anna.answer_to(press) or {})["text"] == "Noted"


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ("7000002:simulated-token", (401, "Unauthorized")),
        ("nonsense", (404, "Not Found")),
    ],
)
async def test_another_token_is_refused(
    api: BareClient, token: str, expected: tuple[int, str]
) -> None:
    async with api.session.get(api.url("getMe", token)) as answer:
        said = await answer.json()

    assert (answer.status, said["description"]) == expected
    assert said == {"ok": False, "error_code": expected[0], "description": expected[1]}


async def test_a_method_is_known_in_any_case_and_nothing_else_is(api: BareClient) -> None:
    assert (await api.ok("GETME"))["username"] == "linli_test_bot"
    assert await api.refusal("sendHologram") == "404 Not Found: method not found"


@pytest.mark.parametrize("form", ["query", "urlencoded", "json", "multipart"])
async def test_a_call_may_be_sent_in_every_form(api: BareClient, anna: Person, form: str) -> None:
    fields = {"chat_id": "1001", "text": "你好"}
    multipart = aiohttp.FormData(fields, default_to_multipart=True)
    sendings: dict[str, dict[str, Any]] = {
        "query": {"method": "GET", "params": fields},
        "urlencoded": {"method": "POST", "data": fields},
        "json": {"method": "POST", "json": {"chat_id": 1001, "text": "你好", "entities": None}},
        "multipart": {"method": "POST", "data": multipart},
    }
    async with api.session.request(url=api.url("sendMessage"), **sendings[form]) as answer:
        assert answer.status == 200, await answer.text()

    assert anna.texts == ["你好"]


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"text": "x"}, "chat_id is empty"),
        ({"chat_id": "nobody", "text": "x"}, "chat not found"),
        ({"chat_id": 5, "text": "x"}, "chat not found"),
        ({"chat_id": 1001}, "message text is empty"),
        ({"chat_id": 1001, "text": " \n"}, "message text is empty"),
        ({"chat_id": 1001, "text": "字" * 4097}, "message is too long"),
        ({"chat_id": 1001, "text": "😀" * 2049}, "message is too long"),
        ({"chat_id": 1001, "text": "x", "parse_mode": "LaTeX"}, "unsupported parse_mode"),
        (
            {"chat_id": 1001, "text": "a<x>b", "parse_mode": "HTML"},
            'can\'t parse entities: Unsupported start tag "x" at byte offset 1',
        ),
        (
            {"chat_id": 1001, "text": "<b>b", "parse_mode": "HTML"},
            'can\'t parse entities: Can\'t find end tag corresponding to start tag "b"',
        ),
        (
            {"chat_id": 1001, "text": "路<b>b</i>", "parse_mode": "HTML"},
            UNMATCHED,
        ),
        (
            {"chat_id": 1001, "text": "x", "entities": [{"type": "bold", "offset": 0}]},
            'can\'t parse MessageEntity: Can\'t find field "length"',
        ),
        ({"chat_id": 1001, "text": "x", "reply_markup": "{"},
         "can't parse reply keyboard markup JSON object"),
        ({"chat_id": 1001, "text": "x", "reply_parameters": {"message_id": 9}},
         "message to be replied not found"),
    ],
)  # fmt: skip
async def test_a_message_that_is_not_right_is_refused(
    api: BareClient, anna: Person, fields: dict[str, Any], why: str
) -> None:
    assert await api.refusal("sendMessage", **fields) == f"400 Bad Request: {why}"
    assert api.simulator.accepted == ()


async def test_the_longest_text_is_measured_after_parsing(api: BareClient, anna: Person) -> None:
    text = "<b>" + "😀" * 2048 + "</b>"

    sent = await api.ok("sendMessage", chat_id=anna.id, text=text, parse_mode="HTML")

    assert sent["text"] == "😀" * 2048
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 4096}]


@given(before=st.text(), marked=st.text(min_size=1))
def test_escaped_text_comes_out_as_it_went_in(before: str, marked: str) -> None:
    text, entities = from_html(f"{escape(before)}<b>{escape(marked)}</b>")

    assert text == before + marked
    assert entities == [{"type": "bold", "offset": units(before), "length": units(marked)}]


async def test_markup_in_a_text_becomes_entities(api: BareClient, anna: Person) -> None:
    text = ' 😀 <b>路<i>灯</i></b> &lt;1&gt; <a href="https://x.test/?a=1&amp;b=2">那里</a> '

    sent = await api.ok("sendMessage", chat_id=anna.id, text=text, parse_mode="html")

    assert sent["text"] == "😀 路灯 <1> 那里"
    assert sent["entities"] == [
        {"type": "bold", "offset": 3, "length": 2},
        {"type": "italic", "offset": 4, "length": 1},
        {"type": "text_link", "url": "https://x.test/?a=1&b=2", "offset": 10, "length": 2},
    ]


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([BUTTON], 'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'),
        ([["Yes"]], "can't parse inline keyboard button: InlineKeyboardButton must be an Object"),
        ([[{"callback_data": "x"}]],
         'can\'t parse inline keyboard button: Can\'t find field "text"'),
        ([[{"text": "Yes"}]],
         "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
        ([[BUTTON | {"callback_data": "字" * 22}]], "BUTTON_DATA_INVALID"),
        ([[BUTTON] * 9], "reply markup is too long"),
        ([[BUTTON]] * 101, "reply markup is too long"),
    ],
)  # fmt: skip
async def test_a_keyboard_that_is_not_right_is_refused(
    api: BareClient, anna: Person, rows: Any, why: str
) -> None:
    markup = {"inline_keyboard": rows}

    said = await api.refusal("sendMessage", chat_id=anna.id, text="x", reply_markup=markup)

    assert said == f"400 Bad Request: {why}"


async def test_the_largest_keyboard_is_taken(api: BareClient, anna: Person) -> None:
    row = [BUTTON | {"callback_data": "字" * 21 + "x"}]

    await api.ok(
        "sendMessage", chat_id=anna.id, text="x", reply_markup={"inline_keyboard": [row] * 100}
    )

    assert len(anna.last.labels) == 100


async def test_a_reply_keyboard_stands_under_the_chat(api: BareClient, anna: Person) -> None:
    keyboard = {"keyboard": [["Here", {"text": "My place", "request_location": True}]]}

    sent = await api.ok("sendMessage", chat_id=anna.id, text="Where?", reply_markup=keyboard)
    shown = [button.text for button in anna.chat.keyboard[0]]
    await api.ok("sendMessage", chat_id=anna.id, text="Ah", reply_markup={"remove_keyboard": True})

    assert "reply_markup" not in sent
    assert shown == ["Here", "My place"]
    assert anna.chat.keyboard == ()


async def test_an_edit_that_changes_nothing_is_refused(api: BareClient, anna: Person) -> None:
    sent = await api.ok("sendMessage", chat_id=anna.id, text="Same")
    own = anna.writes("mine")

    async def edit(number: int, text: str) -> str:
        return await api.refusal("editMessageText", chat_id=anna.id, message_id=number, text=text)

    assert (await edit(sent["message_id"], "Same")).startswith(
        "400 Bad Request: message is not modified: specified new message content"
    )
    assert await edit(99_999, "x") == "400 Bad Request: message to edit not found"
    assert await edit(own, "x") == "400 Bad Request: message can't be edited"


async def test_a_keyboard_can_be_taken_away_once(api: BareClient, anna: Person) -> None:
    sent = await api.ok(
        "sendMessage", chat_id=anna.id, text="?", reply_markup={"inline_keyboard": [[BUTTON]]}
    )
    named = {"chat_id": anna.id, "message_id": sent["message_id"]}

    await api.ok("editMessageReplyMarkup", **named)

    assert anna.last.labels == []
    assert "not modified" in await api.refusal("editMessageReplyMarkup", **named)


async def test_a_press_is_answered_once_and_in_time(
    api: BareClient, anna: Person, clock: Clock
) -> None:
    await api.ok(
        "sendMessage", chat_id=anna.id, text="?", reply_markup={"inline_keyboard": [[BUTTON]]}
    )
    first, second = anna.presses("Yes"), anna.presses("Yes")

    await api.ok("answerCallbackQuery", callback_query_id=first)
    clock.seconds += 151

    assert await api.refusal("answerCallbackQuery", callback_query_id=first) == TOO_OLD
    assert await api.refusal("answerCallbackQuery", callback_query_id=second) == TOO_OLD
    assert await api.refusal("answerCallbackQuery", callback_query_id="7") == TOO_OLD


async def test_only_a_button_that_is_shown_can_be_pressed(api: BareClient, anna: Person) -> None:
    sent = await api.ok(
        "sendMessage", chat_id=anna.id, text="?", reply_markup={"inline_keyboard": [[BUTTON]]}
    )
    await api.ok("deleteMessage", chat_id=anna.id, message_id=sent["message_id"])

    with pytest.raises(NotThere):
        anna.presses("Yes")
    anna.forges_press(sent["message_id"], "o:1")

    forged = api.simulator.pending[-1].body["callback_query"]
    assert (forged["data"], forged["message"]["date"]) == ("o:1", 0)


async def test_a_photo_travels_both_ways(api: BareClient, anna: Person) -> None:
    form = aiohttp.FormData({"chat_id": "1001", "caption": "<i>after</i>", "parse_mode": "HTML"})
    form.add_field("photo", picture(800, 600), filename="a.jpg", content_type="image/jpeg")
    async with api.session.post(api.url("sendPhoto"), data=form) as answer:
        sent = (await answer.json())["result"]
    again = await api.ok("sendPhoto", chat_id=anna.id, photo=sent["photo"][-1]["file_id"])
    kept = await api.ok("getFile", file_id=sent["photo"][-1]["file_id"])
    where = f"{api.simulator.api_base}/file/bot{api.simulator.token}/{kept['file_path']}"
    async with api.session.get(where) as download:
        content = await download.read()

    assert [size["width"] for size in sent["photo"]] == [90, 320, 800]
    assert sent["caption_entities"] == [{"type": "italic", "offset": 0, "length": 5}]
    assert again["photo"][-1]["file_unique_id"] == sent["photo"][-1]["file_unique_id"]
    assert content == picture(800, 600)
    assert [seen.text for seen in anna.seen()] == ["after", ""]


@pytest.mark.parametrize(
    ("method", "fields", "why"),
    [
        ("sendPhoto", {}, "there is no photo in the request"),
        ("sendPhoto", {"photo": "no-such-file"},
         "wrong remote file identifier specified: Wrong string length"),
        ("sendPhoto", {"photo": "x", "caption": "字" * 1025}, "message caption is too long"),
        ("sendMediaGroup", {}, 'parameter "media" is required'),
        ("sendMediaGroup", {"media": []}, "there are no messages to send"),
        ("sendMediaGroup", {"media": [{"type": "photo", "media": "attach://a"}]},
         "file must be non-empty"),
        ("sendLocation", {"latitude": 31.2}, "longitude is empty"),
        ("sendLocation", {"latitude": 131.2, "longitude": 0}, "wrong location specified"),
        ("sendChatAction", {"action": "dancing"}, "wrong parameter action in request"),
        ("deleteMessage", {"message_id": 5}, "message to delete not found"),
        ("editMessageReplyMarkup", {}, "message identifier is not specified"),
        ("leaveChat", {}, "chat member status can't be changed in private chats"),
        ("getFile", {}, "file_id not specified"),
        ("getFile", {"file_id": "x"}, "invalid file_id"),
    ],
)  # fmt: skip
async def test_a_call_that_lacks_something_is_refused(
    api: BareClient, anna: Person, method: str, fields: dict[str, Any], why: str
) -> None:
    said = await api.refusal(method, chat_id=anna.id, **fields)

    assert said == f"400 Bad Request: {why}"


async def test_an_album_is_one_call_and_several_messages(api: BareClient, anna: Person) -> None:
    media = [
        {
            "type": "photo",
            "media": "attach://one",
            "caption": "two photos",
            "caption_entities": [{"type": "bold", "offset": 0, "length": 3}],
        },
        {"type": "photo", "media": "attach://two"},
    ]
    form = aiohttp.FormData({"chat_id": "1001", "media": json.dumps(media)})
    for name in ("one", "two"):
        form.add_field(name, picture(), filename=f"{name}.jpg")
    async with api.session.post(api.url("sendMediaGroup"), data=form) as answer:
        result = (await answer.json())["result"]

    (accepted,) = api.simulator.accepted
    assert accepted.message_ids == tuple(message["message_id"] for message in result)
    assert accepted.text == "two photos"
    assert result[0]["caption_entities"] == [{"type": "bold", "offset": 0, "length": 3}]
    assert len({seen.album for seen in anna.seen()}) == 1


async def test_who_blocked_the_bot_hears_nothing(api: BareClient, anna: Person) -> None:
    anna.blocks()
    blocked = await api.refusal("sendMessage", chat_id=anna.id, text="x")
    anna.writes("I am back")
    await api.ok("sendMessage", chat_id=anna.id, text="Welcome back")
    anna.deactivates()

    assert blocked == "403 Forbidden: bot was blocked by the user"
    assert await api.refusal("sendMessage", chat_id=anna.id, text="x") == (
        "403 Forbidden: user is deactivated"
    )
    assert anna.texts == ["Welcome back"]


async def test_a_cleared_chat_is_empty_on_one_side_only(api: BareClient, anna: Person) -> None:
    sent = await api.ok("sendMessage", chat_id=anna.id, text="Before")
    anna.deletes_chat()
    named = {"chat_id": anna.id, "message_id": sent["message_id"]}

    assert anna.history() == []
    assert (await api.ok("editMessageText", text="Still there", **named))["text"] == "Still there"


async def test_a_group_says_where_it_moved_and_who_threw_the_bot_out(
    api: BareClient, anna: Person
) -> None:
    group = api.simulator.group(-500)
    strange = await api.refusal("sendMessage", chat_id=-500, text="x")
    group.adds_bot(by=anna)
    await api.ok("sendMessage", chat_id=-500, text="hello")
    moved = group.migrates(-100500, by=anna)
    status, said = await api.call("sendMessage", chat_id=-500, text="x")
    moved.kicks_bot(by=anna)

    assert strange == "403 Forbidden: bot is not a member of the group chat"
    assert (status, said["parameters"]) == (400, {"migrate_to_chat_id": -100500})
    assert said["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert await api.refusal("sendMessage", chat_id=-100500, text="x") == (
        "403 Forbidden: bot was kicked from the supergroup chat"
    )
    assert [seen.text for seen in group.seen()] == ["hello"]


async def test_a_group_can_be_left(api: BareClient, anna: Person) -> None:
    group = api.simulator.group(-500)
    group.adds_bot(by=anna)

    await api.ok("leaveChat", chat_id=-500)

    last = api.simulator.pending[-1].body["my_chat_member"]
    assert last["new_chat_member"]["status"] == "left"
    assert await api.refusal("leaveChat", chat_id=-500) == (
        "403 Forbidden: bot is not a member of the group chat"
    )


async def test_commands_and_the_menu_are_kept(api: BareClient) -> None:
    commands = [{"command": "help", "description": "What can I do?"}]
    await api.ok("setMyCommands", commands=commands, language_code="en")
    await api.ok("setChatMenuButton", menu_button={"type": "commands"})

    assert await api.ok("getMyCommands", language_code="en") == commands
    assert await api.ok("getMyCommands") == []
    assert await api.ok("getChatMenuButton") == {"type": "commands"}
    assert await api.refusal(
        "setMyCommands", commands=[{"command": "HELP", "description": "x"}]
    ) == ("400 Bad Request: BOT_COMMAND_INVALID")


async def test_after_logging_out_the_token_is_no_longer_known(api: BareClient) -> None:
    await api.ok("logOut")

    assert await api.refusal("getMe") == "401 Unauthorized"
