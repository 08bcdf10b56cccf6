"""What one message holds, in parts; pure, and strict about types nobody promised."""

import math
import re
from typing import Any, Final

from telegram import Document, Location, Message, PhotoSize, Venue

from bot.channels.telegram.incoming import (
    Help,
    Languages,
    Part,
    Photo,
    Place,
    Start,
    Unread,
    Words,
)
from bot.gateway.storable import storable

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@[A-Za-z0-9_]+)?(?:\s+(.*))?", re.DOTALL)
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
_LONGEST_LABEL: Final = 200
#: What is in a message, and what we call it; the first that is there counts.
_UNREAD: Final = {
    "voice": "voice", "audio": "voice", "video_note": "voice",
    "video": "video", "animation": "video", "live_photo": "video",
    "sticker": "sticker", "contact": "contact", "document": "file",
    "poll": "other", "dice": "other", "game": "other", "story": "other", "paid_media": "other",
    "checklist": "other", "giveaway": "other", "invoice": "other", "gift": "other",
}  # fmt: skip


def parts_of(message: Message, *, is_edit: bool) -> tuple[Part, ...]:
    """Words first; nothing at all where the platform only tells of itself.

    A newer version says something anew in its words or its photo; a live place that moves, or a
    command that was corrected, says nothing.
    """
    written = _written(message, is_edit=is_edit)
    shown = _shown(message)
    if is_edit and not isinstance(shown, Photo):
        shown = None
    return tuple(part for part in (written, shown) if part is not None)


def _written(message: Message, *, is_edit: bool) -> Part | None:
    given = text(message.text or message.caption or "")
    if not given.strip():
        return None
    if message.text and given.startswith("/"):
        return _command(given, is_edit=is_edit)
    return _words(given)


def _command(given: str, *, is_edit: bool) -> Part | None:
    """Ours do what they say; any other is words, and never a way around understanding."""
    found = _COMMAND.fullmatch(given)
    name, rest = (found[1].lower(), found[2] or "") if found else ("", given.lstrip("/"))
    if name in ("start", "help", "language") and is_edit:
        return None
    if name == "start":
        payload = rest.strip()
        return Start(payload=payload if _PAYLOAD.fullmatch(payload) else "")
    if name == "help":
        return Help()
    if name == "language":
        return Languages()
    said = f"{name.replace('_', ' ')} {rest}".strip()
    return _words(said) if said else Unread(what="other")


def _words(given: str) -> Words:
    kept = storable(given)
    return Words(text=kept, was_mended=kept != given)


def _shown(message: Message) -> Part | None:
    if message.photo:
        return _photo(max(message.photo, key=lambda size: size.width * size.height))
    if message.venue is not None:
        return _place(message.venue.location, message.venue)
    if message.location is not None:
        return _place(message.location, None)
    if _is_picture(message):
        return _photo(message.document)
    for name, what in _UNREAD.items():
        if getattr(message, name) is not None:
            return Unread(what=what)
    return None


def _is_picture(message: Message) -> bool:
    """A picture sent as a file; a moving one is a document as well."""
    if message.document is None or message.animation is not None:
        return False
    return text(message.document.mime_type or "").startswith("image/")


def _photo(file: PhotoSize | Document | None) -> Photo:
    if file is None:
        raise TypeError("no file")
    size = file.file_size if isinstance(file.file_size, int) else 0
    return Photo(file_id=text(file.file_id), unique_id=text(file.file_unique_id), size=size)


def _place(where: Location, venue: Venue | None) -> Place:
    named = (text(venue.title), text(venue.address)) if venue else ()
    label = storable(" ".join(" ".join(named).split()))[:_LONGEST_LABEL]
    return Place(
        lat=_degrees(where.latitude, 90.0), lon=_degrees(where.longitude, 180.0), label=label
    )


def _degrees(value: Any, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError("degrees are numbers")
    if not math.isfinite(value) or abs(value) > most:
        raise ValueError("degrees beyond the earth")
    return float(value)


def text(value: object) -> str:
    """PTB takes whatever stands in the JSON.

    Raises:
        TypeError: something else than text.
    """
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value
