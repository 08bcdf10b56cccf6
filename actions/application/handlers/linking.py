"""One person on several channels: a code from one, given on another (ADR 0024)."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from actions.application import values
from actions.application.commands.base import Command
from actions.application.commands.following import StopAwaiting
from actions.application.commands.linking import (
    AskLinkCode,
    ConnectHere,
    Disconnect,
    UseCode,
)
from actions.application.commands.telling import Welcome
from actions.application.commands.timed import GatherLeft
from actions.application.handlers.talking import welcome
from actions.application.notification import Notification, Purpose
from actions.application.ports_channels import LINK_CODE_LASTS, United
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import press
from actions.domain.errors import InvitationError, OutOfDate, TooMany

#: How long one tap takes a connection back.
UNDONE_WITHIN: Final = timedelta(days=1)
#: Wrong codes one conversation may give within an hour.
_MISSES: Final = 10
_WITHIN: Final = timedelta(hours=1)


async def ask_link_code(_command: AskLinkCode, uow: UnitOfWork) -> None:
    until = uow.now + LINK_CODE_LASTS
    code = await uow.linking.offer(uow.turn.actor.person_id, until)
    await uow.reply(
        "link_code",
        params={"code": code, "until": values.moment(until), "link": values.telegram_link(code)},
    )


async def use_code(command: UseCode, uow: UnitOfWork) -> None:
    """Of a newcomer it is taken at once; who has something to give away is asked first."""
    me, talk = uow.turn.actor.person_id, uow.turn.conversation_id
    if talk is not None and await uow.linking.misses(talk, uow.now - _WITHIN) >= _MISSES:
        raise TooMany
    owner = await uow.linking.whose(command.code_hash)
    if owner is None:
        await _use_invitation(command.code, uow)
    elif owner == me:
        await uow.reply("link_own")
    elif await uow.linking.has_much(me):
        yes = press("button_link_yes", ConnectHere(code_hash=command.code_hash), "primary")
        await uow.reply("link_sure", buttons=(yes, press("button_never_mind", StopAwaiting())))
    else:
        await _connect(command.code_hash, uow)


async def _use_invitation(code: str, uow: UnitOfWork) -> None:
    me = uow.turn.actor.person_id
    invitation = await uow.seats.invitation(code)
    if invitation is None or invitation.expires_at <= uow.now:
        raise InvitationError
    if not await uow.seats.redeem(invitation, me, uow.now):
        raise InvitationError
    if invitation.needs_confirming:
        await welcome(Welcome(waiting=invitation.id), uow)
        return
    await uow.seats.seat(invitation, me, invitation.created_by, uow.now)
    uow.turn = replace(uow.turn, actor=await uow.people.actor(me))
    await welcome(Welcome(roles=(invitation.role,)), uow)


async def connect_here(command: ConnectHere, uow: UnitOfWork) -> None:
    owner = await uow.linking.whose(command.code_hash)
    if owner == uow.turn.actor.person_id:
        raise OutOfDate
    await _connect(command.code_hash, uow)


async def _connect(code_hash: str, uow: UnitOfWork) -> None:
    me = uow.turn.actor.person_id
    united = await uow.linking.unite(code_hash, me)
    if united is None:
        raise InvitationError
    await uow.audit.append(
        "link",
        f"person:{united.survivor}",
        by=united.survivor,
        area=uow.community.root,
        reason=f"person:{me} gave a code",
    )
    # What is left of the turn is the survivor's; the conversation is held already.
    actor = await uow.people.actor(united.survivor)
    uow.turn = replace(
        uow.turn, actor=actor, conversation_id=united.conversation_id, lease_token=None
    )
    await _tell_both(code_hash, united, uow)


async def _tell_both(code_hash: str, united: United, uow: UnitOfWork) -> None:
    """Where the code was given, and at once where it came from: perhaps it was not them."""
    undo = press("button_link_undo", Disconnect(code_hash=code_hash), "danger")
    await uow.reply("link_done", buttons=(undo,))
    if united.channel_before == united.channel_now and not united.chat_before:
        return  # both read the same page
    await uow.tell(
        Notification(
            person_id=united.survivor,
            template="link_told",
            params={"channel": values.text(f"channel_{united.channel_now}")},
            buttons=(undo,),
            purpose=Purpose.PUSH,
            urgent=True,
            channel=united.channel_before,
            chat=united.chat_before,
        )
    )


async def disconnect(command: Disconnect, uow: UnitOfWork) -> None:
    me = uow.turn.actor.person_id
    parted = await uow.linking.part(command.code_hash, me, uow.now - UNDONE_WITHIN)
    if parted is None:
        raise OutOfDate
    await uow.audit.append(
        "unlink", f"person:{me}", by=me, area=uow.community.root,
        reason=f"person:{parted.person_id} is apart again",
    )  # fmt: skip
    phone = uow.community.office.phone.dial
    channel = values.text(f"channel_{parted.channel}")
    await uow.reply("link_undone", params={"channel": channel, "phone": phone})
    await uow.tell(
        Notification(
            person_id=parted.person_id,
            template="link_undone_apart",
            params={"phone": phone},
            purpose=Purpose.PUSH,
            urgent=True,
        )
    )


async def gather_left(command: GatherLeft, uow: UnitOfWork) -> None:
    await uow.linking.gather(command.code_hash)


HANDLERS: dict[type[Command], Handler] = {
    AskLinkCode: ask_link_code,
    UseCode: use_code,
    ConnectHere: connect_here,
    Disconnect: disconnect,
    GatherLeft: gather_left,
}
