"""What is kept about one person, table by table: the one list that export and erasure share."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.schema.channels import link_codes
from actions.adapters.database.schema.console import console_accounts, console_sessions
from actions.adapters.database.schema.knowing import unanswered
from actions.adapters.database.schema.learning import corrections
from actions.adapters.database.schema.matters import (
    callbacks,
    drafts,
    findings,
    followers,
    rounds,
    sealed_contacts,
    ticket_events,
    tickets,
)
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
    consents,
    invitations,
    people,
    push_subscriptions,
    role_grants,
    sealed_identities,
    sessions,
)
from actions.domain.identifiers import PersonId

#: Columns that are secrets, copies of what is given in readable form elsewhere, or the number of
#: another person's matter.
_WITHHELD = frozenset(
    {
        "token_hash", "sealed", "vector", "code_hash", "sender_key", "lease_owner", "master",
        "password_hash",
        "focus_ticket_id", "reviewed_by", "note",
    }
)  # fmt: skip
#: What buttons do and what is waited for: our own notes, which may point at another's matter.
_OURS = frozenset({"command", "ticket_id"})
#: Where an entry stands on somebody else's record, and on which.
_PLACE_ON_RECORD = frozenset({"ticket_id", "seq"})


def conversations_of(person_id: PersonId) -> Select[tuple[int]]:
    return select(conversations.c.id).where(conversations.c.person_id == person_id)


def inbox_of(person_id: PersonId) -> Select[tuple[int]]:
    return select(inbox.c.id).where(inbox.c.conversation_id.in_(conversations_of(person_id)))


def rounds_of(person_id: PersonId) -> Select[tuple[int]]:
    return select(rounds.c.id).where(rounds.c.person_id == person_id)


def rows_of(person_id: PersonId) -> Mapping[Table, ColumnElement[bool]]:
    """The rows about a person in every table that has any."""
    talks = conversations_of(person_id)
    return {
        people: people.c.id == person_id,
        role_grants: role_grants.c.person_id == person_id,
        channel_addresses: channel_addresses.c.person_id == person_id,
        sealed_identities: sealed_identities.c.person_id == person_id,
        sessions: sessions.c.person_id == person_id,
        invitations: invitations.c.redeemed_by == person_id,
        consents: consents.c.person_id == person_id,
        link_codes: link_codes.c.person_id == person_id,
        console_accounts: console_accounts.c.person_id == person_id,
        console_sessions: console_sessions.c.person_id == person_id,
        push_subscriptions: push_subscriptions.c.person_id == person_id,
        conversations: conversations.c.person_id == person_id,
        inbox: inbox.c.conversation_id.in_(talks),
        messages: messages.c.conversation_id.in_(talks),
        understood: understood.c.inbox_id.in_(inbox_of(person_id)),
        unanswered: unanswered.c.inbox_id.in_(inbox_of(person_id)),
        outbox: outbox.c.person_id == person_id,
        attachments: attachments.c.person_id == person_id,
        drafts: drafts.c.person_id == person_id,
        tickets: tickets.c.reporter_id == person_id,
        ticket_events: ticket_events.c.actor_id == person_id,
        followers: followers.c.person_id == person_id,
        callbacks: callbacks.c.person_id == person_id,
        rounds: rounds.c.person_id == person_id,
        findings: findings.c.round_id.in_(rounds_of(person_id)),
        sealed_contacts: sealed_contacts.c.by_id == person_id,
        corrections: corrections.c.person_id == person_id,
    }


async def belongings(conn: AsyncConnection, person_id: PersonId) -> dict[str, Any]:
    """Every row about the person as JSON values, by table."""
    found: dict[str, Any] = {}
    others = set((await conn.execute(_wholes_of_others(person_id))).scalars())
    for table, condition in rows_of(person_id).items():
        columns = [column for column in table.c if column.name not in _WITHHELD]
        query = select(*columns).where(condition).order_by(*table.primary_key.columns)
        rows = (await conn.execute(query)).mappings()
        found[table.name] = [
            {
                name: _readable(value)
                for name, value in row.items()
                if name not in _PLACE_ON_RECORD or row.get("ticket_id") not in others
            }
            for row in rows
        ]
    return found


def _wholes_of_others(person_id: PersonId) -> Select[tuple[int]]:
    """Tickets the person knows under the number of their own only, which was merged into them."""
    mine, whole = tickets.alias("mine"), tickets.alias("whole")
    joined = select(followers.c.ticket_id).where(followers.c.person_id == person_id)
    return (
        select(whole.c.id)
        .join(mine, mine.c.master == whole.c.number)
        .where(
            or_(mine.c.reporter_id == person_id, mine.c.id.in_(joined)),
            mine.c.master != "",
            whole.c.id.not_in(joined),
        )
    )


def _readable(value: Any) -> Any:
    """As JSON, without what our buttons hold."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {name: _readable(each) for name, each in value.items() if name not in _OURS}
    if isinstance(value, list):
        return [_readable(each) for each in value]
    return value


async def tickets_touched(conn: AsyncConnection, person_id: PersonId) -> Sequence[int]:
    """Tickets the person raised, joined or worked on."""
    acted = select(ticket_events.c.ticket_id).where(ticket_events.c.actor_id == person_id)
    joined = select(followers.c.ticket_id).where(followers.c.person_id == person_id)
    query = select(tickets.c.id).where(
        or_(tickets.c.reporter_id == person_id, tickets.c.id.in_(acted), tickets.c.id.in_(joined))
    )
    return list((await conn.execute(query)).scalars())
