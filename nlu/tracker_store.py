"""A tracker store that remembers the last few turns of the conversations most recently heard."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any, Iterable, Optional, Tuple

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from nlu import rasa_patches

# Rasa imports this module whenever our endpoints are used, by `rasa run` too.
rasa_patches.apply()


def last_turns(events: Iterable[Event], turns: int) -> Tuple[Event, ...]:
    """The events from the n-th last user message on."""
    kept = tuple(events)
    starts = [i for i, event in enumerate(kept) if isinstance(event, UserUttered)]
    return kept[starts[-turns] :] if len(starts) >= turns else kept


def without_words(event: Event) -> Event:
    """A message as what it was taken for; what somebody wrote is kept in SQL only.

    Our rules look at the newest message alone, so nothing is lost, and an erased person leaves
    nothing behind here.
    """
    if not isinstance(event, UserUttered):
        return event
    return UserUttered(
        intent={"name": event.intent_name},
        timestamp=event.timestamp,
        input_channel=event.input_channel,
    )


class BoundedTrackerStore(TrackerStore):
    """Bounded in turns and in conversations; drafts and transcripts live in SQL, not here."""

    def __init__(
        self,
        domain: Optional[Domain],
        event_broker: Optional[EventBroker] = None,
        turns: int = 3,
        conversations: int = 5000,
        **_: Any,
    ) -> None:
        super().__init__(domain, event_broker)
        if turns < 1 or conversations < 1:
            raise ValueError("a tracker store must keep at least one turn of one conversation")
        self._turns = turns
        self._conversations = conversations
        self._kept: OrderedDict[str, Tuple[Event, ...]] = OrderedDict()

    async def save(self, tracker: DialogueStateTracker) -> None:
        await self.stream_events(tracker)
        kept = last_turns(tracker.events, self._turns)
        self._kept[tracker.sender_id] = tuple(without_words(event) for event in kept)
        self._kept.move_to_end(tracker.sender_id)
        while len(self._kept) > self._conversations:
            self._kept.popitem(last=False)

    async def retrieve(self, sender_id: str) -> Optional[DialogueStateTracker]:
        events = self._kept.get(sender_id)
        if events is None:
            return None
        self._kept.move_to_end(sender_id)
        # Built anew, so that a turn that fails half-way leaves no trace.
        return DialogueStateTracker.from_events(
            sender_id, list(events), self.domain.slots, domain=self.domain
        )

    async def retrieve_full_tracker(self, conversation_id: str) -> Optional[DialogueStateTracker]:
        return await self.retrieve(conversation_id)

    async def delete(self, sender_id: str) -> None:
        self._kept.pop(sender_id, None)

    async def keys(self) -> Iterable[str]:
        return list(self._kept)
