"""One person takes over everything of another, in the caller's transaction; it may be repeated."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.absorbing_tickets import rewrite_tickets
from actions.adapters.database.person_columns import DOORS, IN_CONVERSATION, MOVED, ONE_EACH
from actions.adapters.database.schema.console import console_accounts, console_sessions
from actions.adapters.database.schema.matters import followers, rounds
from actions.adapters.database.schema.messaging import conversations, inbox, messages
from actions.adapters.database.schema.people import channel_addresses, people, role_grants
from actions.domain.identifiers import PersonId

#: Facts about somebody that the survivor takes over where they have none.
_FACTS = ("display_name", "home", "organisation", "roster_key")


async def absorb(
    conn: AsyncConnection, absorbed: PersonId, survivor: PersonId, at: datetime
) -> None:
    """Both conversations have to be held."""
    await _join_followers(conn, absorbed, survivor)
    await _end_second_round(conn, absorbed, survivor, at)
    await rewrite_tickets(conn, absorbed, survivor)
    for column in MOVED:
        await conn.execute(
            update(column.table).where(column == absorbed).values({column.name: survivor})
        )
    for column in DOORS:
        values = {column.name: survivor, "created_at": at}
        await conn.execute(update(column.table).where(column == absorbed).values(values))
    await _keep_one_each(conn, absorbed, survivor)
    await _hand_over_roles(conn, absorbed, survivor, at)
    await _append_talk(conn, absorbed, survivor)


async def _join_followers(conn: AsyncConnection, absorbed: PersonId, survivor: PersonId) -> None:
    """Of two who follow one ticket, the longer and the living counts; who raised it raised it."""
    theirs = followers.alias("theirs")
    both = followers.c.ticket_id == theirs.c.ticket_id
    query = (
        select(followers.c.ticket_id, followers.c.kind, followers.c.since, followers.c.left_at)
        .add_columns(theirs.c.kind.label("other"), theirs.c.since.label("other_since"))
        .add_columns(theirs.c.left_at.label("other_left"))
        .join(theirs, and_(both, theirs.c.person_id == absorbed))
        .where(followers.c.person_id == survivor)
    )
    rows = (await conn.execute(query)).all()
    for row in rows:
        has_left = row.left_at is not None and row.other_left is not None
        left = max(row.left_at, row.other_left) if has_left else None
        kind = row.other if row.other == "reporter" else row.kind
        mine = followers.c.ticket_id == row.ticket_id
        await conn.execute(delete(followers).where(mine, followers.c.person_id == absorbed))
        await conn.execute(
            update(followers)
            .where(mine, followers.c.person_id == survivor)
            .values(kind=kind, since=min(row.since, row.other_since), left_at=left)
        )
    moved = update(followers).where(followers.c.person_id == absorbed)
    await conn.execute(moved.values(person_id=survivor))


async def _end_second_round(
    conn: AsyncConnection, absorbed: PersonId, survivor: PersonId, at: datetime
) -> None:
    """Nobody walks two rounds at once."""
    running = rounds.alias("running")
    mine = exists().where(running.c.person_id == survivor, running.c.ended_at.is_(None))
    second = and_(rounds.c.person_id == absorbed, rounds.c.ended_at.is_(None), mine)
    await conn.execute(update(rounds).where(second).values(ended_at=at))


async def _keep_one_each(conn: AsyncConnection, absorbed: PersonId, survivor: PersonId) -> None:
    """Whose sign-in goes is signed out with it."""
    both = select(func.count()).where(console_accounts.c.person_id.in_([absorbed, survivor]))
    sign_ins = console_sessions.c.person_id
    if (await conn.execute(both)).scalar_one() > 1:
        await conn.execute(delete(console_sessions).where(sign_ins == absorbed))
    for column in ONE_EACH:
        has = (await conn.execute(select(column).where(column == survivor))).first()
        change = delete(column.table) if has else update(column.table).values(person_id=survivor)
        await conn.execute(change.where(column == absorbed))
    await conn.execute(
        update(console_sessions).where(sign_ins == absorbed).values(person_id=survivor)
    )


async def _hand_over_roles(
    conn: AsyncConnection, absorbed: PersonId, survivor: PersonId, at: datetime
) -> None:
    """Ended there and begun here at one moment, by which it can be undone."""
    alive = role_grants.c.revoked_at.is_(None)
    columns = (role_grants.c.role, role_grants.c.area, role_grants.c.granted_by)
    query = select(*columns).where(alive)
    theirs = (await conn.execute(query.where(role_grants.c.person_id == absorbed))).mappings().all()
    mine = (await conn.execute(query.where(role_grants.c.person_id == survivor))).all()
    held = {(row.role, row.area) for row in mine}
    new = [
        {**row, "person_id": survivor, "granted_at": at}
        for row in theirs
        if (row["role"], row["area"]) not in held
    ]
    await conn.execute(
        update(role_grants).where(role_grants.c.person_id == absorbed, alive).values(revoked_at=at)
    )
    if new:
        await conn.execute(insert(role_grants), new)


async def take_facts(conn: AsyncConnection, absorbed: PersonId, survivor: PersonId) -> None:
    """Name, home, firm and place in the roster, where the survivor has none."""
    rows = (await conn.execute(select(people).where(people.c.id.in_([absorbed, survivor])))).all()
    by_id: Mapping[int, Any] = {row.id: row for row in rows}
    gained = {
        name: getattr(by_id[absorbed], name)
        for name in _FACTS
        if not getattr(by_id[survivor], name) and getattr(by_id[absorbed], name)
    }
    await conn.execute(update(people).where(people.c.id == absorbed).values(roster_key=None))
    if gained:
        await conn.execute(update(people).where(people.c.id == survivor).values(gained))


async def put_aside(conn: AsyncConnection, person: PersonId, channel: str) -> str:
    """Where a code is given is where the person is now on that channel; their chat before."""
    aside = await conn.execute(
        update(channel_addresses)
        .where(
            channel_addresses.c.person_id == person,
            channel_addresses.c.channel == channel,
            channel_addresses.c.state == "active",
        )
        .values(state="aside")
        .returning(channel_addresses.c.external_id)
    )
    return aside.scalars().first() or ""


async def _append_talk(conn: AsyncConnection, absorbed: PersonId, survivor: PersonId) -> None:
    """What was said there follows what was said here, renumbered, each with its own date."""
    query = select(conversations).where(conversations.c.person_id.in_([absorbed, survivor]))
    talks = {row.person_id: row for row in (await conn.execute(query)).all()}
    old, new = talks[absorbed], talks[survivor]
    shift = new.next_seq - 1
    await _keep_asking_once(conn, absorbed, survivor, old.id)
    for table in (messages, inbox):
        await conn.execute(
            update(table)
            .where(table.c.conversation_id == old.id)
            .values(conversation_id=new.id, seq=table.c.seq + shift)
        )
    for column in IN_CONVERSATION:
        moved = update(column.table).where(column == old.id)
        await conn.execute(moved.values(conversation_id=new.id))
    read = shift + old.last_read_seq if new.last_read_seq == shift else new.last_read_seq
    focus = new.focus_ticket_id or old.focus_ticket_id
    await conn.execute(
        update(conversations)
        .where(conversations.c.id == new.id)
        .values(
            next_seq=shift + old.next_seq,
            last_read_seq=read,
            purged_to=shift + old.purged_to if old.purged_to else new.purged_to,
            focus_ticket_id=focus,
            focus_at=new.focus_at if new.focus_ticket_id else old.focus_at,
            awaiting=new.awaiting or old.awaiting,
        )
    )
    await conn.execute(
        update(conversations)
        .where(conversations.c.id == old.id)
        .values(next_seq=1, last_read_seq=0, purged_to=0, focus_ticket_id=None, awaiting=None)
    )


async def _keep_asking_once(
    conn: AsyncConnection, absorbed: PersonId, survivor: PersonId, talk: int
) -> None:
    """A page that sends a message again does so under its new name; the row has to be found."""
    names = select(people.c.id, people.c.participant_id).where(
        people.c.id.in_([absorbed, survivor])
    )
    known = {row.id: f"{row.participant_id}:" for row in await conn.execute(names)}
    before, after = known[absorbed], known[survivor]
    twin = inbox.alias("twin")
    renamed: ColumnElement[str] = literal(after) + func.substr(inbox.c.external_id, len(before) + 1)
    taken = exists().where(
        twin.c.channel == inbox.c.channel,
        twin.c.account == inbox.c.account,
        twin.c.external_id == renamed,
    )
    await conn.execute(
        update(inbox)
        .where(
            inbox.c.conversation_id == talk,
            func.substr(inbox.c.external_id, 1, len(before)) == before,
            ~taken,
        )
        .values(external_id=renamed)
    )
