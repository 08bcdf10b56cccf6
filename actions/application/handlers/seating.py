"""A role given by an unnamed code waits for a second look by somebody who knows the person."""

from actions.application import values
from actions.application.commands.base import Command
from actions.application.commands.seats import ShowSeat
from actions.application.commands.working import ConfirmSeat
from actions.application.handlers.joining import show_round
from actions.application.handlers.worker_menu import duties_of, of_workers, todo_of
from actions.application.notification import Button, Notification, Purpose
from actions.application.records import Invitation
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import press
from actions.domain.errors import NotAllowed, NotFound, OutOfDate
from actions.domain.identifiers import PersonId
from actions.domain.people import Role, RoleGrant
from actions.domain.seating import deciders, may_decide, surroundings

#: How much of the participant's id two people compare by phone.
_CODE_LENGTH = 6


async def ask_to_confirm(invitation_id: int, uow: UnitOfWork) -> None:
    """Tell the person to wait, and whoever can decide to look."""
    invitation = await _waiting(invitation_id, uow)
    person = await uow.people.get(uow.turn.actor.person_id)
    params = _params(invitation, person.participant_id)
    for role in deciders(Role(invitation.role)):
        told = [each for each in await _holders(role, invitation, uow) if each != person.id]
        for holder in told:
            await _ask(holder, invitation, params, uow)
        if told:
            await uow.reply("seat_waits", params=params | {"who": values.role(role)})
            return
    await uow.reply("seat_nobody", params=params | {"phone": uow.community.office.phone.dial})


async def _holders(role: Role, invitation: Invitation, uow: UnitOfWork) -> list[PersonId]:
    """People of the role over the area; whoever leads a grid leads its buildings too."""
    found: dict[PersonId, None] = {}
    for area in surroundings(invitation.area, uow.community):
        found |= dict.fromkeys(await uow.people.holders(role.value, area))
    return list(found)


def _params(invitation: Invitation, participant_id: str) -> dict[str, object]:
    return {
        "role": values.role(invitation.role),
        "area": values.place(invitation.area),
        "code": participant_id[-_CODE_LENGTH:].upper(),
    }


async def _ask(
    holder: PersonId, invitation: Invitation, params: dict[str, object], uow: UnitOfWork
) -> None:
    await uow.tell(
        Notification(
            person_id=holder,
            template="seat_asked",
            params=params,
            buttons=_yes_or_no(invitation),
            purpose=Purpose.PUSH,
        )
    )


def _yes_or_no(invitation: Invitation) -> tuple[Button, ...]:
    yes, no = (ConfirmSeat(invitation_id=invitation.id, is_known=known) for known in (True, False))
    return (press("button_seat_yes", yes, "primary"), press("button_seat_no", no))


async def show_seat(command: ShowSeat, uow: UnitOfWork) -> None:
    """Asked again, from the list of what waits."""
    invitation = await _waiting(command.invitation_id, uow)
    newcomer = invitation.redeemed_by
    seat = RoleGrant(role=Role(invitation.role), area=invitation.area)
    if newcomer is None or not may_decide(uow.turn.actor, seat, newcomer, uow.community):
        raise NotAllowed
    person = await uow.people.get(newcomer)
    await uow.reply(
        "seat_asked",
        params=_params(invitation, person.participant_id),
        buttons=_yes_or_no(invitation),
    )


async def confirm_seat(command: ConfirmSeat, uow: UnitOfWork) -> None:
    invitation = await _waiting(command.invitation_id, uow)
    newcomer = invitation.redeemed_by
    seat = RoleGrant(role=Role(invitation.role), area=invitation.area)
    if newcomer is None or not may_decide(uow.turn.actor, seat, newcomer, uow.community):
        raise NotAllowed
    decider = uow.turn.actor.person_id
    if not await uow.seats.confirm(invitation, decider, uow.now):
        raise OutOfDate
    if command.is_known:
        await uow.seats.seat(invitation, newcomer, decider, uow.now)
    else:
        about = f"person:{newcomer} {seat.role}"
        await uow.audit.append("refuse-seat", about, by=decider, area=seat.area, reason="in chat")
    await _tell_newcomer(newcomer, invitation, uow, is_known=command.is_known)
    decision = values.text("seat_yes" if command.is_known else "seat_no")
    await uow.reply("seat_decided", params={"decision": decision})


async def _tell_newcomer(
    newcomer: PersonId, invitation: Invitation, uow: UnitOfWork, *, is_known: bool
) -> None:
    """Whether they are let in; then what comes to them, and what they may begin."""
    person = await uow.people.get(newcomer)
    actor = await uow.people.actor(newcomer)
    await uow.tell(
        Notification(
            person_id=newcomer,
            template="seat_given" if is_known else "seat_refused",
            params=_params(invitation, person.participant_id)
            | {"phone": uow.community.office.phone.dial, "duties": duties_of([invitation.role])},
            buttons=(*todo_of(actor, "primary"), *of_workers(actor)) if is_known else (),
            purpose=Purpose.PUSH,
        )
    )
    if is_known:
        await show_round(newcomer, uow)


async def _waiting(invitation_id: int, uow: UnitOfWork) -> Invitation:
    invitation = await uow.seats.numbered(invitation_id)
    if invitation is None or invitation.redeemed_by is None:
        raise NotFound
    if not invitation.needs_confirming:
        raise OutOfDate
    return invitation


HANDLERS: dict[type[Command], Handler] = {
    ConfirmSeat: confirm_seat,
    ShowSeat: show_seat,
}
