"""Messages out: customer service, template and subscription notice, with their rules."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from tests.simulators.wechat import errors
from tests.simulators.wechat.errors import Refused
from tests.simulators.wechat.state import Follower, State

#: Bytes of a text, measured by others; the page of the platform does not say.
LONGEST: Final = 2048
#: Seconds in which the same `client_msg_id` is sent once.
SAME: Final = 600.0
#: Letters a value may have, by what its name begins with.
VALUES: Final = {"thing": 20, "character_string": 32, "phrase": 5, "time": 40, "short_thing": 20}


def custom(state: State, body: Any) -> dict[str, Any]:
    follower = _follower(state, body)
    kind = body.get("msgtype")
    said = _SAID.get(kind) if isinstance(kind, str) else None
    if said is None:
        raise Refused(40008, "invalid message type")
    text = said(body.get(kind))
    if not text:
        raise Refused(*errors.NO_CONTENT)
    if len(text.encode()) > LONGEST:
        raise Refused(*errors.TOO_LONG)
    now = state.now()
    if not follower.is_following or not follower.quota.is_open(now):
        raise Refused(*errors.WINDOW_CLOSED)
    if not follower.quota.take(now):
        raise Refused(*errors.TOO_MANY)
    if kind == "image" and body["image"].get("media_id") not in state.media:
        raise Refused(*errors.BAD_MEDIA)
    state.accept("custom", follower.openid, text, body)
    return {"errcode": 0, "errmsg": "ok"}


def template(state: State, body: Any) -> dict[str, Any]:
    follower = _follower(state, body)
    text = _values(state, body)
    if not follower.is_following:
        raise Refused(*errors.NO_FOLLOWER)
    own = str(body.get("client_msg_id") or "")
    at, number = state.client_ids.get((follower.openid, own), (0.0, ""))
    if own and state.now() - at < SAME:
        return {"errcode": 0, "errmsg": "ok", "msgid": int(number)}
    number = str(next(state.numbers))
    state.client_ids[follower.openid, own] = (state.now(), number)
    if not follower.is_blocking:
        state.accept("template", follower.openid, text, body | {"msgid": number})
    return {"errcode": 0, "errmsg": "ok", "msgid": int(number)}


def notice(state: State, body: Any) -> dict[str, Any]:
    """A consent for once is used up; one for good is not."""
    follower = _follower(state, body)
    text = _values(state, body)
    template_id = body["template_id"]
    left = follower.consents.get(template_id, 0)
    if left == 0:
        raise Refused(*errors.REFUSED_NOTICE)
    if left is not None:
        follower.consents[template_id] = left - 1
    number = str(next(state.numbers))
    state.accept("notice", follower.openid, text, body | {"msgid": number})
    return {"errcode": 0, "errmsg": "ok", "msgid": int(number)}


def _follower(state: State, body: Any) -> Follower:
    openid = body.get("touser") if isinstance(body, dict) else None
    if not isinstance(openid, str) or openid not in state.followers:
        raise Refused(*errors.BAD_OPENID)
    return state.followers[openid]


def _values(state: State, body: Any) -> str:
    if body.get("template_id") not in state.templates:
        raise Refused(*errors.NO_TEMPLATE)
    data = body.get("data")
    if not isinstance(data, Mapping) or not data:
        raise Refused(*errors.BAD_ARGUMENT)
    return "\n".join(_value(name, value) for name, value in data.items())


def _value(name: str, given: Any) -> str:
    value = given.get("value") if isinstance(given, Mapping) else None
    kind = name.rstrip("0123456789")
    longest = VALUES.get(kind)
    if not isinstance(value, str) or not value or longest is None or len(value) > longest:
        raise Refused(errors.BAD_ARGUMENT[0], f"argument invalid! data.{name}.value invalid")
    if kind == "character_string" and not value.isascii():
        raise Refused(errors.BAD_ARGUMENT[0], f"argument invalid! data.{name}.value invalid")
    return value


def _text(content: Any) -> str:
    return str(content.get("content") or "") if isinstance(content, dict) else ""


def _menu(content: Any) -> str:
    if not isinstance(content, dict) or not isinstance(content.get("list"), list):
        return ""
    choices = [f"{each['id']}: {each['content']}" for each in content["list"]]
    return "\n".join([content.get("head_content", ""), *choices, content.get("tail_content", "")])


def _image(content: Any) -> str:
    return "[image]" if isinstance(content, dict) and content.get("media_id") else ""


_SAID: Final[Mapping[str, Callable[[Any], str]]] = {
    "text": _text,
    "msgmenu": _menu,
    "image": _image,
}
