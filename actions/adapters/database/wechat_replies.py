"""`SqlWeChatReplies`: what was said within a callback, for when it comes again anywhere."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, and_, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from actions.adapters.database.engine import Database
from actions.adapters.database.schema.wechat import wechat_replies as replies

#: The platform tries three times, five seconds each; the rest is for slow clocks.
_KEPT: Final = timedelta(minutes=2)


class SqlWeChatReplies:
    def __init__(self, database: Database, account: str) -> None:
        self._database = database
        self._account = account

    async def keep(self, key: str, openid: str, words: str, now: datetime) -> str:
        """What is too old goes with it, so that the table stays as small as two minutes are."""
        dialect = sqlite if self._database.is_sqlite else postgresql
        row = {"account": self._account, "key": key, "openid": openid, "words": words, "at": now}
        once = dialect.insert(replies).values(row).on_conflict_do_nothing()
        async with self._database.write(first=True) as conn:
            await conn.execute(once)
            found = await conn.execute(select(replies.c.words).where(self._is(key)))
            await conn.execute(delete(replies).where(replies.c.at < now - _KEPT))
            await conn.commit()
        return str(found.scalar_one())

    async def find(self, key: str) -> str | None:
        async with self._database.read() as conn:
            found = await conn.execute(select(replies.c.words).where(self._is(key)))
        return found.scalar_one_or_none()

    def _is(self, key: str) -> ColumnElement[bool]:
        return and_(replies.c.account == self._account, replies.c.key == key)
