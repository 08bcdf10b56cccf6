"""Composition root: settings in, an open house out; the only place that picks adapters."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy.engine import make_url

from actions import failpoints
from actions.adapters import backup_file
from actions.adapters.backup import note_backup
from actions.adapters.community_file import (
    CommunityFile,
    CommunityFileError,
    read_community_file,
)
from actions.adapters.database.engine import Database
from actions.adapters.database.expected import note_expected, require_expected
from actions.adapters.database.migrate import migrate
from actions.adapters.database.settings_history import SettingsHistory, take_settings
from actions.adapters.database.settings_watch import SettingsWatch
from actions.adapters.house import CORRECTIONS, MEDIA, House, build_house
from actions.adapters.key_folder import (
    ACTIONS_TOKEN,
    SIGNING,
    KeyFolderError,
    Keys,
    Stage,
    change,
    open_keys,
)
from actions.adapters.knowledge_folder import KnowledgeFolderError, read_knowledge
from actions.adapters.redis_link import RedisAway
from actions.adapters.rulebook import Rulebook
from actions.adapters.system_clock import SystemClock
from actions.adapters.wakeups import About
from actions.application.environment import HouseSettings
from actions.application.ports import Clock
from actions.application.settings_version import VersionRefused
from actions.domain.community import Community
from actions.domain.knowledge import Knowledge

#: Folder of the keys, in the data directory.
KEYS = "keys"

__all__ = [
    "ACTIONS_TOKEN",
    "CORRECTIONS",
    "SIGNING",
    "About",
    "House",
    "HouseError",
    "RedisAway",
    "Stage",
    "back_up",
    "change_key",
    "open_house",
    "open_versions",
    "prepare_data",
    "put_back",
    "read_answers",
    "read_community",
    "read_settings_file",
    "sqlite_file",
]


class HouseError(Exception):
    """The house cannot be opened; `problems` says why, a line each."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def read_community(settings: HouseSettings) -> Community:
    """Raises HouseError with everything that is wrong in the community's files."""
    return read_settings_file(settings).community


def read_settings_file(settings: HouseSettings, file: Path | None = None) -> CommunityFile:
    """The community's own file, or another; raises HouseError with everything wrong in it."""
    try:
        return read_community_file(file or settings.community_file)
    except CommunityFileError as error:
        raise HouseError(*error.problems) from error


def read_answers(settings: HouseSettings, community: Community) -> Knowledge:
    """The knowledge base; raises HouseError with everything wrong in it."""
    try:
        return read_knowledge(settings.knowledge_folder, community)
    except KnowledgeFolderError as error:
        raise HouseError(*error.problems) from error


def prepare_data(settings: HouseSettings) -> Keys:
    """The data directory with its keys.

    Raises:
        HouseError: nothing can be written there.
    """
    token, old = settings.actions_token, settings.actions_token_old
    try:
        settings.data.mkdir(mode=0o750, parents=True, exist_ok=True)
        return open_keys(
            settings.data / KEYS, token.reveal() if token else None, old.reveal() if old else None
        )
    except (OSError, KeyFolderError) as error:
        raise HouseError(f"LINLI_DATA cannot be used: {error}") from error


@asynccontextmanager
async def open_house(settings: HouseSettings, *, starting: bool = False) -> AsyncIterator[House]:
    """The house, its database brought to the current schema; closed at the end.

    Args:
        settings: where everything lies.
        starting: to serve people: a changed file of the community becomes a new version.

    Raises:
        HouseError: the community, the data directory or the database cannot be used.
    """
    if starting:
        failpoints.arm(settings.failpoints)
    file = read_settings_file(settings)
    keys = prepare_data(settings)
    await _migrate(settings)
    database = Database(settings.database_url.reveal())
    try:
        clock, rulebook = SystemClock(), Rulebook()
        await _take_settings(database, rulebook, clock, file, starting=starting)
        watch = SettingsWatch(database, rulebook, clock)
        await watch.once()
        knowledge = read_answers(settings, rulebook.at(clock.now()).community)
        house = build_house(
            settings,
            clock=clock,
            keys=keys,
            database=database,
            rulebook=rulebook,
            watch=watch,
            knowledge=knowledge,
        )
        try:
            yield house
        finally:
            await house.let_go()
    finally:
        await database.close()


async def _take_settings(
    database: Database, rulebook: Rulebook, clock: Clock, file: CommunityFile, *, starting: bool
) -> None:
    try:
        await take_settings(database, rulebook, clock.now(), file, starting=starting)
    except VersionRefused as error:
        raise HouseError(f"the community's file is not taken: {error}") from error


@asynccontextmanager
async def open_versions(settings: HouseSettings) -> AsyncIterator[SettingsHistory]:
    """The history of the settings alone; nothing is imported by looking at it."""
    prepare_data(settings)
    await _migrate(settings)
    database = Database(settings.database_url.reveal())
    try:
        yield SettingsHistory(database, SystemClock())
    finally:
        await database.close()


async def _migrate(settings: HouseSettings) -> None:
    url, marker = settings.database_url.reveal(), settings.data / "database.expected"
    file = sqlite_file(url)
    try:
        if file:
            file.parent.mkdir(parents=True, exist_ok=True)
            require_expected(file, marker)
        await migrate(url)
        if file:
            note_expected(file, marker)
    except Exception as error:
        raise HouseError(f"the database cannot be used: {_reason(error)}") from error


def _reason(error: Exception) -> str:
    """The first line of what went wrong; libraries add statements and addresses below."""
    inner = getattr(error, "orig", None) or error
    return str(inner).partition("\n")[0] or type(inner).__name__


def sqlite_file(url: str) -> Path | None:
    """The file behind the address; None for a server, or for a database in memory."""
    parsed = make_url(url)
    is_file = parsed.get_backend_name() == "sqlite" and parsed.database not in (
        None,
        "",
        ":memory:",
    )
    return Path(parsed.database or "").resolve() if is_file else None


def change_key(settings: HouseSettings, name: str) -> Stage:
    """The next step of changing a key that the house made for itself."""
    try:
        return change(settings.data / KEYS, name)
    except KeyFolderError as error:
        raise HouseError(str(error)) from error


def back_up(settings: HouseSettings, target: Path) -> int:
    """Copy database and photos into one file, while everything runs; its size in bytes."""
    from actions.adapters import backup_server  # noqa: PLC0415 - slow import

    url, media = settings.database_url.reveal(), settings.data / MEDIA
    file = sqlite_file(url)
    try:
        if file is not None:
            size = backup_file.make_backup(file, media, target)
        else:
            size = asyncio.run(backup_server.make_backup(url, settings.data, media, target))
        note_backup(settings.data)
    except Exception as error:
        raise HouseError(f"no backup was made: {_reason(error)}") from error
    return size


def put_back(settings: HouseSettings, source: Path, *, over: bool) -> None:
    """Restore a backup; over an existing database only when that is wanted."""
    from actions.adapters import backup_server  # noqa: PLC0415 - slow import

    url, media = settings.database_url.reveal(), settings.data / MEDIA
    file = sqlite_file(url)
    if file is not None and file.exists() and not over:
        raise HouseError(f"{file} exists; say --yes to replace it")
    try:
        if file is not None:
            backup_file.restore_backup(source, file, media)
        else:
            restoring = backup_server.restore_backup(url, settings.data, media, source, over=over)
            asyncio.run(restoring)
    except Exception as error:
        raise HouseError(f"nothing was restored: {_reason(error)}") from error
