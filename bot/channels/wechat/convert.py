"""Fields of a callback → what they mean, and nothing else: no database, no clock, no network."""

import hashlib
import re
from collections.abc import Callable, Mapping
from typing import Final

from bot.channels.wechat.incoming import (
    Callback,
    Click,
    Content,
    Follow,
    Leave,
    Link,
    Nothing,
    Photo,
    Place,
    Scan,
    Unread,
    Voice,
    Words,
)
from bot.channels.wechat.job_events import consents, job_done, notices_done
from bot.channels.wechat.xml_in import Fields, NoMessage, word

#: Before the scene of somebody who follows us by one of our codes.
_BY_CODE: Final = "qrscene_"
_OPENID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_LONGEST_LABEL: Final = 200
_POLE: Final = 90
_DATE_LINE: Final = 180
#: Digits of a message's id, and bytes of the hash that names an event.
_LENGTH: Final = 20


def callback(found: Fields) -> Callback:
    """One message or event.

    Raises:
        NoMessage: it is from nobody, or none as the platform describes them.
    """
    openid, account = word(found, "FromUserName"), word(found, "ToUserName")
    if not _OPENID.fullmatch(openid) or not _OPENID.fullmatch(account):
        raise NoMessage("from nobody")
    return Callback(
        openid=openid,
        account=account,
        key=_key(found, openid),
        at=_at(found),
        contents=_contents(found),
    )


def _key(found: Fields, openid: str) -> str:
    """Messages have an id; events are told apart by who, when and what."""
    if word(found, "MsgType").lower() != "event" and (number := word(found, "MsgId")):
        if number.isascii() and number.isdigit() and len(number) <= _LENGTH:
            return f"m{number}"
        raise NoMessage("an id that is none")
    what = "\0".join(
        (openid, *(word(found, name) for name in ("CreateTime", "Event", "EventKey", "MsgID")))
    )
    return f"e{hashlib.sha256(what.encode('utf-8', 'surrogatepass')).hexdigest()[: 2 * _LENGTH]}"


def _at(found: Fields) -> int:
    at = word(found, "CreateTime")
    if not (at.isascii() and at.isdigit() and len(at) <= len("10000000000")):
        raise NoMessage("a time that is none")
    return int(at)


def _contents(found: Fields) -> tuple[Content, ...]:
    kind = word(found, "MsgType").lower()
    if kind == "event":
        return _event(found)
    known = _MESSAGES.get(kind)
    return (known(found) if known else Unread(what="other"),)


def _words(found: Fields) -> Content:
    text = word(found, "Content")
    return (
        Words(text=text, menu=word(found, "bizmsgmenuid"))
        if text.strip()
        else Nothing(why="nothing was said")
    )


def _photo(found: Fields) -> Content:
    return Photo(media_id=word(found, "MediaId"), url=word(found, "PicUrl"))


def _place(found: Fields) -> Content:
    """X is the latitude here, and Y the longitude."""
    return _spot(word(found, "Location_X"), word(found, "Location_Y"), word(found, "Label"))


def _link(found: Fields) -> Content:
    return Link(title=word(found, "Title"), url=word(found, "Url"))


#: Message types by their names; what is missing here we cannot take.
_MESSAGES: Final[Mapping[str, Callable[[Fields], Content]]] = {
    "text": _words,
    "image": _photo,
    "location": _place,
    "link": _link,
    "voice": lambda found: Voice(media_id=word(found, "MediaId")),
    "video": lambda _: Unread(what="video"),
    "shortvideo": lambda _: Unread(what="video"),
}


def _event(found: Fields) -> tuple[Content, ...]:
    """The platform writes their names in several cases."""
    kind = word(found, "Event").lower()
    known = _EVENTS.get(kind)
    if known is None:
        return (Nothing(why=f"event {kind[:40]}"),)
    return known(found)


def _follow(found: Fields) -> tuple[Content, ...]:
    scene = word(found, "EventKey")
    return (Follow(scene=scene.removeprefix(_BY_CODE) if scene.startswith(_BY_CODE) else ""),)


_EVENTS: Final[Mapping[str, Callable[[Fields], tuple[Content, ...]]]] = {
    "subscribe": _follow,
    "unsubscribe": lambda _: (Leave(),),
    "scan": lambda found: (Scan(scene=word(found, "EventKey")),),
    "click": lambda found: (Click(key=word(found, "EventKey")),),
    # Told by the menu; the message with the place follows and is the one that counts.
    "location_select": lambda _: (Nothing(why="a place, told again in a message"),),
    "templatesendjobfinish": lambda found: (job_done(found),),
    "subscribe_msg_popup_event": lambda found: consents(found, "SubscribeMsgPopupEvent"),
    "subscribe_msg_change_event": lambda found: consents(found, "SubscribeMsgChangeEvent"),
    "subscribe_msg_sent_event": notices_done,
}


def _spot(lat: str, lon: str, label: str) -> Content:
    try:
        place = Place(lat=float(lat), lon=float(lon), label=label[:_LONGEST_LABEL])
    except ValueError:
        return Unread(what="other")
    is_on_earth = abs(place.lat) <= _POLE and abs(place.lon) <= _DATE_LINE  # nan is not
    return place if is_on_earth else Unread(what="other")
