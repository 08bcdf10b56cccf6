"""A suggestion gets a verdict with its reason; an opinion on laws is followed upwards."""

from collections.abc import Mapping
from typing import Any, Final

from actions.application import values
from actions.application.awaited import Given, Taker, expect
from actions.application.commands.base import Command
from actions.application.commands.roads import AnswerSuggestion, ForwardOpinion
from actions.application.deeds import act, id_of, of_mine, require
from actions.application.handlers.settling import require_settling, settle
from actions.application.notification import Notification, Purpose
from actions.application.offers import offers
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import badge, next_buttons, press
from actions.domain.errors import NotAllowed, OutOfDate
from actions.domain.identifiers import TicketId
from actions.domain.road import Road, road_of
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import Verb

OUTCOMES: Final = ("adopted", "partly_adopted", "not_adopted")
#: How far up an opinion on rules and laws can go.
LEVELS: Final = ("street", "district", "city", "province", "national")
_ANSWERED: Final = frozenset({Road.SUGGESTION, Road.LEGISLATIVE})


async def ask_outcome(ticket: Ticket, uow: UnitOfWork) -> None:
    """Instead of proof: taken up, in part, or not for now."""
    await require_settling(uow, ticket)
    number = id_of(ticket)
    buttons = tuple(
        press(f"outcome_{outcome}", AnswerSuggestion(ticket_id=number, outcome=outcome), "chip")
        for outcome in OUTCOMES
    )
    params = {"number": values.number(ticket.number)}
    await uow.reply("ask_outcome", params=params, buttons=buttons, ticket_id=number)


async def answer_suggestion(command: AnswerSuggestion, uow: UnitOfWork) -> None:
    ticket = await of_mine(command.ticket_id, uow)
    if command.outcome not in OUTCOMES or road_of(ticket.category) not in _ANSWERED:
        raise OutOfDate
    await require_settling(uow, ticket)
    await _ask_reason(ticket, command.outcome, (), uow)


async def _ask_reason(
    ticket: Ticket, outcome: str, photos: tuple[Any, ...], uow: UnitOfWork
) -> None:
    await expect(
        uow, "outcome_reason", ticket_id=id_of(ticket), outcome=outcome, photos=list(photos)
    )
    await uow.reply(
        "ask_outcome_reason",
        params={"outcome": values.text(f"outcome_{outcome}")},
        ticket_id=ticket.id,
    )


async def take_reason(about: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    """Why, in words; photos may come with them but say no reason by themselves."""
    ticket = await uow.tickets.get(TicketId(about["ticket_id"]))
    await require_settling(uow, ticket)
    outcome, photos = str(about["outcome"]), (*about.get("photos", ()), *given.photos)
    if not given.text.strip():
        await _ask_reason(ticket, outcome, photos, uow)
        return
    await settle(uow, ticket, Given(text=given.text, photos=photos), outcome=outcome)
    params = {
        "number": values.number(ticket.number),
        "outcome": values.text(f"outcome_{outcome}"),
    }
    later = offers(uow.turn.actor, ticket, only=(Verb.CHANGED,), short=False)
    await uow.reply("suggestion_answered", params=params, buttons=later, ticket_id=ticket.id)


async def forward_opinion(command: ForwardOpinion, uow: UnitOfWork) -> None:
    """To which level it went: everyone who raised it hears so; the matter stays open."""
    ticket = await of_mine(command.ticket_id, uow)
    if road_of(ticket.category) is not Road.LEGISLATIVE:
        raise OutOfDate
    if await require(uow, ticket, Verb.SAY) != "assignee":
        raise NotAllowed(number=values.number(ticket.number))
    if not command.level:
        await _ask_level(ticket, uow)
        return
    if command.level not in LEVELS:
        raise OutOfDate
    timeline = await uow.tickets.timeline(id_of(ticket))
    if not any(entry.data.get("level") == command.level for entry in timeline):
        await _forward(ticket, command.level, uow)
    params = {"level": values.text(f"reason_level_{command.level}")}
    await uow.reply(
        "opinion_forwarded", params=params, buttons=next_buttons(ticket), ticket_id=ticket.id
    )


async def _ask_level(ticket: Ticket, uow: UnitOfWork) -> None:
    number = id_of(ticket)
    buttons = tuple(
        press(f"reason_level_{level}", ForwardOpinion(ticket_id=number, level=level), "chip")
        for level in LEVELS
    )
    params = {"number": values.number(ticket.number)}
    await uow.reply("ask_level", params=params, buttons=buttons, ticket_id=number)


async def _forward(ticket: Ticket, level: str, uow: UnitOfWork) -> None:
    said = await act(uow, ticket, Verb.SAY, level=level, reason_key=f"level_{level}")
    if ticket.contacted_at is None:
        await act(uow, ticket, Verb.CONTACT)
    for person in await uow.tickets.followers(id_of(ticket)):
        await uow.tell(
            Notification(
                person_id=person,
                template="push_forwarded",
                params={
                    "number": values.number(ticket.number),
                    "level": values.text(f"reason_level_{level}"),
                    "role": badge(ticket),
                },
                purpose=Purpose.PUSH,
                ticket_id=id_of(ticket),
                version=said.seq,
            )
        )


HANDLERS: dict[type[Command], Handler] = {
    AnswerSuggestion: answer_suggestion,
    ForwardOpinion: forward_opinion,
}
AWAITED: dict[str, Taker] = {"outcome_reason": take_reason}
