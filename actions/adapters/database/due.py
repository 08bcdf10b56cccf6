"""What time has brought due and no timer has acted on yet, as commands with their turns.

The key of a turn names the promise it is about (which clock, after how many reopenings), so that
the effect table remembers it and every process may ask the same question.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    case,
    cast,
    exists,
    literal,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.engine import Database
from actions.adapters.database.schema.matters import (
    callbacks,
    drafts,
    rounds,
    sealed_contacts,
    tickets,
)
from actions.adapters.database.schema.messaging import conversations, effects, messages, outbox
from actions.application.commands.base import Command
from actions.application.commands.timed import (
    ArchiveTicket,
    AskOutside,
    AskRecheck,
    ClimbLadder,
    CloseRound,
    CoverContact,
    ExpireDraft,
    GiveUpWaiting,
    LapseResolved,
    NudgeDraft,
    RemindPlanned,
    ResumeHeld,
    TellCallbackLate,
    TellMissed,
    TellProposalWaits,
    TellStillDisputed,
    TellStillWorking,
    TellUnread,
)
from actions.application.turn import Turn
from actions.domain.policy import Policy
from actions.domain.round import ROUND_LASTS

#: How long a question may lie unread before the worker is told to call.
UNREAD_FOR = timedelta(days=1)
#: How long a sealed contact stays readable in the talk of whoever asked for it.
CONTACT_SHOWN_FOR = timedelta(hours=1)
#: From the morning of a planned day to its end.
MISSED_AFTER = timedelta(hours=16)
#: How many of one kind are raised a round; the rest comes with the next.
BATCH = 100
_OFFERED = ("dispatched", "transferred")
_WORKED_ON = ("submitted", "triage", "returned", "reopened", "accepted", "in_progress", "scheduled")
_GOING_ON = (*_OFFERED, *_WORKED_ON, "on_hold", "external")
_CLOSED = ("closed_fixed", "closed_partly", "closed_unfixed", "closed_unrated", "withdrawn")
_DELIBERATED = ("deliberation",)
_QUESTION = "relay_question"
#: How many values one IN may hold in either store.
_AT_ONCE = 500

#: What waits for its reporter, and since when.
_WAITING = {
    "lapse": ("resolved", tickets.c.resolved_at),
    "give_up": ("needs_info", tickets.c.paused_at),
}

Due = tuple[Command, Turn]


class SqlDue:
    """A handful of indexed queries; each leaves out what the effect table already holds."""

    def __init__(
        self,
        database: Database,
        policy: Policy,
        by_version: Callable[[], Mapping[str, Policy]] = dict,
    ) -> None:
        """`by_version` are the rules of every version that tickets may stand under."""
        self._database = database
        self._policy = policy
        self._by_version = by_version

    async def at(self, now: datetime) -> Sequence[Due]:
        found: list[Due] = []
        async with self._database.read() as conn:
            for kind, query in self._queries(now):
                rows = (await conn.execute(query.limit(BATCH))).all()
                found += [_due(kind, row.id, row.key) for row in rows]
            found += await self._climbing(conn, now)
            found += await self._still_open(conn, now)
            found += await self._again(conn, now)
        return found

    async def _climbing(self, conn: AsyncConnection, now: datetime) -> list[Due]:
        """The key names the rung's moment: looked at again at another, never twice at one."""
        rows = (await conn.execute(_climbing(now).limit(BATCH))).all()
        return [
            _due("climb", row.id, f"{row.id}:{row.version}:{row.next_rung_at.isoformat()}")
            for row in rows
        ]

    async def _still_open(self, conn: AsyncConnection, now: datetime) -> list[Due]:
        """Open tickets of which nothing was heard for so long; again after as long again."""
        found: list[Due] = []
        policy = self._policy
        for statuses, every in (
            (_GOING_ON, policy.still_working_every),
            (_DELIBERATED, policy.deliberation_update_every),
        ):
            query = (
                select(tickets.c.id, tickets.c.updated_at)
                .where(tickets.c.status.in_(statuses), tickets.c.updated_at <= now - every)
                .order_by(tickets.c.id)
            )
            silent = (await conn.execute(query)).all()
            keys = {
                row.id: f"{row.id}:{row.updated_at.isoformat()}:{(now - row.updated_at) // every}"
                for row in silent
            }
            told = await _told(conn, "still", keys.values())
            found += [_due("still", n, key) for n, key in keys.items() if key not in told][:BATCH]
        return found

    async def _again(self, conn: AsyncConnection, now: datetime) -> list[Due]:
        """What is to be looked at on a day, and again after as long again until it moves on."""
        found: list[Due] = []
        policy = self._policy
        for kind, status, every in (
            ("outside", "external", policy.ask_outside_after),
            ("disputed", "returned", policy.dispute_told_after),
        ):
            rows = (await conn.execute(_to_review(status, now))).all()
            times = {row.id: (now - row.review_at) // every for row in rows}
            keys = {row.id: f"{row.id}:{row.review_at.isoformat()}:{times[row.id]}" for row in rows}
            told = await _told(conn, kind, keys.values())
            fresh = [number for number, key in keys.items() if key not in told][:BATCH]
            found += [_repeated(kind, number, keys[number], times[number]) for number in fresh]
        return found

    def _silent(self, kind: str, period: str, now: datetime) -> Select[Any]:
        """Tickets that have waited for their reporter as long as their own rules say."""
        status, since = _WAITING[kind]
        usual: timedelta = getattr(self._policy, period)
        periods = {name: getattr(policy, period) for name, policy in self._by_version().items()}
        waited = since <= now - min([usual, *periods.values()])
        before = {
            name: literal(now - each, since.type) for name, each in periods.items() if each != usual
        }
        if before:
            rules, others = tickets.c.rules_version, literal(now - usual, since.type)
            waited = and_(waited, since <= case(before, value=rules, else_=others))
        return _tickets(kind, _once(tickets.c.version), tickets.c.status == status, waited)

    def _queries(self, now: datetime) -> Iterator[tuple[str, Select[Any]]]:
        policy = self._policy
        yield "lapse", self._silent("lapse", "unrated_closes_after", now)
        yield "give_up", self._silent("give_up", "needs_info_for", now)
        yield "recheck", _promised(now)
        yield "archive", _closed_since(now - policy.archived_after)
        yield "nudge", _open_drafts("nudge", now - policy.draft_nudge_after)
        yield "expire", _open_drafts("expire", now - policy.draft_resumes_for)
        yield "unread", _unread(now - UNREAD_FOR)
        yield "planned", _to_look_at("planned", ("scheduled",), now)
        yield "missed", _to_look_at("missed", ("scheduled",), now - MISSED_AFTER)
        yield "held", _to_look_at("held", ("on_hold",), now)
        yield "proposed", _to_look_at("proposed", ("accepted", "in_progress"), now)
        yield "call", _calls(now)
        yield "round", _rounds(now - ROUND_LASTS)
        yield "cover", _shown(now - CONTACT_SHOWN_FOR)


def _climbing(now: datetime) -> Select[Any]:
    """Tickets that reach a rung of the ladder; acting on one moves its next rung."""
    query = select(tickets.c.id, tickets.c.version, tickets.c.next_rung_at)
    return query.where(tickets.c.next_rung_at <= now).order_by(tickets.c.next_rung_at)


def _promised(now: datetime) -> Select[Any]:
    """Promises to be asked about; the question itself takes the date away."""
    return _tickets("recheck", _once(tickets.c.version), tickets.c.recheck_at <= now)


def _closed_since(before: datetime) -> Select[Any]:
    """A matter may be reopened and closed again: the date of closing belongs to the key."""
    key = _once(tickets.c.version)
    closed = tickets.c.status.in_(_CLOSED), tickets.c.closed_at <= before
    return _tickets("archive", key, *closed)


async def _told(conn: AsyncConnection, kind: str, keys: Iterable[str]) -> set[str]:
    """Which of the keys a timer of this kind has acted on."""
    prefix, told, waiting = f"timer:{kind}:", set[str](), list(keys)
    for first in range(0, len(waiting), _AT_ONCE):
        causes = [prefix + key for key in waiting[first : first + _AT_ONCE]]
        query = select(effects.c.cause).where(effects.c.cause.in_(causes))
        told |= {cause.removeprefix(prefix) for cause in (await conn.execute(query)).scalars()}
    return told


def _to_review(status: str, now: datetime) -> Select[Any]:
    waiting = tickets.c.status == status, tickets.c.review_at <= now
    return select(tickets.c.id, tickets.c.review_at).where(*waiting).order_by(tickets.c.id)


def _to_look_at(kind: str, statuses: tuple[str, ...], before: datetime) -> Select[Any]:
    """Tickets whose day to be looked at came before `before`; another day is another time."""
    due = tickets.c.status.in_(statuses), tickets.c.review_at <= before
    return _tickets(kind, _once(tickets.c.review_at), *due)


def _repeated(kind: str, number: int, key: str, times: int) -> Due:
    turn = Turn.of_timer(kind, key)
    if kind == "disputed":
        return TellStillDisputed(ticket_id=number), turn
    return AskOutside(ticket_id=number, times=times), turn


def _due(kind: str, number: int, key: str) -> Due:
    return _COMMANDS[kind](number), Turn.of_timer(kind, key)


_COMMANDS: dict[str, Any] = {
    "lapse": lambda number: LapseResolved(ticket_id=number),
    "give_up": lambda number: GiveUpWaiting(ticket_id=number),
    "climb": lambda number: ClimbLadder(ticket_id=number),
    "recheck": lambda number: AskRecheck(ticket_id=number),
    "archive": lambda number: ArchiveTicket(ticket_id=number),
    "nudge": lambda number: NudgeDraft(draft_id=number),
    "expire": lambda number: ExpireDraft(draft_id=number),
    "still": lambda number: TellStillWorking(ticket_id=number),
    "unread": lambda number: TellUnread(ticket_id=number),
    "planned": lambda number: RemindPlanned(ticket_id=number),
    "missed": lambda number: TellMissed(ticket_id=number),
    "held": lambda number: ResumeHeld(ticket_id=number),
    "proposed": lambda number: TellProposalWaits(ticket_id=number),
    "call": lambda number: TellCallbackLate(callback_id=number),
    "round": lambda number: CloseRound(round_id=number),
    "cover": lambda number: CoverContact(ticket_id=number),
}


def _once(*columns: ColumnElement[Any]) -> ColumnElement[str]:
    """The ticket and what makes this time another than the last, as text."""
    key: ColumnElement[str] = cast(tickets.c.id, String)
    for column in columns:
        key = key + ":" + cast(column, String)
    return key


def _tickets(kind: str, key: ColumnElement[str], *conditions: ColumnElement[bool]) -> Select[Any]:
    query = select(tickets.c.id, key.label("key")).where(*conditions, _not_yet(kind, key))
    return query.order_by(tickets.c.id)


def _not_yet(kind: str, key: ColumnElement[str]) -> ColumnElement[bool]:
    """No timer of this kind has taken effect under the key."""
    return ~exists().where(effects.c.cause == literal(f"timer:{kind}:") + key)


def _open_drafts(kind: str, before: datetime) -> Select[Any]:
    key = cast(drafts.c.id, String)
    return (
        select(drafts.c.id, key.label("key"))
        .where(drafts.c.state == "open", drafts.c.updated_at <= before, _not_yet(kind, key))
        .order_by(drafts.c.id)
    )


def _unread(before: datetime) -> Select[Any]:
    """Questions older than `before` that were neither sent, read nor answered in any way."""
    key = cast(outbox.c.id, String)
    seen = exists().where(
        messages.c.outbox_id == outbox.c.id,
        conversations.c.id == messages.c.conversation_id,
        or_(
            conversations.c.last_read_seq >= messages.c.seq,
            conversations.c.last_in_at > messages.c.at,
        ),
    )
    return (
        select(tickets.c.id, key.label("key"))
        .join(outbox, and_(outbox.c.ticket_id == tickets.c.id, outbox.c.template == _QUESTION))
        .where(
            tickets.c.status == "needs_info",
            tickets.c.paused_at <= before,
            outbox.c.created_at >= tickets.c.paused_at,
            ~seen,
            _not_yet("unread", key),
        )
        .order_by(tickets.c.id)
    )


def _calls(now: datetime) -> Select[Any]:
    key = cast(callbacks.c.id, String)
    return (
        select(callbacks.c.id, key.label("key"))
        .where(
            callbacks.c.closed_at.is_(None),
            callbacks.c.taken_by.is_(None),
            callbacks.c.due_at <= now,
            _not_yet("call", key),
        )
        .order_by(callbacks.c.id)
    )


def _rounds(before: datetime) -> Select[Any]:
    """Rounds that nobody has ended."""
    key = cast(rounds.c.id, String)
    running = rounds.c.ended_at.is_(None), rounds.c.begun_at <= before
    return (
        select(rounds.c.id, key.label("key"))
        .where(*running, _not_yet("round", key))
        .order_by(rounds.c.id)
    )


def _shown(before: datetime) -> Select[Any]:
    """Sealed contacts that were shown, and not covered again since."""
    number = sealed_contacts.c.ticket_id
    key = cast(number, String) + ":" + cast(sealed_contacts.c.shown_at, String)
    return (
        select(number.label("id"), key.label("key"))
        .where(sealed_contacts.c.shown_at <= before, _not_yet("cover", key))
        .order_by(number)
    )
