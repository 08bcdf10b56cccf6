"""How a running process learns of new versions of the settings, without being started anew."""

import asyncio
import logging
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.engine import Database
from actions.adapters.database.roster_changes import follow_roster
from actions.adapters.database.schema.records import community_versions as versions
from actions.adapters.rulebook import Rulebook
from actions.application.ports import Clock
from actions.domain.errors import StoreAway

log = logging.getLogger(__name__)


async def look(conn: AsyncConnection, rulebook: Rulebook, now: datetime) -> None:
    """One query, of the version in force and the scheduled ones, through their index alone."""
    rulebook.note_look()
    floor = rulebook.floor(now)
    query = select(versions.c.hash, versions.c.valid_from)
    if floor is not None:
        query = query.where(versions.c.valid_from >= floor)
    moments = {row.hash: row.valid_from for row in await conn.execute(query)}
    contents: dict[str, str] = {}
    for version in rulebook.lacks(moments):
        content = select(versions.c.content).where(versions.c.hash == version)
        contents[version] = (await conn.execute(content)).scalar_one()["settings"]
    rulebook.arrange(floor, moments, contents)


class SettingsWatch:
    """Keeps a rulebook up to date, and the grants in line with the roster in force."""

    def __init__(self, database: Database, rulebook: Rulebook, clock: Clock) -> None:
        self._database = database
        self._rulebook = rulebook
        self._clock = clock
        self._followed = ""

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            await asyncio.sleep(self._rulebook.every)
            try:
                await self.once()
            except StoreAway as error:
                log.warning("the settings stand", extra=error.noted)
            except Exception:  # a bad round must not end the watch; the next one looks again
                log.exception("cannot look at the settings", extra={"action": "settings_failed"})

    async def once(self) -> None:
        now = self._clock.now()
        async with self._database.read() as conn:
            await look(conn, self._rulebook, now)
        version = self._rulebook.at(now).community.version
        if version == self._followed:
            return
        async with self._database.write() as conn:
            await follow_roster(conn, self._rulebook, now)
            await conn.commit()
        log.info("settings in force: %s", version[:12], extra={"action": "settings_in_force"})
        self._followed = version
