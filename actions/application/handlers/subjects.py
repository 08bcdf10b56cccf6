"""Whom a complaint about staff may be about: chips by role and grid, and words made people."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from actions.application import values
from actions.application.commands.mediating import NameSubject
from actions.application.handlers.cards import draft_id
from actions.application.notification import Button
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import press
from actions.domain.decision import ABOUT_STAFF
from actions.domain.dispatch import Candidate
from actions.domain.draft import Draft
from actions.domain.identifiers import AreaCode, PersonId
from actions.domain.people import Role
from actions.domain.placing import paths_of
from actions.domain.staff_named import Colleague, called_in, named_in

#: Roles a resident meets, in the order they are offered.
_MET: Final = (Role.GWF, Role.GWP, Role.PRM, Role.GLD, Role.CMT, Role.POL, Role.DSP, Role.SUP)
_GRID: Final = frozenset({Role.GWF, Role.GWP})
_LATEST: Final = 3


def asks_subject(draft: Draft) -> bool:
    """Who of the staff it is about is asked once, so that it goes round them."""
    return draft.category == ABOUT_STAFF and not draft.subject_asked


async def subject_chips(draft: Draft, uow: UnitOfWork) -> tuple[Button, ...]:
    number = draft_id(draft)
    mine = await _of_my_case(draft, uow)
    chips = [_chip(number, mine, values.text("subject_my_case"))] if mine else []
    here = await _here(draft, uow)
    for role in _MET:
        found = [each for each in here if each.role is role]
        if found:
            chips.append(_chip(number, _ids(found), await _called(role, draft, uow)))
    unsaid = press("button_subject_unsaid", NameSubject(draft_id=number), "chip")
    return (*chips, unsaid)


def _chip(number: int, people: Iterable[PersonId], who: Any) -> Button:
    return press(
        "subject_chip", NameSubject(draft_id=number, people=tuple(people)), "chip", who=who
    )


def _ids(found: Sequence[Candidate]) -> tuple[PersonId, ...]:
    return tuple(dict.fromkeys(each.person_id for each in found))


async def _called(role: Role, draft: Draft, uow: UnitOfWork) -> Any:
    """A grid's people by their grid, others by their role: nobody's name is given away."""
    grids = [path for path in await _near(draft, uow) if _is_grid(path, uow)]
    if role in _GRID and len(grids) == 1:
        code = grids[0].rpartition("/")[2]
        return values.text("subject_of_grid", grid=values.place(code), role=values.role(role))
    return values.role(role)


def _is_grid(path: str, uow: UnitOfWork) -> bool:
    area = uow.community.areas.get(AreaCode(path.rpartition("/")[2]))
    return area is not None and area.kind == "grid"


async def _near(draft: Draft, uow: UnitOfWork) -> tuple[str, ...]:
    """Where the complaint lies, else where the person lives, else the whole community."""
    area, grid = paths_of(draft.location, uow.community)
    home = AreaCode((await uow.people.get(draft.person_id)).home)
    if not area and not grid and home in uow.community.areas:
        area = uow.community.path(home)
    if area and not grid:
        code = AreaCode(area.rpartition("/")[2])
        return (*(each.path for each in uow.community.grids_for(code)), area)
    return tuple(path for path in (grid, area) if path) or (uow.community.root,)


async def _here(draft: Draft, uow: UnitOfWork) -> list[Candidate]:
    """Who serves there, but for the one who complains."""
    near = await _near(draft, uow)
    whole = near == (uow.community.root,)
    return [
        each
        for each in await uow.people.candidates(uow.now)
        if each.person_id != draft.person_id and (whole or each.nearness(near))
    ]


async def _of_my_case(draft: Draft, uow: UnitOfWork) -> tuple[PersonId, ...]:
    """Whoever has what this person reported last."""
    for summary in await uow.tickets.of_person(draft.person_id, limit=_LATEST):
        ticket = await uow.tickets.get(summary.id)
        if ticket.assignee is not None and ticket.assignee != draft.person_id:
            return (ticket.assignee,)
    return ()


async def subjects_in(
    draft: Draft, answer: str, uow: UnitOfWork
) -> tuple[frozenset[PersonId], frozenset[PersonId]]:
    """People named in the complaint, and people the answer names or calls by their role."""
    staff = await _staff(draft, uow)
    named = named_in(draft.text, staff) - {draft.person_id}
    meant = (named_in(answer, staff) or called_in(answer, staff)) - {draft.person_id}
    return named, meant


async def _staff(draft: Draft, uow: UnitOfWork) -> list[Colleague]:
    here = [(each.person_id, each.role) for each in await _here(draft, uow)]
    held = await uow.people.holders(Role.ADM.value, uow.community.root)
    return [
        Colleague(person_id=person, role=role, names=await _names(person, uow))
        for person, role in dict.fromkeys([*here, *((person, Role.ADM) for person in held)])
    ]


async def _names(person_id: PersonId, uow: UnitOfWork) -> tuple[str, ...]:
    person = await uow.people.get(person_id)
    entry = uow.community.roster.get(person.roster_key or "")
    return tuple(filter(None, (person.display_name, *(entry.name.values() if entry else ()))))
