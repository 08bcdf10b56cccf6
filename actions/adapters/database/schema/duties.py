"""What one process does for all: who has it, and until when."""

from sqlalchemy import Column, Float, String, Table

from actions.adapters.database.schema.base import BigId, metadata

#: `lease_until` is seconds of the database's own clock; `lease_token` grows with every new holder.
duties = Table(
    "duties",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("lease_owner", String(60)),
    Column("lease_until", Float, nullable=False, server_default="0"),
    Column("lease_token", BigId, nullable=False, server_default="0"),
)
