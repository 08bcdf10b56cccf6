"""`SqlTalkList`: what residents wrote, message by message, for those who review conversations."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, String, cast, func, select
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.engine import Database
from actions.adapters.database.rows import ticket_from_row
from actions.adapters.database.schema.knowing import unanswered
from actions.adapters.database.schema.matters import tickets
from actions.adapters.database.schema.messaging import conversations, messages, understood
from actions.adapters.database.schema.people import people
from actions.adapters.database.talk_lines import lines_of, masking, turns_of
from actions.adapters.database.unindexed import Unindexed
from actions.application.ports import Clock
from actions.application.ports_console import Trail
from actions.application.transcripts import LOOKED, Talk, TalkLine, TalkPage, TalkWanted
from actions.domain.community import Community
from actions.domain.identifiers import ConversationId
from actions.domain.people import Actor
from actions.domain.place import is_inside
from actions.domain.sealing import hides_reporter
from actions.domain.ticket import Ticket
from actions.domain.transcript_rights import BROWSE, may_browse

_PAGE: Final = 50
_STRETCH: Final = 60
#: So many messages are gone through for one page before it says where it stopped.
_WINDOW: Final = 4000
_LAST: Final = 2**62
#: Below it a person should look whether it was understood.
UNSURE: Final = 0.6
LISTED: Final = "list-transcripts"


class SqlTalkList:
    def __init__(
        self, database: Database, clock: Clock, community: Community, trail: Trail
    ) -> None:
        self._database = database
        self._clock = clock
        self._community = community
        self._trail = trail

    async def find(self, actor: Actor, wanted: TalkWanted, before: int | None) -> TalkPage:
        if not actor.has_role(*BROWSE):
            return TalkPage(lines=())
        day = wanted.day.isoformat() if wanted.day else ""
        sought = " ".join(filter(None, (wanted.participant, day, wanted.kind)))
        await self._trail.note(LISTED, "transcripts", by=actor.person_id, reason=sought)
        async with self._database.read() as conn:
            low, high = await self._between(conn, wanted.day)
            high = min(high, before or high)
            talk = await _talk_of(conn, wanted.participant) if wanted.participant else None
            if wanted.participant and talk is None:
                return TalkPage(lines=())
            is_few = talk is not None or wanted.kind == "unanswered"
            floor = low if is_few else max(low, high - 1 - _WINDOW)
            query = _inbound(wanted.kind, talk, floor, high)
            rows = (await conn.execute(query)).mappings().all()
            raised = await _raised_by(conn, {row["person_id"] for row in rows})
        further = rows[-1]["id"] if len(rows) == _PAGE else (floor + 1 if floor > low else None)
        lines = [_line(row, raised.get(row["person_id"], ())) for row in rows
                 if self._opens(actor, row, raised.get(row["person_id"], ()))]  # fmt: skip
        return TalkPage(lines=lines, further=further)

    async def read(
        self,
        actor: Actor,
        conversation_id: ConversationId,
        *,
        before: int | None = None,
        after: int | None = None,
    ) -> Talk | None:
        async with self._database.read() as conn:
            who = (
                select(
                    conversations.c.person_id,
                    conversations.c.area,
                    people.c.participant_id,
                    conversations.c.next_seq,
                )
                .join(people, people.c.id == conversations.c.person_id)
                .where(conversations.c.id == conversation_id)
            )
            row = (await conn.execute(who)).mappings().first()
            if row is None:
                return None
            raised = (await _raised_by(conn, {row["person_id"]})).get(row["person_id"], ())
            if not self._opens(actor, row, raised):
                return None
        await self._trail.note(LOOKED, f"conversation:{conversation_id}", by=actor.person_id)
        hides_home = any(hides_reporter(each) for each in raised)
        query = _stretch(conversation_id, before, after)
        async with self._database.read() as conn:
            turns = await turns_of(conn, query, masking(hides_home=hides_home, is_unmasked=False))
        return Talk(
            conversation_id=conversation_id,
            participant=row["participant_id"],
            name="",
            turns=turns,
            earlier=turns[0].seq if turns and turns[0].seq > 1 else None,
            later=turns[-1].seq if turns and turns[-1].seq < row["next_seq"] - 1 else None,
        )

    def _opens(self, actor: Actor, row: RowMapping, raised: Sequence[Ticket]) -> bool:
        area = row["area"] or self._community.root
        over = any(g.role in BROWSE and is_inside(area, g.area) for g in actor.grants)
        return over and may_browse(actor, raised)

    async def _between(self, conn: AsyncConnection, day: date | None) -> tuple[int, int]:
        """Ids of the messages of a day, both ends left out; numbers grow with time."""
        last = (await conn.execute(select(func.max(messages.c.id)))).scalar_one() or 0
        if day is None:
            return 0, last + 1
        begins = datetime.combine(day, time(), self._community.timezone)
        first = await _first_since(conn, begins, last)
        return first - 1, await _first_since(conn, begins + timedelta(days=1), last)


async def _first_since(conn: AsyncConnection, moment: datetime, last: int) -> int:
    """The first message of that moment or later, by halving: there is no index by time."""
    low, high = 0, last + 1
    while low < high:
        middle = (low + high) // 2
        query = select(messages.c.id, messages.c.at).where(messages.c.id >= middle)
        row = (await conn.execute(query.order_by(messages.c.id).limit(1))).first()
        if row is None or row.at >= moment:
            high = middle
        else:
            low = int(row.id) + 1
    return low


async def _talk_of(conn: AsyncConnection, participant: str) -> int | None:
    query = (
        select(conversations.c.id)
        .join(people, people.c.id == conversations.c.person_id)
        .where(people.c.participant_id == participant)
    )
    found: int | None = (await conn.execute(query)).scalar_one_or_none()
    return found


def _inbound(kind: str, talk: int | None, low: int, high: int) -> Select[Any]:
    """What residents wrote, the newest first."""
    is_few = talk is not None or kind == "unanswered"
    number: ColumnElement[int] = Unindexed(messages.c.id) if is_few else messages.c.id
    query = (
        select(
            messages.c.id,
            messages.c.conversation_id,
            messages.c.seq,
            messages.c.text,
            messages.c.at,
            understood.c.intent,
            understood.c.confidence,
            conversations.c.person_id,
            conversations.c.area,
            people.c.participant_id,
        )
        .join(conversations, conversations.c.id == messages.c.conversation_id)
        .join(people, people.c.id == conversations.c.person_id)
        .outerjoin(understood, understood.c.inbox_id == messages.c.inbox_id)
        .where(messages.c.direction == "in", messages.c.text != "", *_of_kind(kind))
        .where(number > low, number < high)
    )
    if talk is not None:
        query = query.where(messages.c.conversation_id == talk)
    return query.order_by(number.desc()).limit(_PAGE)


def _of_kind(kind: str) -> list[ColumnElement[bool]]:
    if kind == "unsure":
        return [understood.c.confidence < UNSURE]
    if kind == "unanswered":
        return [messages.c.inbox_id.in_(select(unanswered.c.inbox_id))]
    return []


async def _raised_by(conn: AsyncConnection, persons: Collection[int]) -> dict[int, list[Ticket]]:
    """Their tickets that decide who may read: about somebody, or telling who told."""
    delicate = (cast(tickets.c.recused, String) != "[]") | (tickets.c.privacy != "public")
    query = select(tickets).where(tickets.c.reporter_id.in_(sorted(persons)), delicate)
    found: dict[int, list[Ticket]] = {}
    for row in (await conn.execute(query)).mappings():
        found.setdefault(row["reporter_id"], []).append(ticket_from_row(row))
    return found


def _line(row: RowMapping, raised: Sequence[Ticket]) -> TalkLine:
    hides_home = any(hides_reporter(each) for each in raised)
    return TalkLine(
        conversation_id=ConversationId(row["conversation_id"]),
        seq=row["seq"],
        participant=row["participant_id"],
        words=masking(hides_home=hides_home, is_unmasked=False)(row["text"]),
        at=row["at"],
        intent=row["intent"] or "",
        confidence=row["confidence"],
    )


def _stretch(conversation_id: ConversationId, before: int | None, after: int | None) -> Select[Any]:
    query = lines_of(conversation_id)
    if after is not None:
        return query.where(messages.c.seq > after).order_by(messages.c.seq).limit(_STRETCH)
    if before is not None:
        query = query.where(messages.c.seq < before)
    return query.order_by(messages.c.seq.desc()).limit(_STRETCH)
