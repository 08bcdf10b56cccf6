"""Offers: what a person can do with a ticket now, as buttons, the likeliest first."""

from collections.abc import Iterable, Iterator
from typing import Final

from actions.application.commands.base import Pressable
from actions.application.commands.following import (
    AddToTicket,
    AnswerTicket,
    RateTicket,
    ReopenTicket,
    UrgeTicket,
    WithdrawTicket,
)
from actions.application.commands.working import DispatchTicket
from actions.application.notification import Button
from actions.application.pressable import to_json
from actions.application.work_cards import next_buttons
from actions.domain.identifiers import TicketId
from actions.domain.people import Actor
from actions.domain.permissions import capacity_among_raisers
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb

#: Capacities in which somebody raised the matter.
_RAISED: Final = frozenset({"RES", "ANO", "follower"})
#: What handing a ticket out is called where nobody has it.
_HAND_OUT: Final = {
    TicketStatus.TRIAGE: Verb.DISPATCH,
    TicketStatus.REOPENED: Verb.DISPATCH,
    TicketStatus.RETURNED: Verb.RULE,
}
_RATINGS: Final = (Verb.SATISFIED, Verb.PARTLY, Verb.DISSATISFIED)


def offers(actor: Actor, ticket: Ticket, followers: Iterable[int] = ()) -> tuple[Button, ...]:
    """Buttons for what the actor may do with the ticket as it stands."""
    if ticket.id is None:
        return ()
    if ticket.assignee == actor.person_id and ticket.is_open and next_buttons(ticket):
        return next_buttons(ticket)
    found = (*_of_lead(actor, ticket, ticket.id), *_of_resident(ticket, ticket.id))
    known = frozenset(followers)
    return tuple(
        button for verb, button in found if ticket.allows(verb) and _may(actor, verb, ticket, known)
    )


def _may(actor: Actor, verb: Verb, ticket: Ticket, followers: frozenset[int]) -> bool:
    held = capacity_among_raisers(actor, verb, ticket, followers)
    return held is not None and (held in _RAISED or verb in _HAND_OUT.values())


def _of_lead(actor: Actor, ticket: Ticket, number: TicketId) -> Iterator[tuple[Verb, Button]]:
    verb = _HAND_OUT.get(TicketStatus(ticket.status or ""))
    if verb is not None and actor.is_worker:
        yield verb, _button("button_hand_to_other", DispatchTicket(ticket_id=number), "primary")


def _of_resident(ticket: Ticket, number: TicketId) -> Iterator[tuple[Verb, Button]]:
    for rank, verb in enumerate(_RATINGS):
        rate = RateTicket(ticket_id=number, verdict=verb.value)
        yield verb, _button(f"button_{verb.value}", rate, "default" if rank else "primary")
    yield Verb.ANSWER, _button("button_answer", AnswerTicket(ticket_id=number), "primary")
    if ticket.status is not TicketStatus.RESOLVED:
        yield Verb.URGE, _button("button_urge", UrgeTicket(ticket_id=number))
        yield Verb.ADD, _button("button_add_detail", AddToTicket(ticket_id=number))
    yield Verb.REOPEN, _button("button_reopen", ReopenTicket(ticket_id=number))
    yield Verb.WITHDRAW, _button("button_withdraw", WithdrawTicket(ticket_id=number))


def _button(label: str, command: Pressable, style: str = "default") -> Button:
    return Button(label=label, command=to_json(command), style=style)
