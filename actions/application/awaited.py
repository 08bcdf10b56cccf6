"""What the next free text or photo is for, when the bot has just asked for it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from actions.application.unit_of_work import UnitOfWork
from actions.domain.identifiers import AttachmentId, InboxId
from actions.domain.understood import Understood


@dataclass(frozen=True, kw_only=True)
class Given:
    """What the person gave when asked: words, photos, or both."""

    text: str = ""
    photos: tuple[AttachmentId, ...] = ()
    understood: Understood | None = None  #: of the words, where a model has read them


#: Serves one value of `awaiting["for"]`; the mapping is the stored `awaiting` itself.
Taker = Callable[[Mapping[str, Any], Given, UnitOfWork], Awaitable[None]]


#: How long a question of the bot waits for its answer before words are just words again.
WAITS = timedelta(hours=24)


async def expect(
    uow: UnitOfWork, what: str, *, waits: timedelta = WAITS, soft: bool = False, **about: Any
) -> None:
    """From now on the person's next free text or photo goes to the taker named `what`.

    A `soft` one is understood first, so that a question or a call for a person still gets through.
    """
    if uow.turn.conversation_id is not None:
        until = (uow.now + waits).isoformat()
        await uow.conversations.set_awaiting(
            uow.turn.conversation_id,
            {"for": what, "until": until, "soft": soft, "after": uow.turn.inbox_id or 0, **about},
        )
    elif uow.turn.desk is not None:
        uow.turn.desk.asked = {"for": what, **about}


async def expect_nothing(uow: UnitOfWork) -> None:
    if uow.turn.conversation_id is not None:
        await uow.conversations.set_awaiting(uow.turn.conversation_id, None)
    elif uow.turn.desk is not None:
        uow.turn.desk.asked = None


async def end_question(uow: UnitOfWork) -> None:
    """Nothing is asked any more, except what was asked after this arrival."""
    if uow.turn.conversation_id is not None:
        conversation = await uow.conversations.get(uow.turn.conversation_id)
        if still_waits(conversation.awaiting, uow.now, uow.turn.inbox_id):
            await expect_nothing(uow)


async def is_asked(uow: UnitOfWork, what: str) -> bool:
    """Whether that is what the bot is asking for."""
    if uow.turn.conversation_id is None:
        return False
    awaiting = (await uow.conversations.get(uow.turn.conversation_id)).awaiting
    return still_waits(awaiting, uow.now, uow.turn.inbox_id) and (awaiting or {})["for"] == what


def still_waits(
    awaiting: Mapping[str, Any] | None, now: datetime, inbox_id: InboxId | None
) -> bool:
    """Whether the bot's question still stands, and the arrival came after it was put.

    A text that was parked before the question must not be taken for its answer.
    """
    if not awaiting or datetime.fromisoformat(str(awaiting["until"])) <= now:
        return False
    return inbox_id is None or inbox_id > awaiting["after"]
