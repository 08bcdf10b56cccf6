"""Photos of who reported it where there is another side: looked at on request, after a warning.

From where a photo was taken tells who took it.
"""

from collections.abc import Sequence
from typing import Final

from actions.application.commands.mediating import ShowEvidence
from actions.application.deeds import id_of
from actions.application.notification import Button
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import RAISERS, press
from actions.domain.identifiers import AttachmentId, PersonId
from actions.domain.permissions import capacity
from actions.domain.sealing import hides_reporter
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import Verb
from actions.domain.timeline import TimelineEntry

#: By which right somebody looks at them: they work on it, or say who else does.
LOOKING: Final = Verb.SPLIT


def evidence_of(ticket: Ticket, entry: TimelineEntry) -> tuple[Button, ...]:
    """The button in place of the photos an entry brought, where they are not shown at once."""
    if not entry.data.get("photos") or entry.role not in RAISERS or not hides_reporter(ticket):
        return ()
    return (press("button_evidence", ShowEvidence(ticket_id=id_of(ticket))),)


async def shown_to(
    person: PersonId, ticket: Ticket, entry: TimelineEntry, uow: UnitOfWork
) -> tuple[Sequence[AttachmentId], tuple[Button, ...]]:
    """The photos of an entry, or the button for whoever may look at them."""
    sealed = evidence_of(ticket, entry)
    if not sealed:
        return entry.data.get("photos", ()), ()
    may_look = capacity(await uow.people.actor(person), LOOKING, ticket) is not None
    return (), sealed if may_look else ()
