"""A matter goes to the nearest free person who can do it, and never to nobody by accident."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.domain.category import IssueCategory, Privacy, Tier, Urgency, WorkCalendar
from actions.domain.dispatch import LADDER, Candidate, choose_worker
from actions.domain.identifiers import LeafCode, PersonId
from actions.domain.people import WORKING_ROLES, Role

GRID = "RT/LJ/BL/G3"
BUILDING = "RT/LJ/BL/BL-45"
PLACES = (GRID, BUILDING)


def _category(owner: Role = Role.GWF, **changes: Any) -> IssueCategory:
    leaf = IssueCategory(
        code=LeafCode("NOI01"), top="NOI", name={}, top_name={}, urgency=Urgency.N, tier=Tier.SMALL,
        accept_min=1, contact_min=1, settle_min=1, calendar=WorkCalendar.WORK, owner_role=owner,
        co_roles=(), deliberates=False, temporary_step={}, privacy=Privacy.PUBLIC, needs_place=True, proof="note",
    )  # fmt: skip
    return replace(leaf, **changes)


EMERGENCY = {"urgency": Urgency.E, "calendar": WorkCalendar.ALWAYS}


def _someone(person_id: int, role: Role = Role.GWF, *areas: str, **changes: Any) -> Candidate:
    return Candidate(
        person_id=PersonId(person_id), role=role, areas=frozenset(areas or {GRID}), **changes
    )


def _chosen(candidates: list[Candidate], category: IssueCategory, **options: Any) -> int | None:
    found = choose_worker(candidates, category, PLACES, **options)
    return found.person_id if found else None


def test_the_owner_of_the_grid_is_chosen() -> None:
    assert (
        _chosen([_someone(1, Role.PRM), _someone(2), _someone(3, Role.CMT, "RT/LJ")], _category())
        == 2
    )


def test_nobody_elsewhere_is_chosen() -> None:
    assert (
        _chosen(
            [_someone(1, Role.GWF, "RT/LJ/RY/G1"), _someone(2, Role.GWF, "RT/LJ/BL/G30")],
            _category(),
        )
        is None
    )


def test_the_grid_comes_before_the_estate_and_the_community() -> None:
    whole, estate, grid = (
        _someone(1, Role.GWF, "RT/LJ"),
        _someone(2, Role.GWF, "RT/LJ/BL"),
        _someone(3, load=9),
    )
    assert _chosen([whole, estate, grid], _category()) == 3
    assert _chosen([whole, estate], _category()) == 2


def test_a_property_firm_covers_its_estate() -> None:
    firms = [_someone(1, Role.PRM, "RT/LJ/RY"), _someone(2, Role.PRM, "RT/LJ/BL")]
    assert _chosen(firms, _category(Role.PRM)) == 2


def test_a_captain_of_the_building_is_nearer_than_anybody() -> None:
    assert (
        _chosen(
            [_someone(1, Role.VOL, GRID), _someone(2, Role.VOL, BUILDING, load=3)],
            _category(Role.VOL),
        )
        == 1
    )
    assert (
        _chosen(
            [_someone(1, Role.VOL, "RT/LJ/BL"), _someone(2, Role.VOL, BUILDING)],
            _category(Role.VOL),
        )
        == 2
    )


def test_the_lightest_load_wins_and_then_the_full_time_worker() -> None:
    assert _chosen([_someone(1, load=3), _someone(2, load=1)], _category()) == 2
    assert _chosen([_someone(1, Role.GWP), _someone(2)], _category()) == 2
    assert _chosen([_someone(1, Role.GWP), _someone(2, load=1)], _category()) == 1


def test_ties_are_settled_the_same_way_every_time() -> None:
    assert _chosen([_someone(7), _someone(4), _someone(9)], _category()) == 4


def test_skills_are_asked_for_by_top_class_or_leaf() -> None:
    unskilled = _someone(1, skills=frozenset({"PRK"}))
    assert _chosen([unskilled], _category()) is None
    assert _chosen([unskilled, _someone(2, skills=frozenset({"NOI"}), load=5)], _category()) == 2
    assert _chosen([_someone(3, skills=frozenset({"NOI01"}))], _category()) == 3


def test_whoever_is_away_or_excluded_is_passed_over() -> None:
    assert _chosen([_someone(1, away=True), _someone(2, load=8)], _category()) == 2
    assert _chosen([_someone(1), _someone(2, load=8)], _category(), excluding=(PersonId(1),)) == 2


def test_a_full_desk_is_passed_over_for_the_next_rung() -> None:
    full = _someone(1, load=20)
    lead = _someone(2, Role.GLD, "RT/LJ")
    assert _chosen([full, lead], _category()) == 2
    assert _chosen([full], _category()) is None


def test_an_emergency_rather_overloads_than_waits() -> None:
    assert _chosen([_someone(1, load=20)], _category(**EMERGENCY)) == 1


def test_an_everyday_matter_may_wait_for_an_owner_off_duty() -> None:
    off, lead = _someone(1, on_duty=False), _someone(2, Role.GLD, "RT/LJ")
    assert _chosen([off, lead], _category()) == 1
    assert _chosen([off, _someone(3, Role.GWP, "RT/LJ")], _category()) == 3


def test_an_urgent_matter_goes_to_somebody_on_duty_even_a_rung_higher() -> None:
    off, lead = _someone(1, on_duty=False), _someone(2, Role.GLD, "RT/LJ")
    assert _chosen([off, lead], _category(calendar=WorkCalendar.ALWAYS)) == 2
    assert _chosen([off], _category(calendar=WorkCalendar.ALWAYS)) == 1


def test_a_complaint_about_staff_never_goes_to_the_staff() -> None:
    staff = [_someone(n, role, "RT") for n, role in enumerate(WORKING_ROLES - {Role.SUP, Role.DSP})]
    assert _chosen(staff, _category(Role.SUP)) is None
    assert _chosen([*staff, _someone(99, Role.DSP, "RT")], _category(Role.SUP)) == 99


@pytest.mark.parametrize("role", sorted(WORKING_ROLES))
def test_every_working_role_has_a_ladder_that_ends_at_the_street(role: Role) -> None:
    assert LADDER[role][-1] == (Role.DSP,)


CANDIDATES = st.lists(
    st.builds(
        Candidate,
        person_id=st.integers(1, 50).map(PersonId),
        role=st.sampled_from(sorted(WORKING_ROLES)),
        areas=st.frozensets(
            st.sampled_from(["RT", "RT/LJ", "RT/LJ/BL", GRID, "RT/LJ/RY"]), min_size=1
        ),
        load=st.integers(0, 25),
        on_duty=st.booleans(),
        away=st.booleans(),
    ),
    max_size=12,
    unique_by=lambda c: c.person_id,
)


@given(CANDIDATES, st.sampled_from(sorted(LADDER)), st.sampled_from([{}, EMERGENCY]), st.randoms())
def test_the_order_of_candidates_does_not_matter(
    candidates: list[Candidate], owner: Role, urgent: dict[str, Any], dice: Any
) -> None:
    category = _category(owner, **urgent)
    chosen = choose_worker(candidates, category, PLACES)
    shuffled = candidates[:]
    dice.shuffle(shuffled)
    assert choose_worker(shuffled, category, PLACES) == chosen
    if chosen:
        assert not chosen.away
        assert chosen.nearness(PLACES)
        assert chosen.role in {role for rung in LADDER[owner] for role in rung}
        assert chosen.has_room or urgent
