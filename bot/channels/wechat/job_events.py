"""Events about what we sent: template messages, consents to notices, and notices."""

from collections.abc import Iterator
from typing import Any

from bot.channels.wechat.incoming import Consent, Content, JobDone, Nothing, NoticeDone
from bot.channels.wechat.xml_in import Fields, word


def job_done(found: Fields) -> Content:
    """`MsgID`, with a capital D, is the id of the message that was sent."""
    return JobDone(id=word(found, "MsgID"), status=word(found, "Status"))


def consents(found: Fields, name: str) -> tuple[Content, ...]:
    """Those of one dialogue, or withdrawn in the settings."""
    return tuple(
        Consent(
            template_id=word(each, "TemplateId"),
            is_given=word(each, "SubscribeStatusString").lower() == "accept",
        )
        for each in _listed(found, name)
    ) or (Nothing(why="a consent to nothing"),)


def notices_done(found: Fields) -> tuple[Content, ...]:
    return tuple(
        NoticeDone(
            id=word(each, "MsgID"),
            template_id=word(each, "TemplateId"),
            code=word(each, "ErrorCode"),
            status=word(each, "ErrorStatus"),
        )
        for each in _listed(found, "SubscribeMsgSentEvent")
    ) or (Nothing(why="a notice about nothing"),)


def _listed(found: Fields, name: str) -> Iterator[Fields]:
    """One entry stands there as itself, several as a list."""
    outer: Any = found.get(name)
    inner: Any = outer.get("List") if isinstance(outer, dict) else None
    for each in inner if isinstance(inner, list) else [inner]:
        if isinstance(each, dict):
            yield each
