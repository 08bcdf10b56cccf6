"""What somebody with a new role reads first: what comes to them, and what they may begin."""

import pytest

from actions.application.commands.following import ShowHelp
from actions.application.commands.telling import Welcome
from actions.application.pressable import from_json
from actions.domain.people import WORKING_ROLES, Role
from actions.domain.seating import SEATS
from tests.builders import World

_WHERE = {
    Role.GWF: "G3", Role.GWP: "G3", Role.GLD: "G3", Role.CAP: "BL-45",
    Role.PRM: "BL", Role.OWC: "BL", Role.REP: "BL",
}  # fmt: skip
_ACCEPTS = "接单"


@pytest.mark.parametrize("role", sorted(SEATS))
async def test_each_role_reads_what_comes_to_it_and_nothing_it_cannot_do(
    world: World, role: Role
) -> None:
    newcomer = await world.worker("新人", role, _WHERE.get(role, "LJ"))

    await newcomer.does(Welcome(roles=(role.value,), waiting=0))
    await newcomer.does(ShowHelp())

    greeting, helped = await newcomer.last("welcome_worker"), (await newcomer.heard())[-1]
    duty = world.wording.render(f"duty_{'GWF' if role is Role.GWP else role.value}", {}, "zh-CN")
    assert duty in greeting.text
    assert duty in helped.text
    assert helped.template == ("help_worker" if role in WORKING_ROLES else "help_seat")
    if role not in WORKING_ROLES:
        assert _ACCEPTS not in greeting.text
        assert _ACCEPTS not in helped.text


@pytest.mark.parametrize("role", sorted(SEATS))
async def test_no_button_of_the_greeting_is_refused(world: World, role: Role) -> None:
    newcomer = await world.worker("新人", role, _WHERE.get(role, "LJ"))
    await newcomer.does(Welcome(roles=(role.value,), waiting=0))

    for button in (await newcomer.last("welcome_worker")).buttons:
        await newcomer.does(from_json(button["command"]))
        said = (await newcomer.heard())[-1].template
        assert not said.startswith("error_"), button["label"]


async def test_several_roles_are_each_explained_once(world: World) -> None:
    newcomer = await world.worker("新人", Role.GWF, "G3")

    await newcomer.does(Welcome(roles=("GWF", "GWP", "CAP"), waiting=0))

    text = (await newcomer.last("welcome_worker")).text
    assert text.count("您这一片的事会派到这里") == 1
    assert "②" in text
    assert "③" not in text


async def test_a_resident_is_greeted_and_helped_as_a_resident(world: World) -> None:
    resident = await world.resident("何姨")

    await resident.does(Welcome(roles=("RES",), waiting=0))
    await resident.does(ShowHelp())

    assert await resident.templates() == ["welcome", "help"]
