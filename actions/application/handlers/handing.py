"""A ticket changes hands: returned with a reason, passed to a colleague, handed out by a lead."""

from collections.abc import Mapping
from typing import Any

from actions.application import values
from actions.application.awaited import Given, Taker, expect, expect_nothing
from actions.application.colleagues import colleagues, leads, name_of, the_colleague
from actions.application.commands.base import Command
from actions.application.commands.sharing import SplitTicket
from actions.application.commands.working import DispatchTicket, ReturnTicket, TransferTicket
from actions.application.deeds import act, id_of, require
from actions.application.handlers.dispatch import clocks, hand_out_verb
from actions.application.handlers.disputes import ask_for_first_step
from actions.application.handlers.splitting import SHARED_AT
from actions.application.notification import Button, Card
from actions.application.routing import Handler
from actions.application.rulings import is_anothers_ruling, returns, rulers
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import card_of, hand_to_buttons, next_buttons, press
from actions.domain.dispatch import Candidate
from actions.domain.identifiers import TicketId
from actions.domain.sealing import bodies_complained_of
from actions.domain.terms import terms_of
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import Verb

#: Offered when somebody returns a ticket; each has a text `reason_…`.
RETURN_REASONS = ("not_my_area", "not_my_duty", "wrong_category", "no_capacity")
TRANSFER_REASONS = ("not_my_area", "not_my_duty", "off_duty", "no_capacity")
_OFFERED = 6


