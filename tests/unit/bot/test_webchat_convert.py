"""What the page reads of a message."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from actions.application.web_records import Account, Line, TicketBrief
from actions.domain.identifiers import ConversationId, PersonId
from bot.channels.webchat.convert import message_json
from bot.gateway.buttons import Buttons

ME = Account(
    person_id=PersonId(1),
    participant_id="p",
    display_name="",
    locale="zh-CN",
    area="RT/LJ",
    home="",
    conversation_id=ConversationId(7),
    session="s",
    has_consented=True,
)
TICKET = TicketBrief(
    number="LL-260302-0001-A", status="accepted", category="NOI01", due_at=None, role="GWF"
)
NEWS = Line(
    id=5,
    seq=3,
    direction="out",
    kind="text",
    text="网格员说:换好了",
    content={},
    at=datetime(2026, 3, 2, tzinfo=UTC),
    ticket=TICKET,
)
BUTTON = {"label": "回复", "style": "primary", "command": {"do": "AnswerTicket", "ticket_id": 1}}


def shown(**content: Any) -> dict[str, Any]:
    return message_json(replace(NEWS, content=content), ME, Buttons(b"k" * 32))


def test_plain_words_are_a_bubble() -> None:
    message = shown()

    assert (message["kind"], message["card"], message["image_url"]) == ("text", None, None)


def test_one_photo_is_shown_as_a_photo() -> None:
    message = shown(photos=["a" * 24])

    assert (message["kind"], message["image_url"]) == ("image", f"/chat/api/attachments/{'a' * 24}")


def test_photos_with_something_to_press_become_a_card_so_that_nothing_is_lost() -> None:
    message = shown(photos=["a" * 24], buttons=[BUTTON])

    assert message["kind"] == "card"
    assert message["card"]["title"] == TICKET.number
    assert message["card"]["photos"] == [f"/chat/api/attachments/{'a' * 24}"]
    assert [button["label"] for button in message["buttons"]] == ["回复"]


def test_a_button_shows_no_command() -> None:
    button = shown(buttons=[BUTTON])["buttons"][0]

    assert set(button) == {"action", "label", "style"}
    assert "AnswerTicket" not in button["action"]
    assert len(button["action"]) <= 64


def test_a_card_keeps_its_lines() -> None:
    card = {"title": "噪声", "urgency": "N", "lines": [{"label": "地点", "value": "45栋"}]}

    message = shown(card=card)

    assert message["card"] == {**card, "countdown_to": None, "photos": []}
