"""A worker is away: what nobody has taken yet goes to others at once, the rest is offered."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from actions.application import values
from actions.application.awaited import Given, Taker, expect, expect_nothing
from actions.application.commands.base import Command
from actions.application.commands.following import StopAwaiting
from actions.application.commands.seats import ComeBack, GoAway
from actions.application.commands.working import ShowTodo
from actions.application.handlers.callbacks import give_back_calls
from actions.application.handlers.leave_offers import hand_all_buttons, last_day, offer
from actions.application.handlers.rerouting import AWAY, reroute
from actions.application.notification import Notification, Purpose
from actions.application.records import Person
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import press
from actions.domain.day_named import day_named
from actions.domain.errors import NotAllowed, OutOfDate
from actions.domain.identifiers import PersonId
from actions.domain.seating import may_send_off
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import OFFERED

#: Nobody plans a leave further ahead.
_FURTHEST: Final = timedelta(days=180)
_FRIDAY: Final = 4


async def go_away(command: GoAway, uow: UnitOfWork) -> None:
    person = await _whose(command.person_id, uow)
    if not command.until:
        await _ask_until(person, uow)
        return
    try:
        last = date.fromisoformat(command.until)
    except ValueError as error:
        raise OutOfDate from error
    await _leave(person, last, uow)


async def _whose(person_id: int, uow: UnitOfWork) -> Person:
    """Oneself, or a colleague whom the actor leads.

    Raises:
        NotAllowed: somebody else's leave, or nobody who works here.
    """
    actor = uow.turn.actor
    if person_id in (0, actor.person_id):
        if not actor.is_worker:
            raise NotAllowed
        return await uow.people.get(actor.person_id)
    theirs = await uow.people.actor(PersonId(person_id))
    if not may_send_off(actor, theirs.person_id, theirs.grants, uow.community):
        raise NotAllowed
    return await uow.people.get(theirs.person_id)


async def _ask_until(person: Person, uow: UnitOfWork, template: str = "away_until_when") -> None:
    await expect(uow, "away_until", person_id=person.id)
    today = uow.now.astimezone(uow.community.timezone).date()
    friday = today + timedelta(days=(_FRIDAY - today.weekday()) % 7)
    chips = {"today": today, "tomorrow": today + timedelta(days=1)}
    if friday > chips["tomorrow"]:
        chips["friday"] = friday
    buttons = tuple(
        press(f"button_away_{name}", GoAway(person_id=person.id, until=day.isoformat()), "chip")
        for name, day in chips.items()
    )
    await uow.reply(template, buttons=(*buttons, press("button_never_mind", StopAwaiting())))


async def take_until(about: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    """The last day of the leave, in words; what names no day is asked again."""
    person = await _whose(int(about["person_id"]), uow)
    named = day_named(given.text, uow.now, uow.community.timezone)
    if named is None:
        await _ask_until(person, uow, "away_until_unclear")
        return
    await expect_nothing(uow)
    await _leave(person, named.day, uow)


async def _leave(person: Person, last: date, uow: UnitOfWork) -> None:
    """Away to the end of that day; said again it is another date."""
    until = _end_of(last, uow)
    if until <= uow.now or until - uow.now > _FURTHEST:
        await _ask_until(person, uow, "away_until_unclear")
        return
    await uow.people.set_away(person.id, until)
    await give_back_calls(person.id, uow)
    held = await uow.tickets.held_by(person.id)
    taken = [await reroute(each, uow, why=AWAY) for each in held if each.status in OFFERED]
    kept = await uow.tickets.held_by(person.id)
    await _confirm(replace(person, away_until=until), _of_the_untaken(taken), kept, uow)


def _end_of(day: date, uow: UnitOfWork) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), uow.community.timezone)


async def _confirm(
    person: Person, untaken: Mapping[str, object], kept: Sequence[Ticket], uow: UnitOfWork
) -> None:
    """Said to whoever asked for it, and to the one who is away if that is somebody else."""
    told = await offer(person, kept, uow) if kept else []
    params = {
        "name": person.display_name or values.text("away_somebody"),
        "until": last_day(person.away_until, uow),
        **untaken,
        "rest": _of_the_rest(kept, told=bool(told)),
    }
    back = press("button_back", ComeBack(), "primary")
    mine = person.id == uow.turn.actor.person_id
    others = () if told or not mine else await hand_all_buttons(person.id, kept, uow)
    if mine:
        await uow.reply("away_noted_self", params=params, buttons=(back, *others))
        return
    await uow.reply("away_noted_colleague", params=params)
    await uow.tell(
        Notification(
            person_id=person.id,
            template="away_said_for_you",
            params=params,
            buttons=(back,),
            purpose=Purpose.PUSH,
        )
    )


def _of_the_untaken(taken: Sequence[bool]) -> dict[str, object]:
    """How much went to others, and how much is for a lead to give out."""
    gone, lost = taken.count(True), taken.count(False)
    return {
        "gone": values.text("away_gone", count=gone) if gone else "",
        "lost": values.text("away_lost", count=lost) if lost else "",
    }


def _of_the_rest(kept: Sequence[Ticket], *, told: bool) -> object:
    if not kept:
        return ""
    return values.text("away_kept_offered" if told else "away_kept_alone", count=len(kept))


async def come_back(command: ComeBack, uow: UnitOfWork) -> None:
    person = await _whose(command.person_id, uow)
    if person.away_until is None or person.away_until <= uow.now:
        await uow.reply("away_not")
        return
    await uow.people.set_away(person.id, None)
    if person.id == uow.turn.actor.person_id:
        todo = press("button_todo", ShowTodo(), "primary")
        await uow.reply("away_over", buttons=(todo,))
        return
    params = {"name": person.display_name or values.text("away_somebody")}
    await uow.reply("away_over_colleague", params=params)
    await uow.tell(Notification(person_id=person.id, template="away_over", purpose=Purpose.PUSH))


HANDLERS: dict[type[Command], Handler] = {
    GoAway: go_away,
    ComeBack: come_back,
}
AWAITED: dict[str, Taker] = {"away_until": take_until}
