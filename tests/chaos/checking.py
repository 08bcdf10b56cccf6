"""What the database itself has to say after a storm: nothing unfinished, nothing without a cause."""

from dataclasses import dataclass, field

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.engine import Database

UNFINISHED = """
SELECT (SELECT count(*) FROM inbox WHERE state NOT IN ('done', 'quarantined'))
     + (SELECT count(*) FROM outbox WHERE state NOT IN ('sent', 'superseded', 'dead'))
"""
#: Each finds rows that must not be; `what` says why.
QUESTIONS = {
    "an arrival is finished and nothing took effect (I5)": """
        SELECT id FROM inbox i WHERE state = 'done' AND NOT EXISTS (
            SELECT 1 FROM effects e WHERE e.cause = 'inbox:' || i.id AND e.step = 'turn')""",
    "an arrival took effect and is not finished (I4)": """
        SELECT id FROM inbox i WHERE state <> 'done' AND EXISTS (
            SELECT 1 FROM effects e WHERE e.cause = 'inbox:' || i.id AND e.step = 'turn')""",
    # Ten processes died over it, one after the other: what nothing is wrong with looks the same.
    "an arrival was given up though nothing was wrong with it (I4)": """
        SELECT id FROM inbox WHERE state = 'quarantined' AND attempts < 10""",
    "an effect of an arrival nobody knows (I6)": """
        SELECT cause FROM effects e WHERE cause LIKE 'inbox:%' AND NOT EXISTS (
            SELECT 1 FROM inbox i WHERE e.cause = 'inbox:' || i.id)""",
    "a message nobody caused (I6)": """
        SELECT key FROM outbox o WHERE key NOT LIKE 'alert:%' AND NOT EXISTS (
            SELECT 1 FROM effects e
            WHERE substr(o.key, 1, length(e.cause) + length(e.step) + 2)
                = e.cause || '/' || e.step || '/')""",
    "a ticket without a record, or a record without a ticket (I10)": """
        SELECT t.id FROM tickets t LEFT JOIN ticket_events e
            ON e.ticket_id = t.id AND e.verb = 'submit' WHERE e.ticket_id IS NULL
        UNION ALL
        SELECT e.ticket_id FROM ticket_events e LEFT JOIN tickets t
            ON t.id = e.ticket_id WHERE t.id IS NULL""",
    "a ticket nobody was told of (I10)": """
        SELECT t.id FROM tickets t WHERE NOT EXISTS (
            SELECT 1 FROM messages m WHERE m.ticket_id = t.id AND m.template LIKE 'ticket_filed%')""",
    "one arrival filed two tickets (I5)": """
        SELECT cause FROM ticket_events WHERE verb = 'submit' GROUP BY cause HAVING count(*) > 1""",
    "a submitted draft without a ticket, or a ticket without a draft (I10)": """
        SELECT d.drafts - t.tickets FROM
            (SELECT count(*) AS drafts FROM drafts WHERE state = 'submitted') d,
            (SELECT count(*) AS tickets FROM tickets) t WHERE d.drafts <> t.tickets""",
    "a message was shown twice (I12)": """
        SELECT outbox_id FROM messages WHERE outbox_id IS NOT NULL
        GROUP BY outbox_id HAVING count(*) > 1""",
}


@dataclass
class Seen:
    tickets: int = 0
    violations: list[str] = field(default_factory=list)


async def is_settled(url: str) -> bool:
    database = Database(url)
    try:
        async with database.read() as conn:
            return await _number(conn, UNFINISHED) == 0
    finally:
        await database.close()


async def look(url: str) -> Seen:
    database = Database(url)
    seen = Seen()
    try:
        async with database.read() as conn:
            seen.tickets = await _number(conn, "SELECT count(*) FROM tickets")
            for what, query in QUESTIONS.items():
                rows = (await conn.execute(text(query))).all()
                seen.violations += [f"{what}: {row[0]}" for row in rows[:20]]
    finally:
        await database.close()
    return seen


async def _number(conn: AsyncConnection, query: str) -> int:
    return int((await conn.execute(text(query))).scalar_one())
