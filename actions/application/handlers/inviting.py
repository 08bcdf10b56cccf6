"""Whoever leads lets a colleague in: a role, an area, perhaps a name, and a code shown once."""

from collections.abc import Mapping
from typing import Any, Final

from actions.application import values
from actions.application.awaited import Given, Taker, expect, expect_nothing
from actions.application.commands.base import Command
from actions.application.commands.following import StopAwaiting
from actions.application.commands.seats import InviteColleague
from actions.application.handlers.leaving import named
from actions.application.notification import Button
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import press
from actions.domain.errors import NotAllowed, OutOfDate
from actions.domain.identifiers import AreaCode
from actions.domain.people import SYSTEM, Role, RoleGrant
from actions.domain.places_named import find_places
from actions.domain.seating import areas_to_give, is_wide_enough, may_decide, may_give

_CHIPS: Final = 12
_LONGEST_NAME: Final = 40
_STOP: Final = press("button_never_mind", StopAwaiting())


async def invite_colleague(command: InviteColleague, uow: UnitOfWork) -> None:
    """Ask for what is not said yet, one thing at a time."""
    if not may_give(uow.turn.actor):
        await uow.reply("seats_not_yours")
        return
    if not command.role:
        await _ask_role(uow)
        return
    role = _role(command.role, uow)
    areas = areas_to_give(uow.turn.actor, role, uow.community)
    area = command.area or (areas[0] if len(areas) == 1 else "")
    if not area:
        await _ask_area(role, areas, uow)
    elif not command.named:
        await _ask_name(role, area, uow)
    else:
        await _give_code(role, area, "", uow)


async def _ask_role(uow: UnitOfWork) -> None:
    buttons = tuple(
        press("button_role", InviteColleague(role=role.value), "chip", role=_role_named(role))
        for role in may_give(uow.turn.actor)
    )
    await uow.reply("invite_which_role", buttons=(*buttons, _STOP))


def _role_named(role: Role) -> dict[str, Any]:
    """Full-time and part-time, which residents need not tell apart, are told apart here."""
    return values.text("role_part_time") if role is Role.GWP else values.role(role)


def _role(code: str, uow: UnitOfWork) -> Role:
    if code not in Role.__members__:
        raise OutOfDate
    if Role(code) not in may_give(uow.turn.actor):
        raise NotAllowed
    return Role(code)


async def _ask_area(role: Role, areas: tuple[str, ...], uow: UnitOfWork) -> None:
    await expect(uow, "invite_area", role=role.value)
    buttons = [_area_chip(role, area) for area in areas[:_CHIPS]]
    await uow.reply(
        "invite_which_area", params={"role": _role_named(role)}, buttons=(*buttons, _STOP)
    )


def _area_chip(role: Role, area: str) -> Button:
    command = InviteColleague(role=role.value, area=area)
    return press("button_area", command, "chip", area=values.place(area))


async def take_area(about: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    """A place in words; one that is not there, or not theirs to give, is asked again."""
    role = _role(str(about["role"]), uow)
    found = find_places(given.text, uow.community).places
    paths = {uow.community.path(AreaCode(code)) for code in found if code in uow.community.areas}
    fitting = [path for path in sorted(paths) if _may(role, path, uow)]
    if len(fitting) != 1:
        await _ask_area(role, areas_to_give(uow.turn.actor, role, uow.community), uow)
        return
    await _ask_name(role, fitting[0], uow)


def _may(role: Role, area: str, uow: UnitOfWork) -> bool:
    seat = RoleGrant(role=role, area=area)
    return is_wide_enough(role, area, uow.community) and may_decide(
        uow.turn.actor, seat, SYSTEM.person_id, uow.community
    )


async def _ask_name(role: Role, area: str, uow: UnitOfWork) -> None:
    if not _may(role, area, uow):
        raise NotAllowed
    await expect(uow, "invite_name", role=role.value, area=area)
    unnamed = InviteColleague(role=role.value, area=area, named=True)
    await uow.reply(
        "invite_what_name",
        params={"seat": named(RoleGrant(role=role, area=area))},
        buttons=(press("button_no_name", unnamed, "chip"), _STOP),
    )


async def take_name(about: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    name = " ".join(given.text.split())[:_LONGEST_NAME]
    role, area = _role(str(about["role"]), uow), str(about["area"])
    if not name:
        await _ask_name(role, area, uow)
        return
    await expect_nothing(uow)
    await _give_code(role, area, name, uow)


async def _give_code(role: Role, area: str, name: str, uow: UnitOfWork) -> None:
    """Named, it binds at once where the community says so; unnamed it waits for a second look."""
    if not _may(role, area, uow):
        raise NotAllowed
    policy, by = uow.community.policy, uow.turn.actor.person_id
    seat = RoleGrant(role=role, area=area)
    binds = bool(name) and policy.named_invitations_bind_at_once
    until = uow.now + policy.invitation_lifetime
    code = await uow.seats.invite(
        seat, name=name, by=by, at=uow.now, until=until, needs_confirming=not binds
    )
    await uow.audit.append("invite", f"role:{role.value}", by=by, area=area, reason="in chat")
    await uow.reply(
        "invite_code_binds" if binds else "invite_code_waits",
        params={
            "code": code,
            "seat": named(seat),
            "name": name,
            "until": values.moment(until),
        },
    )


HANDLERS: dict[type[Command], Handler] = {InviteColleague: invite_colleague}
AWAITED: dict[str, Taker] = {"invite_area": take_area, "invite_name": take_name}
