"""What the platform keeps for an account: its menu, its codes with a scene, media for three days."""

import re
from typing import Any, Final

from tests.simulators.wechat import errors
from tests.simulators.wechat.errors import Refused
from tests.simulators.wechat.state import State

MOST_TOP: Final = 3
MOST_BELOW: Final = 5
LONGEST_NAME: Final = (16, 60)  #: bytes, at the top and below
LONGEST_KEY: Final = 128
LONGEST_URL: Final = 1024
LONGEST_CODE: Final = 30 * 86_400
LARGEST_IMAGE: Final = 10 * 1024 * 1024
_SCENE = re.compile(r".{1,64}", re.DOTALL)
_MEDIA = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8")


def create_menu(state: State, body: Any) -> dict[str, Any]:
    entries = body.get("button")
    if not isinstance(entries, list) or not 1 <= len(entries) <= MOST_TOP:
        raise Refused(40016, "invalid button size")
    for entry in entries:
        below = entry.get("sub_button") or []
        if len(below) > MOST_BELOW:
            raise Refused(40023, "invalid sub button size")
        _name(entry, 0)
        for each in below or [entry]:
            _name(each, 1 if below else 0)
            _target(each)
    state.menu = body
    return {"errcode": 0, "errmsg": "ok"}


def _name(entry: Any, level: int) -> None:
    name = entry.get("name")
    if not isinstance(name, str) or not 0 < len(name.encode()) <= LONGEST_NAME[level]:
        raise Refused(40018, "invalid button name size")


def _target(entry: Any) -> None:
    match entry.get("type"):
        case "view":
            if not 0 < len(str(entry.get("url") or "").encode()) <= LONGEST_URL:
                raise Refused(40020, "invalid button url size")
        case "click" | "location_select" | "scancode_push" | "scancode_waitmsg" | "pic_sysphoto":
            if not 0 < len(str(entry.get("key") or "").encode()) <= LONGEST_KEY:
                raise Refused(40019, "invalid button key size")
        case _:
            raise Refused(40017, "invalid button type")


def create_code(state: State, body: Any) -> dict[str, Any]:
    """A code for good, or for thirty days at most; its scene is a text."""
    scene = (body.get("action_info") or {}).get("scene") or {}
    value = scene.get("scene_str")
    if not isinstance(value, str) or not _SCENE.fullmatch(value):
        raise Refused(40053, "invalid action info")
    lasts = 0
    match body.get("action_name"):
        case "QR_LIMIT_STR_SCENE":
            pass
        case "QR_STR_SCENE":
            lasts = int(body.get("expire_seconds") or 60)
            if lasts > LONGEST_CODE:
                raise Refused(40052, "invalid action name")
        case _:
            raise Refused(40052, "invalid action name")
    ticket = f"gQ{next(state.numbers)}=="
    state.codes[ticket] = value
    answer = {"ticket": ticket, "url": f"http://weixin.qq.com/q/{ticket[2:-2]}"}
    return answer | ({"expire_seconds": lasts} if lasts else {})


def upload(state: State, kind: str, content: bytes) -> dict[str, Any]:
    if kind != "image":
        raise Refused(40004, "invalid media type")
    if not content.startswith(_MEDIA):
        raise Refused(40005, "invalid file type")
    if len(content) > LARGEST_IMAGE:
        raise Refused(40009, "invalid image size")
    media_id = keep(state, "image/jpeg", content)
    return {"type": "image", "media_id": media_id, "created_at": int(state.now())}


def keep(state: State, kind: str, content: bytes) -> str:
    """The id of what somebody sent, or the account uploaded."""
    media_id = f"M{next(state.numbers)}-simulated"
    state.media[media_id] = (kind, content)
    return media_id


def fetch(state: State, media_id: str) -> tuple[str, bytes]:
    if media_id not in state.media:
        raise Refused(*errors.BAD_MEDIA)
    return state.media[media_id]
