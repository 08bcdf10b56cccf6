"""The whole life of a ticket: the ladder, parts and merging, outside bodies, rounds, proposals."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

from actions.adapters.database.schema.base import BigId, Json, UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_TEXTS = {"origin": 12, "parent": 24, "master": 24, "body": 120, "receipt": 80, "proposal": 24}
_MOMENTS = (
    "review_at",
    "recheck_at",
    "clock_from",
    "accept_from",
    "next_rung_at",
    "last_word_at",
)
#: Verbs after which somebody new is to take a ticket, or to say who does.
_SOMEBODY_ELSES_TURN = (
    "triage", "return", "reopen", "dissatisfied", "appeal", "unmerge",
    "dispatch", "transfer", "escalate", "rule",
)  # fmt: skip


def upgrade() -> None:
    _widen_tickets()
    op.add_column(
        "people", sa.Column("organisation", sa.String(120), server_default="", nullable=False)
    )
    op.add_column("community_versions", sa.Column("imported_at", UtcDateTime))
    op.add_column(
        "community_versions", sa.Column("imported_by", BigId, server_default="0", nullable=False)
    )
    op.add_column(
        "community_versions", sa.Column("note", sa.Text(), server_default="", nullable=False)
    )
    op.add_column("community_versions", sa.Column("applied_at", UtcDateTime))
    op.create_index("ix_community_versions_from", "community_versions", ["valid_from", "hash"])
    _add_rounds()
    _add_contacts_and_proposals()
    _fill_in()


def _widen_tickets() -> None:
    for name, length in _TEXTS.items():
        op.add_column(
            "tickets", sa.Column(name, sa.String(length), server_default="", nullable=False)
        )
    for name in _MOMENTS:
        op.add_column("tickets", sa.Column(name, UtcDateTime))
    op.add_column("tickets", sa.Column("recused", Json, server_default="[]", nullable=False))
    op.add_column("tickets", sa.Column("rung", sa.Integer(), server_default="0", nullable=False))
    op.add_column(
        "tickets", sa.Column("rung_clock", sa.String(8), server_default="", nullable=False)
    )
    op.add_column("tickets", sa.Column("rungs", Json, server_default="{}", nullable=False))
    op.add_column("tickets", sa.Column("pending", sa.String(8), server_default="", nullable=False))
    op.add_column("tickets", sa.Column("looking", Json, server_default="{}", nullable=False))
    op.add_column("tickets", sa.Column("lookers", sa.Integer(), server_default="0", nullable=False))
    for name in ("parent", "master"):
        few = sa.text(f"{name} != ''")
        op.create_index(
            f"ix_tickets_{name}", "tickets", [name], sqlite_where=few, postgresql_where=few
        )
    for name in ("recheck_at", "next_rung_at", "pending", "lookers"):
        op.create_index(op.f(f"ix_tickets_{name}"), "tickets", [name])
    op.create_index("ix_tickets_word", "tickets", ["status", "last_word_at"])
    op.create_index("ix_tickets_closed", "tickets", ["status", "closed_at"])
    op.create_index("ix_tickets_filed", "tickets", ["filed_at", "origin"])
    op.create_index("ix_tickets_review", "tickets", ["status", "review_at"])
    op.create_index("ix_tickets_climbed", "tickets", ["status", "rung"])
    op.create_index("ix_tickets_reopened", "tickets", ["status", "reopenings"])


def _area() -> sa.Column[str]:
    return sa.Column("area", sa.String(length=200), server_default="", nullable=False)


def _add_rounds() -> None:
    op.create_table(
        "rounds",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        _area(),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("begun_at", UtcDateTime, nullable=False),
        sa.Column("ended_at", UtcDateTime),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_rounds_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rounds")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_rounds_person_id"), "rounds", ["person_id"])
    op.create_index("ix_rounds_begun", "rounds", ["ended_at", "begun_at"])
    running = sa.text("ended_at IS NULL")
    op.create_index(
        "ux_rounds_running",
        "rounds",
        ["person_id"],
        unique=True,
        sqlite_where=running,
        postgresql_where=running,
    )
    op.create_table(
        "findings",
        sa.Column("round_id", BigId, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        _area(),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("photos", Json, nullable=False),
        sa.Column("outcome", sa.String(length=12), server_default="", nullable=False),
        sa.Column("ticket_id", BigId),
        sa.Column("draft_id", BigId),
        sa.Column("heard", Json, nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("touched_at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["rounds.id"], name=op.f("fk_findings_round_id_rounds")
        ),
        sa.PrimaryKeyConstraint("round_id", "seq", name=op.f("pk_findings")),
    )
    op.create_index(op.f("ix_findings_draft_id"), "findings", ["draft_id"])


def _add_contacts_and_proposals() -> None:
    op.create_table(
        "sealed_contacts",
        sa.Column("ticket_id", BigId, nullable=False),
        _area(),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("by_id", BigId, nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("shown_at", UtcDateTime),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_sealed_contacts_ticket_id_tickets")
        ),
        sa.PrimaryKeyConstraint("ticket_id", name=op.f("pk_sealed_contacts")),
    )
    op.create_index(op.f("ix_sealed_contacts_by_id"), "sealed_contacts", ["by_id"])
    op.create_index(op.f("ix_sealed_contacts_shown_at"), "sealed_contacts", ["shown_at"])
    op.create_table(
        "proposals",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("number", sa.String(length=24), nullable=False),
        sa.Column("ticket_id", BigId),
        _area(),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("phase", sa.String(length=16), nullable=False),
        sa.Column("by_id", BigId, nullable=False),
        sa.Column("begun_at", UtcDateTime, nullable=False),
        sa.Column("ended_at", UtcDateTime),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_proposals_ticket_id_tickets")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
        sa.UniqueConstraint("number", name=op.f("uq_proposals_number")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_proposals_area"), "proposals", ["area"])
    op.create_index(op.f("ix_proposals_ticket_id"), "proposals", ["ticket_id"])


def _fill_in() -> None:
    """What the new columns would hold had they been there: the record of a ticket tells."""
    conn = op.get_bind()
    events = sa.table(
        "ticket_events", *(sa.column(name) for name in ("ticket_id", "seq", "verb", "data")),
        sa.column("at", UtcDateTime),
    )  # fmt: skip
    told: dict[int, dict[str, Any]] = {}
    for row in conn.execute(sa.select(events).order_by(events.c.ticket_id, events.c.seq)):
        known = told.setdefault(row.ticket_id, {})
        data = json.loads(row.data) if isinstance(row.data, str) else row.data
        if row.verb in ("submit", "reopen", "dissatisfied"):
            known["clock_from"] = row.at
            known["parent"] = data.get("parent") or known.get("parent", "")
        if row.verb in _SOMEBODY_ELSES_TURN:
            known["accept_from"] = row.at
    tickets = sa.table(
        "tickets", sa.column("id"), sa.column("parent"), sa.column("closed_at"),
        *(sa.column(name, UtcDateTime) for name in _MOMENTS),
    )  # fmt: skip
    for number, known in told.items():
        conn.execute(sa.update(tickets).where(tickets.c.id == number).values(known))
    # The ladder looks at each open ticket once and then knows its next rung.
    updated = sa.table("tickets", sa.column("updated_at"), sa.column("last_word_at"))
    conn.execute(sa.update(updated).values(last_word_at=updated.c.updated_at))
    open_ones = sa.update(tickets).where(tickets.c.closed_at.is_(None))
    conn.execute(open_ones.values(next_rung_at=tickets.c.clock_from))
