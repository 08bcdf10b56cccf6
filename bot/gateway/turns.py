"""`TurnRunner`: takes each conversation's arrivals in order, one turn at a time."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import timedelta

from actions.application.arrivals import Lease, Work
from actions.application.commands.telling import AnswerLater
from actions.application.message_bus import MessageBus
from actions.application.ports import Clock
from actions.application.ports_gateway import TurnStore
from actions.application.turn import Turn
from actions.domain.errors import CommunityError, StaleLease, StoreAway
from actions.domain.identifiers import ConversationId
from bot.gateway.holding import Holding, parking
from bot.gateway.reading import FreeText, command_of
from bot.gateway.turn_of import aside, ticket_of, turn_of
from bot.log_setup import correlated
from bot.ports import Conversation, UnderstandingAway

log = logging.getLogger(__name__)

#: Seconds between looks for work nobody woke us for.
POLL = 1.0
#: Seconds a resident waits before being told that the message is kept.
PATIENCE = 1.4
#: Seconds after which a lease is renewed; it lasts several times as long.
RENEW = 3.0
#: A text that was not understood for so long may itself be what understanding dies of.
PARKED_AT_MOST = timedelta(days=1)
#: Conversations served at the same time.
CONCURRENCY = 48
#: The same while many wait to be taken in: what is acknowledged at once can be answered later.
FEW = 1
#: Seconds the turns in progress may take when the process stops.
DRAIN = 4.0


class TurnRunner:
    def __init__(
        self,
        store: TurnStore,
        bus: MessageBus,
        conversation: Conversation,
        clock: Clock,
        *,
        count: Callable[[str, float], None],
        is_crowded: Callable[[], bool] = lambda: False,
        lost: Callable[[ConversationId], None] = lambda _: None,
        held: Callable[[ConversationId], None] = lambda _: None,
        is_cut_off: Callable[[str], Awaitable[bool]] | None = None,
    ) -> None:
        """`count` takes the outcome of every turn and its seconds.

        `lost` hears of a conversation that was somebody else's at the end: of another process, or
        of another person, whom its own has become; `held` of one that is another process's now.
        `is_cut_off` tells whether what was understood of a sender's text cannot reach us.
        """
        self._store = store
        self._bus = bus
        self._conversation = conversation
        self._clock = clock
        self._count = count
        self._is_crowded = is_crowded
        self._lost = lost
        self._held = held
        self._is_cut_off = is_cut_off
        #: In the order they were woken, so that a crowd keeps nobody waiting for ever.
        self._woken: dict[ConversationId, None] = {}
        self._wake = asyncio.Event()
        self._serving: dict[ConversationId, asyncio.Task[None]] = {}
        self._polled_at = float("-inf")

    def wake(self, conversation_id: ConversationId) -> None:
        """There is something new in this conversation."""
        self._woken[conversation_id] = None
        self._wake.set()

    def hear(self, conversation_id: ConversationId) -> None:
        """Another process has something new in it and may not have it: a matter of its holder."""
        if conversation_id in self._serving:
            self.wake(conversation_id)

    async def run(self) -> None:
        """Serve until cancelled; then let the turns in progress end."""
        try:
            while True:
                # Not `wait_for`: in Python 3.11 it swallows a stop that comes with a wake-up.
                with suppress(TimeoutError):
                    async with asyncio.timeout(POLL):
                        await self._wake.wait()
                await self._look_round()
        finally:
            await self._drain()

    async def _look_round(self) -> None:
        self._wake.clear()
        # By time and not by silence: a busy house must not forget who is parked.
        if time.monotonic() - self._polled_at >= POLL:
            self._woken.update(dict.fromkeys(await self._poll()))
        found, self._woken = self._woken, {}
        for conversation_id in found:
            self._start(conversation_id)

    async def _poll(self) -> Sequence[ConversationId]:
        self._polled_at = time.monotonic()
        try:
            return await self._store.waiting(self._clock.now())
        except StoreAway as error:
            log.warning("cannot look for work", extra=_away(error))
            return []
        except Exception:
            log.exception("cannot look for work", extra={"action": "poll_failed"})
            return []

    def _start(self, conversation_id: ConversationId) -> None:
        if conversation_id in self._serving:
            # The turn in progress looks again before it ends; this closes the gap after that.
            self._serving[conversation_id].add_done_callback(
                lambda _task: self.wake(conversation_id)
            )
            return
        if len(self._serving) >= self._most():
            self._woken[conversation_id] = None
            return
        task = asyncio.create_task(self._serve(conversation_id))
        self._serving[conversation_id] = task
        task.add_done_callback(lambda _task: self._ended(conversation_id))

    def _most(self) -> int:
        return FEW if self._is_crowded() else CONCURRENCY

    def _ended(self, conversation_id: ConversationId) -> None:
        self._serving.pop(conversation_id, None)
        if self._woken:
            self._wake.set()

    async def _drain(self) -> None:
        """What does not end in time is taken up again after its lease, by whoever runs then."""
        if self._serving:
            _, stuck = await asyncio.wait(set(self._serving.values()), timeout=DRAIN)
            for task in stuck:
                task.cancel()
            await asyncio.gather(*stuck, return_exceptions=True)

    async def _serve(self, conversation_id: ConversationId) -> None:
        """Hold the conversation until nothing in it can be done now."""
        try:
            lease = await self._store.take(conversation_id)
            if lease is None:
                self._held(conversation_id)
                return
            holding = Holding(lease)
            try:
                while work := await self._store.next(conversation_id, self._clock.now()):
                    await self._take_measured(work, holding)
                    await self._keep(holding)
                    if len(self._serving) > self._most():
                        self._woken[conversation_id] = None
                        break
            finally:
                if not await self._store.release(lease):
                    self._lost(conversation_id)
        except StaleLease:
            log.info("lease lost", extra={"action": "stale_lease"})
        except StoreAway as error:
            # No fault of the message: it has not used up a try, and need not wait for the lease.
            log.warning("a turn waits for the store", extra=_away(error))
            asyncio.get_running_loop().call_later(POLL, self.wake, conversation_id)
        except Exception:
            log.exception("turn loop failed", extra={"action": "turn_failed"})

    async def _keep(self, holding: Holding) -> None:
        """Renew the lease when some of it is used up.

        Raises:
            StaleLease: the conversation is not ours any more.
        """
        now = time.monotonic()
        if now - holding.renewed_at >= RENEW:
            await self._store.renew(holding.lease)
            holding.renewed_at = now

    async def _take_measured(self, work: Work, holding: Holding) -> None:
        began = time.monotonic()
        with correlated(f"inbox:{work.inbox_id}"):
            outcome = await self._take_turn(work, holding)
        self._count(outcome, time.monotonic() - began)

    async def _take_turn(self, work: Work, holding: Holding) -> str:
        """Returns what became of it: done, refused or failed."""
        lease = holding.lease
        turn = turn_of(work, lease)
        try:
            if work.is_deadly:
                log.error("a message is not tried again", extra={"action": "deadly_message"})
                await self._give_up(turn)
                return "failed"
            command = command_of(work, self._clock.now())
            if isinstance(command, FreeText):
                if not await self._let_earlier_ones_first(work, holding):
                    await self._understand(command, work, turn, holding)
            else:
                await self._bus.handle(command, turn)
        except CommunityError as error:
            await self._bus.refuse(error, turn)
            return "refused"
        except (StaleLease, StoreAway, asyncio.CancelledError):
            raise
        except Exception:
            log.exception("message failed", extra={"action": "message_failed"})
            await self._fail(work, turn, lease)
            return "failed"
        return "done"

    async def _fail(self, work: Work, turn: Turn, lease: Lease) -> None:
        """That it is given up and that its writer hears of it are one commit."""
        wait = timedelta(seconds=min(2**work.attempts, 60))
        if await self._store.fail(work, lease, self._clock.now(), wait):
            await self._give_up(turn)

    async def _give_up(self, turn: Turn) -> None:
        await self._bus.handle(AnswerLater(given_up=True), aside(turn, "given_up"))

    async def _let_earlier_ones_first(self, work: Work, holding: Holding) -> bool:
        """Whether there are texts before this one that may be understood now; each is tried once.

        One that fails by itself holds up nobody (ADR 0005).
        """
        holding.tried.add(work.inbox_id)
        if not work.follows_parked:
            return False
        earlier = set(await self._store.parked_before(work)) - holding.tried
        if earlier:
            await self._store.hurry(sorted(earlier), holding.lease, self._clock.now())
        return bool(earlier)

    async def _understand(self, text: FreeText, work: Work, turn: Turn, holding: Holding) -> None:
        """Rasa is called outside any transaction; the inbox row tells whether it worked."""
        asking = asyncio.ensure_future(
            self._conversation.say(work.sender_key, text.text, ticket_of(work, turn))
        )
        try:
            done, _ = await asyncio.wait({asking}, timeout=PATIENCE)
            if not done and not work.is_parked and not await self._store.is_done(work.inbox_id):
                await self._say_later(turn)
            while not done:
                await self._keep(holding)
                done, _ = await asyncio.wait({asking}, timeout=RENEW)
            await asking
            had_effect = await self._had_effect(work)
        except UnderstandingAway:
            await self._park(work, turn, holding.lease)
        else:
            if not had_effect:
                # Understood, yet nothing came of it: a fault of ours, which is not tried for ever.
                log.error("a text had no effect", extra={"action": "no_effect"})
                await self._say_later(turn)
                await self._fail(work, turn, holding.lease)
        finally:
            asking.cancel()

    async def _had_effect(self, work: Work) -> bool:
        """Whether the text is done with.

        Raises:
            UnderstandingAway: it is not, because what was understood could not reach us.
        """
        is_done = await self._store.is_done(work.inbox_id)
        if not is_done and self._is_cut_off and await self._is_cut_off(work.sender_key):
            raise UnderstandingAway
        return is_done

    async def _park(self, work: Work, turn: Turn, lease: Lease) -> None:
        if not await self._store.is_done(work.inbox_id):
            now = self._clock.now()
            waited = now - work.received_at
            if waited >= PARKED_AT_MOST:
                log.error("a text was never understood", extra={"action": "parked_too_long"})
                await self._give_up(turn)
                return
            log.info("text waits for understanding", extra={"action": "parked"})
            await self._say_later(turn)
            await self._store.park(work, lease, now, parking(waited))

    async def _say_later(self, turn: Turn) -> None:
        """Once per message: it is kept, the answer follows."""
        await self._bus.handle(AnswerLater(), aside(turn, "later"))


def _away(error: StoreAway) -> dict[str, str]:
    return {"action": "store_away", "error": str(error)}
