"""`Offer`: one verb as a button, and when it makes sense."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from actions.application.commands.following import OnTicket
from actions.domain.identifiers import TicketId
from actions.domain.origin import Origin
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb


@dataclass(frozen=True)
class Offer:
    """A verb as a button. It is shown to whoever may use the verb in one of `who`; empty: all."""

    verb: Verb
    label: str
    command: type[OnTicket]
    who: frozenset[str] = frozenset()
    but_at: frozenset[TicketStatus] = frozenset()  #: statuses where it makes no sense
    came: frozenset[Origin] = frozenset(Origin)  #: only on what came in so
    when: Callable[[Ticket], bool] = lambda _ticket: True  #: what else must be so
    params: Mapping[str, Any] = field(default_factory=dict)  #: what the command says besides

    def make(self, number: TicketId) -> OnTicket:
        return self.command(ticket_id=number, **self.params)
