"""What an invariant is: a question whose every answer is a row that must not be."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select


@dataclass(frozen=True)
class Moment:
    """When it is asked, and since when nothing may lie about."""

    now: datetime
    kept_since: datetime  #: lines of a transcript from before then are too old
    worked_at: datetime | None = None  #: when an arrival was last finished, if ever
    sent_at: Mapping[str, datetime] | None = None  #: the same of what goes out, by channel


@dataclass(frozen=True)
class Invariant:
    """`id` is its number in the catalogue; the answers name rows by numbers, never by words."""

    id: str
    what: str
    ask: Callable[[Moment], Select[Any]]
