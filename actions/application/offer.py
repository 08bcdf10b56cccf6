"""`Offer`: one verb as a button, and when it makes sense."""

from collections.abc import Callable
from dataclasses import dataclass

from actions.application.commands.base import Pressable
from actions.domain.identifiers import TicketId
from actions.domain.origin import Origin
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb


@dataclass(frozen=True)
class Offer:
    """A verb as a button. It is shown to whoever may use the verb in one of `who`; empty: all."""

    verb: Verb
    label: str
    make: Callable[[TicketId], Pressable]
    who: frozenset[str] = frozenset()
    but_at: frozenset[TicketStatus] = frozenset()  #: statuses where it makes no sense
    came: frozenset[Origin] = frozenset(Origin)  #: only on what came in so
    when: Callable[[Ticket], bool] = lambda _ticket: True  #: what else must be so
