"""Instants in SQLite are the text SQLAlchemy would write, whichever way they get there."""

from datetime import UTC, datetime, timedelta, timezone
from typing import cast

import pytest
from sqlalchemy.dialects.sqlite import aiosqlite
from sqlalchemy.types import TypeDecorator

from actions.adapters.database.schema.base import UtcDateTime

DIALECT = aiosqlite.dialect()
STORED: TypeDecorator[datetime] = cast(
    "TypeDecorator[datetime]", UtcDateTime().dialect_impl(DIALECT)
)


@pytest.mark.parametrize(
    "instant",
    [
        None,
        datetime(2026, 11, 20, 17, 49, 4, 840119, tzinfo=UTC),
        datetime(2026, 11, 20, 17, 49, tzinfo=UTC),
        datetime(7, 1, 2, tzinfo=UTC),
        datetime(2026, 1, 1, 3, tzinfo=timezone(timedelta(hours=8))),
    ],
)
def test_an_instant_is_written_as_sqlalchemy_writes_it(instant: datetime | None) -> None:
    ours = STORED.bind_processor(DIALECT)
    theirs = TypeDecorator.bind_processor(STORED, DIALECT)
    assert ours is not None
    assert theirs is not None

    assert ours(instant) == theirs(instant)


def test_an_instant_without_a_zone_is_refused() -> None:
    ours = STORED.bind_processor(DIALECT)
    assert ours is not None

    with pytest.raises(ValueError, match="naive"):
        ours(datetime(2026, 11, 20))  # noqa: DTZ001  that is the point
