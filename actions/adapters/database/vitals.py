"""`SqlVitals`: whether the store takes a write and gives it back, and what waits in it."""

import logging
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite

from actions.adapters.database.engine import LOG_LIMIT, Database
from actions.adapters.database.schema.messaging import effects, inbox

log = logging.getLogger(__name__)

#: The one row that probes write; it is the effect of nothing.
PROBE = {"cause": "probe", "step": "ready"}


class SqlVitals:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def check(self, now: datetime) -> None:
        """Write and read; raises whatever is wrong."""
        await self._write(now)
        query = select(effects.c.at).where(
            effects.c.cause == PROBE["cause"], effects.c.step == PROBE["step"]
        )
        async with self._database.read() as conn:
            (await conn.execute(query)).scalar_one()
        if (size := self._database.log_bytes()) > LOG_LIMIT:
            # Something reads for long, perhaps a copy that hangs: the disk fills until it ends.
            log.warning("the write-ahead log grows", extra={"action": "log_grows", "bytes": size})

    async def _write(self, now: datetime) -> None:
        dialect = sqlite if self._database.is_sqlite else postgresql
        row = dialect.insert(effects).values(**PROBE, area="", command="probe", at=now)
        async with self._database.write() as conn:
            await conn.execute(
                row.on_conflict_do_update(
                    index_elements=[effects.c.cause, effects.c.step], set_={"at": now}
                )
            )
            await conn.commit()

    async def inbox_waiting(self) -> int:
        query = (
            select(func.count()).select_from(inbox).where(inbox.c.state.in_(["pending", "parked"]))
        )
        async with self._database.read() as conn:
            return int((await conn.execute(query)).scalar_one())
