"""The buttons of an emergency: alert the people on duty, where one is, and that it is over."""

from actions.application.awaited import expect_nothing
from actions.application.commands.following import AlertDuty, EndDanger, TellSafety
from actions.application.deeds import act, id_of, of_mine
from actions.application.handlers.alarm import (
    details,
    is_heard,
    over_chip,
    safety_chips,
    wait_for_more,
    wait_no_more,
    will_be_heard,
)
from actions.application.handlers.dispatch import tell_leads
from actions.application.unit_of_work import UnitOfWork
from actions.domain.errors import OutOfDate
from actions.domain.masking import mask
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb


async def alert_duty(command: AlertDuty, uow: UnitOfWork) -> None:
    ticket = await of_mine(command.ticket_id, uow)
    if not command.consent and ticket.status is not TicketStatus.SUBMITTED:
        raise OutOfDate
    if not command.consent:
        await _take_back(ticket, uow)
        return
    await act(uow, ticket, Verb.ADD, consent=True)
    await wait_for_more(ticket, uow)
    await uow.reply(
        "emergency_alerted" if await will_be_heard(ticket, uow) else "emergency_unmanned",
        params=details(ticket),
        buttons=safety_chips(id_of(ticket)),
        urgent=True,
    )


async def _take_back(ticket: Ticket, uow: UnitOfWork) -> None:
    await act(uow, ticket, Verb.WITHDRAW)
    await expect_nothing(uow)
    await uow.reply("emergency_not_alerted")


async def tell_safety(command: TellSafety, uow: UnitOfWork) -> None:
    ticket = await of_mine(command.ticket_id, uow)
    await act(uow, ticket, Verb.ADD, safety=command.where)
    await wait_for_more(ticket, uow)
    told = command.where == "other" or await is_heard(ticket, uow)
    await uow.reply(
        f"emergency_{command.where}" if told else f"emergency_{command.where}_unheard",
        buttons=(over_chip(id_of(ticket)),),
        urgent=True,
    )


async def end_danger(command: EndDanger, uow: UnitOfWork) -> None:
    await end(await of_mine(command.ticket_id, uow), uow)


async def end(ticket: Ticket, uow: UnitOfWork, text: str = "") -> None:
    """It is over, or never was: recorded, and whoever was alerted hears of it.

    What nobody was alerted to yet needs nobody any more.
    """
    if ticket.status is TicketStatus.SUBMITTED:
        await act(uow, ticket, Verb.WITHDRAW)
    elif ticket.is_open:
        said = {"text": mask(text)} if text else {"safety": "over"}
        await act(uow, ticket, Verb.ADD, **said)
    await wait_no_more(ticket, uow)
    told = ticket.is_open and await is_heard(ticket, uow)
    if told and ticket.assignee is None:
        await tell_leads(ticket, uow, "lead_danger_over", hands_out=False)
    await uow.reply("emergency_over" if told else "emergency_over_unheard", urgent=True)


HANDLERS = {AlertDuty: alert_duty, TellSafety: tell_safety, EndDanger: end_danger}
