"""What was understood wrongly and put right; which data a model had learned from."""

import sqlalchemy as sa
from alembic import op

from actions.adapters.database.schema.base import BigId, Json, UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _know_again()
    op.add_column("understood", sa.Column("data", sa.String(64), server_default="", nullable=False))
    _add_corrections()
    _add_unanswered()


def _know_again() -> None:
    """What tells a matter from another, and the way to those of one place, closed ones too."""
    op.add_column("tickets", sa.Column("gist", Json, server_default="{}", nullable=False))
    op.create_index("ix_tickets_of_grid", "tickets", ["grid", "category", "closed_at"])
    op.create_index("ix_tickets_of_area", "tickets", ["area", "closed_at"])


def _text(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), server_default="", nullable=False)


def _add_corrections() -> None:
    op.create_table(
        "corrections",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        _text("area", 200),
        sa.Column("draft_id", BigId, nullable=False),
        sa.Column("ticket_id", BigId),
        sa.Column("side", sa.String(8), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        _text("language", 10),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        _text("thought", 8),
        sa.Column("parse", Json, nullable=False),
        _text("model", 80),
        _text("data", 64),
        _text("corrected", 8),
        _text("label", 40),
        sa.Column("consent", sa.String(8), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        _text("reviewed_by", 80),
        sa.Column("reviewed_at", UtcDateTime),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_corrections_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
        sa.UniqueConstraint("draft_id", "side", name=op.f("uq_corrections_draft_id_side")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_corrections_person_id"), "corrections", ["person_id"])
    op.create_index("ix_corrections_state", "corrections", ["state", "id"])


def _add_unanswered() -> None:
    op.create_table(
        "unanswered",
        sa.Column("inbox_id", BigId, autoincrement=False, nullable=False),
        _text("area", 200),
        sa.Column("why", sa.String(12), nullable=False),
        _text("entry", 60),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("inbox_id", name=op.f("pk_unanswered")),
    )
