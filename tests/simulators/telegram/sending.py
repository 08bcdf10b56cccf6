"""Methods that put a new message into a chat."""

import math
from typing import Any

from tests.simulators.telegram import text
from tests.simulators.telegram.chats import Chat
from tests.simulators.telegram.errors import bad
from tests.simulators.telegram.markup import inline_only, markup
from tests.simulators.telegram.parameters import Parameters, as_text
from tests.simulators.telegram.record import rows_of
from tests.simulators.telegram.state import State, as_number

LARGEST_ALBUM = 10


async def send_message(state: State, parameters: Parameters) -> dict[str, Any]:
    words, entities = text.message_text(parameters)
    return _sent(state, parameters, _with({"text": words}, "entities", entities))


async def send_photo(state: State, parameters: Parameters) -> dict[str, Any]:
    value = parameters.text("photo") or "photo"
    if "photo" not in parameters.files and "photo" not in parameters.fields:
        raise bad("there is no photo in the request")
    content = _captioned(parameters)
    markup(parameters)
    state.chat(parameters)
    sizes = state.files.photo(parameters, value, "there is no photo in the request")
    return _sent(state, parameters, {"photo": sizes} | content)


async def send_location(state: State, parameters: Parameters) -> dict[str, Any]:
    place = {
        "latitude": _degrees(parameters, "latitude", 90.0),
        "longitude": _degrees(parameters, "longitude", 180.0),
    }
    if parameters.text("live_period"):
        period = as_number(parameters.text("live_period"))
        if not 60 <= period <= 86400 and period != 0x7FFFFFFF:
            raise bad("wrong live location period specified")
        place["live_period"] = period
    return _sent(state, parameters, {"location": place})


async def send_media_group(state: State, parameters: Parameters) -> list[dict[str, Any]]:
    parameters.required("media")
    album = parameters.json("media", "can't parse media JSON object")
    if not isinstance(album, list):
        raise bad("expected an Array of InputMedia")
    if not 1 <= len(album) <= LARGEST_ALBUM:
        raise bad("wrong number of messages in the album specified" if album else
                  "there are no messages to send")  # fmt: skip
    chat = state.chat(parameters)
    contents = [_media(state, parameters, media) for media in album]
    group = {"media_group_id": str(next(state.album_ids))} if len(contents) > 1 else {}
    return [state.post(chat, state.bot, content | group) for content in contents]


def _media(state: State, parameters: Parameters, media: Any) -> dict[str, Any]:
    where = "can't parse InputMedia: "
    if not isinstance(media, dict):
        raise bad(f"{where}expected an Object")
    if media.get("type") != "photo":
        raise bad(f"{where}type must be one of photo: no other is simulated")
    if not isinstance(media.get("media"), str):
        raise bad(f"{where}media not found")
    own = Parameters({key: as_text(value) for key, value in media.items()}, parameters.files)
    sizes = state.files.photo(own, media["media"], "media not found")
    return {"photo": sizes} | _captioned(own)


def _captioned(parameters: Parameters) -> dict[str, Any]:
    words, entities = text.caption(parameters)
    return _with({"caption": words}, "caption_entities", entities) if words else {}


def _with(content: dict[str, Any], field: str, entities: list[dict[str, Any]]) -> dict[str, Any]:
    return content | {field: entities} if entities else content


def _degrees(parameters: Parameters, field: str, most: float) -> float:
    given = parameters.text(field).strip()
    if not given:
        raise bad(f"{field} is empty")
    try:
        value = float(given)
    except ValueError:
        value = math.nan
    if not -most <= value <= most:
        raise bad("wrong location specified")
    return value


def _sent(state: State, parameters: Parameters, content: dict[str, Any]) -> dict[str, Any]:
    keyboard = markup(parameters)
    chat = state.chat(parameters)
    reply = _replied_to(chat, parameters)
    inline = inline_only(keyboard)
    message = state.post(
        chat, state.bot, reply | content | ({"reply_markup": inline} if inline else {})
    )
    if keyboard and "keyboard" in keyboard:
        chat.keyboard = rows_of(keyboard)
    elif keyboard and keyboard.get("remove_keyboard"):
        chat.keyboard = ()
    return message


def _replied_to(chat: Chat, parameters: Parameters) -> dict[str, Any]:
    given = parameters.json("reply_parameters", "can't parse reply parameters JSON object")
    if given is None:
        return {}
    if not isinstance(given, dict):
        raise bad("object expected as reply parameters")
    original = chat.messages.get(given.get("message_id", 0))
    if original is not None:
        return {"reply_to_message": {k: v for k, v in original.items() if k != "reply_to_message"}}
    if given.get("allow_sending_without_reply"):
        return {}
    raise bad("message to be replied not found")


METHODS = {
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendLocation": send_location,
    "sendMediaGroup": send_media_group,
}
