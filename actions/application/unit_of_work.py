"""`UnitOfWork`: one transaction with its repositories, its clock and what it will say."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from actions.application.notification import Button, Card, Notification
from actions.application.ports import (
    Attachments,
    Audit,
    Conversations,
    Drafts,
    Effects,
    Geography,
    Inbox,
    People,
    Proposals,
    Queues,
    Seats,
    Tickets,
)
from actions.application.ports_channels import Linking
from actions.application.ports_intake import Origins, Rounds, SealedContacts
from actions.application.ports_knowledge import Unanswered
from actions.application.ports_learning import Corrections
from actions.application.ports_outbox import Outbox
from actions.application.turn import Turn
from actions.domain.community import Community
from actions.domain.events import Event
from actions.domain.identifiers import PersonId
from actions.domain.knowledge import Knowledge
from actions.domain.ticket import Deed, Ticket


class UnitOfWork(Protocol):
    """Everything a handler may touch. Nothing is kept unless `commit` is reached."""

    turn: Turn
    now: datetime
    community: Community
    geography: Geography
    knowledge: Knowledge
    tickets: Tickets
    proposals: Proposals
    drafts: Drafts
    people: People
    seats: Seats
    conversations: Conversations
    inbox: Inbox
    unanswered: Unanswered
    outbox: Outbox
    effects: Effects
    attachments: Attachments
    rounds: Rounds
    origins: Origins
    sealed_contacts: SealedContacts
    corrections: Corrections
    audit: Audit
    linking: Linking
    queues: Queues
    events: list[Event]

    def rules_of(self, ticket: Ticket) -> Community:
        """The settings the ticket was filed under; a new version changes no old promise."""
        ...

    async def reply(
        self,
        template: str,
        *,
        params: Mapping[str, Any] | None = None,
        buttons: tuple[Button, ...] = (),
        card: Card | None = None,
        **more: Any,
    ) -> None:
        """Say something to the person whose turn this is."""
        ...

    async def tell(self, notification: Notification) -> None:
        """Owe one message to anybody, in this transaction."""
        ...

    def deed(self, role: str, actor: PersonId | None = None) -> Deed:
        """This turn's actor as a timeline entry wants it."""
        ...

    async def commit(self) -> None: ...
