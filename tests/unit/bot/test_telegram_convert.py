"""Updates mean what they mean, and nothing anybody can post makes reading them fail otherwise."""

import copy
import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.convert import read
from bot.channels.telegram.envelope import envelope, envelope_of
from bot.channels.telegram.incoming import (
    Elsewhere,
    Help,
    Languages,
    Letter,
    Moved,
    Nothing,
    Part,
    Photo,
    Place,
    Press,
    Reach,
    Start,
    Unread,
    Words,
)
from bot.gateway.reader import Unreadable

CHEN = {"id": 1001, "is_bot": False, "first_name": "陈", "language_code": "zh-hans"}
PRIVATE = {"id": 1001, "type": "private", "first_name": "陈"}
GROUP = {"id": -500, "type": "supergroup", "title": "群"}
FILE = {"file_id": "F", "file_unique_id": "U", "file_size": 100}


def message(**content: Any) -> dict[str, Any]:
    return {"message_id": 7, "date": 1_772_000_000, "chat": PRIVATE, "from": CHEN, **content}


def member(status: str) -> dict[str, Any]:
    more = {"until_date": 0} if status == "kicked" else {}
    return {"status": status, "user": {"id": 7, "is_bot": True, "first_name": "L"}, **more}


def change(chat: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    return {"chat": chat, "from": CHEN, "date": 1_772_000_000,
            "old_chat_member": member(old), "new_chat_member": member(new)}  # fmt: skip


QUERY = {"id": "9", "from": CHEN, "chat_instance": "1", "data": "o1.0.x", "message": message()}
PHOTO = [{**FILE, "file_id": "small", "width": 90, "height": 60},
         {**FILE, "file_id": "large", "width": 1280, "height": 960},
         {**FILE, "file_id": "middle", "width": 320, "height": 240}]  # fmt: skip
WHERE = {"latitude": 23.1, "longitude": 113.3}
VENUE = {"location": WHERE, "title": "广场", "address": "幸福路"}
PARTS: list[tuple[dict[str, Any], tuple[Part, ...]]] = [
    ({"text": "灯坏了"}, (Words(text="灯坏了"),)),
    ({"text": "a\x00b\ud83d"}, (Words(text="a�b�", was_mended=True),)),
    ({"text": "/start"}, (Start(payload=""),)),
    ({"text": "/start abc_-9"}, (Start(payload="abc_-9"),)),
    ({"text": "/start " + "x" * 65}, (Start(payload=""),)),
    ({"text": "/START@linli_bot code"}, (Start(payload="code"),)),
    ({"text": "/help"}, (Help(),)),
    ({"text": "/language"}, (Languages(),)),
    ({"text": "/restart{}"}, (Words(text="restart{}"),)),
    ({"text": "//external"}, (Words(text="external"),)),
    ({"text": "/"}, (Unread(what="other"),)),
    ({"text": "/ "}, (Unread(what="other"),)),
    ({"photo": PHOTO}, (Photo(file_id="large", unique_id="U", size=100),)),
    ({"photo": PHOTO, "caption": "/help"},
     (Words(text="/help"), Photo(file_id="large", unique_id="U", size=100))),
    ({"document": {**FILE, "mime_type": "image/png"}},
     (Photo(file_id="F", unique_id="U", size=100),)),
    ({"document": {**FILE, "mime_type": "application/pdf"}}, (Unread(what="file"),)),
    ({"document": FILE}, (Unread(what="file"),)),
    ({"location": WHERE}, (Place(lat=23.1, lon=113.3, label=""),)),
    ({"location": WHERE, "venue": VENUE}, (Place(lat=23.1, lon=113.3, label="广场 幸福路"),)),
    ({"dice": {"emoji": "🎲", "value": 3}}, (Unread(what="other"),)),
    ({"contact": {"phone_number": "1", "first_name": "王"}}, (Unread(what="contact"),)),
]  # fmt: skip


@pytest.mark.parametrize(("content", "parts"), PARTS)
def test_a_message_holds_its_parts_words_first(
    content: dict[str, Any], parts: tuple[Part, ...]
) -> None:
    (letter,) = read(json.dumps({"update_id": 1, "message": message(**content)}))

    assert isinstance(letter, Letter)
    assert letter.parts == parts
    assert (letter.key, letter.writer.chat, letter.writer.locale) == ("1001.7", "1001", "zh-CN")


@pytest.mark.parametrize(
    ("update", "kind"),
    [
        ({"callback_query": QUERY}, Press),
        ({"callback_query": {**QUERY, "message": {"chat": PRIVATE, "message_id": 3, "date": 0}}},
         Press),
        ({"callback_query": {**QUERY, "message": message(chat=GROUP)}}, Elsewhere),
        ({"callback_query": {**QUERY, "from": {**CHEN, "id": 1002}}}, Nothing),
        ({"my_chat_member": change(PRIVATE, "member", "kicked")}, Reach),
        ({"my_chat_member": change(PRIVATE, "kicked", "member")}, Reach),
        ({"my_chat_member": change(GROUP, "left", "member")}, Elsewhere),
        ({"my_chat_member": change(GROUP, "member", "kicked")}, Nothing),
        ({"message": message(chat=GROUP, text="灯")}, Elsewhere),
        ({"message": message(chat=GROUP, migrate_to_chat_id=-100500)}, Moved),
        ({"message": message(chat=GROUP, migrate_from_chat_id=-500)}, Elsewhere),
        ({"channel_post": message(chat={"id": -9, "type": "channel", "title": "c"})}, Elsewhere),
        ({"message": {**message(text="x"), "from": {**CHEN, "is_bot": True}}}, Nothing),
        ({"message": {k: v for k, v in message(text="x").items() if k != "from"}}, Nothing),
        ({"message": {**message(text="x"), "from": {**CHEN, "id": 1002}}}, Nothing),
        ({"message": message(pinned_message=message(text="x"))}, Nothing),
        ({"message": message(text="  \n")}, Nothing),
        ({"edited_message": message(location=WHERE, edit_date=1_772_000_001)}, Nothing),
        ({"edited_message": message(text="/start", edit_date=1_772_000_001)}, Nothing),
        ({"poll_answer": {"poll_id": "1", "option_ids": [], "user": CHEN}}, Nothing),
        ({"something_new_in_2030": {"x": 1}}, Nothing),
        ({}, Nothing),
    ],
)  # fmt: skip
def test_every_kind_of_update_is_something_to_us(update: dict[str, Any], kind: type) -> None:
    (found,) = read(json.dumps({"update_id": 1, **update}))

    assert isinstance(found, kind)


@pytest.mark.parametrize(
    ("update", "queue"),
    [
        ({"message": message(text="x")}, "1001"),
        ({"message": message(text="x", chat=GROUP)}, "-500"),
        ({"callback_query": QUERY}, "1001"),
        ({"callback_query": {k: v for k, v in QUERY.items() if k != "message"}}, "1001"),
        ({"my_chat_member": change(GROUP, "left", "member")}, "-500"),
        ({"poll_answer": {"user": CHEN}}, "1001"),
        ({"poll": {}}, "none"),
    ],
)
def test_what_has_to_stay_in_order_is_a_chat(update: dict[str, Any], queue: str) -> None:
    assert envelope_of({"update_id": 4, **update})[:2] == ("4", queue)


def test_a_body_that_is_no_update_is_known_by_what_it_says() -> None:
    assert envelope(b"\xff\x00{") == envelope(b"\xff\x00{")
    assert envelope(b"1")[0] != envelope(b"2")[0]
    assert "\0" not in envelope(b"\x00")[2]


def test_a_message_nested_beyond_all_measure_is_put_away() -> None:
    nested = message(text="x")
    for _ in range(700):
        nested = message(text="x", reply_to_message=nested)

    with pytest.raises(Unreadable):
        read(json.dumps({"update_id": 1, "message": nested}))


SAMPLES: list[dict[str, Any]] = [
    *({"update_id": 1, "message": message(**content)} for content, _ in PARTS),
    {"update_id": 1, "callback_query": QUERY},
    {"update_id": 1, "my_chat_member": change(GROUP, "left", "member")},
    {"update_id": 1, "edited_message": message(photo=PHOTO, caption="x")},
]
ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=4,
)


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every container with every key in it."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield value, key
        if isinstance(inner, dict | list):
            yield from places(inner)


