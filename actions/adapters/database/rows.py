"""Row ⇄ aggregate, both ways, nothing else."""

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy.engine import RowMapping

from actions.domain.draft import Draft, DraftState, Lack
from actions.domain.identifiers import (
    AttachmentId,
    ConversationId,
    DraftId,
    LeafCode,
    PersonId,
    TicketId,
)
from actions.domain.place import Location
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb
from actions.domain.timeline import TimelineEntry

#: Fields that `tickets` keeps under the same name as the aggregate.
_SAME = (
    "number", "area", "grid", "category", "urgency", "tier", "privacy", "summary", "location",
    "anonymous", "assignee_role", "accept_due_at", "contact_due_at", "settle_due_at",
    "contacted_at", "paused_at", "resolved_at", "closed_at", "reopenings", "chases", "rating",
    "version", "filed_at", "origin", "parent", "master", "body", "receipt", "proposal", "review_at",
    "recheck_at", "clock_from", "accept_from", "rung", "rung_clock", "rungs",
    "pending", "looking",
)  # fmt: skip


def ticket_to_row(ticket: Ticket) -> dict[str, Any]:
    row = {name: getattr(ticket, name) for name in _SAME}
    return row | {
        "next_rung_at": ticket.next_rung_at,
        "rungs": dict(ticket.rungs),
        "looking": dict(ticket.looking),
        "lookers": len(ticket.looking),
        "status": ticket.status,
        "came_from": ticket.came_from,
        "reporter_id": ticket.reporter,
        "assignee_id": ticket.assignee,
        "recused": list(ticket.recused),
        "label": str(ticket.location.get("label", ""))[:200],
    }


def ticket_from_row(row: RowMapping) -> Ticket:
    return Ticket(
        id=TicketId(row["id"]),
        status=TicketStatus(row["status"]),
        came_from=TicketStatus(row["came_from"]) if row["came_from"] else None,
        reporter=PersonId(row["reporter_id"]) if row["reporter_id"] else None,
        assignee=PersonId(row["assignee_id"]) if row["assignee_id"] else None,
        rules=row["rules_version"],
        recused=tuple(row["recused"]),
        next_rung_at=row["next_rung_at"],
        **{name: row[name] for name in _SAME},
    )


def entry_to_row(entry: TimelineEntry, ticket_id: TicketId, area: str) -> dict[str, Any]:
    return {
        "ticket_id": ticket_id,
        "seq": entry.seq,
        "area": area,
        "verb": entry.verb,
        "source": entry.source,
        "target": entry.target,
        "actor_id": entry.actor,
        "role": entry.role,
        "at": entry.at,
        "reason": entry.reason,
        "data": plain(entry.data),
        "cause": entry.cause,
    }


def entry_from_row(row: RowMapping) -> TimelineEntry:
    return TimelineEntry(
        seq=row["seq"],
        verb=Verb(row["verb"]),
        source=TicketStatus(row["source"]) if row["source"] else None,
        target=TicketStatus(row["target"]),
        actor=PersonId(row["actor_id"]),
        role=row["role"],
        at=row["at"],
        reason=row["reason"],
        data=row["data"],
        cause=row["cause"],
    )


#: Draft fields with a column of their own; the rest is its `body`.
_DRAFT_COLUMNS = {"id", "conversation_id", "person_id", "state", "begun_at", "updated_at"}


def draft_to_row(draft: Draft, area: str) -> dict[str, Any]:
    fields = asdict(draft)
    row = {name: fields.pop(name) for name in _DRAFT_COLUMNS}
    row.pop("id")
    return row | {"state": draft.state.value, "area": area, "body": plain(fields)}


def draft_from_row(row: RowMapping) -> Draft:
    body = dict(row["body"])
    return Draft(
        id=DraftId(row["id"]),
        conversation_id=ConversationId(row["conversation_id"]),
        person_id=PersonId(row["person_id"]),
        state=DraftState(row["state"]),
        begun_at=row["begun_at"],
        updated_at=row["updated_at"],
        leaves=tuple((code, float(p)) for code, p in body.pop("leaves")),
        category=_leaf(body.pop("category")),
        location=Location(**body.pop("location")),
        candidates=tuple(body.pop("candidates")),
        photos=tuple(AttachmentId(photo) for photo in body.pop("photos")),
        asking=_lack(body.pop("asking")),
        vector=tuple(body.pop("vector")),
        finding=tuple(body.pop("finding", ())),
        **body,
    )


def _leaf(code: str | None) -> LeafCode | None:
    return LeafCode(code) if code else None


def _lack(name: str | None) -> Lack | None:
    return Lack(name) if name else None


def plain(value: Any) -> Any:
    """JSON values only: dates as ISO text, tuples as lists."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, str | int | float | bool) or value is None:
        return value
    if isinstance(value, Iterable):
        return [plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} cannot be kept as JSON")


def pack_vector(vector: Iterable[float]) -> bytes | None:
    """A sentence vector as little-endian 32-bit floats; None when there is none."""
    packed = array("f", vector).tobytes()
    return packed or None


def unpack_vector(packed: bytes | None) -> tuple[float, ...]:
    return tuple(array("f", packed)) if packed else ()
