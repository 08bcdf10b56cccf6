"""`SqlWeChatLedger`: what a user may still be sent, counted as the platform counts."""

from datetime import datetime

from sqlalchemy import ColumnElement, Delete, Update, and_, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from actions.adapters.database.engine import Database
from actions.adapters.database.schema.wechat import wechat_windows as windows
from actions.application.ports_wechat import Opening


class SqlWeChatLedger:
    """`account` is our own name with the platform."""

    def __init__(self, database: Database, account: str) -> None:
        self._database = database
        self._account = account

    async def opens(self, openid: str, opening: Opening, now: datetime) -> None:
        kind, lasts, count = opening
        dialect = sqlite if self._database.is_sqlite else postgresql
        new = {"until": now + lasts, "left": count}
        row = {"account": self._account, "openid": openid, "kind": kind, **new}
        statement = dialect.insert(windows).values(row)
        async with self._database.write(first=True) as conn:
            await conn.execute(
                statement.on_conflict_do_update(
                    index_elements=["account", "openid", "kind"], set_=new
                )
            )
            await conn.commit()

    async def take(self, openid: str, now: datetime) -> bool:
        """Whoever is first takes it: two lanes never take the last one both."""
        async with self._database.write() as conn:
            rows = await conn.execute(
                select(windows.c.kind)
                .where(self._of(openid), windows.c.until > now, windows.c.left > 0)
                .order_by(windows.c.until)
                .with_for_update()
            )
            kind = rows.scalars().first()
            if kind is None:
                return False
            await conn.execute(
                update(windows)
                .where(self._of(openid), windows.c.kind == kind)
                .values(left=windows.c.left - 1)
            )
            await conn.commit()
        return True

    async def give_back(self, openid: str, now: datetime) -> None:
        living = (
            select(windows.c.kind)
            .where(self._of(openid), windows.c.until > now)
            .order_by(windows.c.until)
            .limit(1)
            .scalar_subquery()
        )
        await self._change(
            update(windows)
            .where(self._of(openid), windows.c.kind == living)
            .values(left=windows.c.left + 1)
        )

    async def shut(self, openid: str) -> None:
        await self._change(delete(windows).where(self._of(openid)))

    async def _change(self, statement: Update | Delete) -> None:
        async with self._database.write() as conn:
            await conn.execute(statement)
            await conn.commit()

    def _of(self, openid: str) -> ColumnElement[bool]:
        return and_(windows.c.account == self._account, windows.c.openid == openid)
