"""How the board finds tickets: by what fits the fewest, newest first, never by the whole table.

What fits few is looked up. What fits many is met often among the newest: they are gone through, so
many at a time, and the page says where it stopped.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Select,
    UnaryExpression,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.schema.console import ticket_grams
from actions.adapters.database.schema.matters import tickets
from actions.adapters.database.schema.messaging import conversations
from actions.adapters.database.search_words import pieces_wanted
from actions.adapters.database.sight import in_sight, known_in, lies_in, narrowing
from actions.application.board import GROUPS, Wanted
from actions.domain.community import Community
from actions.domain.people import Actor
from actions.domain.place import is_inside
from actions.domain.ticket_status import PAUSED, TicketStatus

#: Up to so many are looked up and put in order.
FEW: Final = 3000
#: So many of the newest are gone through at a time where nothing is rare.
WINDOW: Final = 4000
#: No more than so many are being filed at the same moment.
_AT_ONCE: Final = 200

_OFFERED: Final = [TicketStatus.DISPATCHED.value, TicketStatus.TRANSFERRED.value]
_WITHOUT_DATE: Final = frozenset(
    {TicketStatus.RESOLVED, TicketStatus.MERGED, TicketStatus.DELIBERATION, *PAUSED}
)
_DATED: Final = sorted(each.value for each in GROUPS["open"] - _WITHOUT_DATE)
#: `Ticket.promise` in the words of the database.
_PROMISED: Final = case(
    (narrowing("status").in_(_OFFERED), tickets.c.accept_due_at),
    (tickets.c.contacted_at.is_(None), tickets.c.contact_due_at),
    else_=tickets.c.settle_due_at,
)

#: Nearly every ticket there ever was.
_MOST: Final = frozenset({"closed", "all"})

_gram = ticket_grams.alias("gram")


@dataclass(frozen=True, kw_only=True)
class Way:
    """Where to begin: a `condition` an index answers, or a `gram`; neither: at the newest."""

    condition: ColumnElement[bool] | None = None
    gram: str = ""
    is_few: bool = False


def narrowed(
    wanted: Wanted, actor: Actor, now: datetime, zone: tzinfo
) -> list[ColumnElement[bool]]:
    """Everything a ticket has to be, in words that invite no index."""
    plain = {"urgency": wanted.urgency, "tier": wanted.tier, "assignee_role": wanted.role}
    conditions = [narrowing(name) == value for name, value in plain.items() if value]
    statuses = sorted(each.value for each in GROUPS[wanted.group])
    conditions += [in_sight(actor), narrowing("status").in_(statuses)]
    if wanted.area:
        conditions.append(lies_in(wanted.area))
    if wanted.categories:
        conditions.append(narrowing("category").in_(wanted.categories))
    if wanted.assignee is not None:
        conditions.append(narrowing("assignee_id") == wanted.assignee)
    if wanted.late:
        conditions += [narrowing("status").in_(_DATED), now >= _PROMISED]
    if wanted.since:
        conditions.append(narrowing("filed_at") >= _begins(wanted.since, zone))
    if wanted.until:
        conditions.append(narrowing("filed_at") < _begins(wanted.until + timedelta(days=1), zone))
    if wanted.channel:
        conditions.append(
            exists().where(
                conversations.c.person_id == tickets.c.reporter_id,
                conversations.c.channel == wanted.channel,
            )
        )
    return conditions


def _begins(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone)


async def between(
    conn: AsyncConnection, wanted: Wanted, zone: tzinfo, before: int
) -> tuple[int, int]:
    """Between which numbers the wanted days lie, both left out: numbers grow as tickets are filed.

    A little more is allowed for, because two may be filed at once.
    """
    low, high = 0, before
    if wanted.since:
        later = tickets.c.filed_at >= _begins(wanted.since, zone)
        first = await _edge(conn, later, tickets.c.filed_at.asc())
        low = high if first is None else max(0, first - _AT_ONCE)
    if wanted.until:
        earlier = tickets.c.filed_at < _begins(wanted.until + timedelta(days=1), zone)
        last = await _edge(conn, earlier, tickets.c.filed_at.desc())
        high = low if last is None else min(high, last + _AT_ONCE)
    return low, max(low, high)


async def _edge(
    conn: AsyncConnection, condition: ColumnElement[bool], order: UnaryExpression[Any]
) -> int | None:
    query = select(tickets.c.id).where(condition).order_by(order).limit(1)
    found_there: int | None = (await conn.execute(query)).scalar_one_or_none()
    return found_there


def _looked_up(
    wanted: Wanted, actor: Actor, community: Community
) -> Mapping[str, ColumnElement[bool]]:
    """What an index answers of what is wanted, where it can be few."""
    found: dict[str, ColumnElement[bool]] = {}
    dated = frozenset(map(TicketStatus, _DATED))
    if wanted.late or wanted.group not in _MOST:
        statuses = GROUPS[wanted.group] & dated if wanted.late else GROUPS[wanted.group]
        found["status"] = tickets.c.status.in_(sorted(each.value for each in statuses))
    if wanted.categories:
        found["category"] = tickets.c.category.in_(wanted.categories)
    if wanted.assignee is not None:
        found["assignee"] = tickets.c.assignee_id == wanted.assignee
    if wanted.area:
        found["area"] = known_in([wanted.area], community)
    areas = [grant.area for grant in actor.grants]
    if not any(is_inside(community.root, area) for area in areas):
        mine = known_in(areas, community)
        found["sight"] = or_(mine, tickets.c.assignee_id == actor.person_id)
    return found


async def way_to(
    conn: AsyncConnection,
    wanted: Wanted,
    actor: Actor,
    community: Community,
    grams: Sequence[str],
) -> Way:
    """Whatever fits the fewest, counted no further than it matters."""
    conditions = list(_looked_up(wanted, actor, community).values())
    probes = [_counted(select(literal(1)).where(each)) for each in conditions]
    probes += [_counted(_in_order(each)) for each in grams]
    if not probes:
        return Way()
    numbered = [select(literal(at).label("at"), each) for at, each in enumerate(probes)]
    counts = {row[0]: row[1] for row in await conn.execute(union_all(*numbered))}
    ways = [Way(condition=each) for each in conditions] + [Way(gram=each) for each in grams]
    first = min(range(len(ways)), key=lambda at: (counts[at], at))
    is_few = counts[first] <= FEW
    if is_few:
        return Way(condition=ways[first].condition, gram=ways[first].gram, is_few=True)
    if grams:
        rarest = min(range(len(conditions), len(ways)), key=lambda at: (counts[at], at))
        return ways[rarest]
    return Way()


def _in_order(gram: str) -> Select[Any]:
    """In the order of the index, so that it is the index that is gone through."""
    has = select(literal(1)).where(ticket_grams.c.gram == gram)
    return has.order_by(ticket_grams.c.ticket_id)


def _counted(rows: Select[Any]) -> ColumnElement[int]:
    return select(func.count()).select_from(rows.limit(FEW + 1).subquery()).scalar_subquery()


def found(
    way: Way,
    narrow: Sequence[ColumnElement[bool]],
    grams: Sequence[str],
    *,
    between: tuple[int, int],
    limit: int,
) -> Select[Any]:
    """Ids with whom each is about, the newest first; `between` leaves out both ends."""
    low, high = between
    others = [_has(each) for each in grams if each != way.gram]
    columns = (tickets.c.id, tickets.c.recused)
    if way.gram:
        query = (
            select(*columns)
            .join(_gram, _gram.c.ticket_id == tickets.c.id)
            .where(_gram.c.gram == way.gram, _gram.c.ticket_id > low, _gram.c.ticket_id < high)
            .order_by(_gram.c.ticket_id.desc())
        )
        return query.where(*others, *narrow).limit(limit)
    if way.condition is not None:
        number = narrowing("id")
        query = select(*columns).where(way.condition, number > low, number < high)
    else:
        query = select(*columns).where(and_(tickets.c.id > low, tickets.c.id < high))
    return query.where(*others, *narrow).order_by(tickets.c.id.desc()).limit(limit)


def there_or_told(word: str, paths: Sequence[str]) -> ColumnElement[bool]:
    """It lies in one of the places of that name, or speaks of it."""
    told = and_(*map(_has, sorted(pieces_wanted([word]))))
    return or_(*map(lies_in, paths), told)


def _has(gram: str) -> ColumnElement[bool]:
    other = ticket_grams.alias()
    return exists().where(other.c.gram == gram, other.c.ticket_id == tickets.c.id)
