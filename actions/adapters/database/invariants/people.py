"""People: powers have somebody who has them, and what was erased or is too old is gone."""

from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    Table,
    and_,
    cast,
    exists,
    literal,
    or_,
    select,
    union_all,
)

from actions.adapters.database.conversations import ERASED, MERGED
from actions.adapters.database.invariants.base import Invariant, Moment
from actions.adapters.database.retention import too_old
from actions.adapters.database.schema.channels import link_codes
from actions.adapters.database.schema.console import console_accounts, console_sessions
from actions.adapters.database.schema.learning import corrections
from actions.adapters.database.schema.matters import drafts, followers
from actions.adapters.database.schema.messaging import (
    attachments,
    conversations,
    inbox,
    messages,
    outbox,
    understood,
)
from actions.adapters.database.schema.people import (
    channel_addresses,
    people,
    push_subscriptions,
    role_grants,
    sealed_identities,
    sessions,
)

#: Nothing in them is of anybody who was erased.
_GONE: Final = (
    sealed_identities, sessions, push_subscriptions, channel_addresses, link_codes,
    console_accounts, console_sessions, drafts, followers, corrections,
)  # fmt: skip


def _powers_of_nobody(_: Moment) -> Select[Any]:
    return (
        select(role_grants.c.id, role_grants.c.person_id, role_grants.c.role)
        .outerjoin(people, people.c.id == role_grants.c.person_id)
        .where(
            role_grants.c.revoked_at.is_(None),
            or_(people.c.id.is_(None), people.c.erased_at.is_not(None)),
        )
    )


def _powers_from_nobody(_: Moment) -> Select[Any]:
    """0 is the house itself: the terminal, or a change of the roster."""
    known = exists().where(people.c.id == role_grants.c.granted_by)
    return select(role_grants.c.id, role_grants.c.granted_by).where(
        role_grants.c.granted_by != 0, ~known
    )


def _left_behind(_: Moment) -> Select[Any]:
    """Rows of erased persons that are of no use without them."""
    return union_all(*(_rows_of_erased(table) for table in _GONE)).subquery().select()


def _is_erased() -> ColumnElement[bool]:
    """Whoever became part of another person is not: that can be undone for a while."""
    merged = exists().where(
        conversations.c.person_id == people.c.id, conversations.c.channel == MERGED
    )
    return and_(people.c.erased_at.is_not(None), ~merged)


def _rows_of_erased(table: Table) -> Select[Any]:
    return (
        select(literal(table.name).label("what"), table.c.person_id)
        .join(people, people.c.id == table.c.person_id)
        .where(_is_erased())
    )


def _words_left(_: Moment) -> Select[Any]:
    talk = select(conversations.c.id).where(conversations.c.channel == ERASED).scalar_subquery()
    return union_all(
        select(literal("message").label("what"), messages.c.id).where(
            messages.c.conversation_id.in_(talk), messages.c.text != ""
        ),
        select(literal("arrival"), inbox.c.id).where(
            inbox.c.conversation_id.in_(talk), cast(inbox.c.payload, String) != "{}"
        ),
        select(literal("understood"), understood.c.inbox_id)
        .join(inbox, inbox.c.id == understood.c.inbox_id)
        .where(inbox.c.conversation_id.in_(talk)),
        select(literal("owed"), outbox.c.id)
        .join(people, people.c.id == outbox.c.person_id)
        .where(_is_erased(), outbox.c.template != "erased_message"),
        select(literal("photo of"), attachments.c.person_id)
        .join(people, people.c.id == attachments.c.person_id)
        .where(_is_erased(), attachments.c.erased_at.is_(None)),
        select(literal("name of"), people.c.id).where(
            _is_erased(), people.c.display_name != ""
        ),
    ).subquery().select()  # fmt: skip


def _too_old(moment: Moment) -> Select[Any]:
    return too_old(moment.kept_since)


PEOPLE: Final = (
    Invariant("I16", "powers of somebody who is not there any more", _powers_of_nobody),
    Invariant("I16", "powers given by somebody nobody knows", _powers_from_nobody),
    Invariant("I20", "something of an erased person is still there", _left_behind),
    Invariant("I20", "words of an erased person are still there", _words_left),
    Invariant("I21", "a line of a transcript is older than it may get", _too_old),
)
