"""`SqlRounds`: rounds of the neighbourhood and what was found on them."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.engine import RowMapping
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.rows import plain
from actions.adapters.database.schema.matters import findings, rounds
from actions.domain.errors import NotFound, RaceLost
from actions.domain.identifiers import AttachmentId, DraftId, PersonId
from actions.domain.round import Finding, Outcome, Round, RoundKind


class SqlRounds:
    def __init__(self, conn: AsyncConnection, now: datetime) -> None:
        self._conn = conn
        self._now = now

    async def begin(self, person_id: PersonId, area: str, kind: RoundKind) -> Round:
        values = {"person_id": person_id, "area": area, "kind": kind.value, "begun_at": self._now}
        try:
            added = await self._conn.execute(insert(rounds).values(values).returning(rounds.c.id))
        except IntegrityError as error:
            raise RaceLost from error
        return await self.get(added.scalar_one())

    async def get(self, round_id: int) -> Round:
        query = select(rounds).where(rounds.c.id == round_id)
        row = (await self._conn.execute(query)).mappings().first()
        if row is None:
            raise NotFound
        return _round(row)

    async def running(self, person_id: PersonId) -> Round | None:
        query = select(rounds).where(rounds.c.person_id == person_id, rounds.c.ended_at.is_(None))
        row = (await self._conn.execute(query)).mappings().first()
        return _round(row) if row else None

    async def end(self, round_id: int) -> bool:
        ended = await self._conn.execute(
            update(rounds)
            .where(rounds.c.id == round_id, rounds.c.ended_at.is_(None))
            .values(ended_at=self._now)
        )
        return ended.rowcount == 1

    async def add(self, finding: Finding) -> None:
        last = select(func.max(findings.c.seq)).where(findings.c.round_id == finding.round_id)
        finding.seq = ((await self._conn.execute(last)).scalar_one() or 0) + 1
        area = select(rounds.c.area).where(rounds.c.id == finding.round_id).scalar_subquery()
        try:
            await self._conn.execute(insert(findings).values(_values(finding) | {"area": area}))
        except IntegrityError as error:
            raise RaceLost from error

    async def save(self, finding: Finding) -> None:
        await self._conn.execute(
            update(findings)
            .where(findings.c.round_id == finding.round_id, findings.c.seq == finding.seq)
            .values(_values(finding))
        )

    async def finding(self, round_id: int, seq: int) -> Finding:
        return await self._one(findings.c.round_id == round_id, findings.c.seq == seq) or _absent()

    async def finding_of(self, draft_id: DraftId) -> Finding | None:
        return await self._one(findings.c.draft_id == draft_id)

    async def latest(self, round_id: int) -> Finding | None:
        return await self._one(findings.c.round_id == round_id)

    async def _one(self, *conditions: Any) -> Finding | None:
        query = select(findings).where(*conditions).order_by(findings.c.seq.desc()).limit(1)
        row = (await self._conn.execute(query)).mappings().first()
        return _finding(row) if row else None

    async def findings(self, round_id: int) -> Sequence[Finding]:
        query = select(findings).where(findings.c.round_id == round_id).order_by(findings.c.seq)
        return [_finding(row) for row in (await self._conn.execute(query)).mappings()]


def _values(finding: Finding) -> dict[str, Any]:
    kept = asdict(finding)
    return kept | {
        "photos": list(finding.photos),
        "outcome": finding.outcome.value,
        "heard": plain(finding.heard),
    }


def _round(row: RowMapping) -> Round:
    return Round(
        id=row["id"],
        person_id=PersonId(row["person_id"]),
        area=row["area"],
        kind=RoundKind(row["kind"]),
        begun_at=row["begun_at"],
        ended_at=row["ended_at"],
    )


def _finding(row: RowMapping) -> Finding:
    return Finding(
        round_id=row["round_id"],
        seq=row["seq"],
        at=row["at"],
        touched_at=row["touched_at"],
        words=row["words"],
        photos=tuple(AttachmentId(photo) for photo in row["photos"]),
        outcome=Outcome(row["outcome"]),
        ticket_id=row["ticket_id"],
        draft_id=row["draft_id"],
        heard=row["heard"],
    )


def _absent() -> Finding:
    raise NotFound
