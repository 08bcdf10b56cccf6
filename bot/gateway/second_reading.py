"""`SecondReader`: has the words of an emergency understood, once its alarm is out."""

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Final

from actions.application.arrivals import Unread
from actions.application.ports import Clock
from actions.application.ports_gateway import SecondReadings
from actions.application.turn_ticket import TurnTicket
from actions.domain.errors import StoreAway
from actions.domain.identifiers import InboxId
from bot.log_setup import correlated
from bot.ports import Conversation, UnderstandingAway

log = logging.getLogger(__name__)

#: Seconds between looks. Nobody waits for it.
POLL: Final = 3.0
#: A text that understanding dies of is let be; whoever starts next tries it as often again.
TRIES: Final = 5
#: Emergencies that are remembered at most.
_MOST: Final = 1000


@dataclass
class _Tried:
    times: int = 0
    until: float = 0.0


class SecondReader:
    def __init__(
        self,
        store: SecondReadings,
        conversation: Conversation,
        clock: Clock,
        *,
        passing: Callable[[], float] = time.monotonic,
    ) -> None:
        """`passing` gives the seconds between tries."""
        self._store = store
        self._conversation = conversation
        self._clock = clock
        self._passing = passing
        self._tried: dict[InboxId, _Tried] = {}

    async def run(self) -> None:
        """Look until cancelled; whatever is cut off is read by whoever looks next."""
        while True:
            await asyncio.sleep(POLL)
            await self._guarded(self.look())

    async def _guarded(self, look: Coroutine[Any, Any, None]) -> None:
        try:
            await look
        except StoreAway as error:
            log.warning("a second reading waits", extra=error.noted)
        except Exception:  # the kind of one matter must not keep the others from theirs
            log.exception("a second reading failed", extra={"action": "second_reading_failed"})

    async def look(self) -> None:
        """Ask once about each whose time has come; the store tells what has been read."""
        due = [each for each in await self._store.waiting(self._clock.now()) if self._is_due(each)]
        # While understanding is away, no text is to blame for it.
        if not due or not await self._conversation.is_ready():
            return
        for unread in due:
            with correlated(f"inbox:{unread.inbox_id}"):
                await self._ask(unread)

    def _is_due(self, unread: Unread) -> bool:
        tried = self._tried.get(unread.inbox_id, _Tried())
        return tried.times < TRIES and tried.until <= self._passing()

    async def _ask(self, unread: Unread) -> None:
        self._remember(unread)
        # A sender of its own: what is told meanwhile does not queue behind it.
        sender = f"{unread.sender_key}-again"
        try:
            await self._conversation.say(sender, unread.text, _ticket_of(unread))
        except UnderstandingAway:
            log.info("an emergency is understood later", extra={"action": "second_reading_away"})

    def _remember(self, unread: Unread) -> None:
        if len(self._tried) >= _MOST:
            self._tried.clear()
        tried = self._tried.setdefault(unread.inbox_id, _Tried())
        tried.times += 1
        tried.until = self._passing() + POLL * 4**tried.times


def _ticket_of(unread: Unread) -> TurnTicket:
    """No lease: nothing is said, and the conversation goes on meanwhile."""
    return TurnTicket(
        inbox_id=unread.inbox_id,
        conversation_id=unread.conversation_id,
        person_id=unread.person_id,
        lease_token=0,
        locale=unread.locale,
        filed_as=unread.ticket_id,
    )
