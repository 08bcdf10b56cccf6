"""One conversation for each person, what platforms deliver, and the console's own tables."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

from actions.adapters.database.schema.base import BigId, UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index(op.f("ix_conversations_person_id"), "conversations")
    op.create_index(op.f("ix_conversations_person_id"), "conversations", ["person_id"], unique=True)
    _add_received()
    _add_link_codes()
    _add_console()
    _add_grams()
    op.create_index("ix_audit_object", "audit", ["object", "id"])


def _text(name: str, length: int, default: str | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), server_default=default, nullable=False)


def _area() -> sa.Column[str]:
    return _text("area", 200, "")


def _moment(name: str, *, nullable: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, UtcDateTime, nullable=nullable)


def _of_person(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["person_id"], ["people.id"], name=op.f(f"fk_{table}_person_id_people")
    )


def _add_received() -> None:
    op.create_table(
        "received",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        _text("channel", 20),
        _text("account", 60),
        _text("external_id", 128),
        _text("queue", 128),
        _area(),
        sa.Column("body", sa.Text(), nullable=False),
        _text("state", 12),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        _moment("not_before"),
        sa.Column("lease_owner", sa.String(60)),
        sa.Column("lease_until", sa.Float(), server_default="0", nullable=False),
        _moment("received_at"),
        _moment("settled_at", nullable=True),
        _text("last_error", 300, ""),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_received")),
        sa.UniqueConstraint(
            "channel",
            "account",
            "external_id",
            name=op.f("uq_received_channel_account_external_id"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_received_waiting", "received", ["channel", "state", "not_before"])
    op.create_index("ix_received_queue", "received", ["channel", "account", "queue", "state"])


def _add_link_codes() -> None:
    op.create_table(
        "link_codes",
        _text("code_hash", 64),
        sa.Column("person_id", BigId, nullable=False),
        _area(),
        _moment("created_at"),
        _moment("expires_at"),
        _moment("used_at", nullable=True),
        _of_person("link_codes"),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_link_codes")),
    )
    op.create_index(op.f("ix_link_codes_person_id"), "link_codes", ["person_id"])


def _add_console() -> None:
    op.create_table(
        "console_accounts",
        sa.Column("person_id", BigId, autoincrement=False, nullable=False),
        _area(),
        _text("login", 80),
        _text("password_hash", 200),
        _moment("created_at"),
        _moment("changed_at"),
        _moment("signed_in_at", nullable=True),
        _of_person("console_accounts"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_console_accounts")),
        sa.UniqueConstraint("login", name=op.f("uq_console_accounts_login")),
    )
    op.create_table(
        "console_sessions",
        _text("token_hash", 64),
        sa.Column("person_id", BigId, nullable=False),
        _area(),
        _moment("created_at"),
        _moment("last_seen_at"),
        _moment("expires_at"),
        _of_person("console_sessions"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_console_sessions")),
    )
    op.create_index(op.f("ix_console_sessions_person_id"), "console_sessions", ["person_id"])


def _add_grams() -> None:
    op.create_table(
        "ticket_grams",
        _text("gram", 8),
        sa.Column("ticket_id", BigId, autoincrement=False, nullable=False),
        _area(),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_ticket_grams_ticket_id_tickets")
        ),
        sa.PrimaryKeyConstraint("gram", "ticket_id", name=op.f("pk_ticket_grams")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_ticket_grams_ticket", "ticket_grams", ["ticket_id"])
