"""The versions of the settings in the database: added, listed, withdrawn, found by their hash."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, delete, insert, select, text, update
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database import audit
from actions.adapters.database.schema.matters import tickets
from actions.adapters.database.schema.records import community_versions as versions
from actions.adapters.settings_content import Content, packed, unpacked, version_hash
from actions.application.settings_version import LEAD, SettingsVersion, Source, VersionRefused
from actions.domain.identifiers import PersonId

_AT_THE_TERMINAL = PersonId(0)
#: One at a time (any fixed number will do).
_LOCK = 5_116_116
_LEAST = 4  #: letters of a hash


class SqlVersions:
    """One transaction's view of the history."""

    def __init__(self, conn: AsyncConnection, now: datetime) -> None:
        self._conn = conn
        self._now = now

    async def lock(self) -> None:
        """Whoever adds looks first; until the end of the transaction nobody else does."""
        if self._conn.dialect.name != "sqlite":
            await self._conn.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})

    async def history(self) -> Sequence[SettingsVersion]:
        """Oldest first, by the moment each is valid from."""
        rows = (await self._conn.execute(_ordered())).mappings().all()
        found = [_version(row) for row in rows]
        in_force = [each.hash for each in found if each.valid_from <= self._now][-1:]
        return [replace(each, is_in_force=each.hash in in_force) for each in found]

    async def content(self, version: SettingsVersion) -> Content:
        query = select(versions.c.content).where(versions.c.hash == version.hash)
        return unpacked((await self._conn.execute(query)).scalar_one()["settings"])

    async def named(self, beginning: str) -> SettingsVersion:
        """Raises VersionRefused unless exactly one version begins so."""
        history = await self.history()
        found = [each for each in history if each.hash.startswith(beginning.lower())]
        if len(beginning) < _LEAST or not found:
            raise VersionRefused(f"there is no version {beginning}; see settings list")
        if len(found) > 1:
            raise VersionRefused(f"{beginning} is not exact enough: {len(found)} versions")
        return found[0]

    async def add(
        self, content: Content, *, area: str, source: Source,
        valid_from: datetime | None = None, note: str = "",
    ) -> SettingsVersion:  # fmt: skip
        """Keep a checked content. The first one is valid at once, others after a moment.

        Raises:
            VersionRefused: its moment is past or taken, or nothing would change.
        """
        await self.lock()
        history = await self.history()
        soonest = self._now + (LEAD if history else timedelta())
        if valid_from and valid_from < self._now:
            raise VersionRefused("a version cannot be valid from a moment that is past")
        moment = max(valid_from or soonest, soonest)
        await self._require_same_place(area)
        await self._require_new(content, moment, history)
        settings = packed(content)
        row: dict[str, Any] = {
            "hash": version_hash(settings, moment),
            "area": area,
            "content": {"settings": settings, "source": source},
            "valid_from": moment,
            "imported_at": self._now,
            "imported_by": _AT_THE_TERMINAL,
            "note": note,
        }
        await self._conn.execute(insert(versions).values(row))
        if not history:
            await self._adopt(row["hash"])
        version = _version(row)
        await self._note("settings-import", version, f"from {moment.isoformat()} {note}".strip())
        return version

    async def _require_new(
        self, content: Content, moment: datetime, history: Sequence[SettingsVersion]
    ) -> None:
        if any(each.valid_from == moment for each in history):
            raise VersionRefused("another version is valid from that very moment")
        for standing in [each for each in history if each.valid_from < moment][-1:]:
            if packed(await self.content(standing)) == packed(content):
                raise VersionRefused(f"nothing would change: it is the same as {standing.short}")

    async def _require_same_place(self, area: str) -> None:
        """Tickets and grants are kept by path."""
        query = select(versions.c.area).order_by(versions.c.valid_from.desc()).limit(1)
        known = (await self._conn.execute(query)).scalar_one_or_none()
        if known not in {None, area}:
            raise VersionRefused(f"the codes of street and community stay {known}, found {area}")

    async def _adopt(self, first: str) -> None:
        """Tickets from before there were versions stand under the first one."""
        await self._conn.execute(
            update(tickets).where(tickets.c.rules_version == "").values(rules_version=first)
        )

    async def take_file(self, content: Content, *, area: str) -> SettingsVersion | None:
        """At a start: the community's file, if it was changed since it last came in.

        What came by command in between stays: the file did not change. What is scheduled stays.
        """
        await self.lock()
        history = await self.history()
        arrived = sorted(history, key=lambda each: each.imported_at)
        from_file = [each for each in arrived if each.source is Source.FILE][-1:]
        standing = [each for each in history if each.is_in_force]
        for known in (*from_file, *standing):
            if packed(await self.content(known)) == packed(content):
                return None
        return await self.add(content, area=area, source=Source.FILE, note="the file, at a start")

    async def withdraw(self, version: SettingsVersion) -> None:
        """Raises VersionRefused once it has been in force: tickets may stand under it."""
        if version.valid_from <= self._now + LEAD:
            raise VersionRefused(f"{version.short} is in force or was; import another one instead")
        await self._conn.execute(delete(versions).where(versions.c.hash == version.hash))
        await self._note("settings-withdraw", version, "before it was in force")

    async def _note(self, action: str, version: SettingsVersion, reason: str) -> None:
        await audit.append(
            self._conn,
            at=self._now,
            actor=_AT_THE_TERMINAL,
            action=action,
            about=f"settings:{version.short}",
            area="",
            reason=reason,
        )


def _ordered() -> Select[Any]:
    known = [column for column in versions.c if column.name != "area"]
    return select(*known).order_by(versions.c.valid_from, versions.c.hash)


def _version(row: RowMapping | dict[str, Any]) -> SettingsVersion:
    return SettingsVersion(
        hash=row["hash"],
        valid_from=row["valid_from"],
        imported_at=row["imported_at"] or row["valid_from"],
        imported_by=row["imported_by"],
        note=row["note"],
        source=Source(row["content"]["source"]),
    )
