"""The reporter lets whoever handles their matter have a phone number, and may take it back."""

from collections.abc import Mapping
from typing import Any

from actions.application import values
from actions.application.awaited import Given, Taker, expect, expect_nothing
from actions.application.commands.base import Command
from actions.application.commands.intake import ShowContact
from actions.application.commands.mediating import ReleaseContact, TakeReleaseBack
from actions.application.deeds import act, id_of, of_mine, require
from actions.application.handlers.following import STOP
from actions.application.notification import Button, Notification, Purpose
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import badge, press
from actions.domain.errors import NotAllowed
from actions.domain.masking import mask
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import Verb


async def release_contact(command: ReleaseContact, uow: UnitOfWork) -> None:
    """Never asked for by the worker: the reporter offers it."""
    ticket = await of_mine(command.ticket_id, uow)
    await _as_reporter(ticket, uow)
    if await uow.sealed_contacts.has(id_of(ticket)):
        await _reply(ticket, uow, "release_known", _back(ticket))
        return
    await expect(uow, "release", ticket_id=id_of(ticket))
    await _reply(ticket, uow, "release_ask", *STOP)


async def _as_reporter(ticket: Ticket, uow: UnitOfWork) -> None:
    """Raises NotAllowed for a follower and for those who handle it: it is not theirs to give."""
    await require(uow, ticket, Verb.SAY)
    if uow.turn.actor.person_id != ticket.reporter:
        raise NotAllowed(number=values.number(ticket.number))


async def take_release(about: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    """Sealed at once and covered in the transcript; the consent and its time are on record."""
    ticket = await of_mine(about["ticket_id"], uow)
    await _as_reporter(ticket, uow)
    if mask(given.text) == given.text:
        await _reply(ticket, uow, "release_none", *STOP)
        return
    await expect_nothing(uow)
    me = uow.turn.actor.person_id
    await uow.sealed_contacts.keep(ticket, uow.sealed_contacts.seal(given.text), me)
    if uow.turn.inbox_id is not None:
        await uow.sealed_contacts.cover_words(uow.turn.inbox_id)
    await act(uow, ticket, Verb.SAY, reason_key="released")
    await _on_record("release", ticket, uow)
    await _tell(ticket, uow, "work_released", press(
        "button_show_contact", ShowContact(ticket_id=id_of(ticket)), "primary"
    ))  # fmt: skip
    await _reply(ticket, uow, "release_given", _back(ticket))


async def take_release_back(command: TakeReleaseBack, uow: UnitOfWork) -> None:
    """Deleted, and covered where it was shown."""
    ticket = await of_mine(command.ticket_id, uow)
    if uow.turn.actor.person_id != ticket.reporter:
        raise NotAllowed(number=values.number(ticket.number))
    if await uow.sealed_contacts.forget(id_of(ticket)):
        await _on_record("release_back", ticket, uow)
        await _tell(ticket, uow, "work_released_gone")
    await _reply(ticket, uow, "release_taken_back")


async def _on_record(action: str, ticket: Ticket, uow: UnitOfWork) -> None:
    about, me = f"ticket:{ticket.number}", uow.turn.actor.person_id
    await uow.audit.append(action, about, by=me, area=ticket.area, reason="asked by the person")


def _back(ticket: Ticket) -> Button:
    return press("button_take_release_back", TakeReleaseBack(ticket_id=id_of(ticket)))


async def _tell(ticket: Ticket, uow: UnitOfWork, template: str, *buttons: Button) -> None:
    if ticket.assignee is None or not ticket.is_open:
        return
    await uow.tell(
        Notification(
            person_id=ticket.assignee,
            template=template,
            params={"number": values.number(ticket.number)},
            buttons=buttons,
            purpose=Purpose.PUSH,
            ticket_id=id_of(ticket),
            version=ticket.version,
        )
    )


async def _reply(ticket: Ticket, uow: UnitOfWork, template: str, *buttons: Button) -> None:
    params = {"number": values.number(ticket.number), "role": badge(ticket)}
    await uow.reply(template, params=params, buttons=buttons, ticket_id=ticket.id)


HANDLERS: dict[type[Command], Handler] = {
    ReleaseContact: release_contact,
    TakeReleaseBack: take_release_back,
}
AWAITED: dict[str, Taker] = {"release": take_release}