async def return_ticket(command: ReturnTicket, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    await require(uow, ticket, Verb.RETURN)
    returned = returns(await uow.tickets.timeline(id_of(ticket))) + 1
    who = rulers(ticket, returned, uow)
    if not await leads(uow, ticket, who, excluding=(uow.turn.actor.person_id,)):
        await uow.reply("return_nobody_rules", buttons=next_buttons(ticket), ticket_id=ticket.id)
        return
    if command.reason in RETURN_REASONS:
        await _return(ticket, uow, reason_key=command.reason)
        return
    await _ask_why_back(ticket, uow)


async def _ask_why_back(ticket: Ticket, uow: UnitOfWork) -> None:
    number = id_of(ticket)
    await expect(uow, "return_reason", ticket_id=number)
    buttons = tuple(
        press(f"reason_{key}", ReturnTicket(ticket_id=number, reason=key), "chip")
        for key in RETURN_REASONS
    )
    await uow.reply("return_why", buttons=buttons, ticket_id=number)


async def take_return_reason(about: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(about["ticket_id"]))
    await _return(ticket, uow, **_why(given))


def _why(given: Given) -> dict[str, str]:
    """A photo alone gives no reason."""
    return {"reason": given.text} if given.text else {"reason_key": "none"}


async def _return(ticket: Ticket, uow: UnitOfWork, **why: str) -> None:
    told_at = uow.now + uow.rules_of(ticket).policy.dispute_told_after
    await act(uow, ticket, Verb.RETURN, review_at=told_at.isoformat(), **why)
    await expect_nothing(uow)
    by = values.moment(uow.now + uow.rules_of(ticket).policy.dispute_ruling_within)
    await uow.reply(
        "returned", params={"number": values.number(ticket.number), "by": by}, ticket_id=ticket.id
    )
    await ask_for_first_step(ticket, uow)


async def transfer_ticket(command: TransferTicket, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    await require(uow, ticket, Verb.TRANSFER)
    if not command.to:
        await _offer_colleagues(ticket, uow)
        return
    chosen = await the_colleague(uow, ticket, command.to)
    if command.reason in TRANSFER_REASONS:
        await _transfer(ticket, chosen, uow, reason_key=command.reason)
        return
    await _ask_why(ticket, chosen, uow)


async def _offer_colleagues(ticket: Ticket, uow: UnitOfWork) -> None:
    able = await colleagues(uow, ticket, excluding=(ticket.assignee,))
    buttons = [
        press(
            "button_transfer_to",
            TransferTicket(ticket_id=id_of(ticket), to=each.person_id),
            "chip",
            name=await name_of(uow, each),
            role=values.role(each.role),
        )
        for each in able[:_OFFERED]
    ]
    template = "transfer_to_whom" if buttons else "transfer_nobody"
    await _offer(ticket, template, tuple(buttons), uow)


async def _offer(
    ticket: Ticket,
    template: str,
    buttons: tuple[Button, ...],
    uow: UnitOfWork,
    card: Card | None = None,
) -> None:
    """Where a body is complained of, it is said why it is not among them, and how to ask it."""
    body = next(iter(bodies_complained_of(ticket)), None)
    if body is not None:
        template = f"{template}_but_body"
        if ticket.status in SHARED_AT:
            buttons = (*buttons, press("button_split", SplitTicket(ticket_id=id_of(ticket))))
    params = {"body": values.role(body)} if body else {}
    await uow.reply(template, params=params, buttons=buttons, card=card, ticket_id=ticket.id)


async def _ask_why(ticket: Ticket, chosen: Candidate, uow: UnitOfWork) -> None:
    number, to = id_of(ticket), chosen.person_id
    await expect(uow, "transfer_reason", ticket_id=number, to=to)
    buttons: list[Button] = [
        press(f"reason_{key}", TransferTicket(ticket_id=number, to=to, reason=key), "chip")
        for key in TRANSFER_REASONS
    ]
    params = {"name": await name_of(uow, chosen)}
    await uow.reply("transfer_why", params=params, buttons=tuple(buttons), ticket_id=number)


async def take_transfer_reason(about: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(about["ticket_id"]))
    await require(uow, ticket, Verb.TRANSFER)
    chosen = await the_colleague(uow, ticket, about["to"])
    await _transfer(ticket, chosen, uow, **_why(given))


async def _transfer(ticket: Ticket, chosen: Candidate, uow: UnitOfWork, **why: str) -> None:
    await _hand(ticket, chosen, Verb.TRANSFER, uow, **why)
    await expect_nothing(uow)


async def hand_out_ticket(command: DispatchTicket, uow: UnitOfWork) -> None:
    """DispatchTicket: a lead picks who gets it."""
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    verb = hand_out_verb(ticket)
    await require(uow, ticket, verb)
    if verb is Verb.RULE and await is_anothers_ruling(ticket, uow):
        return
    if command.to:
        moved = verb in (Verb.TRANSFER, Verb.TAKE_OVER)
        why = {"reason_key": "reassigned"} if moved else {}
        await _hand(ticket, await the_colleague(uow, ticket, command.to), verb, uow, **why)
        return
    able = await colleagues(uow, ticket, excluding=(ticket.assignee,))
    template = "hand_to_whom" if able else "transfer_nobody"
    buttons = await hand_to_buttons(uow, ticket, able[:_OFFERED])
    await _offer(ticket, template, buttons, uow, await card_of(uow, ticket))


async def _hand(ticket: Ticket, chosen: Candidate, verb: Verb, uow: UnitOfWork, **why: str) -> None:
    """The accept clock starts anew; the dates the residents were told stay as they are."""
    category = terms_of(ticket, uow.rules_of(ticket))
    accept_by = clocks(category, uow.now, uow.community)["accept_due_at"]
    await act(
        uow,
        ticket,
        verb,
        assignee=chosen.person_id,
        assignee_role=chosen.role.value,
        accept_due_at=accept_by,
        was={"assignee": ticket.assignee, "role": ticket.assignee_role},
        **why,
    )
    params = {
        "number": values.number(ticket.number),
        "name": await name_of(uow, chosen),
        "by": values.moment(accept_by),
    }
    await uow.reply("handed", params=params, ticket_id=ticket.id)


HANDLERS: dict[type[Command], Handler] = {
    ReturnTicket: return_ticket,
    TransferTicket: transfer_ticket,
    DispatchTicket: hand_out_ticket,
}
AWAITED: dict[str, Taker] = {
    "return_reason": take_return_reason,
    "transfer_reason": take_transfer_reason,
}
