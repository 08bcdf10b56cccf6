"""JSON ⇄ messages, both ways and nothing else: no database, no clock, no network."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from actions.application.web_records import Account, Line, TicketBrief
from actions.domain.identifiers import AttachmentId
from bot.gateway.buttons import Buttons
from bot.gateway.storable import storable
from bot.problem import Refusal

LONGEST_TEXT: Final = 4000
LONGEST_LABEL: Final = 200
MOST_PHOTOS: Final = 9
PHOTOS: Final = "/chat/api/attachments/"

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.ASCII)
_PHOTO = re.compile(r"[A-Za-z0-9_-]{8,40}", re.ASCII)
_KINDS: Final = ("text", "action", "location", "attachments")


@dataclass(frozen=True, kw_only=True)
class Posted:
    """What somebody sent: exactly one of the four is there."""

    client_msg_id: str
    text: str | None = None
    was_mended: bool = False  #: the text held what no database keeps
    action: str | None = None
    location: Mapping[str, Any] | None = None
    attachments: tuple[AttachmentId, ...] = ()


def posted(body: Mapping[str, Any]) -> Posted:
    """Read a message of the page; members nobody asked for are ignored.

    Raises:
        Refusal: something has the wrong type, is missing, or there is too much of it.
    """
    client_msg_id = body.get("client_msg_id")
    if not isinstance(client_msg_id, str) or not _UUID.fullmatch(client_msg_id.lower()):
        raise wrong("client_msg_id")
    given = [kind for kind in _KINDS if body.get(kind) is not None]
    if len(given) != 1:
        raise wrong(*_KINDS)
    kind = given[0]
    return Posted(client_msg_id=client_msg_id.lower(), **_READ[kind](body[kind]))


def wrong(*fields: str) -> Refusal:
    """Which members cannot be used; the page shows the title only."""
    return Refusal(422, "error_bad_request", fields=list(fields))


def _text(value: Any) -> dict[str, Any]:
    if not isinstance(value, str) or not value.strip():
        raise wrong("text")
    if len(value) > LONGEST_TEXT:
        raise Refusal(422, "error_too_large", fields=["text"], limit=LONGEST_TEXT)
    kept = storable(value)
    return {"text": kept, "was_mended": kept != value}


def _action(value: Any) -> dict[str, Any]:
    if not isinstance(value, str) or not value:
        raise wrong("action")
    return {"action": value}


def _location(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise wrong("location")
    label = value.get("label")
    if label is not None and (not isinstance(label, str) or len(label) > LONGEST_LABEL):
        raise wrong("location.label")
    named = {"label": storable(label or "").strip()}
    if "place_id" in value:
        if not isinstance(value["place_id"], str):
            raise wrong("location.place_id")
        return {"location": {"place_id": storable(value["place_id"]), **named}}
    lat = _degrees(value.get("lat"), 90.0, "location.lat")
    lon = _degrees(value.get("lon"), 180.0, "location.lon")
    return {"location": {"lat": lat, "lon": lon, **named}}


def _degrees(value: Any, most: float, field: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise wrong(field)
    if not math.isfinite(value) or abs(value) > most:
        raise wrong(field)
    return float(value)


def _attachments(value: Any) -> dict[str, Any]:
    if not isinstance(value, list) or not 0 < len(value) <= MOST_PHOTOS:
        raise wrong("attachments")
    if not all(isinstance(each, str) and is_photo_id(each) for each in value):
        raise wrong("attachments")
    return {"attachments": tuple(AttachmentId(each) for each in dict.fromkeys(value))}


def is_photo_id(text: str) -> bool:
    """Whether it has the shape of an attachment's id."""
    return _PHOTO.fullmatch(text) is not None


_READ: Final = {
    "text": _text,
    "action": _action,
    "location": _location,
    "attachments": _attachments,
}


def message_json(line: Line, account: Account, signer: Buttons) -> dict[str, Any]:
    """One message as the page reads it."""
    photos = [photo_url(photo) for photo in line.content.get("photos") or ()]
    card = line.content.get("card") or _card_for(line, photos)
    return {
        "seq": line.seq,
        "id": str(line.id),
        "direction": line.direction,
        "kind": _kind(line, card, photos),
        "text": line.text,
        "buttons": _buttons(line, account, signer),
        "card": _card(card) if card else None,
        "image_url": photos[0] if photos else None,
        "photos": photos,
        "in_reply_to": str(line.in_reply_to) if line.in_reply_to is not None else None,
        "ticket": _ticket(line.ticket) if line.ticket else None,
        "proposal": line.content.get("proposal"),
        "push": bool(line.content.get("push")),
        "client_msg_id": line.client_msg_id,
        "at": instant(line.at),
    }


def _card_for(line: Line, photos: list[str]) -> dict[str, Any] | None:
    """News of a matter with photos and something to press, or with several photos."""
    if line.ticket is None or not photos:
        return None
    if len(photos) == 1 and not line.content.get("buttons"):
        return None
    return {"title": line.ticket.number, "photos": line.content["photos"]}


def _kind(line: Line, card: Mapping[str, Any] | None, photos: list[str]) -> str:
    """A bubble that carries a photo is shown as one."""
    if line.kind != "text":
        return line.kind
    if card:
        return "card"
    return "image" if photos else "text"


def _buttons(line: Line, account: Account, signer: Buttons) -> list[dict[str, str]]:
    return [
        {
            "action": signer.sign(line.id, index, account.conversation_id),
            "label": str(button.get("label", "")),
            "style": str(button.get("style", "default")),
        }
        for index, button in enumerate(line.content.get("buttons") or ())
    ]


def _card(card: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "title": card.get("title", ""),
        "urgency": card.get("urgency", ""),
        "lines": [
            {"label": each.get("label", ""), "value": each.get("value", "")}
            for each in card.get("lines") or ()
        ],
        "countdown_to": card.get("countdown_to"),
        "photos": [photo_url(photo) for photo in card.get("photos") or ()],
    }


def _ticket(ticket: TicketBrief) -> dict[str, Any]:
    return {
        "number": ticket.number,
        "status": ticket.status,
        "category": ticket.category,
        "due_at": instant(ticket.due_at),
        "role": ticket.role or None,
    }


def photo_url(photo: str) -> str:
    return PHOTOS + photo


def instant(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
