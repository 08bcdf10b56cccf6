"""`SqlWeChatPlatform`: consents to notices, and what became of those that were sent."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Table, and_, delete, or_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.engine import Database
from actions.adapters.database.schema import wechat

consents, jobs = wechat.wechat_consents, wechat.wechat_jobs
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

    def _insert(self, table: Table) -> sqlite.Insert | postgresql.Insert:
        return sqlite.insert(table) if self._database.is_sqlite else postgresql.insert(table)

    def _of(self, openid: str) -> ColumnElement[bool]:
        return and_(consents.c.account == self._account, consents.c.openid == openid)


async def forget_wechat(conn: AsyncConnection, openids: list[str]) -> None:
    """Everything of these users that stands here."""
    for table in (wechat.wechat_windows, wechat.wechat_replies, consents, jobs):
        await conn.execute(delete(table).where(table.c.openid.in_(openids)))
