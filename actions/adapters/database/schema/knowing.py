"""Which questions the knowledge base had no answer to."""

from sqlalchemy import Column, String, Table

from actions.adapters.database.schema.base import BigId, UtcDateTime, area_column, metadata

#: The newest few hundred alone. The words stay in the transcript, and go when that goes.
unanswered = Table(
    "unanswered",
    metadata,
    Column("inbox_id", BigId, primary_key=True, autoincrement=False),
    area_column(),
    Column("why", String(12), nullable=False),
    Column("entry", String(60), nullable=False, server_default=""),
    Column("at", UtcDateTime, nullable=False),
)
