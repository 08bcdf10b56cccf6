"""`SqlUnanswered`: the questions nothing written down answered, the newest few hundred."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.schema.knowing import unanswered
from actions.adapters.database.schema.messaging import messages, understood
from actions.application.ports_knowledge import OpenQuestion, WhyUnanswered
from actions.domain.community import Community
from actions.domain.identifiers import InboxId, LeafCode
from actions.domain.masking import mask
from actions.domain.own_place import without_flats, without_own_place
from actions.domain.sealing import is_about_somebody

#: What lies further back says little about what people ask today.
KEPT: Final = 500
_LONGEST: Final = 120


class SqlUnanswered:
    def __init__(self, conn: AsyncConnection, now: datetime, community: Community) -> None:
        self._conn = conn
        self._now = now
        self._community = community

    async def note(self, inbox_id: InboxId, why: WhyUnanswered, entry: str = "") -> None:
        told = {"why": why.value, "entry": entry, "at": self._now}
        dialect = sqlite if self._conn.dialect.name == "sqlite" else postgresql
        statement = dialect.insert(unanswered).values(
            inbox_id=inbox_id, area=self._community.root, **told
        )
        await self._conn.execute(
            statement.on_conflict_do_update(index_elements=["inbox_id"], set_=told)
        )
        oldest = select(unanswered.c.inbox_id).order_by(unanswered.c.inbox_id.desc())
        limit = oldest.offset(KEPT - 1).limit(1).scalar_subquery()
        await self._conn.execute(delete(unanswered).where(unanswered.c.inbox_id < limit))

    async def newest(self, *, limit: int) -> Sequence[OpenQuestion]:
        """What may be about somebody is left out: whom it is about may be reading."""
        query = (
            select(unanswered, messages.c.text, understood.c.parse)
            .join(messages, messages.c.inbox_id == unanswered.c.inbox_id)
            .join(understood, understood.c.inbox_id == unanswered.c.inbox_id)
            .where(messages.c.text != "")
            .order_by(unanswered.c.inbox_id.desc())
            .limit(KEPT)
        )
        rows = [row for row in await self._conn.execute(query) if not self._is_delicate(row.parse)]
        return _counted(rows)[:limit]

    def _is_delicate(self, parse: Mapping[str, Any]) -> bool:
        leaves = [LeafCode(code) for code, _ in parse.get("leaves") or ()][:1]
        return any(
            is_about_somebody(leaf, self._community.category(leaf).privacy) for leaf in leaves
        )


def _counted(rows: Iterable[Any]) -> list[OpenQuestion]:
    """The latest first; the same words, however they are set, are one question."""
    found: dict[str, OpenQuestion] = {}
    for row in rows:
        question = OpenQuestion(
            text=without_the_person(row.text)[:_LONGEST],
            why=WhyUnanswered(row.why),
            entry=row.entry,
            at=row.at,
            times=0,
        )
        same = found.get(_key(question.text), question)
        found[_key(question.text)] = replace(same, times=same.times + 1)
    return list(found.values())


def without_the_person(text: str) -> str:
    """What was asked: no numbers of people, and not where they live."""
    return " ".join(without_flats(without_own_place(mask(text))).split())


def _key(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())
