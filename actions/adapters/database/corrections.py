"""`SqlCorrections`: what was put right, inside a unit of work. Reviewing is `review.py`."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.schema.learning import corrections
from actions.adapters.database.schema.messaging import understood
from actions.adapters.database.schema.people import consents
from actions.domain.correction import Consent, Correction, ReviewState, Side
from actions.domain.identifiers import DraftId, InboxId, PersonId

#: The kind of consent that words may be learned from.
LEARNING = "learning"
_OPEN = corrections.c.state == ReviewState.OPEN
#: What a repeated correction leaves as it was.
_STAYS = ("person_id", "draft_id", "side", "at")


class SqlCorrections:
    def __init__(self, conn: AsyncConnection, now: datetime, area: str) -> None:
        self._conn = conn
        self._now = now
        self._area = area

    async def note(self, correction: Correction) -> None:
        values = {
            "person_id": correction.person_id,
            "draft_id": correction.draft_id,
            "area": self._area,
            "ticket_id": correction.ticket_id,
            "side": correction.side.value,
            "kind": correction.kind.value,
            "words": correction.words,
            "thought": correction.thought,
            "corrected": correction.corrected,
            "consent": correction.consent.value,
            "state": ReviewState.OPEN.value,
            "at": self._now,
            **await self._understanding(correction.inbox_id),
        }
        dialect = sqlite if self._conn.dialect.name == "sqlite" else postgresql
        statement = dialect.insert(corrections).values(values)
        anew = {name: value for name, value in values.items() if name not in _STAYS}
        await self._conn.execute(
            statement.on_conflict_do_update(
                index_elements=["draft_id", "side"], set_=anew, where=_OPEN
            )
        )

    async def _understanding(self, inbox_id: InboxId | None) -> Mapping[str, Any]:
        """What the model made of the message, and which model it was; nothing where none spoke."""
        query = select(
            understood.c.language,
            understood.c.intent,
            understood.c.parse,
            understood.c.model,
            understood.c.data,
        ).where(understood.c.inbox_id == inbox_id)
        row = (await self._conn.execute(query)).mappings().first() if inbox_id else None
        if row is None:
            return {"parse": {}}
        parse = row["parse"]
        head = {name: parse.get(name) for name in ("ranking", "leaves", "emergency")}
        return {
            "language": row["language"],
            "parse": {"intent": row["intent"], **head},
            "model": row["model"],
            "data": row["data"],
        }

    async def take_back(self, draft_id: DraftId, side: Side) -> None:
        of_it = (corrections.c.draft_id == draft_id) & (corrections.c.side == side.value)
        await self._conn.execute(delete(corrections).where(of_it, _OPEN))

    async def withhold(self, draft_id: DraftId) -> None:
        await self._conn.execute(
            update(corrections)
            .where(corrections.c.draft_id == draft_id)
            .values(words="", consent=Consent.NEVER.value)
        )

    async def consent_of(self, person_id: PersonId) -> Consent:
        mine = (consents.c.person_id == person_id) & (consents.c.kind == LEARNING)
        query = select(consents.c.withdrawn_at).where(mine).order_by(consents.c.id.desc()).limit(1)
        row = (await self._conn.execute(query)).first()
        if row is None:
            return Consent.UNASKED
        return Consent.GIVEN if row.withdrawn_at is None else Consent.REFUSED

    async def was_asked(self, person_id: PersonId) -> bool:
        return await self.consent_of(person_id) is not Consent.UNASKED

    async def note_asked(self, person_id: PersonId, version: str) -> None:
        """Asked and not answered is no consent: the row stands as one that is withdrawn."""
        await self._keep_consent(person_id, version, withdrawn=self._now)

    async def give_consent(self, person_id: PersonId, version: str) -> None:
        if await self.consent_of(person_id) is not Consent.GIVEN:
            await self._keep_consent(person_id, version, withdrawn=None)

    async def _keep_consent(
        self, person_id: PersonId, version: str, *, withdrawn: datetime | None
    ) -> None:
        await self._conn.execute(
            insert(consents).values(
                person_id=person_id,
                area=self._area,
                kind=LEARNING,
                version=version,
                given_at=self._now,
                withdrawn_at=withdrawn,
            )
        )

    async def refuse_consent(self, person_id: PersonId) -> None:
        mine = (consents.c.person_id == person_id) & (consents.c.kind == LEARNING)
        await self._conn.execute(
            update(consents)
            .where(mine, consents.c.withdrawn_at.is_(None))
            .values(withdrawn_at=self._now)
        )
        theirs = corrections.c.person_id == person_id
        await self._conn.execute(
            update(corrections)
            .where(theirs, corrections.c.consent != Consent.NEVER.value)
            .values(words="", consent=Consent.REFUSED.value)
        )

    async def wordless(self, person_id: PersonId, *, limit: int) -> Sequence[DraftId]:
        query = (
            select(corrections.c.draft_id)
            .where(corrections.c.person_id == person_id, _OPEN, _may_still_be_given())
            .order_by(corrections.c.id.desc())
            .limit(limit)
        )
        found = (await self._conn.execute(query)).scalars()
        return [DraftId(number) for number in dict.fromkeys(found)]

    async def has_wordless(self, draft_id: DraftId) -> bool:
        waits = exists().where(corrections.c.draft_id == draft_id, _OPEN, _may_still_be_given())
        return bool((await self._conn.execute(select(waits))).scalar())

    async def give_words(self, draft_id: DraftId, words: str) -> None:
        await self._conn.execute(
            update(corrections)
            .where(corrections.c.draft_id == draft_id, _OPEN, _may_still_be_given())
            .values(words=words, consent=Consent.GIVEN.value)
        )


def _may_still_be_given() -> Any:
    """Asked or not: whoever says yes in the end may be learned from."""
    return corrections.c.consent.in_([Consent.UNASKED.value, Consent.REFUSED.value])
