"""`SqlWeChatPlatform`: consents to notices, and what became of those that were sent."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Table,
    and_,
    delete,
    exists,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.engine import Database
from actions.adapters.database.received import forget_received
from actions.adapters.database.schema import wechat
from actions.adapters.database.schema.messaging import outbox
from actions.adapters.database.schema.people import channel_addresses as addresses
from actions.adapters.database.schema.people import role_grants, sessions
from actions.application.ports_wechat import Leaving
from actions.domain.identifiers import PersonId

CHANNEL: Final = "wechat"
consents, jobs = wechat.wechat_consents, wechat.wechat_jobs
_OF_USERS: Final = (
    wechat.wechat_windows, wechat.wechat_replies, wechat.wechat_choices, consents, jobs,
)  # fmt: skip
#: How long somebody may want to know what became of a notice.
_KEPT: Final = timedelta(days=30)
_LONGEST_STATUS: Final = 60


class SqlWeChatPlatform:
    def __init__(self, database: Database, account: str) -> None:
        self._database = database
        self._account = account

    async def note_job(
        self, msg_id: str, openid: str, outbox_id: int, way: str, now: datetime
    ) -> None:
        row = {
            "account": self._account, "msg_id": msg_id, "openid": openid,
            "outbox_id": outbox_id, "way": way, "at": now,
        }  # fmt: skip
        async with self._database.write() as conn:
            await conn.execute(self._insert(jobs).values(row).on_conflict_do_nothing())
            await conn.execute(delete(jobs).where(jobs.c.at < now - _KEPT))
            await conn.commit()

    async def end_job(self, msg_id: str, status: str) -> None:
        ended = update(jobs).where(jobs.c.account == self._account, jobs.c.msg_id == msg_id)
        async with self._database.write() as conn:
            await conn.execute(ended.values(status=status[:_LONGEST_STATUS]))
            await conn.commit()

    async def consent(self, openid: str, template_id: str, left: int | None, now: datetime) -> None:
        key = {"account": self._account, "openid": openid, "template_id": template_id}
        new = {"left": left, "at": now}
        async with self._database.write() as conn:
            await conn.execute(
                self._insert(consents)
                .values(key | new)
                .on_conflict_do_update(index_elements=list(key), set_=new)
            )
            await conn.commit()

    async def use_consent(self, openid: str, template_id: str) -> bool:
        given = and_(self._of(openid), consents.c.template_id == template_id)
        living = or_(consents.c.left.is_(None), consents.c.left > 0)
        async with self._database.write() as conn:
            used = await conn.execute(
                update(consents).where(given, living).values(left=consents.c.left - 1)
            )
            await conn.commit()
        return bool(used.rowcount)

    async def contacted(self, openid: str, now: datetime) -> None:
        waiting = and_(outbox.c.channel == CHANNEL, outbox.c.state == "ready")
        due = update(outbox).where(
            outbox.c.person_id == self._person(openid), waiting, outbox.c.not_before > now
        )
        async with self._database.write() as conn:
            await conn.execute(due.values(not_before=now))
            await conn.commit()

    async def leaving(self, openid: str, now: datetime) -> Leaving | None:
        """Whoever has a page that still lives, another platform or an office stays."""
        async with self._database.read() as conn:
            person_id = (await conn.execute(select(self._person(openid)))).scalar_one_or_none()
            if person_id is None:
                return None
            here = _address(self._account, openid)
            leads = [
                exists().where(addresses.c.person_id == person_id, ~here),
                exists().where(sessions.c.person_id == person_id, sessions.c.expires_at > now),
                exists().where(
                    role_grants.c.person_id == person_id, role_grants.c.revoked_at.is_(None)
                ),
            ]
            stays = (await conn.execute(select(or_(*leads)))).scalar_one()
        return Leaving(person_id=PersonId(person_id), stays=bool(stays))

    async def drop(self, openid: str, now: datetime) -> None:
        async with self._database.write() as conn:
            await forget_received(conn, [(CHANNEL, self._account, openid)], now)
            await forget_wechat(conn, [openid])
            await conn.execute(delete(addresses).where(_address(self._account, openid)))
            await conn.commit()

    def _person(self, openid: str) -> ScalarSelect[int]:
        known = select(addresses.c.person_id).where(_address(self._account, openid))
        return known.scalar_subquery()

    def _insert(self, table: Table) -> sqlite.Insert | postgresql.Insert:
        return sqlite.insert(table) if self._database.is_sqlite else postgresql.insert(table)

    def _of(self, openid: str) -> ColumnElement[bool]:
        return and_(consents.c.account == self._account, consents.c.openid == openid)


def _address(account: str, openid: str) -> ColumnElement[bool]:
    return and_(
        addresses.c.channel == CHANNEL,
        addresses.c.account == account,
        addresses.c.external_id == openid,
    )


async def forget_wechat(conn: AsyncConnection, openids: list[str]) -> None:
    """Everything of these users that stands here."""
    for table in _OF_USERS:
        await conn.execute(delete(table).where(table.c.openid.in_(openids)))
