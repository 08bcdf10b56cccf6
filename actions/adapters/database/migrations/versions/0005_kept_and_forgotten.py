"""The head of an audit trail that only grows; legal holds; up to where transcripts were purged."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

from actions.adapters.database.schema.base import BigId, UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_SQLITE = """
CREATE TRIGGER audit_refuses_{word} BEFORE {word} ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail only grows'); END
"""
_REFUSE = """
CREATE FUNCTION refuse_on_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the audit trail only grows'; END $$
"""
_ROWS = """
CREATE TRIGGER audit_refuses_change BEFORE UPDATE OR DELETE ON audit
FOR EACH ROW EXECUTE FUNCTION refuse_on_audit()
"""
_ALL_ROWS = """
CREATE TRIGGER audit_refuses_truncate BEFORE TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION refuse_on_audit()
"""
#: What was written before there was a head is its beginning.
_BEGIN = """
INSERT INTO audit_head (id, area, length, hash)
SELECT 1, '', (SELECT count(*) FROM audit), hash FROM audit ORDER BY id DESC LIMIT 1
"""


def upgrade() -> None:
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        _area(),
        sa.Column("length", BigId, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.execute(_BEGIN)
    _let_it_only_grow()
    op.create_table(
        "legal_holds",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        _area(),
        sa.Column("reason", sa.Text(), nullable=False),
        _moment("at"),
        _moment("lifted_at", nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_legal_holds_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_holds")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_legal_holds_person_id"), "legal_holds", ["person_id"])
    op.add_column(
        "conversations", sa.Column("purged_to", sa.Integer(), server_default="0", nullable=False)
    )


def _let_it_only_grow() -> None:
    """Whoever copies the table to change its shape has to make these anew."""
    if op.get_bind().dialect.name == "sqlite":
        for word in ("UPDATE", "DELETE"):
            op.execute(_SQLITE.format(word=word))
    else:
        for statement in (_REFUSE, _ROWS, _ALL_ROWS):
            op.execute(statement)


def _area() -> sa.Column[str]:
    return sa.Column("area", sa.String(200), server_default="", nullable=False)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, UtcDateTime, nullable=nullable)
