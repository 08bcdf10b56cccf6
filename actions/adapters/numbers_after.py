"""What was given out after a backup was made is known to people and platforms, and to nobody here.

So a restored database leaves room: no number of a ticket and no id of a row is given a second time.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

#: Numbers left out on every day that may have lost some.
COUNT: Final = 500
#: Ids left out in every table: signed buttons name a row, and are still in people's hands.
IDS: Final = 1_000_000
#: Days back from now that are thought of at most.
_MOST: Final = timedelta(days=400)


def days_between(made: datetime) -> Iterator[str]:
    """The counters of the days since then, whatever the time zone: of tickets, of proposals."""
    now = datetime.now(UTC)
    day = max(made.astimezone(UTC), now - _MOST).date() - timedelta(days=1)
    while day <= now.date() + timedelta(days=1):
        yield day.isoformat()
        yield f"p{day:%Y%m%d}"
        day += timedelta(days=1)
