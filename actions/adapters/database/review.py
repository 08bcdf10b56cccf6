"""`SqlReview`: people read what was understood wrongly and decide what is learned from it.

Whoever reads or decides is on the audit trail; the rows keep the name of who decided.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database import audit
from actions.adapters.database.engine import Database
from actions.adapters.database.schema.learning import corrections
from actions.adapters.database.schema.matters import tickets
from actions.application.ports import Clock
from actions.application.reviewing import Example, Reviewed, ReviewRefused
from actions.domain.community import Community
from actions.domain.correction import DANGER_TOLD, Consent, ReviewState, kept_words
from actions.domain.identifiers import PersonId

_TERMINAL = PersonId(0)
_KEPT = (
    "id", "side", "kind", "thought", "corrected", "words", "consent", "state", "label",
    "language", "model", "data", "at", "parse", "reviewed_by", "reviewed_at", "note",
)  # fmt: skip
#: More than any review of a season.
_ALL = 20_000


class SqlReview:
    def __init__(self, database: Database, clock: Clock, community: Community) -> None:
        self._database = database
        self._clock = clock
        self._community = community

    async def counts(self) -> Sequence[tuple[str, str, int]]:
        """(state, kind, how many); words or not."""
        grouped = (corrections.c.state, corrections.c.kind)
        query = select(*grouped, func.count()).group_by(*grouped).order_by(*grouped)
        async with self._database.read() as conn:
            return [(row[0], row[1], row[2]) for row in await conn.execute(query)]

    async def list(self, state: str, *, by: str, limit: int) -> Sequence[Reviewed]:
        """Those with words, the oldest first: what has none cannot be reviewed."""
        query = _rows().where(corrections.c.state == state, corrections.c.words != "")
        async with self._database.write() as conn:
            await self._note(conn, "read-corrections", f"corrections:{state}", by)
            rows = (await conn.execute(query.order_by(corrections.c.id).limit(limit))).mappings()
            found = [_reviewed(row) for row in rows]
            await conn.commit()
        return found

    async def show(self, number: int, *, by: str) -> Reviewed:
        async with self._database.write() as conn:
            found = await _one(conn, number)
            await self._note(conn, "read-correction", f"correction:{number}", by)
            await conn.commit()
        return found

    async def accept(self, number: int, label: str, *, by: str) -> None:
        """It is learned from with the next training."""
        await self._decide(number, by, state=ReviewState.ACCEPTED.value, label=label)

    async def reject(self, number: int, why: str, *, by: str) -> None:
        async with self._database.write() as conn:
            await _one(conn, number)
            values = {"state": ReviewState.REJECTED.value, "note": why, "label": ""}
            await self._write(conn, number, "reject-correction", by, values)
            await conn.commit()

    async def edit(self, number: int, words: str, *, by: str) -> None:
        """What the mask did not see is taken out by hand: names, above all."""
        line = " ".join(words.split())
        if not line or kept_words(line) != line:
            raise ReviewRefused("there is a number, a flat or a name in it, or nothing at all")
        await self._decide(number, by, action="edit-correction", words=line)

    async def _decide(
        self, number: int, by: str, *, action: str = "accept-correction", **values: str
    ) -> None:
        """Nothing is learned from words that may not be kept, whenever that was said."""
        async with self._database.write() as conn:
            found = await _one(conn, number)
            if found.consent != Consent.GIVEN.value or not found.words:
                raise ReviewRefused(
                    f"the words of {number} are not kept: their writer has not agreed"
                )
            await self._write(conn, number, action, by, values)
            await conn.commit()

    async def _write(
        self, conn: AsyncConnection, number: int, action: str, by: str, values: dict[str, str]
    ) -> None:
        decided = {"reviewed_by": by, "reviewed_at": self._clock.now()}
        await conn.execute(
            update(corrections).where(corrections.c.id == number).values(values | decided)
        )
        await self._note(conn, action, f"correction:{number}", by)

    async def accepted(self, *, by: str) -> Sequence[Example]:
        """Those whose words may be kept to this moment."""
        query = (
            select(*(corrections.c[name] for name in ("id", "words", "label", "kind")))
            .where(
                corrections.c.state == ReviewState.ACCEPTED.value,
                corrections.c.consent == Consent.GIVEN.value,
                corrections.c.words != "",
            )
            .order_by(corrections.c.id)
            .limit(_ALL)
        )
        async with self._database.write() as conn:
            found = [
                Example(
                    id=row.id,
                    words=row.words,
                    label=row.label,
                    danger=DANGER_TOLD.get(row.kind, ""),
                )
                for row in await conn.execute(query)
            ]
            if found:
                await self._note(conn, "export-corrections", f"corrections:{len(found)}", by)
            await conn.commit()
        return found

    async def _note(self, conn: AsyncConnection, action: str, about: str, by: str) -> None:
        await audit.append(
            conn,
            at=self._clock.now(),
            actor=_TERMINAL,
            action=action,
            about=about,
            area=self._community.root,
            reason=f"at the terminal, by {by}",
        )


def _rows() -> Select[Any]:
    kept = [corrections.c[name] for name in _KEPT]
    filed = (tickets.c.number.label("ticket"), tickets.c.category)
    return select(*kept, *filed).outerjoin(tickets, tickets.c.id == corrections.c.ticket_id)


async def _one(conn: AsyncConnection, number: int) -> Reviewed:
    row = (await conn.execute(_rows().where(corrections.c.id == number))).mappings().first()
    if row is None:
        raise ReviewRefused(f"there is no correction {number}")
    return _reviewed(row)


def _reviewed(row: Any) -> Reviewed:
    kept: dict[str, Any] = {name: row[name] for name in _KEPT}
    return Reviewed(ticket=row["ticket"] or "", category=row["category"] or "", **kept)