@given(sample=st.sampled_from(SAMPLES), where=st.integers(0, 200), odd=ODD, gone=st.booleans())
def test_whatever_stands_in_an_update_it_is_read_or_put_away(
    sample: dict[str, Any], where: int, odd: Any, *, gone: bool
) -> None:
    update = copy.deepcopy(sample)
    found = list(places(update))
    container, key = found[where % len(found)]
    if gone and isinstance(container, dict):
        del container[key]
    else:
        container[key] = odd

    external_id, queue, body = envelope_of(update)

    assert len(external_id) <= 128
    assert 0 < len(queue) <= 128
    with suppress(Unreadable):
        for incoming in read(body):
            _check_types(incoming)


def _check_types(incoming: object) -> None:
    """What goes on from here is what it says it is."""
    if isinstance(incoming, Letter):
        assert all(isinstance(each.text, str) for each in incoming.parts if isinstance(each, Words))
        assert isinstance(incoming.album, str)
        assert len(incoming.writer.name) <= 80
        assert len(f"{incoming.key}.photos.{incoming.update_id}") <= 128


@given(st.binary(max_size=60))
def test_whatever_is_posted_it_can_be_kept(raw: bytes) -> None:
    _, _, body = envelope(raw)

    assert "\0" not in body
    body.encode()
