"""Colleagues: who could take a ticket, and who leads where it lies."""

from collections.abc import Collection, Iterable, Sequence

from actions.application import values
from actions.application.unit_of_work import UnitOfWork
from actions.domain.community import Community
from actions.domain.decision import BEYOND_REMIT
from actions.domain.dispatch import Candidate
from actions.domain.errors import OutOfDate
from actions.domain.identifiers import AreaCode, PersonId
from actions.domain.parts import is_part
from actions.domain.people import WORKING_ROLES, Role
from actions.domain.sealing import bodies_complained_of, has_other_side, is_about_body
from actions.domain.ticket import Ticket

_GRID = (Role.GWF, Role.GWP, Role.GLD)
_LEADERS = (Role.GLD, Role.CMT, Role.DSP)
#: Those who may say that it is not ours, then whoever leads where it lies.
_WHO_DECLINE = (Role.CMT, Role.DSP, Role.GLD)
#: A complaint about staff goes round the staff, to the street first.
_ABOVE_STAFF = (Role.DSP, Role.CMT)


def is_about_staff(ticket: Ticket, community: Community) -> bool:
    return community.category(ticket.category).owner_role is Role.SUP


def leaders_of(ticket: Ticket, community: Community) -> tuple[Role, ...]:
    """Whom to turn to when the ticket has nobody, the nearest level first.

    What is probably not the community's goes to those who may say so.
    """
    if ticket.category == BEYOND_REMIT:
        return _WHO_DECLINE
    return _ABOVE_STAFF if is_about_staff(ticket, community) else _LEADERS


def rulers_of(ticket: Ticket, community: Community) -> tuple[Role, ...]:
    """Who may rule on a returned ticket (lifecycle.csv)."""
    return (Role.DSP,) if is_about_staff(ticket, community) else (Role.GLD, Role.DSP)


def has_place(ticket: Ticket, community: Community) -> bool:
    """Whether it lies anywhere more exact than the whole community."""
    return bool(ticket.grid) or ticket.area not in ("", community.root)


def places(ticket: Ticket, community: Community) -> tuple[str, ...]:
    """Paths the ticket lies in: its area, and its grid or the grids that serve the area."""
    area = ticket.area or community.root
    if ticket.grid:
        return (ticket.grid, area)
    code = AreaCode(area.rpartition("/")[2])
    grids = community.grids_for(code) if code in community.areas else ()
    return (*(grid.path for grid in grids), area)


async def candidates_for(uow: UnitOfWork, ticket: Ticket) -> list[Candidate]:
    """Everybody who works, but those it is about and whoever reported what somebody did to them.

    The one list that dispatch, hand-overs and leads are taken from.
    """
    party = ticket.reporter if has_other_side(ticket) and not is_part(ticket) else None
    return [
        candidate
        for candidate in await uow.people.candidates(uow.now)
        if candidate.person_id not in ticket.recused and candidate.person_id != party
    ]


async def colleagues(
    uow: UnitOfWork, ticket: Ticket, *, excluding: Collection[PersonId | None] = ()
) -> list[Candidate]:
    """People of the right roles where the ticket lies, the likeliest first, one row each."""
    near = places(ticket, uow.community)
    about = bodies_complained_of(ticket)
    wanted = [role for role in _wanted(ticket, uow.rules_of(ticket)) if role not in about]
    excluding = {*excluding, await lead_of_whole(ticket, uow)}
    able = [
        candidate
        for candidate in await candidates_for(uow, ticket)
        if candidate.role in wanted
        and candidate.person_id not in excluding
        and not candidate.away
        and candidate.nearness(near)
    ]
    able.sort(
        key=lambda c: (
            wanted.index(c.role), not c.on_duty, -c.nearness(near), c.load, c.person_id,
        )
    )  # fmt: skip
    return one_each(able)


async def lead_of_whole(ticket: Ticket, uow: UnitOfWork) -> PersonId | None:
    """Who waits for this part: never the one to do it."""
    whole = await uow.tickets.find(ticket.parent) if is_part(ticket) else None
    return whole.assignee if whole else None


async def by_rule(
    uow: UnitOfWork, ticket: Ticket, *, excluding: Collection[PersonId | None] = ()
) -> list[Candidate]:
    """Those of them who may get it without anybody deciding so: not the body it is about."""
    able = await colleagues(uow, ticket, excluding=excluding)
    return [each for each in able if not is_about_body(ticket.category, each.role)]


def _wanted(ticket: Ticket, community: Community) -> list[Role]:
    category = community.category(ticket.category)
    grid = () if is_about_staff(ticket, community) else _GRID
    named = (category.owner_role, *category.co_roles, *grid, *leaders_of(ticket, community))
    return [role for role in dict.fromkeys(named) if role in WORKING_ROLES]


def one_each(candidates: Iterable[Candidate]) -> list[Candidate]:
    first: dict[PersonId, Candidate] = {}
    for candidate in candidates:
        first.setdefault(candidate.person_id, candidate)
    return list(first.values())


async def the_colleague(uow: UnitOfWork, ticket: Ticket, person_id: int) -> Candidate:
    """One of the colleagues by id.

    Raises:
        OutOfDate: the person has left, is away or works elsewhere by now.
    """
    for candidate in await colleagues(uow, ticket):
        if candidate.person_id == person_id:
            return candidate
    raise OutOfDate


async def leads(
    uow: UnitOfWork,
    ticket: Ticket,
    roles: Sequence[Role] = (),
    *,
    excluding: Collection[PersonId | None] = (),
    at_least: Role | None = None,
) -> list[Candidate]:
    """The people of the first role that has somebody here; those away only when nobody is left."""
    near = (ticket.grid or ticket.area, ticket.area or uow.community.root)
    wanted = roles or leaders_of(ticket, uow.rules_of(ticket))
    rungs = wanted[wanted.index(at_least) :] if at_least in wanted else wanted
    here = [
        candidate
        for candidate in await candidates_for(uow, ticket)
        if candidate.role in rungs
        and candidate.person_id not in excluding
        and candidate.nearness(near)
    ]
    here.sort(key=lambda c: (not c.on_duty, -c.nearness(near), c.load, c.person_id))
    for away in (False, True):
        for role in rungs:
            found = one_each(c for c in here if c.role is role and c.away is away)
            if found:
                return found[:3]
    return []


async def name_of(uow: UnitOfWork, candidate: Candidate) -> object:
    """What a colleague is called among colleagues."""
    name = (await uow.people.get(candidate.person_id)).display_name
    return name or values.role(candidate.role)
