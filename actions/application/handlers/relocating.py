"""It lies elsewhere: the place is read from words as ever, and picked where there are two."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from actions.application import values
from actions.application.awaited import Given, Taker, expect, expect_nothing
from actions.application.commands.base import Command
from actions.application.commands.deciding import CorrectPlace
from actions.application.commands.working import TransferTicket
from actions.application.deeds import act, id_of, require
from actions.application.notification import Button
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import place_of, press
from actions.domain.errors import OutOfDate
from actions.domain.identifiers import TicketId
from actions.domain.masking import mask
from actions.domain.permissions import capacity
from actions.domain.place_detail import is_only_detail
from actions.domain.places_named import find_places
from actions.domain.placing import as_json, at_place, paths_of, place_called
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import Verb
from actions.domain.wording import speaks_of_home

_OFFERED: Final = 6


async def correct_place(command: CorrectPlace, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    await require(uow, ticket, Verb.RELOCATE)
    if command.place:
        await _relocate(ticket, command.place, "", uow)
        return
    await expect(uow, "place_words", ticket_id=id_of(ticket))
    params = {
        "number": values.number(ticket.number),
        "where": place_of(ticket) or values.text("place_unknown"),
    }
    await uow.reply("relocate_where", params=params, ticket_id=ticket.id)


async def take_place_words(about: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    """One place is taken, of several one is picked, a floor alone makes the old one more exact."""
    ticket = await uow.tickets.get(TicketId(about["ticket_id"]))
    await require(uow, ticket, Verb.RELOCATE)
    named = find_places(given.text, uow.community)
    codes = named.places or await _home(ticket, given.text, uow)
    if len(codes) == 1:
        await _relocate(ticket, codes[0], named.detail, uow)
    elif codes:
        chips = _chips(ticket, codes[:_OFFERED])
        await uow.reply("relocate_which", buttons=chips, ticket_id=ticket.id)
    elif is_only_detail(given.text) and (named.detail or given.text.strip()):
        told = {**ticket.location, "detail": named.detail or given.text.strip()}
        await _keep(ticket, told, uow)
    else:
        params = {"text": mask(named.unknown or given.text) or values.text("relay_photo_only")}
        await uow.reply("relocate_unknown", params=params, ticket_id=ticket.id)


async def _home(ticket: Ticket, text: str, uow: UnitOfWork) -> tuple[str, ...]:
    """Where whoever reported it lives; "my home" means nothing of anybody else here."""
    person = uow.turn.actor.person_id
    if person != ticket.reporter or not speaks_of_home(text):
        return ()
    home = (await uow.people.get(person)).home
    return (home,) if home else ()


def _chips(ticket: Ticket, codes: Sequence[str]) -> tuple[Button, ...]:
    number = id_of(ticket)
    return tuple(
        press(
            "button_place",
            CorrectPlace(ticket_id=number, place=code),
            "chip",
            place=values.place(code),
        )
        for code in codes
    )


async def _relocate(ticket: Ticket, code: str, detail: str, uow: UnitOfWork) -> None:
    place = place_called(code, uow.community)
    if place is None:
        raise OutOfDate
    location = at_place(place, uow.community, detail=detail)
    area, grid = paths_of(location, uow.community)
    await _keep(ticket, as_json(location), uow, area=area or uow.community.root, grid=grid)


async def _keep(ticket: Ticket, location: Mapping[str, Any], uow: UnitOfWork, **paths: str) -> None:
    grid = ticket.grid
    await act(uow, ticket, Verb.RELOCATE, location=dict(location), **paths)
    await expect_nothing(uow)
    params = {"number": values.number(ticket.number), "where": place_of(ticket)}
    await uow.reply(
        "relocated",
        params=params,
        buttons=_pass_on(ticket, uow) if ticket.grid != grid else (),
        ticket_id=ticket.id,
        version=ticket.version,
    )


def _pass_on(ticket: Ticket, uow: UnitOfWork) -> tuple[Button, ...]:
    """Another grid: whoever has it may want to pass it on."""
    may = ticket.allows(Verb.TRANSFER) and capacity(uow.turn.actor, Verb.TRANSFER, ticket)
    transfer = press("button_transfer", TransferTicket(ticket_id=id_of(ticket)))
    return (transfer,) if may else ()


HANDLERS: dict[type[Command], Handler] = {CorrectPlace: correct_place}
AWAITED: dict[str, Taker] = {"place_words": take_place_words}
