"""Where somebody said that a message had been understood wrongly."""

from sqlalchemy import Column, ForeignKey, Index, String, Table, Text, UniqueConstraint

from actions.adapters.database.schema.base import (
    BigId,
    Json,
    UtcDateTime,
    area_column,
    metadata,
)

#: One row for a matter and the side that put it right; what was said last counts. `person_id` is
#: whose words they were. `words` are masked, and empty as long as they may not be kept.
corrections = Table(
    "corrections",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("person_id", BigId, ForeignKey("people.id"), nullable=False, index=True),
    area_column(),
    Column("draft_id", BigId, nullable=False),
    Column("ticket_id", BigId),
    Column("side", String(8), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("language", String(10), nullable=False, server_default=""),
    Column("words", Text, nullable=False, server_default=""),
    Column("thought", String(8), nullable=False, server_default=""),
    Column("parse", Json, nullable=False),
    Column("model", String(80), nullable=False, server_default=""),
    Column("data", String(64), nullable=False, server_default=""),
    Column("corrected", String(8), nullable=False, server_default=""),
    Column("label", String(40), nullable=False, server_default=""),
    Column("consent", String(8), nullable=False),
    Column("state", String(8), nullable=False),
    Column("reviewed_by", String(80), nullable=False, server_default=""),
    Column("reviewed_at", UtcDateTime),
    Column("note", Text, nullable=False, server_default=""),
    Column("at", UtcDateTime, nullable=False),
    UniqueConstraint("draft_id", "side"),
    Index("ix_corrections_state", "state", "id"),
    sqlite_autoincrement=True,
)
