"""Telling somebody new who we are, on whatever platform they come."""

from collections.abc import Awaitable, Callable

from actions.application.commands.telling import Introduce
from actions.application.turn import Turn
from actions.application.web_records import Account
from bot.ports import Bus


def introducing(bus: Bus) -> Callable[[Account], Awaitable[None]]:
    """Says who we are to somebody who has not been told: the effect's key is the person."""

    async def introduce(account: Account) -> None:
        turn = Turn(
            cause=f"person:{account.person_id}",
            step="introduce",
            actor=account.actor,
            conversation_id=account.conversation_id,
            locale=account.locale,
        )
        await bus.handle(Introduce(), turn)

    return introduce
