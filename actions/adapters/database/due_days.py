"""Tickets that somebody must look at on a day: planned, paused, asked for, outside, disputed."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.due_keys import BATCH, Due, once, tickets_due, told_of
from actions.adapters.database.schema.matters import tickets
from actions.application.commands.timed import (
    AskOutside,
    RemindPlanned,
    ResumeHeld,
    TellMissed,
    TellProposalWaits,
    TellStillDisputed,
)
from actions.application.turn import Turn
from actions.domain.policy import Policy

#: From the morning of a planned day to its end.
MISSED_AFTER = timedelta(hours=16)
#: However short a period the community sets, nobody hears of the same thing more often.
_OFTENEST = timedelta(hours=1)

OF_DAYS: dict[str, Any] = {
    "planned": lambda number: RemindPlanned(ticket_id=number),
    "missed": lambda number: TellMissed(ticket_id=number),
    "held": lambda number: ResumeHeld(ticket_id=number),
    "proposed": lambda number: TellProposalWaits(ticket_id=number),
}


def days_come(now: datetime) -> Iterator[tuple[str, Select[Any]]]:
    """What is looked at once when its day has come."""
    yield "planned", _to_look_at("planned", ("scheduled",), now)
    yield "missed", _to_look_at("missed", ("scheduled",), now - MISSED_AFTER)
    yield "held", _to_look_at("held", ("on_hold",), now)
    yield "proposed", _to_look_at("proposed", ("accepted", "in_progress"), now)


async def due_again(conn: AsyncConnection, now: datetime, policy: Policy) -> list[Due]:
    """What is to be looked at on a day, and again after as long again until it moves on."""
    found: list[Due] = []
    for kind, status, period in (
        ("outside", "external", policy.ask_outside_after),
        ("disputed", "returned", policy.dispute_told_after),
    ):
        every = max(period, _OFTENEST)
        rows = (await conn.execute(_to_review(status, now))).all()
        times = {row.id: (now - row.review_at) // every for row in rows}
        keys = {row.id: f"{row.id}:{row.review_at.isoformat()}:{times[row.id]}" for row in rows}
        told = await told_of(conn, kind, keys.values())
        fresh = [number for number, key in keys.items() if key not in told][:BATCH]
        found += [_repeated(kind, number, keys[number], times[number]) for number in fresh]
    return found


def _to_review(status: str, now: datetime) -> Select[Any]:
    waiting = tickets.c.status == status, tickets.c.review_at <= now
    return select(tickets.c.id, tickets.c.review_at).where(*waiting).order_by(tickets.c.id)


def _to_look_at(kind: str, statuses: tuple[str, ...], before: datetime) -> Select[Any]:
    """Tickets whose day to be looked at came before `before`; another day is another time."""
    due = tickets.c.status.in_(statuses), tickets.c.review_at <= before
    return tickets_due(kind, once(tickets.c.review_at), *due)


def _repeated(kind: str, number: int, key: str, times: int) -> Due:
    turn = Turn.of_timer(kind, key)
    if kind == "disputed":
        return TellStillDisputed(ticket_id=number), turn
    return AskOutside(ticket_id=number, times=times), turn
