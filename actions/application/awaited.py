"""What the next free text or photo is for, when the bot has just asked for it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from actions.application.unit_of_work import UnitOfWork
from actions.domain.identifiers import AttachmentId


@dataclass(frozen=True, kw_only=True)
class Given:
    """What the person gave when asked: words, photos, or both."""

    text: str = ""
    photos: tuple[AttachmentId, ...] = ()


#: Serves one value of `awaiting["for"]`; the mapping is the stored `awaiting` itself.
Taker = Callable[[Mapping[str, Any], Given, UnitOfWork], Awaitable[None]]


async def expect(uow: UnitOfWork, what: str, **about: Any) -> None:
    """From now on the person's next free text or photo goes to the taker named `what`."""
    if uow.turn.conversation_id is not None:
        await uow.conversations.set_awaiting(
            uow.turn.conversation_id, {"for": what, "since": uow.now.isoformat(), **about}
        )


async def expect_nothing(uow: UnitOfWork) -> None:
    if uow.turn.conversation_id is not None:
        await uow.conversations.set_awaiting(uow.turn.conversation_id, None)
