"""What platforms deliver before it is read, and codes that connect two channels of one person."""

from sqlalchemy import (
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from actions.adapters.database.schema.base import BigId, UtcDateTime, area_column, metadata

#: As the platform sent it, kept before the platform is answered. `queue` is what has to stay in
#: order (a chat); `state` is pending, done, refused (nothing for us) or faulty (it cannot be
#: read: a dead letter). `body` is emptied once it is done: the transcript holds what was said.
received = Table(
    "received",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("channel", String(20), nullable=False),
    Column("account", String(60), nullable=False),
    Column("external_id", String(128), nullable=False),
    Column("queue", String(128), nullable=False),
    area_column(),
    Column("body", Text, nullable=False),
    Column("state", String(12), nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("not_before", UtcDateTime, nullable=False),
    Column("lease_owner", String(60)),
    Column("lease_until", Float, nullable=False, server_default="0"),
    Column("received_at", UtcDateTime, nullable=False),
    Column("settled_at", UtcDateTime),
    Column("last_error", String(300), nullable=False, server_default=""),
    UniqueConstraint("channel", "account", "external_id"),
    Index("ix_received_waiting", "channel", "state", "not_before"),
    Index("ix_received_queue", "channel", "account", "queue", "state"),
    sqlite_autoincrement=True,
)

#: A code shown on one channel and given on another: both are the same person from then on.
#: `person_id` is whose it is; once it is used, who gave it and became part of its owner.
link_codes = Table(
    "link_codes",
    metadata,
    Column("code_hash", String(64), primary_key=True),
    Column("person_id", BigId, ForeignKey("people.id"), nullable=False, index=True),
    area_column(),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
)
