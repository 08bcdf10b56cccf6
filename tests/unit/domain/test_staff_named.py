"""Whom of the staff some words name."""

import pytest

from actions.domain.identifiers import PersonId
from actions.domain.people import Role
from actions.domain.staff_named import Colleague, called_in, named_in

MEI = Colleague(person_id=PersonId(1), role=Role.GWF, names=("网格员阿梅", "Grid worker Mei"))
ZHOU = Colleague(person_id=PersonId(2), role=Role.CMT, names=("社区周主任",))
FIRM = Colleague(person_id=PersonId(3), role=Role.PRM, names=("白鹭物业服务处",))
STAFF = (MEI, ZHOU, FIRM)


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("阿梅上门骂人", {1}),
        ("周主任不回电话", {2}),
        ("Mei was rude", {1}),
        ("阿梅和周主任", {1, 2}),
        ("上门的人态度差", set()),
        ("网格员态度差", set()),
    ],
)
def test_by_name(text: str, people: set[int]) -> None:
    assert named_in(text, STAFF) == people


@pytest.mark.parametrize(
    ("text", "people"), [("网格员", {1}), ("物業", {3}), ("居委会", {2}), ("不认识", set())]
)
def test_by_what_they_are_called(text: str, people: set[int]) -> None:
    assert called_in(text, STAFF) == people
