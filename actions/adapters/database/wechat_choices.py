"""`SqlWeChatChoices`: which number stands for which button of what was sent."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, func, insert, select

from actions.adapters.database.engine import Database
from actions.adapters.database.schema.wechat import wechat_choices as choices

#: Beyond this, numbers begin again: nobody types three figures to a neighbour.
_HIGHEST = 99


class SqlWeChatChoices:
    def __init__(self, database: Database, account: str) -> None:
        self._database = database
        self._account = account

    async def offer(self, openid: str, outbox_id: int, count: int, now: datetime) -> int:
        async with self._database.write() as conn:
            known = select(choices.c.first).where(
                self._of(openid), choices.c.outbox_id == outbox_id
            )
            first = (await conn.execute(known)).scalar_one_or_none()
            if first is not None:
                return int(first)
            last = select(func.max(choices.c.first + choices.c.count)).where(self._of(openid))
            first = (await conn.execute(last)).scalar_one_or_none() or 1
            if first + count - 1 > _HIGHEST:
                await conn.execute(delete(choices).where(self._of(openid)))
                first = 1
            row = {
                "account": self._account, "openid": openid, "outbox_id": outbox_id,
                "first": first, "count": count, "at": now,
            }  # fmt: skip
            await conn.execute(insert(choices).values(row))
            await conn.commit()
        return int(first)

    async def choose(self, openid: str, number: int) -> tuple[int, int] | None:
        meant = and_(
            self._of(openid),
            choices.c.first <= number,
            choices.c.first + choices.c.count > number,
        )
        query = select(choices.c.outbox_id, choices.c.first).where(meant)
        async with self._database.read() as conn:
            row = (await conn.execute(query.order_by(choices.c.outbox_id.desc()))).first()
        return (row.outbox_id, number - row.first) if row else None

    async def withdraw(self, openid: str, before: datetime) -> None:
        async with self._database.write() as conn:
            await conn.execute(delete(choices).where(self._of(openid), choices.c.at <= before))
            await conn.commit()

    def _of(self, openid: str) -> ColumnElement[bool]:
        return and_(choices.c.account == self._account, choices.c.openid == openid)
