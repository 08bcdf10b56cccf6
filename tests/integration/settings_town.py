"""A town whose settings come in versions, as its processes see it."""

from collections.abc import Callable
from contextlib import AsyncExitStack
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Self

import yaml

from actions.adapters.community_file import CommunityFile, read_community_file
from actions.adapters.current import current
from actions.adapters.database.engine import Database
from actions.adapters.database.settings_history import SettingsHistory, take_settings
from actions.adapters.database.settings_watch import SettingsWatch
from actions.adapters.rulebook import Rulebook
from actions.application.settings_version import SettingsVersion, Source
from tests.builders import ROOT, World, assembled, closed
from tests.clock import FrozenClock

Change = Callable[[dict[str, Any]], None]


@cache
def _demo() -> dict[str, Any]:
    content: dict[str, Any] = read_community_file(ROOT / "config" / "community.yml").content
    return content


@dataclass
class Process:
    """What one started process knows, with its own connections."""

    world: World
    rulebook: Rulebook
    watch: SettingsWatch


class Town:
    def __init__(self, url: str, clock: FrozenClock, folder: Path) -> None:
        self.url = url
        self.clock = clock
        self._folder = folder
        self._open = AsyncExitStack()

    def file(self, *changes: Change) -> CommunityFile:
        """The demo community, edited."""
        content = deepcopy(_demo())
        for change in changes:
            change(content)
        path = self._folder / "community.yml"
        path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")
        return read_community_file(path)

    async def started(self, *changes: Change, every: float = 0.0) -> Process:
        """A process that starts over the file as it is now; it looks at every transaction."""
        database, rulebook = Database(self.url), Rulebook(every)
        file = self.file(*changes)
        await take_settings(database, rulebook, self.clock.now(), file, starting=True)
        watch = SettingsWatch(database, rulebook, self.clock)
        await watch.once()
        community = current(lambda: rulebook.at(self.clock.now()).community)
        process = Process(assembled(database, self.clock, community, rulebook), rulebook, watch)
        self._open.push_async_callback(closed, process.world)
        return process

    async def imports(
        self, *changes: Change, valid_from: datetime | None = None, note: str = "",
        source: Source = Source.OTHER,
    ) -> SettingsVersion:  # fmt: skip
        """By command, from a process of its own."""
        async with self.history() as history:
            return await history.of.add(
                self.file(*changes), valid_from=valid_from, note=note, source=source
            )

    def history(self) -> "Opened":
        return Opened(self.url, self.clock)

    async def versions(self) -> list[SettingsVersion]:
        async with self.history() as history:
            return list(await history.of.list())

    def tomorrow(self) -> datetime:
        return self.clock.now() + timedelta(days=1)

    async def close(self) -> None:
        await self._open.aclose()


class Opened:
    def __init__(self, url: str, clock: FrozenClock) -> None:
        self._database = Database(url)
        self.of = SettingsHistory(self._database, clock)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self._database.close()
