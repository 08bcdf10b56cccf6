"""What WeChat allows for whom, what was answered at once, and what became of what was sent."""

import sqlalchemy as sa
from alembic import op

from actions.adapters.database.schema.base import BigId, UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "wechat_windows",
        *_user(),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.Column("left", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("account", "openid", "kind", name=op.f("pk_wechat_windows")),
    )
    op.create_table(
        "wechat_consents",
        *_user(),
        sa.Column("template_id", sa.String(64), nullable=False),
        sa.Column("left", sa.Integer()),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint(
            "account", "openid", "template_id", name=op.f("pk_wechat_consents")
        ),
    )
    op.create_table(
        "wechat_replies",
        *_user(),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("account", "key", name=op.f("pk_wechat_replies")),
    )
    op.create_table(
        "wechat_jobs",
        *_user(),
        sa.Column("msg_id", sa.String(24), nullable=False),
        sa.Column("outbox_id", BigId, nullable=False),
        sa.Column("way", sa.String(10), nullable=False),
        sa.Column("status", sa.String(60), server_default="", nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("account", "msg_id", name=op.f("pk_wechat_jobs")),
    )
    op.create_table(
        "wechat_choices",
        *_user(),
        sa.Column("outbox_id", BigId, autoincrement=False, nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("account", "openid", "outbox_id", name=op.f("pk_wechat_choices")),
    )
    for table in ("wechat_replies", "wechat_jobs"):
        op.create_index(op.f(f"ix_{table}_openid"), table, ["openid"])
        op.create_index(f"ix_{table}_at", table, ["at"])
    op.create_table(
        "wechat_tokens",
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("sealed", sa.Text(), server_default="", nullable=False),
        sa.Column("until", sa.Float(), server_default="0", nullable=False),
        sa.Column("lease_until", sa.Float(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_wechat_tokens")),
    )


def _user() -> tuple[sa.Column[str], sa.Column[str]]:
    return (
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("openid", sa.String(64), nullable=False),
    )
