"""Closing the loop: rate, say what remains, reopen. Silence is never satisfaction."""

from collections.abc import Mapping
from typing import Any

from actions.application import values
from actions.application.awaited import Given, Taker, expect, expect_nothing
from actions.application.commands.following import RateTicket, ReopenTicket
from actions.application.deeds import act, id_of, of_mine, require
from actions.application.handlers.dispatch import clocks
from actions.application.handlers.following import STOP, tell_standing
from actions.application.roads import worded
from actions.application.together import leading
from actions.application.unit_of_work import UnitOfWork
from actions.domain.errors import OutOfDate
from actions.domain.masking import mask
from actions.domain.origin import Origin
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import Verb

VERDICTS = {
    "satisfied": Verb.SATISFIED,
    "partly": Verb.PARTLY,
    "dissatisfied": Verb.DISSATISFIED,
}


async def rate_ticket(command: RateTicket, uow: UnitOfWork) -> None:
    """Satisfied closes at once; anything less asks in one line what is left."""
    ticket = await of_mine(command.ticket_id, uow)
    if command.verdict not in VERDICTS:
        raise OutOfDate
    await require(uow, ticket, VERDICTS[command.verdict])
    if command.verdict == "satisfied":
        await act(uow, ticket, Verb.SATISFIED, **_relayed(ticket, uow))
        thanks = worded(ticket.category, "rated_satisfied")
        await uow.reply(thanks, params={"number": values.number(ticket.number)})
        return
    await expect(uow, "what_remains", ticket_id=id_of(ticket), verdict=command.verdict, soft=True)
    asks = worded(ticket.category, "ask_what_remains")
    await uow.reply(asks, params={"number": values.number(ticket.number)})


async def take_what_remains(awaiting: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    await expect_nothing(uow)
    ticket = await of_mine(awaiting["ticket_id"], uow)
    await uow.tickets.attach(id_of(ticket), given.photos, "report", uow.turn.actor.person_id)
    await judge(ticket, str(awaiting["verdict"]), given.text, uow)


async def judge(ticket: Ticket, verdict: str, reason: str, uow: UnitOfWork) -> None:
    """Record the verdict with its reason and say what happens next."""
    await act(uow, ticket, VERDICTS[verdict], reason=mask(reason), **_relayed(ticket, uow))
    await uow.reply(
        worded(ticket.category, f"rated_{verdict}"),
        params={"number": values.number(ticket.number), "due": answer_by(ticket, uow)},
        ticket_id=id_of(ticket),
        version=ticket.version,
    )


def _relayed(ticket: Ticket, uow: UnitOfWork) -> dict[str, Any]:
    """Whoever typed in a letter says what its writer says, and that is visible."""
    is_relayed = ticket.origin == Origin.PAPER and ticket.reporter == uow.turn.actor.person_id
    return {"relayed": True} if is_relayed else {}


def answer_by(ticket: Ticket, uow: UnitOfWork) -> object:
    """A reopened matter runs on half of the first promise: the date its new owner is given."""
    category = uow.rules_of(ticket).category(ticket.category)
    return values.moment(clocks(category, uow.now, uow.community, divisor=2)["contact_due_at"])


async def reopen_ticket(command: ReopenTicket, uow: UnitOfWork) -> None:
    """Within the window a closed matter comes back, and somebody else looks at it."""
    own = await of_mine(command.ticket_id, uow)
    ticket = await leading(own, uow)
    if ticket.is_open and own.is_settled:
        await tell_standing(own, uow)  # somebody else has reopened the whole already
        return
    await require(uow, ticket, Verb.REOPEN)
    closed_at = ticket.closed_at or uow.now
    if uow.now - closed_at > uow.rules_of(ticket).policy.reopen_within:
        await uow.reply("reopen_too_late", params={"number": values.number(ticket.number)})
        return
    await expect(uow, "why_reopen", ticket_id=id_of(ticket), soft=True)
    await uow.reply("ask_why_reopen", params={"number": values.number(ticket.number)}, buttons=STOP)


async def take_why_reopen(awaiting: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    await expect_nothing(uow)
    ticket = await of_mine(awaiting["ticket_id"], uow)
    await reopen(ticket, given, uow)


async def reopen(ticket: Ticket, given: Given, uow: UnitOfWork) -> None:
    """With what has happened since; the answer names who looks at it now."""
    await uow.tickets.attach(id_of(ticket), given.photos, "report", uow.turn.actor.person_id)
    await act(uow, ticket, Verb.REOPEN, reason=mask(given.text))
    await uow.reply(
        worded(ticket.category, "rated_dissatisfied"),
        params={"number": values.number(ticket.number), "due": answer_by(ticket, uow)},
        ticket_id=id_of(ticket),
        version=ticket.version,
    )


HANDLERS = {RateTicket: rate_ticket, ReopenTicket: reopen_ticket}
AWAITED: dict[str, Taker] = {
    "what_remains": take_what_remains,
    "why_reopen": take_why_reopen,
}
