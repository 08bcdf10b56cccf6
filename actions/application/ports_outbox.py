"""The port through which everything that is said goes out, and what was said is looked up."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from actions.application.notification import Notification
from actions.application.records import Said, Waiting
from actions.domain.identifiers import ConversationId, PersonId


class Outbox(Protocol):
    @property
    def channels(self) -> Collection[str]:
        """Of what was added."""
        ...

    async def add(self, key: str, notification: Notification, area: str) -> None: ...
    async def newest(self, conversation_id: ConversationId) -> Said | None:
        """What the bot said last there."""
        ...

    async def asked(
        self, conversation_id: ConversationId, template: str, since: datetime
    ) -> Said | None:
        """The newest question of that kind there, unless it is older."""
        ...

    async def waiting_for(self, person_id: PersonId, *, limit: int = 500) -> Sequence[Waiting]:
        """What the person has been told and not been shown yet."""
        ...

    async def supersede(self, ids: Sequence[int]) -> None:
        """Never show these, unless they were shown meanwhile."""
        ...
