"""Messages: everything that arrived is told once, in order, and came to an end (I1 to I6)."""

from typing import Any, Final

from sqlalchemy import ColumnElement, Select, String, and_, cast, exists, func, literal, or_, select

from actions.adapters.database.invariants.base import Invariant, Moment
from actions.adapters.database.schema.messaging import (
    conversations,
    effects,
    inbox,
    messages,
    outbox,
    understood,
)

_ENDED = ("done", "quarantined")
_ARRIVED = ("pending", "parked", *_ENDED)
#: Not numbered, and not of an effect: a browser is rung for what is shown to it.
_ALERT = "alert:%"


def _untold(_: Moment) -> Select[Any]:
    told = exists().where(
        messages.c.conversation_id == inbox.c.conversation_id, messages.c.seq == inbox.c.seq
    )
    return (
        select(inbox.c.id, inbox.c.seq)
        .join(conversations, conversations.c.id == inbox.c.conversation_id)
        .where(~told, inbox.c.seq > conversations.c.purged_to)
    )


def _never_arrived(_: Moment) -> Select[Any]:
    arrived = exists().where(inbox.c.id == messages.c.inbox_id)
    return select(messages.c.id, messages.c.inbox_id).where(messages.c.direction == "in", ~arrived)


def _told_differently(_: Moment) -> Select[Any]:
    written = inbox.c.payload["text"].as_string()
    return (
        select(inbox.c.id, messages.c.id)
        .join(messages, messages.c.inbox_id == inbox.c.id)
        .where(inbox.c.kind == "text", written != messages.c.text)
    )


def _gaps(_: Moment) -> Select[Any]:
    """Above what was purged, the count, the highest number and the next number have to agree."""
    talks = conversations.c
    told, highest = func.count(messages.c.seq), func.max(messages.c.seq)
    above = and_(messages.c.conversation_id == talks.id, messages.c.seq > talks.purged_to)
    return (
        select(talks.id, told, highest, talks.next_seq)
        .outerjoin(messages, above)
        .group_by(talks.id, talks.next_seq, talks.purged_to)
        .having(
            or_(
                told != talks.next_seq - 1 - talks.purged_to,
                func.coalesce(highest, talks.purged_to) != talks.next_seq - 1,
            )
        )
    )


def _odd(_: Moment) -> Select[Any]:
    return select(inbox.c.id, inbox.c.state).where(inbox.c.state.not_in(_ARRIVED))


def _half_ended(_: Moment) -> Select[Any]:
    return select(inbox.c.id, inbox.c.state).where(
        or_(
            and_(inbox.c.state.in_(_ENDED), inbox.c.finished_at.is_(None)),
            and_(inbox.c.state.not_in(_ENDED), inbox.c.finished_at.is_not(None)),
        )
    )


def _took_effect() -> ColumnElement[bool]:
    cause = literal("inbox:") + cast(inbox.c.id, String)
    return exists().where(effects.c.cause == cause, effects.c.step == "turn")


def _without_effect(_: Moment) -> Select[Any]:
    return select(inbox.c.id).where(
        inbox.c.state == "done", inbox.c.outcome != "erased", ~_took_effect()
    )


def _effect_too_early(_: Moment) -> Select[Any]:
    return select(inbox.c.id, inbox.c.state).where(inbox.c.state != "done", _took_effect())


def _of_no_arrival(_: Moment) -> Select[Any]:
    """Sorted and compared, as below: no index has the number with a word before it."""
    caused = select(effects.c.cause).where(effects.c.cause.like("inbox:%"))
    arrived = select(literal("inbox:") + cast(inbox.c.id, String))
    return select(caused.except_(arrived).subquery())


def _of_no_effect(_: Moment) -> Select[Any]:
    """A key is the effect and a running number."""
    said = func.rtrim(outbox.c.key, "0123456789").label("effect")
    known = effects.c.cause + "/" + effects.c.step + "/"
    return select(
        select(said).where(outbox.c.key.not_like(_ALERT)).except_(select(known)).subquery()
    )


def _by_no_model(_: Moment) -> Select[Any]:
    return select(understood.c.inbox_id).where(understood.c.model == "")


MESSAGES: Final = (
    Invariant("I1", "an arrival is not in the transcript", _untold),
    Invariant("I1", "a line of the transcript never arrived", _never_arrived),
    Invariant("I2", "a line says something else than arrived", _told_differently),
    Invariant("I3", "a conversation's messages are not numbered 1 to n", _gaps),
    Invariant("I4", "an arrival is in no known state", _odd),
    Invariant("I4", "an arrival ended without a moment, or has one and did not end", _half_ended),
    Invariant("I5", "an arrival is done and nothing took effect", _without_effect),
    Invariant("I5", "an arrival took effect and is not done", _effect_too_early),
    Invariant("I6", "an effect of an arrival nobody knows", _of_no_arrival),
    Invariant("I6", "a message nobody caused", _of_no_effect),
    Invariant("I6", "a text was understood by a model that is not named", _by_no_model),
)
