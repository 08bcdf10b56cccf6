"""`News`: which conversations have new lines, asked for all who wait in one small query."""

import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Final

from sqlalchemy import func, select

from actions.adapters.database.engine import Database
from actions.adapters.database.schema.messaging import messages
from actions.domain.identifiers import ConversationId

#: Seconds a line may come after one that was numbered later: a number is given before the commit.
LATE: Final = 6.0


class News:
    """One for each process: it remembers how far it has seen."""

    def __init__(self, database: Database, now: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._now = now
        self._marks: deque[tuple[float, int]] = deque()
        self._told: set[int] = set()

    async def look(self) -> Sequence[ConversationId]:
        """Those that got a line since the last look; the first one remembers where to begin."""
        now = self._now()
        while len(self._marks) > 1 and now - self._marks[1][0] > LATE:
            self._marks.popleft()
        async with self._database.read() as conn:
            if not self._marks:
                newest = (await conn.execute(select(func.max(messages.c.id)))).scalar()
                self._marks.append((now, newest or 0))
                return []
            query = select(messages.c.id, messages.c.conversation_id)
            query = query.where(messages.c.id > self._marks[0][1])
            found = {row.id: row.conversation_id for row in await conn.execute(query)}
        fresh = found.keys() - self._told
        self._told = set(found)
        self._marks.append((now, max(found, default=self._marks[-1][1])))
        return [ConversationId(each) for each in sorted({found[number] for number in fresh})]
