"""`PageLane`: web chat is shown, not sent: transcript and settled row are one commit."""

import logging
from collections.abc import Sequence
from datetime import datetime

from actions.application.delivering import DeliveryStore, Due, Showing
from actions.application.for_work import disturbs_leave
from actions.application.ports import Clock
from actions.domain.errors import StoreAway
from actions.domain.identifiers import ConversationId
from actions.domain.quiet_hours import QuietHours, next_allowed
from bot.delivery.failing import Failing
from bot.delivery.pulse import Pulse
from bot.ports import Wakeups
from bot.ports_delivery import Counts, Renders

log = logging.getLogger(__name__)

CHANNEL = "webchat"
#: Rows that share one commit at most.
BATCH = 100


class PageLane:
    """Claims nothing: whoever commits first has shown it, and a killed process leaves no trace."""

    def __init__(
        self,
        store: DeliveryStore,
        renderer: Renders,
        hub: Wakeups,
        *,
        clock: Clock,
        quiet_hours: QuietHours,
        failing: Failing,
        counts: Counts,
    ) -> None:
        self._store = store
        self._renderer = renderer
        self._hub = hub
        self._clock = clock
        self._quiet_hours = quiet_hours
        self._failing = failing
        self._counts = counts
        self.name = CHANNEL
        self.pulse = Pulse()

    async def step(self) -> bool:
        """Show what is due. Returns whether there may be more."""
        rows = await self._store.look(CHANNEL, self._clock.now(), limit=BATCH)
        showings = [showing for due in rows if (showing := await self._render(due))]
        await self._show(showings)
        return len(rows) == BATCH

    async def drain(self, *, limit: float | None = None) -> None:
        """Nothing is under way between two steps."""

    async def _render(self, due: Due) -> Showing | None:
        try:
            shown = self._renderer.show(due)
        except Exception as error:
            log.exception("cannot render", extra={"action": "render_failed", "outbox": due.id})
            await self._failing.faulty(due, error)
            return None
        return Showing(due=due, shown=shown, alert_at=self._alert_at(due))

    def _alert_at(self, due: Due) -> datetime | None:
        """When to ring for news that nobody is there to see; an emergency rings at night."""
        if not due.is_push or self._hub.listeners(ConversationId(due.conversation_id)):
            return None
        now = self._clock.now()
        if due.urgent:
            return now
        if disturbs_leave(due.template, due.away_until, now):
            return None
        return next_allowed(now, self._quiet_hours)

    async def _show(self, showings: Sequence[Showing]) -> None:
        """Together; if that fails one by one, so that one bad row does not hold up the others."""
        if not showings:
            return
        try:
            await self._store.show(showings, self._clock.now())
        except StoreAway:
            raise  # no row is at fault
        except Exception as error:
            log.exception("cannot show", extra={"action": "show_failed", "rows": len(showings)})
            if len(showings) == 1:
                await self._failing.faulty(showings[0].due, error)
                return
            for showing in showings:
                await self._show([showing])
            return
        self._tell(showings)

    def _tell(self, showings: Sequence[Showing]) -> None:
        for conversation_id in {showing.due.conversation_id for showing in showings}:
            self._hub.publish(ConversationId(conversation_id))
        for _ in showings:
            self._counts.sent(CHANNEL, "sent")
