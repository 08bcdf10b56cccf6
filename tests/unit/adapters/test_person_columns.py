"""No column that points at a person is forgotten when two persons become one."""

from actions.adapters.database.person_columns import (
    BY_HAND,
    DOORS,
    IN_CONVERSATION,
    MOVED,
    ONE_EACH,
    STAYS,
)
from actions.adapters.database.schema import metadata
from actions.adapters.database.schema.base import BigId

#: Numbers that are of something else than a person or a conversation.
OF_OTHERS = frozenset({
    "id", "ticket_id", "draft_id", "round_id", "inbox_id", "outbox_id", "in_reply_to",
    "focus_ticket_id", "lease_token", "attachment_id", "length",
})  # fmt: skip
#: Renumbered, not only renamed.
TRANSCRIPTS = {("inbox", "conversation_id"), ("messages", "conversation_id")}
LISTED = (*MOVED, *ONE_EACH, *DOORS, *BY_HAND, *STAYS, *IN_CONVERSATION)


def test_every_number_in_the_schema_is_a_persons_a_talks_or_known_to_be_of_something_else() -> None:
    numbers = {
        (table.name, column.name)
        for table in metadata.tables.values()
        for column in table.c
        if column.type is BigId and column.name not in OF_OTHERS
    }

    listed = {(column.table.name, column.name) for column in LISTED}

    assert numbers == listed | TRANSCRIPTS


def test_every_reference_to_a_person_is_listed_once() -> None:
    referring = {
        key.parent
        for table in metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name == "people"
    }

    assert referring <= set(LISTED)
    assert len(LISTED) == len(set(LISTED))
