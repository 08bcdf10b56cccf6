"""Who works here: a list with search, one person, and taking a role back."""

from collections.abc import Sequence
from dataclasses import dataclass
from secrets import token_urlsafe
from typing import Final

from aiohttp import web

from actions.application.commands.seats import RevokeSeats
from actions.application.commands.working import ConfirmSeat
from actions.application.ports_console import Staff
from actions.application.ports_staff import Colleague, HeldSeat, WaitingSeat
from actions.application.turn import Turn
from actions.domain.community import Community
from actions.domain.errors import NotFound
from actions.domain.people import Role
from actions.domain.place import is_inside
from actions.domain.seating import giving_areas, may_decide, may_give, reach
from bot import keys
from bot.admin.audit import looked
from bot.admin.form import asked, field, number_in, see_other
from bot.admin.page import page
from bot.admin.throttling import take
from bot.gateway.throttle import SEARCHES

PEOPLE: Final = "/admin/people"
_A_PAGE: Final = 50
_WAITING: Final = 50


@dataclass(frozen=True)
class SeatLine:
    """A seat as a page shows it."""

    seat: HeldSeat
    may_take: bool


async def listed(request: web.Request, staff: Staff) -> web.StreamResponse:
    areas = areas_of(request, staff)
    words, role = asked(request, "q", longest=40), asked(request, "role", longest=8)
    if words:
        await take(request, SEARCHES, str(staff.person_id))
    await looked(request, staff, "console-people", f"people:{role or 'all'}")
    people = request.config_dict[keys.CONSOLE_PEOPLE]
    after = asked(request, "after", longest=40)
    found = await people.page(areas, words=words, role=role, after=after, limit=_A_PAGE)
    return await page(
        request,
        "people.html",
        people=found.people,
        after=found.after,
        is_first=not after,
        words=words,
        role=role,
        roles=_roles(staff),
        waiting=() if after else await _waiting(request, staff, areas),
        invitations=() if after else await people.invitations(areas, limit=_WAITING),
    )


def areas_of(request: web.Request, staff: Staff) -> Sequence[str]:
    """Where the staff member decides on seats; whoever leads the community knows its street.

    Raises:
        NotFound: nowhere.
    """
    community, actor = request.config_dict[keys.COMMUNITY], staff.actor
    held = {area for role in may_give(actor) for area in giving_areas(actor, role)}
    if not held:
        raise NotFound
    if any(is_inside(community.root, area) for area in held):
        return [community.root.partition("/")[0]]
    return sorted({each for area in held for each in reach(area, community)})


def _roles(staff: Staff) -> Sequence[Role]:
    return may_give(staff.actor)


async def _waiting(
    request: web.Request, staff: Staff, areas: Sequence[str]
) -> Sequence[WaitingSeat]:
    found = await request.config_dict[keys.CONSOLE_PEOPLE].waiting(areas, limit=_WAITING)
    community = request.config_dict[keys.COMMUNITY]
    return [
        each for each in found if may_decide(staff.actor, each.grant, each.person_id, community)
    ]


async def one(request: web.Request, staff: Staff) -> web.StreamResponse:
    person = await _person(request, staff)
    await looked(request, staff, "console-person", f"person:{person.person_id}")
    community = request.config_dict[keys.COMMUNITY]
    return await page(
        request,
        "person.html",
        person=person,
        seats=[_line(each, person, staff, community) for each in person.seats],
    )


async def _person(request: web.Request, staff: Staff) -> Colleague:
    """Raises NotFound for somebody none of whose seats lies where the staff member decides."""
    areas = areas_of(request, staff)
    found = await request.config_dict[keys.CONSOLE_PEOPLE].one(request.match_info["person"])
    if found is None or not any(
        is_inside(seat.grant.area, area) for seat in found.seats for area in areas
    ):
        raise NotFound
    return found


def _line(seat: HeldSeat, person: Colleague, staff: Staff, community: Community) -> SeatLine:
    return SeatLine(seat, may_decide(staff.actor, seat.grant, person.person_id, community))


async def revoke(request: web.Request, staff: Staff) -> web.StreamResponse:
    """At once: the powers end, what they held goes on in other hands."""
    person = await _person(request, staff)
    command = RevokeSeats(
        person_id=person.person_id,
        role=await field(request, "role") or "-",
        area=await field(request, "area") or "-",
        reason=await field(request, "reason") or "in the console",
    )
    await _handle(request, staff, command, f"revoke:{person.person_id}")
    is_left = await request.config_dict[keys.CONSOLE_PEOPLE].one(person.participant_id)
    return see_other(f"{PEOPLE}/{person.participant_id}" if is_left else PEOPLE)


async def confirm(request: web.Request, staff: Staff) -> web.StreamResponse:
    """Somebody used an unnamed code: it is them, or it is not."""
    number = number_in(await field(request, "invitation"))
    if number is None:
        raise NotFound
    is_known = await field(request, "known") == "yes"
    command = ConfirmSeat(invitation_id=number, is_known=is_known)
    await _handle(request, staff, command, f"confirm:{number}")
    return see_other(PEOPLE)


async def _handle(
    request: web.Request, staff: Staff, command: RevokeSeats | ConfirmSeat, what: str
) -> None:
    """The same command the chat would use, by the same person; refusals are shown on a page."""
    turn = Turn(cause=f"console:{what}:{token_urlsafe(9)}", actor=staff.actor, locale=staff.locale)
    await request.config_dict[keys.BUS].handle(command, turn)
