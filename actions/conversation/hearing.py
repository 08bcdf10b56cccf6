"""`HearingAction`: one Rasa action = one kind of command made from what was understood."""

import logging
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.application.commands.telling import Heard, ReadAgain
from actions.application.message_bus import MessageBus
from actions.application.turn import SECOND_READING, Turn
from actions.conversation.turn import ticket_of, understood_of
from actions.domain.errors import StaleLease
from actions.domain.identifiers import InboxId, TicketId
from actions.domain.people import Actor
from actions.domain.understood import Understood

log = logging.getLogger(__name__)


class HearingAction(Action):
    """Says nothing back to Rasa: whatever is said goes through the outbox (D12)."""

    def __init__(self, name: str, command: type[Heard], bus: MessageBus, key: bytes) -> None:
        self._name = name
        self._command = command
        self._bus = bus
        self._key = key

    def name(self) -> str:
        return self._name

    async def run(
        self, _dispatcher: CollectingDispatcher, tracker: Tracker, _domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        ticket = ticket_of(tracker, self._key)
        understood = understood_of(tracker)
        if ticket.filed_as is not None:
            await self._read_again(ticket.filed_as, ticket.inbox_id, understood)
            return []
        turn = Turn(
            cause=f"inbox:{ticket.inbox_id}",
            # With which roles, the bus asks in the transaction itself.
            actor=Actor(person_id=ticket.person_id),
            conversation_id=ticket.conversation_id,
            inbox_id=ticket.inbox_id,
            lease_token=ticket.lease_token,
            locale=ticket.locale,
        )
        try:
            await self._bus.handle(self._command(understood=understood), turn)
        except StaleLease:
            # Another process owns the conversation now and will handle the message itself.
            log.info("turn lost its lease", extra={"action": "stale_lease"})
        return []

    async def _read_again(
        self, filed_as: TicketId, inbox_id: InboxId, understood: Understood
    ) -> None:
        """Nobody's turn: nothing is said, and the conversation may be anybody's by now."""
        command = ReadAgain(inbox_id=inbox_id, ticket_id=filed_as, understood=understood)
        turn = Turn(cause=f"inbox:{inbox_id}", step=SECOND_READING, finishes=False)
        await self._bus.handle(command, turn)
