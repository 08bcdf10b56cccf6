"""Who signs in to the console, and what its search looks through."""

from sqlalchemy import Column, ForeignKey, Index, String, Table

from actions.adapters.database.schema.base import BigId, UtcDateTime, area_column, metadata

#: `login` is folded; the password is an argon2 hash, empty until one was chosen.
console_accounts = Table(
    "console_accounts",
    metadata,
    Column("person_id", BigId, ForeignKey("people.id"), primary_key=True),
    area_column(),
    Column("login", String(80), nullable=False, unique=True),
    Column("password_hash", String(200), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("signed_in_at", UtcDateTime),
)

console_sessions = Table(
    "console_sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("person_id", BigId, ForeignKey("people.id"), nullable=False, index=True),
    area_column(),
    Column("created_at", UtcDateTime, nullable=False),
    Column("last_seen_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
)

#: Pairs of neighbouring characters of what a ticket tells, folded; the same on both stores.
ticket_grams = Table(
    "ticket_grams",
    metadata,
    Column("gram", String(8), primary_key=True),
    Column("ticket_id", BigId, ForeignKey("tickets.id"), primary_key=True),
    area_column(),
    Index("ix_ticket_grams_ticket", "ticket_id"),
    sqlite_with_rowid=False,
)
