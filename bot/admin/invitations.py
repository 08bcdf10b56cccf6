"""Letting somebody in: a role, an area, perhaps a name, and a code shown once."""

from collections.abc import Sequence
from typing import Final

from aiohttp import web

from actions.application.ports_console import Staff
from actions.domain.errors import NotFound
from actions.domain.people import Role
from actions.domain.seating import areas_to_give, may_give
from bot import keys
from bot.admin.form import asked, field, see_other
from bot.admin.page import page
from bot.admin.people import PEOPLE, areas_of

_UNFIT: Final = 422
_LONGEST_NAME: Final = 40


async def show(request: web.Request, staff: Staff) -> web.StreamResponse:
    """The role first; which areas there are to choose from follows from it."""
    areas_of(request, staff)
    return await _form(request, staff, asked(request, "role"))


async def _form(
    request: web.Request, staff: Staff, role: str, *, name: str = "", problem: str = ""
) -> web.Response:
    roles = may_give(staff.actor)
    chosen = Role(role) if role in roles else None
    return await page(
        request,
        "invite.html",
        status=_UNFIT if problem else 200,
        roles=roles,
        chosen=chosen,
        areas=_areas(request, staff, chosen) if chosen else (),
        name=name,
        problem=problem,
    )


def _areas(request: web.Request, staff: Staff, role: Role) -> Sequence[str]:
    return areas_to_give(staff.actor, role, request.config_dict[keys.COMMUNITY])


async def invite(request: web.Request, staff: Staff) -> web.StreamResponse:
    areas_of(request, staff)
    role, area = await field(request, "role"), await field(request, "area")
    name = " ".join((await field(request, "name", longest=_LONGEST_NAME)).split())
    if role not in may_give(staff.actor) or area not in _areas(request, staff, Role(role)):
        return await _form(request, staff, role, name=name, problem="console_invite_unfit")
    invited = await request.config_dict[keys.INVITATIONS].invite(
        role,
        area=area.rpartition("/")[2],
        name=name,
        by=staff.person_id,
        where="in the console",
    )
    door = "admin/join?code=" if invited.opens_console else "?join="
    return await page(
        request, "invited.html", invited=invited, link=f"{_address(request)}/{door}{invited.code}"
    )


def _address(request: web.Request) -> str:
    """Where others reach us; in a trial, where this browser does."""
    public = request.config_dict[keys.WEB].public_url.rstrip("/")
    return public or f"{request.scheme}://{request.host}"


async def withdraw(request: web.Request, staff: Staff) -> web.StreamResponse:
    """One nobody has used: its code is good for nothing from now on."""
    people = request.config_dict[keys.CONSOLE_PEOPLE]
    number = await field(request, "invitation")
    found = await people.invitations(areas_of(request, staff), limit=1000)
    mine = [each for each in found if str(each.id) == number]
    if not mine or mine[0].grant.role not in may_give(staff.actor):
        raise NotFound
    await people.withdraw(mine[0].id, by=staff.person_id)
    return see_other(PEOPLE)
