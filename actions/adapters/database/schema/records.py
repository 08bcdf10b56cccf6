"""The audit trail, what must not be forgotten yet, and the versions of the settings."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from actions.adapters.database.schema.base import (
    BigId,
    Json,
    UtcDateTime,
    area_column,
    metadata,
)

#: Append-only, which triggers see to; each row's hash covers the one before it.
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

#: One row: how many rows the trail has and the hash of the last one. Whoever adds a row holds it
#: until their commit, so that the trail never forks, and rows cut off at the end are missed.
audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    area_column(),
    Column("length", BigId, nullable=False),
    Column("hash", String(64), nullable=False),
)

#: Persons whose words neither the purge nor an erasure may take as long as it is not lifted.
legal_holds = Table(
    "legal_holds",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("person_id", BigId, ForeignKey("people.id"), nullable=False, index=True),
    area_column(),
    Column("reason", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("lifted_at", UtcDateTime),
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
