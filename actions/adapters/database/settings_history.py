"""What is done with versions of the settings from outside: at a start, and by command."""

import logging
from collections.abc import Sequence
from datetime import datetime

from actions.adapters.community_file import CommunityFile
from actions.adapters.database.engine import Database
from actions.adapters.database.settings_watch import look
from actions.adapters.database.versions import SqlVersions
from actions.adapters.rulebook import Rulebook
from actions.adapters.settings_content import Content, as_yaml
from actions.application.ports import Clock
from actions.application.settings_version import SettingsVersion, Source

log = logging.getLogger(__name__)


async def take_settings(
    database: Database, rulebook: Rulebook, now: datetime, file: CommunityFile, *, starting: bool
) -> None:
    """The file comes in at a start if it was changed, and always where there is nothing yet."""
    async with database.write() as conn:
        store = SqlVersions(conn, now)
        is_first = not await store.history()
        if starting or is_first:
            taken = await store.take_file(file.content, area=file.community.root)
            if taken:
                log.log(
                    logging.INFO if is_first else logging.WARNING,
                    "the community's file is a new version, %s, valid from %s",
                    taken.short,
                    taken.valid_from.isoformat(timespec="seconds"),
                    extra={"action": "settings_imported"},
                )
        await look(conn, rulebook, now)
        await conn.commit()


class SettingsHistory:
    """Each call is one transaction. Raises VersionRefused where something cannot be done."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def list(self) -> Sequence[SettingsVersion]:
        async with self._database.read() as conn:
            return await SqlVersions(conn, self._clock.now()).history()

    async def open(self, beginning: str) -> tuple[SettingsVersion, Content]:
        async with self._database.read() as conn:
            store = SqlVersions(conn, self._clock.now())
            version = await store.named(beginning)
            return version, await store.content(version)

    async def as_yaml(self, beginning: str) -> str:
        version, content = await self.open(beginning)
        return as_yaml(content, f"{version.short}, valid from {version.valid_from.isoformat()}")

    async def add(
        self, file: CommunityFile, *, valid_from: datetime | None, note: str, source: Source
    ) -> SettingsVersion:
        async with self._database.write() as conn:
            store = SqlVersions(conn, self._clock.now())
            added = await store.add(
                file.content,
                area=file.community.root,
                source=source,
                valid_from=valid_from,
                note=note,
            )
            await conn.commit()
        return added

    async def withdraw(self, beginning: str) -> SettingsVersion:
        async with self._database.write() as conn:
            store = SqlVersions(conn, self._clock.now())
            await store.lock()
            version = await store.named(beginning)
            await store.withdraw(version)
            await conn.commit()
        return version
