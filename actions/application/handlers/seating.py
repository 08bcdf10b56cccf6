"""A role given by an unnamed code waits for a second look by somebody who knows the person."""

from actions.application import values
from actions.application.commands.base import Command
from actions.application.commands.working import ConfirmSeat
from actions.application.notification import Notification, Purpose
from actions.application.records import Invitation
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import press
from actions.domain.errors import NotAllowed, NotFound, OutOfDate
from actions.domain.identifiers import PersonId
from actions.domain.people import Actor, Role
from actions.domain.place import is_inside

#: Who may confirm, the nearest first.
_CONFIRMING = (Role.GLD, Role.CMT, Role.ADM)
#: Roles that see across the community: an administrator alone confirms them.
_WIDE = frozenset({Role.ADM, Role.PRV, Role.RVW, Role.SUP, Role.DSP})
#: How much of the participant's id two people compare by phone.
_CODE_LENGTH = 6


async def ask_to_confirm(invitation_id: int, uow: UnitOfWork) -> None:
    """Tell the person to wait, and whoever can decide to look."""
    invitation = await _waiting(invitation_id, uow)
    person = await uow.people.get(uow.turn.actor.person_id)
    params = _params(invitation, person.participant_id)
    for role in _deciding(invitation):
        holders = await uow.people.holders(role.value, invitation.area)
        told = [each for each in holders if each != person.id]
        for holder in told:
            await _ask(holder, invitation, params, uow)
        if told:
            await uow.reply("seat_waits", params=params | {"who": values.role(role)})
            return
    await uow.reply("seat_nobody", params=params | {"phone": uow.community.office.phone.dial})


def _deciding(invitation: Invitation) -> tuple[Role, ...]:
    return (Role.ADM,) if Role(invitation.role) in _WIDE else _CONFIRMING


def _params(invitation: Invitation, participant_id: str) -> dict[str, object]:
    return {
        "role": values.role(invitation.role),
        "area": values.place(invitation.area),
        "code": participant_id[-_CODE_LENGTH:].upper(),
    }


async def _ask(
    holder: PersonId, invitation: Invitation, params: dict[str, object], uow: UnitOfWork
) -> None:
    yes, no = (ConfirmSeat(invitation_id=invitation.id, is_known=known) for known in (True, False))
    await uow.tell(
        Notification(
            person_id=holder,
            template="seat_asked",
            params=params,
            buttons=(press("button_seat_yes", yes, "primary"), press("button_seat_no", no)),
            purpose=Purpose.PUSH,
        )
    )


async def confirm_seat(command: ConfirmSeat, uow: UnitOfWork) -> None:
    invitation = await _waiting(command.invitation_id, uow)
    newcomer = invitation.redeemed_by
    if newcomer is None or not _may_decide(uow.turn.actor, invitation, newcomer):
        raise NotAllowed
    decider = uow.turn.actor.person_id
    if not await uow.seats.confirm(invitation, decider, uow.now):
        raise OutOfDate
    if command.is_known:
        await uow.seats.seat(invitation, newcomer, decider, uow.now)
    person = await uow.people.get(newcomer)
    await uow.tell(
        Notification(
            person_id=newcomer,
            template="seat_given" if command.is_known else "seat_refused",
            params=_params(invitation, person.participant_id)
            | {"phone": uow.community.office.phone.dial},
            purpose=Purpose.PUSH,
        )
    )
    decision = values.text("seat_yes" if command.is_known else "seat_no")
    await uow.reply("seat_decided", params={"decision": decision})


def _may_decide(actor: Actor, invitation: Invitation, newcomer: PersonId) -> bool:
    """Somebody else than the newcomer, with a deciding role over the area."""
    deciding = _deciding(invitation)
    return actor.person_id != newcomer and any(
        grant.role in deciding and is_inside(invitation.area, grant.area) for grant in actor.grants
    )


async def _waiting(invitation_id: int, uow: UnitOfWork) -> Invitation:
    invitation = await uow.seats.numbered(invitation_id)
    if invitation is None or invitation.redeemed_by is None:
        raise NotFound
    if not invitation.needs_confirming:
        raise OutOfDate
    return invitation


HANDLERS: dict[type[Command], Handler] = {ConfirmSeat: confirm_seat}
