"""Who works here: the list for those who lead, one colleague, and taking a seat back."""

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from actions.application import values
from actions.application.commands.base import Command
from actions.application.commands.following import StopAwaiting
from actions.application.commands.seats import (
    ComeBack,
    GoAway,
    InviteColleague,
    RevokeSeats,
    ShowColleague,
    ShowColleagues,
    TakeSeat,
)
from actions.application.handlers.leave_offers import last_day
from actions.application.handlers.leaving import named, take_back
from actions.application.notification import Button
from actions.application.records import Seated
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import press
from actions.domain.errors import NotAllowed, NotFound, OutOfDate
from actions.domain.identifiers import PersonId
from actions.domain.people import SYSTEM, Role, RoleGrant
from actions.domain.seating import giving_areas, may_decide, may_give, may_send_off, reach

_A_PAGE: Final = 8


async def show_colleagues(command: ShowColleagues, uow: UnitOfWork) -> None:
    if not may_give(uow.turn.actor):
        await uow.reply("seats_not_yours")
        return
    everybody = await led(uow)
    people = [list(seats) for _, seats in groupby(everybody, key=lambda each: each.person_id)]
    shown = people[command.skip : command.skip + _A_PAGE]
    buttons = [
        press("button_colleague", ShowColleague(person_id=seats[0].person_id), name=called(seats))
        for seats in shown
    ]
    if len(people) > command.skip + _A_PAGE:
        buttons.append(press("button_more_colleagues", ShowColleagues(skip=command.skip + _A_PAGE)))
    buttons.append(press("button_invite", InviteColleague(), "chip"))
    await uow.reply(
        "seats_list" if shown else "seats_nobody",
        params={
            "count": len(people),
            "list": values.numbered(*[_line(each, uow) for each in shown]),
        },
        buttons=tuple(buttons),
    )


async def led(uow: UnitOfWork) -> list[Seated]:
    """Seats of others that the turn's actor decides on."""
    actor, community = uow.turn.actor, uow.community
    held = {area for role in may_give(actor) for area in giving_areas(actor, role)}
    areas = sorted({each for area in held for each in reach(area, community)})
    found = await uow.people.seated(areas)
    return [each for each in found if may_decide(actor, each.seat, each.person_id, community)]


def called(seats: Sequence[Seated]) -> object:
    """What a colleague is called; whoever gave no name is called by their role."""
    return seats[0].display_name or values.role(seats[0].seat.role)


def _line(seats: Sequence[Seated], uow: UnitOfWork) -> dict[str, object]:
    roles = [named(each.seat) for each in seats]
    return values.joined(seats[0].display_name, *roles, _absence(seats[0], uow))


def _absence(one: Seated, uow: UnitOfWork) -> object:
    is_away = one.away_until is not None and one.away_until > uow.now
    return values.text("away_noted", until=last_day(one.away_until, uow)) if is_away else ""


async def show_colleague(command: ShowColleague, uow: UnitOfWork) -> None:
    seats = await _theirs(command.person_id, uow)
    buttons = [
        press(
            "button_take_seat",
            TakeSeat(person_id=command.person_id, role=each.seat.role.value, area=each.seat.area),
            role=values.role(each.seat.role),
        )
        for each in seats
    ]
    await uow.reply(
        "seats_one",
        params={"name": called(seats), "line": _line(seats, uow)},
        buttons=(*_absence_buttons(seats, uow), *buttons),
    )


def _absence_buttons(seats: Sequence[Seated], uow: UnitOfWork) -> tuple[Button, ...]:
    person = seats[0].person_id
    grants = [each.seat for each in seats]
    if not may_send_off(uow.turn.actor, person, grants, uow.community):
        return ()
    if _absence(seats[0], uow):
        return (press("button_colleague_back", ComeBack(person_id=person)),)
    return (press("button_colleague_away", GoAway(person_id=person)),)


async def _theirs(person_id: int, uow: UnitOfWork) -> list[Seated]:
    """Seats of one person that the actor decides on.

    Raises:
        NotFound: there is none; nobody learns of others' seats.
    """
    seats = [each for each in await led(uow) if each.person_id == person_id]
    if not seats:
        raise NotFound
    return seats


async def take_seat(command: TakeSeat, uow: UnitOfWork) -> None:
    """Asked once whether really; then at once."""
    person_id = PersonId(command.person_id)
    seat = _seat(command.role, command.area)
    if not may_decide(uow.turn.actor, seat, person_id, uow.community):
        raise NotAllowed
    theirs = await uow.people.actor(person_id)
    if seat not in theirs.grants:
        raise OutOfDate
    name = (await uow.people.get(person_id)).display_name or values.role(seat.role)
    params = {"name": name, "seat": named(seat)}
    if not command.confirmed:
        sure = TakeSeat(person_id=person_id, role=command.role, area=command.area, confirmed=True)
        held = len(await uow.tickets.held_by(person_id))
        await uow.reply(
            "seats_take_sure",
            params=params | {"held": values.text("seats_held", count=held) if held else ""},
            buttons=(
                press("button_take_seat_sure", sure, "danger"),
                press("button_never_mind", StopAwaiting()),
            ),
        )
        return
    by = uow.turn.actor.person_id
    gone, rest = await take_back(person_id, [seat], uow, by=by, reason="in chat")
    handed = {
        "gone": values.text("seats_gone", count=gone) if gone else "",
        "rest": values.text("seats_left", count=rest) if rest else "",
    }
    invite = (press("button_invite", InviteColleague(), "chip"),) if rest else ()
    await uow.reply("seats_taken", params=params | handed, buttons=invite)


def _seat(role: str, area: str) -> RoleGrant:
    if role not in Role.__members__:
        raise OutOfDate
    return RoleGrant(role=Role(role), area=area)


async def revoke_seats(command: RevokeSeats, uow: UnitOfWork) -> None:
    """From the terminal, where whoever types it holds the whole house, or from the console.

    Raises:
        NotFound: the person has no such seat.
        NotAllowed: the actor decides on nobody's seat, or not on one of these.
    """
    actor, person_id = uow.turn.actor, PersonId(command.person_id)
    if actor != SYSTEM and not may_give(actor):
        raise NotAllowed
    theirs = sorted((await uow.people.actor(person_id)).grants, key=lambda g: (g.role, g.area))
    seats = [
        seat
        for seat in theirs
        if command.role in ("", seat.role.value) and command.area in ("", seat.area)
    ]
    if not seats:
        raise NotFound
    if actor != SYSTEM and not all(
        may_decide(actor, seat, person_id, uow.community) for seat in seats
    ):
        raise NotAllowed
    reason = command.reason or "at the terminal"
    await take_back(person_id, seats, uow, by=actor.person_id, reason=reason)


HANDLERS: dict[type[Command], Handler] = {
    ShowColleagues: show_colleagues,
    ShowColleague: show_colleague,
    TakeSeat: take_seat,
    RevokeSeats: revoke_seats,
}
