"""What somebody who is away has on hand is offered to whoever leads, in one message."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from actions.application import values
from actions.application.colleagues import colleagues, leads, name_of, one_each
from actions.application.commands.base import Command
from actions.application.commands.seats import HandAllOver
from actions.application.deeds import act
from actions.application.handlers.dispatch import clocks
from actions.application.handlers.rerouting import AWAY
from actions.application.notification import Button, Notification, Purpose
from actions.application.records import Person
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import place_of, press
from actions.domain.category import Urgency
from actions.domain.dispatch import Candidate
from actions.domain.errors import NotAllowed, OutOfDate
from actions.domain.identifiers import PersonId
from actions.domain.people import Actor
from actions.domain.permissions import capacity, handles
from actions.domain.terms import terms_of
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import Verb

_LISTED: Final = 8
_OFFERED: Final = 3


def last_day(away_until: datetime | None, uow: UnitOfWork) -> dict[str, Any]:
    """A leave ends at midnight; people name the day before."""
    ends = (away_until or uow.now) - timedelta(seconds=1)
    return values.day(ends.astimezone(uow.community.timezone).date().isoformat())


async def offer(person: Person, kept: Sequence[Ticket], uow: UnitOfWork) -> list[Candidate]:
    """Tell whoever leads where the most pressing one lies; nobody leads or is here: nobody."""
    found = await leads(uow, kept[0], excluding=(person.id,))
    told = []
    buttons = await hand_all_buttons(person.id, kept, uow)
    for each in found:
        actor = await uow.people.actor(each.person_id)
        shown = [ticket for ticket in kept if handles(actor, ticket)]
        if each.away or not shown:
            continue
        told.append(each)
        await uow.tell(
            Notification(
                person_id=each.person_id,
                template="away_offer",
                params={
                    "name": person.display_name or values.text("away_somebody"),
                    "until": last_day(person.away_until, uow),
                    "count": len(shown),
                    "list": values.numbered(*[_line(ticket) for ticket in shown[:_LISTED]]),
                },
                buttons=buttons,
                purpose=Purpose.PUSH,
                urgent=any(ticket.urgency == Urgency.E for ticket in shown),
            )
        )
    return told


async def hand_all_buttons(
    person: PersonId, kept: Sequence[Ticket], uow: UnitOfWork
) -> tuple[Button, ...]:
    """Colleagues who could take the first of them, the likeliest first."""
    if not kept:
        return ()
    able = one_each(await colleagues(uow, kept[0], excluding=(person,)))
    return tuple(
        [
            press(
                "button_hand_all",
                HandAllOver(of=person, to=each.person_id),
                name=await name_of(uow, each),
                role=values.role(each.role),
            )
            for each in able[:_OFFERED]
        ]
    )


def _line(ticket: Ticket) -> dict[str, Any]:
    _, due_at = ticket.promise
    return values.joined(
        values.text(f"urgency_{ticket.urgency}"),
        values.category(ticket.category),
        place_of(ticket),
        values.moment(due_at),
    )


async def hand_all_over(command: HandAllOver, uow: UnitOfWork) -> None:
    """Each ticket by the actor's own right; what cannot go to that colleague stays, and is said."""
    away_until = (await uow.people.get(PersonId(command.of))).away_until
    if away_until is None or away_until <= uow.now:
        raise OutOfDate
    held = await uow.tickets.held_by(PersonId(command.of))
    mine = [ticket for ticket in held if _verb(uow.turn.actor, ticket) is not None]
    if held and not mine:
        raise NotAllowed
    moved = 0
    chosen: Candidate | None = None
    for ticket in mine:
        to = await _as_colleague(ticket, command.to, uow)
        if to is not None:
            await _hand(ticket, to, uow)
            chosen, moved = to, moved + 1
    if chosen is None:
        raise OutOfDate
    left = len(held) - moved
    params = {"name": await name_of(uow, chosen), "count": moved}
    params["rest"] = values.text("away_left", count=left) if left else ""
    await uow.reply("away_handed", params=params)


async def _as_colleague(ticket: Ticket, to: int, uow: UnitOfWork) -> Candidate | None:
    able = await colleagues(uow, ticket, excluding=(ticket.assignee,))
    return next((each for each in able if each.person_id == to), None)


async def _hand(ticket: Ticket, to: Candidate, uow: UnitOfWork) -> None:
    category = terms_of(ticket, uow.rules_of(ticket))
    await act(
        uow,
        ticket,
        _verb(uow.turn.actor, ticket) or Verb.TRANSFER,
        assignee=to.person_id,
        assignee_role=to.role.value,
        accept_due_at=clocks(category, uow.now, uow.community)["accept_due_at"],
        was={"assignee": ticket.assignee, "role": ticket.assignee_role},
        reason_key=AWAY,
        rerouted=True,
    )


def _verb(actor: Actor, ticket: Ticket) -> Verb | None:
    """How the actor may put it into other hands, if at all."""
    allowed = (verb for verb in (Verb.TRANSFER, Verb.TAKE_OVER) if ticket.allows(verb))
    return next((verb for verb in allowed if capacity(actor, verb, ticket) is not None), None)


HANDLERS: dict[type[Command], Handler] = {HandAllOver: hand_all_over}
