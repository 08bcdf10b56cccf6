"""Versions of the settings as people handle them: a history, and reasons not to take one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

#: Until a new version is in force, so that every process has heard of it before its moment.
LEAD = timedelta(seconds=3)
#: How much of a hash is shown, and the least by which a version is found.
SHORT = 12


class Source(StrEnum):
    """Where a version came from."""

    FILE = "file"  #: the community's own file, at a start or by command
    OTHER = "other"  #: any other file, by command


@dataclass(frozen=True, kw_only=True)
class SettingsVersion:
    """One entry of the history."""

    hash: str
    valid_from: datetime
    imported_at: datetime
    imported_by: int
    note: str
    source: Source
    is_in_force: bool = False

    @property
    def short(self) -> str:
        return self.hash[:SHORT]


class VersionRefused(Exception):
    """The version is not taken, or there is none of that name; nothing was stored."""
