"""Whether the time of a row has come, also when clocks disagree or were set back."""

from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Column, ColumnElement, or_


def is_due(
    not_before: Column[datetime], came_at: Column[datetime], now: datetime | BindParameter[Any]
) -> ColumnElement[bool]:
    """Now or earlier; or it came in the future, so that its times mean nothing to us.

    Its process was ahead of ours, or our clock was set back: nobody waits for it to catch up.
    """
    return or_(not_before <= now, came_at > now)
