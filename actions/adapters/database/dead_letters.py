"""`SqlDeadLetters`: what could not be delivered, handled or read, for a person to decide on."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, Table, Update, func, literal, select, update
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.audit import SqlAudit
from actions.adapters.database.engine import Database
from actions.adapters.database.schema.channels import received
from actions.adapters.database.schema.messaging import conversations, effects, inbox, outbox
from actions.adapters.database.schema.people import people
from actions.application.ports import Clock
from actions.application.ports_console import Staff
from actions.application.ports_staff import Letter, LetterKind, OpenLetter
from actions.domain.community import Community
from actions.domain.identifiers import ConversationId

#: Those that keep what a platform delivered before it is read.
_PLATFORMS: Final = ("telegram", "wechat", "wecom")
#: An alert is no message, and what was erased is nobody's to send.
_NO_LETTERS: Final = ("webpush",)
_ERASED: Final = "erased_message"


@dataclass(frozen=True)
class _Kind:
    """Where letters of a kind lie, and what becomes of them."""

    table: Table
    stuck: tuple[ColumnElement[bool], ...]
    again: Mapping[str, Any]
    settled: Mapping[str, Any]
    ended: str  #: the column that tells when


_KINDS: Final[Mapping[LetterKind, _Kind]] = {
    "out": _Kind(
        outbox,
        (
            outbox.c.state == "dead",
            outbox.c.channel.not_in(_NO_LETTERS),
            outbox.c.template != _ERASED,
        ),
        {"state": "ready", "lease_owner": None, "lease_until": 0.0},
        {"state": "superseded"},
        "settled_at",
    ),
    "in": _Kind(
        inbox,
        (inbox.c.state == "quarantined",),
        {"state": "pending", "outcome": ""},
        {"state": "done", "outcome": "settled"},
        "finished_at",
    ),
    "raw": _Kind(
        received,
        (received.c.channel.in_(_PLATFORMS), received.c.state == "faulty"),
        {"state": "pending", "lease_owner": None, "lease_until": 0.0},
        {"state": "refused", "body": ""},
        "settled_at",
    ),
}


class SqlDeadLetters:
    def __init__(self, database: Database, clock: Clock, community: Community) -> None:
        self._database = database
        self._clock = clock
        self._community = community

    async def list(self, kind: LetterKind, *, before: int, limit: int) -> Sequence[Letter]:
        number = _by_state(_KINDS[kind].table)
        query = _brief(kind).where(*_KINDS[kind].stuck).order_by(number.desc()).limit(limit)
        if before:
            query = query.where(number < before)
        async with self._database.read() as conn:
            return [_letter(kind, row) for row in (await conn.execute(query)).mappings()]

    async def counts(self, *, most: int) -> Mapping[LetterKind, int]:
        found: dict[LetterKind, int] = {}
        async with self._database.read() as conn:
            for kind, each in _KINDS.items():
                some = select(each.table.c.id).where(*each.stuck).limit(most).subquery()
                query = select(func.count()).select_from(some)
                found[kind] = int((await conn.execute(query)).scalar_one())
        return found

    async def open(self, kind: LetterKind, letter_id: int) -> OpenLetter | None:
        table = _KINDS[kind].table
        query = _brief(kind).where(*_KINDS[kind].stuck, table.c.id == letter_id)
        async with self._database.read() as conn:
            row = (await conn.execute(query.add_columns(*_content(kind)))).mappings().first()
        if row is None:
            return None
        talk = row["conversation_id"]
        return OpenLetter(
            letter=_letter(kind, row),
            words=str(row["words"] or ""),
            params=row["content"] or {},
            conversation_id=ConversationId(talk) if talk else None,
        )

    async def try_again(self, kind: LetterKind, letter_id: int, *, by: Staff) -> bool:
        now = self._clock.now()
        again = {**_KINDS[kind].again, _KINDS[kind].ended: None, "attempts": 0, "not_before": now}
        if kind != "in":
            again["last_error"] = ""
        async with self._database.write() as conn:
            if not await self._change(conn, kind, letter_id, again, *_sendable(kind)):
                return False
            if kind == "in":
                await _forget_giving_up(conn, letter_id)
            await self._note(conn, "retry-letter", _about(kind, letter_id), by=by, now=now)
            await conn.commit()
        return True

    async def settle(self, kind: LetterKind, letter_id: int, *, by: Staff, reason: str) -> bool:
        now = self._clock.now()
        settled = {**_KINDS[kind].settled, _KINDS[kind].ended: now}
        async with self._database.write() as conn:
            if not await self._change(conn, kind, letter_id, settled):
                return False
            about = _about(kind, letter_id)
            await self._note(conn, "settle-letter", about, by=by, now=now, reason=reason)
            await conn.commit()
        return True

    async def _change(
        self,
        conn: AsyncConnection,
        kind: LetterKind,
        letter_id: int,
        to: Mapping[str, Any],
        *more: ColumnElement[bool],
    ) -> bool:
        """Only while it is stuck: whoever comes second changes nothing."""
        change: Update = update(_KINDS[kind].table).where(
            *_KINDS[kind].stuck, _KINDS[kind].table.c.id == letter_id, *more
        )
        return bool((await conn.execute(change.values(dict(to)))).rowcount)

    async def _note(
        self,
        conn: AsyncConnection,
        action: str,
        about: str,
        *,
        by: Staff,
        now: datetime,
        reason: str = "",
    ) -> None:
        trail = SqlAudit(conn, now)
        await trail.append(action, about, by=by.person_id, area=self._community.root, reason=reason)


def _by_state(table: Table) -> ColumnElement[int]:
    """Its number, in a form no index has: the few in that state are found first, then put in order.

    In the order of the numbers themselves the whole table would be gone through for them.
    """
    number: ColumnElement[int] = table.c.id + 0
    return number


def _sendable(kind: LetterKind) -> tuple[ColumnElement[bool], ...]:
    """A message to somebody who has no conversation has no way out."""
    return (outbox.c.conversation_id.is_not(None),) if kind == "out" else ()


def _about(kind: LetterKind, letter_id: int) -> str:
    return f"{_KINDS[kind].table.name}:{letter_id}"


async def _forget_giving_up(conn: AsyncConnection, inbox_id: int) -> None:
    """It may be given up once more: what was said the first time stands under another key."""
    mark, cause = secrets.token_hex(4), f"inbox:{inbox_id}"
    await conn.execute(
        update(effects)
        .where(effects.c.cause == cause, effects.c.step == "given_up")
        .values(step=f"given_up.{mark}")
    )
    said = outbox.c.key.startswith(f"{cause}/given_up/", autoescape=True)
    await conn.execute(update(outbox).where(said).values(key=outbox.c.key + literal(f".{mark}")))


def _brief(kind: LetterKind) -> Select[Any]:
    table = _KINDS[kind].table
    nothing = literal("")
    named = people.c.display_name.label("name")
    columns = (table.c.id, table.c.channel, table.c.attempts)
    match kind:
        case "out":
            return (
                select(*columns, outbox.c.template, outbox.c.created_at.label("at"), named)
                .add_columns(outbox.c.last_error.label("error"))
                .join(people, people.c.id == outbox.c.person_id)
            )
        case "in":
            return (
                select(*columns, nothing.label("template"), inbox.c.received_at.label("at"), named)
                .add_columns(nothing.label("error"))
                .join(conversations, conversations.c.id == inbox.c.conversation_id)
                .join(people, people.c.id == conversations.c.person_id)
            )
        case _:
            return select(
                *columns, nothing.label("template"), received.c.received_at.label("at"),
                nothing.label("name"), received.c.last_error.label("error"),
            )  # fmt: skip


def _content(kind: LetterKind) -> tuple[ColumnElement[Any], ...]:
    """What it says: words as they came, or typed values of a template."""
    nothing = literal(None)
    match kind:
        case "out":
            talk = outbox.c.conversation_id.label("conversation_id")
            return (nothing.label("words"), outbox.c.content.label("content"), talk)
        case "in":
            talk = inbox.c.conversation_id.label("conversation_id")
            return (nothing.label("words"), inbox.c.payload.label("content"), talk)
        case _:
            empty = nothing.label("conversation_id")
            return (received.c.body.label("words"), nothing.label("content"), empty)


def _letter(kind: LetterKind, row: RowMapping) -> Letter:
    return Letter(
        kind=kind,
        id=row["id"],
        channel=row["channel"],
        template=row["template"],
        attempts=row["attempts"],
        at=row["at"],
        error=row["error"],
        name=row["name"],
    )
