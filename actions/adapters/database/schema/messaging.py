"""Conversations, what came in, what was understood, what took effect, what must go out."""

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from actions.adapters.database.schema.base import (
    BigId,
    Json,
    UtcDateTime,
    area_column,
    metadata,
)

#: One for each person, whatever channels they use: `channel` and `account` are those used last.
#: `lease_until` is seconds of the database's own clock; `lease_token` only ever grows and fences
#: off an owner that woke up too late. Lines up to `purged_to` may be gone: they were too old.
conversations = Table(
    "conversations",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("person_id", BigId, ForeignKey("people.id"), nullable=False, index=True, unique=True),
    Column("channel", String(20), nullable=False),
    Column("account", String(60), nullable=False),
    Column("sender_key", String(40), nullable=False, unique=True),
    area_column(),
    Column("next_seq", Integer, nullable=False, server_default="1"),
    Column("last_read_seq", Integer, nullable=False, server_default="0"),
    Column("purged_to", Integer, nullable=False, server_default="0"),
    Column("lease_owner", String(60)),
    Column("lease_until", Float, nullable=False, server_default="0"),
    Column("lease_token", BigId, nullable=False, server_default="0"),
    Column("awaiting", Json),
    Column("focus_ticket_id", BigId),
    Column("focus_at", UtcDateTime),
    Column("created_at", UtcDateTime, nullable=False),
    Column("last_in_at", UtcDateTime, nullable=False),
    UniqueConstraint("person_id", "channel", "account"),
    sqlite_autoincrement=True,
)

#: `state` is pending (to be handled), parked (understanding is away), done or quarantined.
inbox = Table(
    "inbox",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("channel", String(20), nullable=False),
    Column("account", String(60), nullable=False),
    Column("external_id", String(128), nullable=False),
    Column("conversation_id", BigId, ForeignKey("conversations.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    area_column(),
    Column("kind", String(16), nullable=False),
    Column("payload", Json, nullable=False),
    Column("state", String(12), nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("not_before", UtcDateTime, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime),
    Column("outcome", String(60), nullable=False, server_default=""),
    UniqueConstraint("channel", "account", "external_id"),
    Index("ix_inbox_conversation", "conversation_id", "seq"),
    Index("ix_inbox_waiting", "state", "not_before"),
    sqlite_autoincrement=True,
)

messages = Table(
    "messages",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("conversation_id", BigId, ForeignKey("conversations.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    area_column(),
    Column("direction", String(3), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("text", Text, nullable=False),
    Column("template", String(60), nullable=False, server_default=""),
    Column("content", Json),
    Column("inbox_id", BigId),
    Column("outbox_id", BigId, unique=True),
    Column("in_reply_to", BigId),
    Column("ticket_id", BigId),
    Column("at", UtcDateTime, nullable=False),
    UniqueConstraint("conversation_id", "seq"),
    Index("ix_messages_ticket", "ticket_id"),
    Index("ix_messages_inbox", "inbox_id"),
    sqlite_autoincrement=True,
)

understood = Table(
    "understood",
    metadata,
    Column("inbox_id", BigId, ForeignKey("inbox.id"), primary_key=True),
    area_column(),
    Column("language", String(10), nullable=False),
    Column("intent", String(24), nullable=False),
    Column("confidence", Float, nullable=False),
    Column("parse", Json, nullable=False),
    Column("vector", LargeBinary),
    Column("model", String(80), nullable=False),
    Column("data", String(64), nullable=False, server_default=""),  #: what it had learned from
    Column("at", UtcDateTime, nullable=False),
)

effects = Table(
    "effects",
    metadata,
    Column("cause", String(120), primary_key=True),
    Column("step", String(40), primary_key=True),
    area_column(),
    Column("command", String(60), nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

#: `state` is ready, faulty (it could not be rendered), claimed, sent, superseded or dead;
#: `version` is the ticket's version the news speaks of, by which a repeat is recognised.
outbox = Table(
    "outbox",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("key", String(200), nullable=False, unique=True),
    Column("person_id", BigId, ForeignKey("people.id"), nullable=False),
    Column("conversation_id", BigId),
    Column("channel", String(20), nullable=False),
    area_column(),
    Column("purpose", String(8), nullable=False),
    Column("template", String(60), nullable=False),
    Column("content", Json, nullable=False),
    Column("ticket_id", BigId),
    Column("version", Integer, nullable=False, server_default="0"),
    Column("status_news", Boolean, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("in_reply_to", BigId),
    Column("state", String(12), nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("not_before", UtcDateTime, nullable=False),
    Column("lease_owner", String(60)),
    Column("lease_until", Float, nullable=False, server_default="0"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("settled_at", UtcDateTime),
    Column("last_error", String(300), nullable=False, server_default=""),
    Index("ix_outbox_waiting", "state", "channel", "not_before"),
    Index("ix_outbox_ticket", "ticket_id", "person_id"),
    Index("ix_outbox_conversation", "conversation_id", "channel", "state"),
    sqlite_autoincrement=True,
)

attachments = Table(
    "attachments",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("person_id", BigId, ForeignKey("people.id"), nullable=False, index=True),
    area_column(),
    Column("media_type", String(40), nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("erased_at", UtcDateTime),
)
