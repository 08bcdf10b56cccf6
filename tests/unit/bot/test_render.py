"""An outbox row becomes the message its reader sees; nothing in it can lose the message."""

import logging
from datetime import UTC, datetime
from typing import Any

import pytest

from actions.adapters.database.outbox import content_of
from actions.application import values
from actions.application.delivering import Due
from actions.application.notification import Button, Card, Notification
from actions.domain.identifiers import PersonId
from bot.delivery.render import Renderer
from tests.nanting import wording

TEXTS = {
    "filed": "收到,编号 {number}。",
    "accept": "接单 {number}",
    "line_where": "地点",
    "line_due": "最遲",
    "text_missing": "(显示不出来)",
    "role_GWF": "网格员",
    "between_parts": " · ",
}


def due(purpose: str = "reply", **told: Any) -> Due:
    notification = Notification(person_id=PersonId(1), template="filed", **told)
    return Due(
        id=1,
        person_id=1,
        conversation_id=1,
        channel="webchat",
        area="",
        purpose=purpose,
        template=notification.template,
        content=content_of(notification),
        ticket_id=None,
        version=0,
        status_news=False,
        urgent=False,
        in_reply_to=None,
        attempts=0,
        locale="zh-CN",
        created_at=datetime(2026, 11, 20, tzinfo=UTC),
    )


RENDERER = Renderer(wording(**TEXTS))
NUMBER = {"number": values.number("LL-1")}
COMMAND = {"do": "AcceptTicket", "ticket_id": 7}


def test_a_text_is_rendered_with_its_values() -> None:
    shown = RENDERER.show(due(params=NUMBER, photos=("a1", "a2")))

    assert (shown.kind, shown.text) == ("text", "收到,编号 **LL-1**。")
    assert shown.content == {"buttons": [], "card": None, "photos": ["a1", "a2"], "push": False}


def test_news_nobody_asked_for_is_marked_as_such() -> None:
    assert RENDERER.show(due("push", params=NUMBER)).content["push"] is True


def test_buttons_carry_their_command_and_plain_words() -> None:
    buttons = (
        Button(label="accept", command=COMMAND, style="primary", params=NUMBER),
        Button(label="2座 **904**", command=COMMAND, literal=True),
    )

    shown = RENDERER.show(due(params=NUMBER, buttons=buttons))

    assert shown.content["buttons"] == [
        {"label": "接单 LL-1", "style": "primary", "command": COMMAND},
        {"label": "2座 **904**", "style": "default", "command": COMMAND},
    ]


def test_a_card_has_its_words_and_no_empty_lines() -> None:
    card = Card(
        title=values.category("BLD01"),
        urgency="U",
        lines=(("line_where", values.joined("45栋", "楼梯")), ("line_due", values.moment(None))),
        countdown_to="2026-11-20T08:30:00+00:00",
        photos=("p1",),
    )

    shown = RENDERER.show(due(params=NUMBER, card=card))

    assert shown.kind == "card"
    assert shown.content["card"] == {
        "title": "扶手松动",
        "urgency": "U",
        "lines": [{"label": "地点", "value": "45栋 · 楼梯"}],
        "countdown_to": "2026-11-20T08:30:00+00:00",
        "photos": ["p1"],
    }


def test_a_message_without_its_value_is_still_a_message(caplog: pytest.LogCaptureFixture) -> None:
    assert RENDERER.show(due()).text == "收到,编号 。"
    assert [record.levelno for record in caplog.records] == [logging.ERROR]


def test_a_button_without_a_text_can_still_be_pressed() -> None:
    shown = RENDERER.show(due(params=NUMBER, buttons=(Button(label="lost", command=COMMAND),)))

    assert shown.content["buttons"][0] == {
        "label": "(显示不出来)",
        "style": "default",
        "command": COMMAND,
    }


def test_what_an_older_release_wrote_is_read() -> None:
    old = due(params=NUMBER)
    bare = Due(**{name: getattr(old, name) for name in old.__dataclass_fields__} | {"content": {}})

    assert RENDERER.show(bare).content["buttons"] == []
