"""`SqlSecondReadings`: emergencies that a rule filed and no model has read so far."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import and_, select

from actions.adapters.database.engine import Database
from actions.adapters.database.schema.matters import ticket_events, tickets
from actions.adapters.database.schema.messaging import conversations, effects, inbox
from actions.adapters.database.schema.people import people
from actions.application.arrivals import Unread
from actions.application.commands.telling import RaiseEmergency
from actions.application.turn import SECOND_READING
from actions.domain.identifiers import ConversationId, InboxId, PersonId, TicketId
from actions.domain.second_reading import READ_AGAIN_AT
from actions.domain.ticket_status import Verb

#: After a day whoever handles it knows better than any model.
WORTH_IT: Final = timedelta(days=1)
_AT_ONCE: Final = 16
_CAUSE: Final = "inbox:"


class SqlSecondReadings:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def waiting(self, now: datetime) -> Sequence[Unread]:
        """The newest first: a kind is worth most while people are on their way."""
        async with self._database.read() as conn:
            filed = {
                int(row.cause.removeprefix(_CAUSE)): TicketId(row.id)
                for row in await conn.execute(_FILED.where(tickets.c.filed_at > now - WORTH_IT))
            }
            if not filed:
                return []
            found = list(await conn.execute(_TOLD.where(inbox.c.id.in_(filed))))
        return [
            Unread(
                inbox_id=InboxId(row.id),
                ticket_id=filed[row.id],
                conversation_id=ConversationId(row.conversation_id),
                person_id=PersonId(row.person_id),
                sender_key=row.sender_key,
                locale=row.locale,
                text=str(row.payload["text"]),
            )
            for row in found
            if row.payload.get("text")  # else forgotten
        ]


_raised, _read = effects.alias("raised"), effects.alias("read")
#: Built once: asked every few seconds.
_FILED = (
    select(tickets.c.id, ticket_events.c.cause)
    .join(
        ticket_events,
        and_(ticket_events.c.ticket_id == tickets.c.id, ticket_events.c.verb == Verb.SUBMIT.value),
    )
    .join(
        _raised,
        and_(
            _raised.c.cause == ticket_events.c.cause,
            _raised.c.step == "turn",
            _raised.c.command == RaiseEmergency.__name__,
        ),
    )
    .outerjoin(_read, and_(_read.c.cause == ticket_events.c.cause, _read.c.step == SECOND_READING))
    .where(
        _read.c.cause.is_(None),
        tickets.c.status.in_([status.value for status in sorted(READ_AGAIN_AT)]),
        ticket_events.c.cause.startswith(_CAUSE),
    )
    .order_by(tickets.c.filed_at.desc())
    .limit(_AT_ONCE)
)
_TOLD = (
    select(inbox.c.id, inbox.c.payload, inbox.c.conversation_id)
    .add_columns(conversations.c.person_id, conversations.c.sender_key, people.c.locale)
    .join(conversations, conversations.c.id == inbox.c.conversation_id)
    .join(people, people.c.id == conversations.c.person_id)
)
