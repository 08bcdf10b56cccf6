"""Drafts, tickets, their timelines, followers and photos; call-backs, rounds, proposals."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    text,
)

from actions.adapters.database.schema.base import (
    BigId,
    Json,
    UtcDateTime,
    area_column,
    metadata,
)

drafts = Table(
    "drafts",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("conversation_id", BigId, ForeignKey("conversations.id"), nullable=False),
    Column("person_id", BigId, ForeignKey("people.id"), nullable=False, index=True),
    area_column(),
    Column("state", String(12), nullable=False),
    Column("body", Json, nullable=False),
    Column("ticket_id", BigId),
    Column("begun_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("nudged_at", UtcDateTime),
    Index("ix_drafts_open", "conversation_id", "state"),
    Index("ix_drafts_waiting", "state", "updated_at"),
    sqlite_autoincrement=True,
)


def _where_any(column: str) -> Index:
    """An index of the few tickets that have one; the planner learns that they are few."""
    rows = text(f"{column} != ''")
    return Index(f"ix_tickets_{column}", column, sqlite_where=rows, postgresql_where=rows)


#: The fold of `ticket_events`, written in the same commit. `version` is the last entry's seq.
tickets = Table(
    "tickets",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("number", String(24), nullable=False, unique=True),
    area_column(index=True),
    Column("grid", String(200), nullable=False, server_default=""),
    Column("status", String(16), nullable=False),
    Column("category", String(8), nullable=False),
    Column("urgency", String(1), nullable=False),
    Column("tier", String(8), nullable=False),
    Column("privacy", String(12), nullable=False),
    Column("summary", Text, nullable=False),
    Column("location", Json, nullable=False),
    Column("label", String(200), nullable=False, server_default=""),
    Column("reporter_id", BigId, index=True),
    Column("anonymous", Boolean, nullable=False),
    Column("assignee_id", BigId),
    Column("assignee_role", String(8), nullable=False, server_default=""),
    Column("accept_due_at", UtcDateTime),
    Column("contact_due_at", UtcDateTime),
    Column("settle_due_at", UtcDateTime),
    Column("contacted_at", UtcDateTime),
    Column("paused_at", UtcDateTime),
    Column("resolved_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    Column("came_from", String(16)),
    Column("reopenings", Integer, nullable=False),
    Column("chases", Integer, nullable=False),
    Column("rating", String(16), nullable=False, server_default=""),
    Column("version", Integer, nullable=False),
    Column("filed_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("last_word_at", UtcDateTime),
    Column("rules_version", String(64), nullable=False, server_default=""),
    Column("origin", String(12), nullable=False, server_default=""),
    Column("parent", String(24), nullable=False, server_default=""),
    Column("master", String(24), nullable=False, server_default=""),
    Column("recused", Json, nullable=False, server_default="[]"),
    Column("body", String(120), nullable=False, server_default=""),
    Column("receipt", String(80), nullable=False, server_default=""),
    Column("proposal", String(24), nullable=False, server_default=""),
    Column("review_at", UtcDateTime),
    Column("recheck_at", UtcDateTime, index=True),
    Column("clock_from", UtcDateTime),
    Column("accept_from", UtcDateTime),
    Column("rung", Integer, nullable=False, server_default="0"),
    Column("rung_clock", String(8), nullable=False, server_default=""),
    Column("rungs", Json, nullable=False, server_default="{}"),
    Column("next_rung_at", UtcDateTime, index=True),
    Column("pending", String(8), nullable=False, server_default="", index=True),
    Column("looking", Json, nullable=False, server_default="{}"),
    Column("lookers", Integer, nullable=False, server_default="0", index=True),
    Column("vector", LargeBinary),
    Column("gist", Json, nullable=False, server_default="{}"),
    Index("ix_tickets_assignee", "assignee_id", "status"),
    Index("ix_tickets_like", "category", "grid", "status"),
    Index("ix_tickets_of_grid", "grid", "category", "closed_at"),
    Index("ix_tickets_of_area", "area", "closed_at"),
    Index("ix_tickets_settle", "status", "settle_due_at"),
    Index("ix_tickets_silent", "status", "updated_at"),
    Index("ix_tickets_closed", "status", "closed_at"),
    Index("ix_tickets_word", "status", "last_word_at"),
    _where_any("parent"),
    _where_any("master"),
    Index("ix_tickets_filed", "filed_at", "origin"),
    Index("ix_tickets_review", "status", "review_at"),
    Index("ix_tickets_climbed", "status", "rung"),
    Index("ix_tickets_reopened", "status", "reopenings"),
    sqlite_autoincrement=True,
)

ticket_events = Table(
    "ticket_events",
    metadata,
    Column("ticket_id", BigId, ForeignKey("tickets.id"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    area_column(),
    Column("verb", String(16), nullable=False),
    Column("source", String(16)),
    Column("target", String(16), nullable=False),
    Column("actor_id", BigId, nullable=False, index=True),
    Column("role", String(10), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("data", Json, nullable=False),
    Column("cause", String(120), nullable=False),
)

followers = Table(
    "followers",
    metadata,
    Column("ticket_id", BigId, ForeignKey("tickets.id"), primary_key=True),
    Column("person_id", BigId, ForeignKey("people.id"), primary_key=True, index=True),
    area_column(),
    Column("kind", String(12), nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("left_at", UtcDateTime),
)

ticket_photos = Table(
    "ticket_photos",
    metadata,
    Column("ticket_id", BigId, ForeignKey("tickets.id"), primary_key=True),
    Column("attachment_id", String(40), ForeignKey("attachments.id"), primary_key=True),
    area_column(),
    Column("purpose", String(12), nullable=False),
    Column("by_id", BigId, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_ticket_photos_attachment", "attachment_id"),
)

#: One row a day: the running number last given out.
day_counters = Table(
    "day_counters",
    metadata,
    Column("day", String(10), primary_key=True),
    area_column(),
    Column("last", Integer, nullable=False),
)

callbacks = Table(
    "callbacks",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("person_id", BigId, ForeignKey("people.id"), nullable=False, index=True),
    Column("conversation_id", BigId, nullable=False),
    area_column(),
    Column("reason", Text, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("taken_by", BigId),
    Column("closed_at", UtcDateTime, index=True),
    Column("outcome", String(16), nullable=False, server_default=""),
    Column("created_at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,
)

#: A round of the neighbourhood by somebody who works here (mission 1.1.7): seen, discussed,
#: settled on the spot or filed.
rounds = Table(
    "rounds",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("person_id", BigId, ForeignKey("people.id"), nullable=False, index=True),
    area_column(),
    Column("kind", String(12), nullable=False),
    Column("begun_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Index(
        "ux_rounds_running",
        "person_id",
        unique=True,
        sqlite_where=text("ended_at IS NULL"),
        postgresql_where=text("ended_at IS NULL"),
    ),
    Index("ix_rounds_begun", "ended_at", "begun_at"),
    sqlite_autoincrement=True,
)

#: `heard` is what was understood of the words, so that filing needs no second reading.
findings = Table(
    "findings",
    metadata,
    Column("round_id", BigId, ForeignKey("rounds.id"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    area_column(),
    Column("words", Text, nullable=False),
    Column("photos", Json, nullable=False),
    Column("outcome", String(12), nullable=False, server_default=""),
    Column("ticket_id", BigId),
    Column("draft_id", BigId, index=True),
    Column("heard", Json, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("touched_at", UtcDateTime, nullable=False),
)

#: How to reach somebody a matter was filed for who is not here themselves. Encrypted; read
#: through its own access path only, and every look is on record.
sealed_contacts = Table(
    "sealed_contacts",
    metadata,
    Column("ticket_id", BigId, ForeignKey("tickets.id"), primary_key=True),
    area_column(),
    Column("sealed", LargeBinary, nullable=False),
    Column("by_id", BigId, nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    Column("shown_at", UtcDateTime, index=True),  #: to whoever asked; what they read goes after
)

#: Matters before the committee; their procedure is in motion elsewhere, the number is given here.
proposals = Table(
    "proposals",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("number", String(24), nullable=False, unique=True),
    Column("ticket_id", BigId, ForeignKey("tickets.id"), index=True),
    area_column(index=True),
    Column("title", Text, nullable=False),
    Column("phase", String(16), nullable=False),
    Column("by_id", BigId, nullable=False),
    Column("begun_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    sqlite_autoincrement=True,
)
