"""People, their roles, addresses, sessions, invitations and consents."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
)

from actions.adapters.database.schema.base import (
    BigId,
    Json,
    UtcDateTime,
    area_column,
    metadata,
)

people = Table(
    "people",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("participant_id", String(40), nullable=False, unique=True),
    Column("display_name", String(80), nullable=False, server_default=""),
    Column("locale", String(10), nullable=False),
    area_column(),
    Column("home", String(200), nullable=False, server_default=""),
    Column("organisation", String(120), nullable=False, server_default=""),
    Column("roster_key", String(60), unique=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("away_until", UtcDateTime),
    Column("erased_at", UtcDateTime),
    sqlite_autoincrement=True,
)

role_grants = Table(
    "role_grants",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("person_id", BigId, ForeignKey("people.id"), nullable=False, index=True),
    Column("role", String(8), nullable=False),
    area_column(),
    Column("granted_at", UtcDateTime, nullable=False),
    Column("granted_by", BigId, nullable=False),
    Column("revoked_at", UtcDateTime),
    Index("ix_role_grants_alive", "role", "revoked_at"),
    sqlite_autoincrement=True,
)

channel_addresses = Table(
    "channel_addresses",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("channel", String(20), nullable=False),
    Column("account", String(60), nullable=False),
    Column("external_id", String(128), nullable=False),
    Column("person_id", BigId, ForeignKey("people.id"), nullable=False, index=True),
    area_column(),
    Column("state", String(16), nullable=False, server_default="active"),
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("channel", "account", "external_id"),
    sqlite_autoincrement=True,
)

#: Who somebody really is. Read through its own access path only, never joined elsewhere;
#: values are encrypted with the key of the data directory.
sealed_identities = Table(
    "sealed_identities",
    metadata,
    Column("person_id", BigId, ForeignKey("people.id"), primary_key=True),
    area_column(),
    Column("sealed", LargeBinary, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("person_id", BigId, ForeignKey("people.id"), nullable=False, index=True),
    area_column(),
    Column("created_at", UtcDateTime, nullable=False),
    Column("last_seen_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
)

invitations = Table(
    "invitations",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("code_hash", String(64), nullable=False, unique=True),
    Column("role", String(8), nullable=False),
    area_column(),
    Column("display_name", String(80), nullable=False, server_default=""),
    Column("roster_key", String(60)),
    Column("created_by", BigId, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("redeemed_by", BigId),
    Column("redeemed_at", UtcDateTime),
    Column("confirmed_by", BigId),
    Column("confirmed_at", UtcDateTime),
    Column("needs_confirming", Boolean, nullable=False),
    sqlite_autoincrement=True,
)

consents = Table(
    "consents",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("person_id", BigId, ForeignKey("people.id"), nullable=False, index=True),
    area_column(),
    Column("kind", String(20), nullable=False),
    Column("version", String(40), nullable=False),
    Column("given_at", UtcDateTime, nullable=False),
    Column("withdrawn_at", UtcDateTime),
    sqlite_autoincrement=True,
)

push_subscriptions = Table(
    "push_subscriptions",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("person_id", BigId, ForeignKey("people.id"), nullable=False, index=True),
    area_column(),
    Column("endpoint", String(1000), nullable=False, unique=True),
    Column("keys", Json, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,
)
