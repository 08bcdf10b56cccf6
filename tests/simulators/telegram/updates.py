"""The updates that wait for the bot, by one of two ways out: getUpdates or the webhook."""

import asyncio
import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

#: Everything but what has to be asked for.
BY_DEFAULT = frozenset({
    "message", "edited_message", "channel_post", "edited_channel_post", "business_connection",
    "business_message", "edited_business_message", "deleted_business_messages", "inline_query",
    "chosen_inline_result", "callback_query", "shipping_query", "pre_checkout_query",
    "purchased_paid_media", "poll", "poll_answer", "my_chat_member", "chat_join_request",
    "chat_boost", "removed_chat_boost",
})  # fmt: skip
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
DAY = 86400.0
CALLBACK_LIFE = 150.0


def callback_queue(user_id: int) -> int:
    return user_id + (3 << 33)


def membership_queue(chat_id: int) -> int:
    return chat_id + (5 << 33)


@dataclass
class Pending:
    """One update that has not been taken yet."""

    id: int
    body: dict[str, Any]
    queue: int
    expires: float
    #: Delivered a second time on purpose, so an offset beyond it does not confirm it unseen.
    again: bool = False
    served: bool = False


class Updates:
    """First in, first out; ids rise by one until a test says otherwise."""

    def __init__(self, now: Callable[[], float], first_id: int = 700_000_001) -> None:
        self._now = now
        self._ids = itertools.count(first_id)
        #: The newest id given out.
        self.tail = first_id - 1
        self.pending: list[Pending] = []
        self.allowed = BY_DEFAULT
        self._waiting: set[asyncio.Future[None]] = set()
        self.created: dict[int, Pending] = {}

    def restart_ids(self, first_id: int) -> None:
        """Go on from another id, as after a week without updates."""
        self._ids = itertools.count(first_id)
        self.tail = first_id - 1

    def add(self, kind: str, content: dict[str, Any], queue: int, life: float = DAY) -> int | None:
        """Queue one update; None when the bot did not ask for this kind."""
        if kind not in self.allowed:
            return None
        number = self.next_id()
        return self.put(Pending(number, {"update_id": number, kind: content}, queue,
                                self._now() + life))  # fmt: skip

    def next_id(self) -> int:
        self.tail = next(self._ids)
        return self.tail

    def put(self, update: Pending) -> int:
        self.created[update.id] = update
        self.pending.append(update)
        self.wake()
        return update.id

    def again(self, number: int, queue: int | None = None) -> None:
        """Deliver an update once more, with the same id."""
        first = self.created[number]
        where = first.queue if queue is None else queue
        self.put(Pending(first.id, first.body, where, first.expires, again=True))

    def remove(self, update: Pending) -> None:
        self.pending = [other for other in self.pending if other is not update]

    def clear(self) -> None:
        self.pending = []

    def expire(self) -> None:
        now = self._now()
        self.pending = [update for update in self.pending if update.expires > now]

    def wake(self) -> None:
        for waiting in self._waiting:
            if not waiting.done():
                waiting.set_result(None)
        self._waiting.clear()

    def news(self) -> asyncio.Future[None]:
        """A future that is done at the next change."""
        waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(waiting)
        return waiting
