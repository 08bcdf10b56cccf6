"""The audit trail and the versions of the community's settings."""

from sqlalchemy import Column, Index, String, Table, Text

from actions.adapters.database.schema.base import (
    BigId,
    Json,
    UtcDateTime,
    area_column,
    metadata,
)

#: Append-only; each row's hash covers the one before it.
audit = Table(
    "audit",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("at", UtcDateTime, nullable=False),
    Column("actor_id", BigId, nullable=False),
    Column("action", String(40), nullable=False),
    Column("object", String(80), nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    area_column(),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
    Index("ix_audit_object", "object", "id"),
    sqlite_autoincrement=True,
)

#: `content` holds the settings as text, in the order of their file; `hash` covers the text and
#: its moment. Looked for through the index alone: the content is read once a process.
community_versions = Table(
    "community_versions",
    metadata,
    Column("hash", String(64), primary_key=True),
    area_column(),
    Column("content", Json, nullable=False),
    Column("valid_from", UtcDateTime, nullable=False),
    Column("imported_at", UtcDateTime),
    Column("imported_by", BigId, nullable=False, server_default="0"),
    Column("note", Text, nullable=False, server_default=""),
    Column("applied_at", UtcDateTime),  # once it was in force and the grants follow its roster
    Index("ix_community_versions_from", "valid_from", "hash"),
)
