"""The `Turn` an arrival is handled in, an aside of it, and the ticket Rasa carries for it."""

from actions.application.arrivals import Lease, Work
from actions.application.turn import Turn
from actions.application.turn_ticket import TurnTicket


def turn_of(work: Work, lease: Lease) -> Turn:
    return Turn(
        cause=f"inbox:{work.inbox_id}",
        actor=work.actor,
        conversation_id=work.conversation_id,
        inbox_id=work.inbox_id,
        lease_token=lease.token,
        locale=work.locale,
    )


def aside(turn: Turn, step: str) -> Turn:
    """A second effect of the same arrival that does not finish it."""
    return Turn(
        cause=turn.cause,
        step=step,
        actor=turn.actor,
        conversation_id=turn.conversation_id,
        inbox_id=turn.inbox_id,
        lease_token=turn.lease_token,
        locale=turn.locale,
        finishes=False,
    )


def ticket_of(work: Work, turn: Turn) -> TurnTicket:
    return TurnTicket(
        inbox_id=work.inbox_id,
        conversation_id=work.conversation_id,
        person_id=work.person_id,
        lease_token=turn.lease_token or 0,
        locale=work.locale,
    )
