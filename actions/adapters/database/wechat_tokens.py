"""`SqlTokenShelf`: the access token of an account, sealed, for every process."""

import asyncio
import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from actions.adapters.database.engine import Database
from actions.adapters.database.schema.wechat import wechat_tokens as tokens
from actions.adapters.sealing import Seal, SealBroken
from actions.application.ports_wechat import AccessToken

#: Seconds one process keeps the others from fetching: longer than a call may take.
_LEASE: Final = 20.0
_LOOK: Final = 0.2


class SqlTokenShelf:
    def __init__(self, database: Database, account: str, seal: Seal) -> None:
        self._database = database
        self._account = account
        self._seal = seal

    async def read(self) -> AccessToken | None:
        """None when there is none, or it was sealed by another key."""
        query = select(tokens.c.sealed, tokens.c.until).where(tokens.c.account == self._account)
        async with self._database.read() as conn:
            row = (await conn.execute(query)).one_or_none()
        if row is None or not row.sealed:
            return None
        try:
            value = self._seal.open(base64.b64decode(row.sealed))
        except SealBroken:
            return None
        return AccessToken(value=value, until=row.until)

    async def write(self, token: AccessToken) -> None:
        sealed = base64.b64encode(self._seal.close(token.value)).decode()
        await self._change(sealed=sealed, until=token.until)

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[None]:
        while not await self._take():  # noqa: ASYNC110 - another process tells us nothing
            await asyncio.sleep(_LOOK)
        try:
            yield
        finally:
            await self._change(lease_until=0.0)

    async def _take(self) -> bool:
        dialect = sqlite if self._database.is_sqlite else postgresql
        now = self._database.now
        new = dialect.insert(tokens).values(account=self._account).on_conflict_do_nothing()
        taken = (
            update(tokens)
            .where(tokens.c.account == self._account, tokens.c.lease_until < now)
            .values(lease_until=now + _LEASE)
        )
        async with self._database.write() as conn:
            await conn.execute(new)
            result = await conn.execute(taken)
            await conn.commit()
        return bool(result.rowcount)

    async def _change(self, **values: object) -> None:
        changed = update(tokens).where(tokens.c.account == self._account).values(**values)
        async with self._database.write() as conn:
            await conn.execute(changed)
            await conn.commit()
