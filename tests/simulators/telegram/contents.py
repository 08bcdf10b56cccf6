"""What a message can hold besides text, as the Bot API describes it when it arrives."""

import io
from typing import Any

from PIL import Image

from tests.simulators.telegram.files import Files
from tests.simulators.telegram.text import commands_in


def written(text: str) -> dict[str, Any]:
    commands = commands_in(text)
    return {"text": text} | ({"entities": commands} if commands else {})


def picture(width: int = 640, height: int = 480, colour: str = "steelblue") -> bytes:
    """A JPEG to send."""
    made = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(made, "JPEG")
    return made.getvalue()


def photo(files: Files, content: bytes, caption: str = "") -> dict[str, Any]:
    sizes = [kept.photo_size() for kept in files.keep_photo(content)]
    return _captioned({"photo": sizes}, caption)


def document(
    files: Files, content: bytes, name: str, mime: str, caption: str, *, size: int | None
) -> dict[str, Any]:
    """A file sent as it is; `size` is what the server claims when it should not be the truth."""
    kept = files.keep(content, "documents", name.rpartition(".")[2] or "bin", size=size)
    said = kept.description() | {"file_name": name, "mime_type": mime}
    return _captioned({"document": said}, caption)


def voice(files: Files, seconds: int) -> dict[str, Any]:
    kept = files.keep(b"OggS" + bytes(60), "voice", "oga")
    return {"voice": kept.description() | {"duration": seconds, "mime_type": "audio/ogg"}}


def audio(files: Files, seconds: int) -> dict[str, Any]:
    kept = files.keep(b"ID3" + bytes(61), "music", "mp3")
    return {"audio": kept.description() | {"duration": seconds, "mime_type": "audio/mpeg"}}


def video(files: Files, seconds: int, caption: str = "") -> dict[str, Any]:
    kept = files.keep(bytes(64), "videos", "mp4")
    said = kept.description() | {"duration": seconds, "width": 640, "height": 360}
    return _captioned({"video": said}, caption)


def video_note(files: Files, seconds: int) -> dict[str, Any]:
    kept = files.keep(bytes(64), "video_notes", "mp4")
    return {"video_note": kept.description() | {"duration": seconds, "length": 240}}


def sticker(files: Files, emoji: str) -> dict[str, Any]:
    kept = files.keep(bytes(64), "stickers", "webp")
    said = {"type": "regular", "width": 512, "height": 512, "emoji": emoji}
    return {"sticker": kept.description() | said | {"is_animated": False, "is_video": False}}


def contact(phone_number: str, first_name: str, user_id: int | None) -> dict[str, Any]:
    known = {} if user_id is None else {"user_id": user_id}
    return {"contact": {"phone_number": phone_number, "first_name": first_name} | known}


def location(latitude: float, longitude: float, **more: Any) -> dict[str, Any]:
    return {"location": {"latitude": latitude, "longitude": longitude} | more}


def venue(latitude: float, longitude: float, title: str, address: str) -> dict[str, Any]:
    place = location(latitude, longitude)
    return place | {"venue": place | {"title": title, "address": address}}


def dice(emoji: str, value: int) -> dict[str, Any]:
    return {"dice": {"emoji": emoji, "value": value}}


def poll(number: str, question: str, options: list[str]) -> dict[str, Any]:
    choices = [
        {"persistent_id": str(place), "text": option, "voter_count": 0}
        for place, option in enumerate(options)
    ]
    return {
        "poll": {
            "id": number,
            "question": question,
            "options": choices,
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": True,
            "members_only": False,
        }
    }


def _captioned(content: dict[str, Any], caption: str) -> dict[str, Any]:
    return content | ({"caption": caption} if caption else {})
