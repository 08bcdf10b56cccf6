"""What an entry carries into the ticket by its name alone, and how it comes back from storage."""

from datetime import datetime
from typing import Any, Final

#: Entry data of these names become fields of the ticket.
CARRIED: Final = frozenset(
    {
        "number", "category", "urgency", "tier", "privacy", "summary", "location", "area", "grid",
        "anonymous", "assignee", "assignee_role", "accept_due_at", "contact_due_at",
        "settle_due_at", "origin", "parent", "master", "recused", "body", "receipt",
        "proposal", "review_at", "recheck_at", "rung", "rung_clock",
    }
)  # fmt: skip


def restored(name: str, value: Any) -> Any:
    """Entries are stored as JSON: dates travel as ISO text, tuples as lists."""
    if name.endswith("_at") and isinstance(value, str):
        return datetime.fromisoformat(value)
    return tuple(value) if name == "recused" else value
