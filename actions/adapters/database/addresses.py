"""`SqlAddressBook`: who is behind an address of a channel, and where a person can be reached."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.account_rows import account_of, account_rows
from actions.adapters.database.engine import Database
from actions.adapters.database.first_contact import add_conversation, add_person
from actions.adapters.database.schema.people import (
    channel_addresses,
)
from actions.application.ports import Clock
from actions.application.ports_channels import Address
from actions.application.web_records import Account
from actions.domain.community import Community
from actions.domain.identifiers import PersonId

ACTIVE = "active"
#: Living, and another one of the person there was used since.
ASIDE = "aside"


class SqlAddressBook:
    def __init__(self, database: Database, clock: Clock, community: Community) -> None:
        self._database = database
        self._clock = clock
        self._community = community

    async def meet(self, address: Address, *, locale: str, name: str) -> tuple[Account, bool]:
        """The person behind it, made with a conversation if new; whether they are new."""
        known = await self.find(address)
        if known is not None:
            return known, False
        now = self._clock.now()
        async with self._database.write(first=True) as conn:
            is_new = await self._claim(conn, address, locale=locale, name=name, now=now)
            account = await self._load(conn, address)
            if is_new:
                await conn.commit()
        if account is None:
            raise RuntimeError("an address just met cannot be found")
        return account, is_new

    async def _claim(
        self, conn: AsyncConnection, address: Address, *, locale: str, name: str, now: datetime
    ) -> bool:
        """Whoever writes the address first has made the person; the other leaves none behind."""
        area = self._community.root
        person_id = await add_person(conn, locale=locale, area=area, now=now, name=name)
        dialect = sqlite if conn.dialect.name == "sqlite" else postgresql
        taken = await conn.execute(
            dialect.insert(channel_addresses)
            .values(
                channel=address.channel,
                account=address.account,
                external_id=address.external_id,
                person_id=person_id,
                area=area,
                state=ACTIVE,
                created_at=now,
            )
            .on_conflict_do_nothing()
            .returning(channel_addresses.c.id)
        )
        if taken.first() is None:
            await conn.rollback()
            return False
        await add_conversation(
            conn,
            person_id,
            channel=address.channel,
            account=address.account,
            area=area,
            now=now,
        )
        return True

    async def find(self, address: Address) -> Account | None:
        async with self._database.read() as conn:
            return await self._load(conn, address)

    async def _load(self, conn: AsyncConnection, address: Address) -> Account | None:
        query = account_rows(channel_addresses).where(_is(address))
        notice = {"notice": self._community.policy.notice_version}
        rows = (await conn.execute(query, notice)).all()
        return account_of(rows) if rows else None

    async def reach(self, person_id: PersonId, channel: str, *, chat: str = "") -> Address | None:
        """The living address of a person on that channel; of several the one used last."""
        query = (
            select(channel_addresses)
            .where(
                channel_addresses.c.person_id == person_id,
                channel_addresses.c.channel == channel,
                channel_addresses.c.state.in_([ACTIVE, ASIDE]),
            )
            .order_by(
                channel_addresses.c.external_id != chat,
                channel_addresses.c.state,
                channel_addresses.c.id.desc(),
            )
            .limit(1)
        )
        async with self._database.read() as conn:
            row = (await conn.execute(query)).first()
        if row is None:
            return None
        return Address(channel=row.channel, account=row.account, external_id=row.external_id)

    async def mark(self, address: Address, state: str) -> None:
        others = select(channel_addresses.c.person_id).where(_is(address)).scalar_subquery()
        async with self._database.write() as conn:
            if state == ACTIVE:
                await conn.execute(
                    update(channel_addresses)
                    .where(
                        channel_addresses.c.person_id == others,
                        channel_addresses.c.channel == address.channel,
                        channel_addresses.c.state == ACTIVE,
                    )
                    .values(state=ASIDE)
                )
            await conn.execute(update(channel_addresses).where(_is(address)).values(state=state))
            await conn.commit()

    async def move(self, address: Address, external_id: str) -> None:
        moved = update(channel_addresses).where(_is(address))
        async with self._database.write() as conn:
            await conn.execute(moved.values(external_id=external_id))
            await conn.commit()


def _is(address: Address) -> ColumnElement[bool]:
    return and_(
        channel_addresses.c.channel == address.channel,
        channel_addresses.c.account == address.account,
        channel_addresses.c.external_id == address.external_id,
    )
