"""`SqlBoard`: the tickets of whoever works here, filtered, searched and leafed through."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.board_query import (
    WINDOW,
    Way,
    between,
    found,
    narrowed,
    there_or_told,
    way_to,
)
from actions.adapters.database.board_rows import board_rows
from actions.adapters.database.engine import Database
from actions.adapters.database.rows import ticket_from_row
from actions.adapters.database.schema.matters import tickets
from actions.adapters.database.schema.people import people, role_grants
from actions.adapters.database.search_words import (
    is_settled_by_pieces,
    pieces_wanted,
    places_called,
    tells,
    words_wanted,
)
from actions.adapters.database.sight import is_about
from actions.adapters.database.summaries import inside
from actions.application.board import BoardPage, Colleague, Wanted
from actions.application.ports import Clock
from actions.domain.community import Community
from actions.domain.identifiers import PersonId, TicketId
from actions.domain.people import WORKING_ROLES, Actor
from actions.domain.ticket_number import find_ticket_number, parse_ticket_number

PAGE: Final = 50
#: Counted no further.
COUNTED: Final = 500
#: How often one page looks further down before it says where it stopped.
_LOOKS: Final = 5
_CHECKED_AT_A_TIME: Final = 100
_COLLEAGUES: Final = 200


class SqlBoard:
    def __init__(self, database: Database, clock: Clock, community: Community) -> None:
        self._database = database
        self._clock = clock
        self._community = community

    async def page(
        self, actor: Actor, wanted: Wanted, *, before: TicketId | None = None
    ) -> BoardPage:
        """The newest that fit, of those older than the ticket named."""
        number = parse_ticket_number(wanted.words) or find_ticket_number(wanted.words)
        async with self._database.read() as conn:
            if number:
                return await self._numbered(conn, actor, number)
            words = words_wanted(wanted.words)
            if wanted.words.strip() and not words:
                return BoardPage(rows=())
            places = {word: places_called(word, self._community) for word in words}
            words = tuple(word for word in words if not places[word])
            within = [there_or_told(word, paths) for word, paths in places.items() if paths]
            newest = (await conn.execute(select(func.max(tickets.c.id)))).scalar_one() or 0
            search = _Search(conn, actor, words)
            await search.run(
                await way_to(conn, wanted, actor, self._community, search.grams),
                within + narrowed(wanted, actor, self._clock.now(), self._community.timezone),
                await between(conn, wanted, self._community.timezone, before or newest + 1),
            )
            shown = search.ids[:PAGE]
            rows = await board_rows(conn, actor, shown, self._clock.now())
        is_cut = len(search.ids) > PAGE
        return BoardPage(
            rows=rows,
            count=min(len(search.ids), COUNTED),
            is_more=search.stopped_at is not None or len(search.ids) > COUNTED,
            further=TicketId(shown[-1]) if is_cut else search.stopped_at,
        )

    async def _numbered(self, conn: AsyncConnection, actor: Actor, number: str) -> BoardPage:
        """A number is meant whatever else is filtered by."""
        query = select(tickets.c.id).where(tickets.c.number == number)
        ids = list((await conn.execute(query)).scalars())
        rows = await board_rows(conn, actor, ids, self._clock.now())
        return BoardPage(rows=rows, count=len(rows))

    async def colleagues(self, actor: Actor) -> Sequence[Colleague]:
        """Whoever can have a ticket where the person works, by name."""
        areas = sorted({grant.area for grant in actor.grants})
        if not areas:
            return ()
        query = (
            select(people.c.id, people.c.display_name, role_grants.c.role)
            .join(people, people.c.id == role_grants.c.person_id)
            .where(
                role_grants.c.role.in_(sorted(WORKING_ROLES)),
                role_grants.c.revoked_at.is_(None),
                or_(*(inside(role_grants.c.area, area) for area in areas)),
            )
            .order_by(people.c.display_name, people.c.id, role_grants.c.role)
            .limit(_COLLEAGUES)
        )
        found_here: dict[int, Colleague] = {}
        async with self._database.read() as conn:
            for row in await conn.execute(query):
                known = found_here.get(row.id)
                roles = (*known.roles, row.role) if known else (row.role,)
                found_here[row.id] = Colleague(
                    id=PersonId(row.id), name=row.display_name, roles=tuple(dict.fromkeys(roles))
                )
        return list(found_here.values())


class _Search:
    """Going down from the newest until there are enough or nothing is left."""

    def __init__(self, conn: AsyncConnection, actor: Actor, words: Sequence[str]) -> None:
        self._conn = conn
        self._actor = actor
        self._words = words
        self._is_exact = is_settled_by_pieces(words)
        self.grams = sorted(pieces_wanted(words))
        self.ids: list[int] = []
        self.stopped_at: TicketId | None = None  #: below it nobody has looked

    async def run(
        self, way: Way, narrow: Sequence[ColumnElement[bool]], ends: tuple[int, int]
    ) -> None:
        floor, high = ends
        enough = COUNTED + 1 if self._is_exact else PAGE + 1
        most = COUNTED + 1 if self._is_exact else _CHECKED_AT_A_TIME
        for _ in range(_LOOKS):
            low = floor if way.is_few else max(floor, high - 1 - WINDOW)
            query = found(way, narrow, self.grams, between=(low, high), limit=most)
            rows = (await self._conn.execute(query)).all()
            self.ids += await self._fitting(
                [row.id for row in rows if not is_about(self._actor, row.recused)]
            )
            high = rows[-1].id if len(rows) == most else low + 1
            if high <= floor + 1:
                return
            if len(self.ids) >= enough:
                break
        self.stopped_at = TicketId(high)

    async def _fitting(self, ids: list[int]) -> list[int]:
        if self._is_exact or not ids:
            return ids
        query = select(tickets).where(tickets.c.id.in_(ids))
        rows = (await self._conn.execute(query)).mappings()
        told = {row["id"] for row in rows if tells(ticket_from_row(row), self._words)}
        return [each for each in ids if each in told]
