"""`SqlDoctor`: every invariant of the house, asked of the live database; it changes nothing."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.audit_check import examine
from actions.adapters.database.engine import Database
from actions.adapters.database.invariants import (
    ALL,
    Invariant,
    Moment,
    counters,
    rules,
    store,
    timelines,
)
from actions.adapters.database.invariants.queues import last_sent, last_worked
from actions.application.examined import Finding
from actions.domain.policy import Policy

#: Findings shown of each kind, and how many are counted; a broken house would show thousands.
SHOWN: Final = 20
COUNTED: Final = 1000
#: The purge runs once an hour, and a process may have been down for a day.
GRACE: Final = timedelta(hours=24)

_Walk = Callable[[AsyncConnection], AsyncIterator[str]]
#: What one question cannot ask: rows are gone through one after the other.
WALKS: Final[tuple[tuple[str, str, _Walk], ...]] = (
    ("I9", timelines.WHAT, timelines.walk),
    ("I14", counters.WHAT, counters.walk),
    ("I18", "the audit trail is not what was written", examine),
    ("I8", rules.WHAT, rules.walk),
    ("I26", store.WHAT, store.walk),
)


class SqlDoctor:
    """Each question is about one moment of the whole store, which others go on writing."""

    def __init__(
        self,
        database: Database,
        *,
        kept_for: Callable[[], timedelta] = lambda: Policy().transcript_kept_for,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._database = database
        self._kept_for = kept_for
        self._now = now

    async def verdicts(self) -> AsyncIterator[Finding]:
        """One for each invariant, in the order of the catalogue; a count of 0 is all well."""
        now = self._now()
        since = now - self._kept_for() - GRACE
        # The store answers questions while rows are gone through here.
        for verdicts in await asyncio.gather(
            self._all(lambda conn: questions(conn, now, since)), self._all(walks)
        ):
            for verdict in verdicts:
                yield verdict

    async def _all(self, ask: Callable[[AsyncConnection], AsyncIterator[Finding]]) -> list[Finding]:
        async with self._database.snapshot() as conn:
            return [verdict async for verdict in ask(conn)]

    async def findings(self) -> AsyncIterator[str]:
        """Every violation in a sentence; none when all is well."""
        async for verdict in self.verdicts():
            for row in verdict.first:
                yield f"{verdict.what} ({verdict.id}): {row}"


async def questions(
    conn: AsyncConnection,
    now: datetime,
    kept_since: datetime,
    asked: Sequence[Invariant] = ALL,
) -> AsyncIterator[Finding]:
    moment = Moment(
        now=now,
        kept_since=kept_since,
        worked_at=await last_worked(conn),
        sent_at=await last_sent(conn),
    )
    for invariant in asked:
        yield await _asked(conn, invariant, moment)


async def walks(conn: AsyncConnection) -> AsyncIterator[Finding]:
    for id_, what, walk in WALKS:
        yield _gathered(id_, what, [each async for each in walk(conn)])


async def _asked(conn: AsyncConnection, invariant: Invariant, moment: Moment) -> Finding:
    rows = (await conn.execute(invariant.ask(moment).limit(COUNTED))).all()
    told = [", ".join(str(value) for value in row) for row in rows]
    return _gathered(invariant.id, invariant.what, told)


def _gathered(id_: str, what: str, rows: Sequence[str]) -> Finding:
    return Finding(id_, what, len(rows), tuple(rows[:SHOWN]))
