"""Who does what one process does for all."""

import sqlalchemy as sa
from alembic import op

from actions.adapters.database.schema.base import BigId

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "duties",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("lease_owner", sa.String(60)),
        sa.Column("lease_until", sa.Float(), server_default="0", nullable=False),
        sa.Column("lease_token", BigId, server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_duties")),
    )
