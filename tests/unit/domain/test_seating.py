"""Who may give, confirm and take back which role, and where."""

import pytest

from actions.domain.identifiers import AreaCode, PersonId
from actions.domain.people import Actor, Role, RoleGrant
from actions.domain.seating import (
    GIVES,
    SEATS,
    WIDE,
    areas_to_give,
    deciders,
    is_wide_enough,
    may_decide,
    may_give,
    may_send_off,
    usual_area,
)
from tests.builders import the_community

COMMUNITY = the_community()
LEAD, OTHER = PersonId(1), PersonId(2)


def path(code: str) -> str:
    return COMMUNITY.path(AreaCode(code))


def somebody(*held: tuple[Role, str]) -> Actor:
    grants = {RoleGrant(role=role, area=path(area)) for role, area in held}
    return Actor(person_id=LEAD, grants=frozenset(grants))


def decides(actor: Actor, role: Role, area: str, about: PersonId = OTHER) -> bool:
    return may_decide(actor, RoleGrant(role=role, area=path(area)), about, COMMUNITY)


def test_every_seat_has_somebody_who_decides_on_it() -> None:
    assert {role for role in SEATS if Role.ADM in deciders(role)} == SEATS
    assert deciders(Role.GWF) == (Role.GLD, Role.CMT, Role.ADM)
    assert deciders(Role.CMT) == (Role.ADM,)


@pytest.mark.parametrize("role", sorted(SEATS - GIVES[Role.GLD]))
def test_a_lead_decides_on_their_own_grid_workers_only(role: Role) -> None:
    assert not decides(somebody((Role.GLD, "LJ")), role, "LJ")


@pytest.mark.parametrize("role", sorted(SEATS - set(GIVES)))
def test_whoever_leads_nobody_decides_on_nobody(role: Role) -> None:
    actor = somebody((role, "LJ"))

    assert may_give(actor) == ()
    assert not any(decides(actor, seat, "LJ") for seat in SEATS)


def test_nobody_decides_on_themselves() -> None:
    assert not decides(somebody((Role.ADM, "LJ")), Role.GWF, "G3", about=LEAD)


@pytest.mark.parametrize(
    ("mine", "theirs", "reaches"),
    [
        ("G3", "G3", True), ("G3", "BL-45", True), ("G3", "BL-48", False), ("G3", "G4", False),
        ("G3", "BL", False), ("G3", "LJ", False), ("BL", "G3", True), ("BL", "BL-45", True),
        ("LJ", "G3", True), ("LJ", "LJ", True),
    ],
)  # fmt: skip
def test_a_lead_of_an_area_reaches_what_lies_in_it_and_no_more(
    mine: str, theirs: str, *, reaches: bool
) -> None:
    assert decides(somebody((Role.GLD, mine)), Role.CAP, theirs) is reaches


def test_several_roles_add_up_each_in_its_own_area() -> None:
    both = somebody((Role.GLD, "G3"), (Role.CMT, "BL"))

    assert decides(both, Role.GWF, "G3")
    assert decides(both, Role.PRM, "BL")
    assert not decides(both, Role.PRM, "RY")
    assert not decides(somebody((Role.GLD, "G3"), (Role.GWF, "LJ")), Role.GWF, "G5")


def test_who_sees_across_everybody_is_seated_for_everybody() -> None:
    for role in WIDE:
        assert is_wide_enough(role, usual_area(role, COMMUNITY), COMMUNITY)
        assert not is_wide_enough(role, path("G3"), COMMUNITY)
        assert decides(somebody((Role.ADM, "LJ")), role, "RT")


def test_a_captain_is_given_a_building_and_a_worker_a_grid() -> None:
    lead = somebody((Role.GLD, "G3"))

    assert areas_to_give(lead, Role.CAP, COMMUNITY) == (
        path("BL-44"), path("BL-45"), path("BL-46"),
    )  # fmt: skip
    assert areas_to_give(lead, Role.GWF, COMMUNITY) == (path("G3"),)
    assert areas_to_give(lead, Role.PRM, COMMUNITY) == ()
    assert path("RY") in areas_to_give(somebody((Role.CMT, "LJ")), Role.PRM, COMMUNITY)


def test_leave_is_for_those_who_work_and_are_led() -> None:
    lead = somebody((Role.GLD, "G3"))
    worker = [RoleGrant(role=Role.GWF, area=path("G3"))]
    captain = [RoleGrant(role=Role.CAP, area=path("BL-45"))]

    assert may_send_off(lead, OTHER, worker, COMMUNITY)
    assert not may_send_off(lead, OTHER, captain, COMMUNITY)
    assert not may_send_off(lead, LEAD, worker, COMMUNITY)
