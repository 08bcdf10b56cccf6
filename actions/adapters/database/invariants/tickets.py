"""Tickets: each was filed by something, is told of, and nobody sees it go back (I6 to I14)."""

from typing import Any, Final

from sqlalchemy import Select, and_, exists, func, or_, select

from actions.adapters.database.invariants.base import Invariant, Moment
from actions.adapters.database.schema.matters import ticket_events, tickets
from actions.adapters.database.schema.messaging import effects, messages, outbox
from actions.adapters.database.schema.records import community_versions

_OUT = ("ready", "faulty", "claimed", "sent", "superseded", "dead")
_SETTLED = ("sent", "superseded", "dead")


def _without_cause(_: Moment) -> Select[Any]:
    known = exists().where(effects.c.cause == ticket_events.c.cause)
    return select(ticket_events.c.ticket_id, ticket_events.c.seq, ticket_events.c.cause).where(
        ~known
    )


def _half_written(_: Moment) -> Select[Any]:
    begun = exists().where(ticket_events.c.ticket_id == tickets.c.id, ticket_events.c.seq == 1)
    return select(tickets.c.id, tickets.c.number).where(~begun)


def _of_no_ticket(_: Moment) -> Select[Any]:
    known = exists().where(tickets.c.id == ticket_events.c.ticket_id)
    return select(ticket_events.c.ticket_id, ticket_events.c.seq).where(~known)


def _unsettled(_: Moment) -> Select[Any]:
    shown = exists().where(messages.c.outbox_id == outbox.c.id)
    return (
        select(messages.c.outbox_id, outbox.c.channel, outbox.c.state)
        .join(outbox, outbox.c.id == messages.c.outbox_id)
        .where(outbox.c.state != "sent")
        .union_all(
            select(outbox.c.id, outbox.c.channel, outbox.c.state).where(
                ~shown, *_shown_on_the_page()
            )
        )
        .subquery()
        .select()
    )


def _shown_on_the_page() -> tuple[Any, ...]:
    """What a purge or an erasure emptied need not be in a transcript any more."""
    return (
        outbox.c.state == "sent",
        outbox.c.channel == "webchat",
        outbox.c.template != "erased_message",
    )


def _odd(_: Moment) -> Select[Any]:
    return select(outbox.c.id, outbox.c.state).where(outbox.c.state.not_in(_OUT))


def _half_settled(_: Moment) -> Select[Any]:
    return select(outbox.c.id, outbox.c.state).where(
        or_(
            and_(outbox.c.state.in_(_SETTLED), outbox.c.settled_at.is_(None)),
            and_(outbox.c.state.not_in(_SETTLED), outbox.c.settled_at.is_not(None)),
        )
    )


def _gave_up_silently(_: Moment) -> Select[Any]:
    return select(outbox.c.id, outbox.c.channel).where(
        outbox.c.state == "dead", outbox.c.last_error == "", outbox.c.template != "erased_message"
    )


def _backwards(_: Moment) -> Select[Any]:
    """News of a ticket in the order it was shown: its version only grows."""
    before = func.lag(outbox.c.version).over(
        partition_by=(messages.c.conversation_id, outbox.c.ticket_id), order_by=messages.c.seq
    )
    told = (
        select(messages.c.id, outbox.c.ticket_id, outbox.c.version, before.label("before"))
        .join(messages, messages.c.outbox_id == outbox.c.id)
        .where(outbox.c.status_news)
        .subquery()
    )
    return select(told.c.id, told.c.ticket_id, told.c.before, told.c.version).where(
        told.c.version < told.c.before
    )


def _unfolded(_: Moment) -> Select[Any]:
    """What is kept of a ticket beside its record, compared with the last entry."""
    last = ticket_events.alias("last")
    ahead = ticket_events.alias("ahead")
    goes_on = exists().where(ahead.c.ticket_id == tickets.c.id, ahead.c.seq > tickets.c.version)
    return (
        select(tickets.c.number, tickets.c.status, tickets.c.version)
        .outerjoin(last, and_(last.c.ticket_id == tickets.c.id, last.c.seq == tickets.c.version))
        .where(or_(last.c.seq.is_(None), last.c.target != tickets.c.status, goes_on))
    )


def _without_rules(_: Moment) -> Select[Any]:
    """Tickets from before there were versions came under the first one when it was imported."""
    known = exists().where(community_versions.c.hash == tickets.c.rules_version)
    return select(tickets.c.number, tickets.c.rules_version).where(
        ~known, tickets.c.rules_version != ""
    )


TICKETS: Final = (
    Invariant("I6", "a step on a ticket has no cause", _without_cause),
    Invariant("I9", "a ticket is not where its last entry left it", _unfolded),
    Invariant("I10", "a ticket without a record", _half_written),
    Invariant("I10", "a record without a ticket", _of_no_ticket),
    Invariant(
        "I11", "a message was shown and its row not settled, or the other way round", _unsettled
    ),
    Invariant("I11", "an outbox row is in no known state", _odd),
    Invariant("I11", "an outbox row is settled without a moment, or has one", _half_settled),
    Invariant("I11", "a message was given up without a reason", _gave_up_silently),
    Invariant("I13", "news of a ticket went backwards", _backwards),
    Invariant("I26", "a ticket stands under settings that are not there", _without_rules),
)
