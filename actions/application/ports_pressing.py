"""The port of a pressed button, where the platform is sent it before the transcript has it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, Protocol

from actions.domain.identifiers import ConversationId

#: Where an arrival's payload names the button.
PRESSED: Final = "pressed"


class Presses(Protocol):
    async def buttons(
        self, conversation_id: ConversationId, outbox_id: int
    ) -> Sequence[Mapping[str, Any]]:
        """The buttons of that row; none when the conversation has no such row."""
        ...

    async def was_pressed(
        self, conversation_id: ConversationId, button: str, since: datetime
    ) -> bool:
        """Whether the person has pressed it since then."""
        ...
