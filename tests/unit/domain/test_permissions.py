"""One function answers who may do what: by role, by area, and by nothing else."""

from dataclasses import replace

import pytest

from actions.domain.identifiers import LeafCode, PersonId, TicketId
from actions.domain.people import Actor, Role, RoleGrant
from actions.domain.permissions import capacity, handles, may_see, roles_over
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb

ME, SOMEBODY = PersonId(1), PersonId(2)
STREET, COMMUNITY, ESTATE, BUILDING, GRID = (
    "RT", "RT/LJ", "RT/LJ/BL", "RT/LJ/BL/BL-45", "RT/LJ/BL/G3",
)  # fmt: skip


def actor(*held: tuple[Role, str]) -> Actor:
    return Actor(person_id=ME, grants=frozenset(RoleGrant(role=r, area=a) for r, a in held))


def ticket(area: str = BUILDING, grid: str = GRID, **more: object) -> Ticket:
    facts = {
        "id": TicketId(7),
        "status": TicketStatus.TRIAGE,
        "category": LeafCode("SAN02"),
        "privacy": "public",
        "reporter": SOMEBODY,
        "area": area,
        "grid": grid,
    }
    return Ticket(**(facts | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("held", "reaches"),
    [
        (STREET, True), (COMMUNITY, True), (ESTATE, True), (BUILDING, True), (GRID, True),
        ("RT/LJ/BL/G4", False), ("RT/LJ/RY", False), ("RT/LJ/BL/BL-4", False),
        ("RT/LJ/BL/BL-455", False), ("RT/XX", False),
    ],
)  # fmt: skip
def test_a_role_reaches_what_lies_in_its_area(held: str, *, reaches: bool) -> None:
    assert handles(actor((Role.GLD, held)), ticket()) is reaches


@pytest.mark.parametrize("held", [GRID, ESTATE, BUILDING])
def test_a_role_in_a_part_does_not_reach_what_is_of_the_whole(held: str) -> None:
    whole = ticket(area=COMMUNITY, grid="")

    assert roles_over(actor((Role.GLD, held)), whole) == []
    assert not may_see(actor((Role.GLD, held)), whole)


def test_each_role_counts_in_its_own_area_only() -> None:
    both = actor((Role.GLD, "RT/LJ/RY"), (Role.GWF, GRID))

    assert roles_over(both, ticket()) == [Role.GWF]
    assert capacity(both, Verb.DISPATCH, ticket()) is None
    assert capacity(both, Verb.ASK, ticket()) == "GWF"


def test_of_several_roles_the_one_that_may_is_used() -> None:
    both = actor((Role.GWF, GRID), (Role.DSP, STREET))

    assert capacity(both, Verb.DISPATCH, ticket()) == "DSP"
    assert capacity(both, Verb.MERGE, ticket()) == "DSP"


@pytest.mark.parametrize("role", sorted(Role))
def test_nobody_does_by_role_what_the_table_gives_to_others(role: Role) -> None:
    one = actor((role, COMMUNITY))

    assert capacity(one, Verb.DISPATCH, ticket()) == (
        role if role in {Role.DSP, Role.GLD, Role.CMT} else None
    )
    assert capacity(one, Verb.ACCEPT, ticket(status=TicketStatus.DISPATCHED)) is None


@pytest.mark.parametrize(
    "role", [Role.RES, Role.ANO, Role.CAP, Role.VOL, Role.REP, Role.PBR, Role.DEP, Role.ADV]
)
def test_some_roles_see_no_tickets_by_themselves(role: Role) -> None:
    assert not may_see(actor((role, COMMUNITY)), ticket())


def test_a_ticket_is_held_in_the_role_it_was_given_in() -> None:
    mine = ticket(status=TicketStatus.ACCEPTED, assignee=ME, assignee_role="VOL")

    assert capacity(actor((Role.VOL, ESTATE)), Verb.START, mine) == "assignee"
    assert capacity(actor((Role.GWF, "RT/LJ/RY")), Verb.START, mine) is None
    assert not may_see(actor((Role.REP, ESTATE)), mine)


def test_whoever_it_is_about_has_no_role_over_it() -> None:
    about_me = ticket(recused=(ME,), assignee=ME, assignee_role="GLD")
    lead = actor((Role.GLD, COMMUNITY))

    assert handles(lead, replace(about_me, recused=()))
    assert not may_see(lead, about_me)
    assert capacity(lead, Verb.DISPATCH, about_me) is None


def test_to_put_it_into_other_hands_takes_a_lead_of_the_place() -> None:
    waiting = ticket(status=TicketStatus.ON_HOLD, assignee=SOMEBODY, assignee_role="GWF")

    for role in Role:
        may = capacity(actor((role, COMMUNITY)), Verb.TAKE_OVER, waiting)
        assert may == (role if role in {Role.GLD, Role.CMT, Role.DSP} else None)
    assert capacity(actor((Role.GLD, "RT/LJ/RY")), Verb.TAKE_OVER, waiting) is None
