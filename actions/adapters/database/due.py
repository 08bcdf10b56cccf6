"""What time has brought due and no timer has acted on yet, as commands with their turns.

The key of a turn names the promise it is about (which clock, after how many reopenings), so that
the effect table remembers it and every process may ask the same question.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
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

from actions.adapters.database.due_days import OF_DAYS, days_come, due_again
from actions.adapters.database.due_keys import BATCH, Due, not_yet, once, tickets_due
from actions.adapters.database.engine import Database
from actions.adapters.database.schema.channels import link_codes
from actions.adapters.database.schema.matters import (
    callbacks,
    drafts,
    rounds,
    sealed_contacts,
    tickets,
)
from actions.adapters.database.schema.messaging import conversations, messages, outbox
from actions.adapters.database.summaries import left_behind
from actions.application.commands.timed import (
    ArchiveTicket,
    AskRecheck,
    ClimbLadder,
    CloseRound,
    CoverContact,
    ExpireDraft,
    GatherLeft,
    GiveUpWaiting,
    LapseResolved,
    NudgeDraft,
    RerouteLeft,
    TellCallbackLate,
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
#: Longer than any transaction takes.
ON_ITS_WAY = timedelta(minutes=2)
_OFFERED = ("dispatched", "transferred")
_WORKED_ON = ("submitted", "triage", "returned", "reopened", "accepted", "in_progress", "scheduled")
_GOING_ON = (*_OFFERED, *_WORKED_ON, "on_hold", "external")
_CLOSED = ("closed_fixed", "closed_partly", "closed_unfixed", "closed_unrated", "withdrawn")
_DELIBERATED = ("deliberation",)
_QUESTION = "relay_question"

#: What waits for its reporter, and since when.
_WAITING = {
    "lapse": ("resolved", tickets.c.resolved_at),
    "give_up": ("needs_info", tickets.c.paused_at),
}


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
            found += await due_again(conn, now, self._policy)
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
            last = tickets.c.last_word_at
            silent = select(tickets.c.id, last).where(
                tickets.c.status.in_(statuses), last <= now - every
            )
            rows = (await conn.execute(silent.order_by(last).limit(BATCH))).all()
            found += [
                _due("still", row.id, f"{row.id}:{row.last_word_at.isoformat()}") for row in rows
            ]
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
        return tickets_due(kind, once(tickets.c.version), tickets.c.status == status, waited)

    def _queries(self, now: datetime) -> Iterator[tuple[str, Select[Any]]]:
        policy = self._policy
        yield "lapse", self._silent("lapse", "unrated_closes_after", now)
        yield "give_up", self._silent("give_up", "needs_info_for", now)
        yield "recheck", _promised(now)
        yield "archive", _closed_since(now - policy.archived_after)
        yield "nudge", _open_drafts("nudge", now - policy.draft_nudge_after)
        yield "expire", _open_drafts("expire", now - policy.draft_resumes_for)
        yield "left", tickets_due("left", once(tickets.c.version), left_behind())
        yield "unread", _unread(now - UNREAD_FOR)
        yield from days_come(now)
        yield "call", _calls(now)
        yield "round", _rounds(now - ROUND_LASTS)
        yield "cover", _shown(now - CONTACT_SHOWN_FOR)
        yield "gather", _united(now - ON_ITS_WAY)


def _climbing(now: datetime) -> Select[Any]:
    """Tickets that reach a rung of the ladder; acting on one moves its next rung."""
    query = select(tickets.c.id, tickets.c.version, tickets.c.next_rung_at)
    return query.where(tickets.c.next_rung_at <= now).order_by(tickets.c.next_rung_at)


def _promised(now: datetime) -> Select[Any]:
    """Promises to be asked about; the question itself takes the date away."""
    due = tickets_due("recheck", once(tickets.c.version), tickets.c.recheck_at <= now)
    return due.order_by(None).order_by(tickets.c.recheck_at, tickets.c.id)


def _closed_since(before: datetime) -> Select[Any]:
    """A matter may be reopened and closed again: the date of closing belongs to the key."""
    key = once(tickets.c.version)
    closed = tickets.c.status.in_(_CLOSED), tickets.c.closed_at <= before
    return tickets_due("archive", key, *closed)


def _due(kind: str, number: int | str, key: str) -> Due:
    return _COMMANDS[kind](number), Turn.of_timer(kind, key)


_COMMANDS: dict[str, Any] = {
    **OF_DAYS,
    "lapse": lambda number: LapseResolved(ticket_id=number),
    "give_up": lambda number: GiveUpWaiting(ticket_id=number),
    "climb": lambda number: ClimbLadder(ticket_id=number),
    "recheck": lambda number: AskRecheck(ticket_id=number),
    "archive": lambda number: ArchiveTicket(ticket_id=number),
    "nudge": lambda number: NudgeDraft(draft_id=number),
    "expire": lambda number: ExpireDraft(draft_id=number),
    "still": lambda number: TellStillWorking(ticket_id=number),
    "left": lambda number: RerouteLeft(ticket_id=number),
    "unread": lambda number: TellUnread(ticket_id=number),
    "call": lambda number: TellCallbackLate(callback_id=number),
    "round": lambda number: CloseRound(round_id=number),
    "cover": lambda number: CoverContact(ticket_id=number),
    "gather": lambda code: GatherLeft(code_hash=code),
}


def _open_drafts(kind: str, before: datetime) -> Select[Any]:
    key = cast(drafts.c.id, String)
    return (
        select(drafts.c.id, key.label("key"))
        .where(drafts.c.state == "open", drafts.c.updated_at <= before, not_yet(kind, key))
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
            not_yet("unread", key),
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
            not_yet("call", key),
        )
        .order_by(callbacks.c.id)
    )


def _rounds(before: datetime) -> Select[Any]:
    """Rounds that nobody has ended."""
    key = cast(rounds.c.id, String)
    running = rounds.c.ended_at.is_(None), rounds.c.begun_at <= before
    return (
        select(rounds.c.id, key.label("key"))
        .where(*running, not_yet("round", key))
        .order_by(rounds.c.id)
    )


def _shown(before: datetime) -> Select[Any]:
    """Sealed contacts that were shown, and not covered again since."""
    number = sealed_contacts.c.ticket_id
    key = cast(number, String) + ":" + cast(sealed_contacts.c.shown_at, String)
    return (
        select(number.label("id"), key.label("key"))
        .where(sealed_contacts.c.shown_at <= before, not_yet("cover", key))
        .order_by(number)
    )


def _united(before: datetime) -> Select[Any]:
    """Codes by which two persons became one long enough ago that nothing of theirs is under way."""
    key = link_codes.c.code_hash
    return (
        select(key.label("id"), key.label("key"))
        .where(link_codes.c.used_at <= before, not_yet("gather", key))
        .order_by(key)
    )
