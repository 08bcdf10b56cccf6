"""`SqlLinking`: link codes, and two persons becoming one or going apart again."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, exists, func, insert, or_, select, update
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.absorbing import absorb, put_aside, take_facts
from actions.adapters.database.conversations import MERGED, hold
from actions.adapters.database.parting import bring_back, let_go
from actions.adapters.database.people import new_code
from actions.adapters.database.schema.channels import link_codes
from actions.adapters.database.schema.matters import callbacks, drafts, followers, tickets
from actions.adapters.database.schema.messaging import attachments, conversations, inbox, messages
from actions.adapters.database.schema.people import people, role_grants
from actions.application.ports_channels import Parted, United
from actions.domain.errors import RaceLost
from actions.domain.identifiers import ConversationId, PersonId
from actions.domain.one_time_code import hash_of

#: Whoever has said so much has told something that is theirs.
_TALKED = 3
#: A used code is of no use to anybody after that.
KEPT_FOR = timedelta(days=2)


class SqlLinking:
    """Within one transaction. A used code names whoever gave it, until another is asked for."""

    def __init__(self, conn: AsyncConnection, now: datetime, area: str) -> None:
        self._conn = conn
        self._now = now
        self._area = area
        self._held: set[int] = set()

    async def offer(self, person_id: PersonId, until: datetime) -> str:
        unused, mine = link_codes.c.used_at.is_(None), link_codes.c.person_id == person_id
        over = and_(unused, or_(mine, link_codes.c.expires_at <= self._now))
        forgotten = link_codes.c.used_at <= self._now - KEPT_FOR
        await self._conn.execute(delete(link_codes).where(or_(over, forgotten)))
        code = new_code()
        await self._conn.execute(
            insert(link_codes).values(
                code_hash=hash_of(code),
                person_id=person_id,
                area=self._area,
                created_at=self._now,
                expires_at=until,
            )
        )
        return code

    async def hold(self, code_hash: str, conversation_id: ConversationId | None) -> None:
        """Which conversations they are is read first; `unite` checks that it still is so."""
        talks = {conversation_id} if conversation_id else set[int]()
        query = (
            select(conversations.c.id, conversations.c.channel, conversations.c.account)
            .join(link_codes, link_codes.c.person_id == conversations.c.person_id)
            .where(link_codes.c.code_hash == code_hash)
        )
        row = (await self._conn.execute(query)).first()
        if row is not None:
            talks |= {row.id} | ({int(row.account)} if row.channel == MERGED else set[int]())
        await hold(self._conn, {ConversationId(each) for each in talks})
        self._held = set(talks)

    async def whose(self, code_hash: str) -> PersonId | None:
        query = (
            select(link_codes.c.person_id)
            .join(people, people.c.id == link_codes.c.person_id)
            .where(
                link_codes.c.code_hash == code_hash,
                link_codes.c.used_at.is_(None),
                link_codes.c.expires_at > self._now,
                people.c.erased_at.is_(None),
            )
        )
        found = (await self._conn.execute(query)).scalar_one_or_none()
        return None if found is None else PersonId(found)

    async def misses(self, conversation_id: ConversationId, since: datetime) -> int:
        query = select(func.count()).where(
            inbox.c.conversation_id == conversation_id,
            inbox.c.outcome == "refused:error_invitation",
            inbox.c.finished_at >= since,
        )
        return int((await self._conn.execute(query)).scalar_one())

    async def has_much(self, person_id: PersonId) -> bool:
        alive = and_(role_grants.c.person_id == person_id, role_grants.c.revoked_at.is_(None))
        owns = or_(
            exists().where(alive),
            exists().where(tickets.c.reporter_id == person_id),
            *(
                exists().where(table.c.person_id == person_id)
                for table in (followers, drafts, callbacks, attachments)
            ),
        )
        said = (
            select(func.count())
            .select_from(messages)
            .join(conversations, conversations.c.id == messages.c.conversation_id)
            .where(conversations.c.person_id == person_id, messages.c.direction == "in")
        )
        if (await self._conn.execute(select(owns))).scalar_one():
            return True
        return bool((await self._conn.execute(said)).scalar_one() > _TALKED)

    async def unite(self, code_hash: str, absorbed: PersonId) -> United | None:
        survivor = await self.whose(code_hash)
        if survivor is None or survivor == absorbed or not await self._take(code_hash, absorbed):
            return None
        old, new = await self._talk_of(absorbed), await self._talk_of(survivor)
        if not {old.id, new.id} <= self._held:
            raise RaceLost
        chat = await put_aside(self._conn, survivor, old.channel)
        await absorb(self._conn, absorbed, survivor, self._now)
        await take_facts(self._conn, absorbed, survivor)
        await self._empty(absorbed, old, new)
        return United(
            survivor=survivor,
            conversation_id=ConversationId(new.id),
            channel_before=new.channel,
            channel_now=old.channel,
            chat_before=chat if new.channel == old.channel else "",
        )

    async def _take(self, code_hash: str, by: PersonId) -> bool:
        """Of many who try at once, one."""
        taken = await self._conn.execute(
            update(link_codes)
            .where(link_codes.c.code_hash == code_hash, link_codes.c.used_at.is_(None))
            .values(used_at=self._now, person_id=by)
        )
        return taken.rowcount == 1

    async def _talk_of(self, person_id: PersonId) -> Row[Any]:
        query = select(conversations).where(conversations.c.person_id == person_id)
        return (await self._conn.execute(query)).one()

    async def _empty(self, absorbed: PersonId, old: Row[Any], new: Row[Any]) -> None:
        """Nothing finds the person any more; what comes to the old talk finds the new one."""
        codes = link_codes.c.person_id == absorbed
        await self._conn.execute(delete(link_codes).where(codes, link_codes.c.used_at.is_(None)))
        await self._conn.execute(
            update(people)
            .where(people.c.id == absorbed)
            .values(
                participant_id=f"x_{secrets.token_hex(16)}",
                display_name="",
                home="",
                organisation="",
                away_until=None,
                erased_at=self._now,
            )
        )
        await self._conn.execute(
            update(conversations)
            .where(conversations.c.id == old.id)
            .values(
                channel=MERGED,
                account=str(new.id),
                sender_key=f"x_{secrets.token_hex(16)}",
                lease_owner=None,
                lease_until=0.0,
                lease_token=conversations.c.lease_token + 1,
            )
        )
        await self._conn.execute(
            update(conversations)
            .where(conversations.c.id == new.id)
            .values(channel=old.channel, account=old.account, last_in_at=self._now)
        )

    async def part(self, code_hash: str, survivor: PersonId, since: datetime) -> Parted | None:
        found = await self._used(code_hash)
        if found is None or found.used_at < since:
            return None
        mine = await self._talk_of(survivor)
        if (found.channel, found.account) != (MERGED, str(mine.id)):
            return None
        person = PersonId(found.person_id)
        door = await let_go(self._conn, survivor, person, found.used_at, self._now)
        await bring_back(self._conn, person, door)
        await self._conn.execute(delete(link_codes).where(link_codes.c.code_hash == code_hash))
        return Parted(person_id=person, channel=door[0])

    async def gather(self, code_hash: str) -> None:
        found = await self._used(code_hash)
        if found is None or found.channel != MERGED:
            return
        owner = select(conversations.c.person_id).where(conversations.c.id == int(found.account))
        survivor = (await self._conn.execute(owner)).scalar_one()
        await absorb(self._conn, PersonId(found.person_id), PersonId(survivor), found.used_at)

    async def _used(self, code_hash: str) -> Row[Any] | None:
        query = (
            select(link_codes.c.person_id, link_codes.c.used_at)
            .add_columns(conversations.c.channel, conversations.c.account)
            .join(conversations, conversations.c.person_id == link_codes.c.person_id)
            .where(link_codes.c.code_hash == code_hash, link_codes.c.used_at.is_not(None))
        )
        return (await self._conn.execute(query)).first()
