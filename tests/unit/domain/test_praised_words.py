"""Whom praise is for, as people call them."""

import pytest

from actions.domain.people import Role
from actions.domain.praised_words import is_only_role, means_everyone, role_named


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("网格员帮我妈扛米上楼", Role.GWF),
        ("個網格長好好人", Role.GLD),
        ("物業修得好快", Role.PRM),
        ("The volunteers were great", Role.VOL),
        ("门口扫地的阿姨特别好", None),
    ],
)
def test_a_role_is_heard_in_the_praise(text: str, role: Role | None) -> None:
    assert role_named(text) is role


@pytest.mark.parametrize(
    ("text", "role"),
    [("物业", Role.PRM), ("網格員。", Role.GWF), ("物业小李", None), ("阿梅", None)],
)
def test_a_role_alone_is_as_good_as_its_button(text: str, role: Role | None) -> None:
    assert is_only_role(text) is role


@pytest.mark.parametrize("text", ["大家", "Everyone", "所有人。"])
def test_everyone_is_said_in_words(text: str) -> None:
    assert means_everyone(text)


@pytest.mark.parametrize("text", ["大家姐", "阿梅", ""])
def test_a_name_is_not_everyone(text: str) -> None:
    assert not means_everyone(text)
