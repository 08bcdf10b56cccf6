"""`Alerts`: the browsers that may be rung, and whether ringing still makes sense."""

from sqlalchemy import delete, or_, select

from actions.adapters.database.engine import Database
from actions.adapters.database.schema.messaging import conversations, messages
from actions.adapters.database.schema.people import push_subscriptions
from actions.application.delivering import Subscription


class Alerts:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, subscription_id: int, person_id: int) -> Subscription | None:
        """That browser, if it still belongs to that person: SQLite gives an id out again."""
        query = select(push_subscriptions).where(
            push_subscriptions.c.id == subscription_id,
            push_subscriptions.c.person_id == person_id,
        )
        async with self._database.read() as conn:
            row = (await conn.execute(query)).mappings().first()
        if row is None:
            return None
        return Subscription(id=row["id"], endpoint=row["endpoint"], keys=row["keys"])

    async def forget(self, subscription: Subscription) -> None:
        async with self._database.write() as conn:
            await conn.execute(
                delete(push_subscriptions).where(
                    push_subscriptions.c.id == subscription.id,
                    push_subscriptions.c.endpoint == subscription.endpoint,
                )
            )
            await conn.commit()

    async def is_seen(self, outbox_id: int) -> bool:
        """The page has shown it, or the person has written since."""
        query = (
            select(messages.c.id)
            .join(conversations, conversations.c.id == messages.c.conversation_id)
            .where(
                messages.c.outbox_id == outbox_id,
                or_(
                    conversations.c.last_read_seq >= messages.c.seq,
                    conversations.c.last_in_at > messages.c.at,
                ),
            )
        )
        async with self._database.read() as conn:
            return (await conn.execute(query)).first() is not None
