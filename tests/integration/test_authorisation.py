"""The authorisation matrix: everybody knocks at every door for everything, and only those of the
table come through; to the others what is not theirs and what is not there are the same.

On PostgreSQL a sample: no query there decides anything else.
"""

from collections.abc import Iterable
from pathlib import Path

import pytest

from bot.ports import Allowance
from tests.authorisation_table import rows
from tests.builders import World
from tests.integration.authorisation_commands import OPEN, Trial, is_about, kinds
from tests.integration.authorisation_doors import (
    ANONYMOUS,
    Street,
    doors_of,
    objects_of,
)
from tests.integration.authorisation_town import HOLDER, OBJECTS, ROLES, SUBJECTS, Town
from tests.integration.web_house import opened_house

SAMPLE = ("plain", "PRM", "GLD", "PRV", "ADM")
#: What a command is about, and what exists for others than those of `SEES`: colleagues and calls,
#: for whoever leads or works there (tests/integration/test_absence.py, test_callbacks.py).
ABOUT_OTHERS = {kind.__name__: is_about(kind) for kind in kinds()}
WITHIN_REACH = frozenset({"person_id", "of", "callback_id", "invitation_id"})
#: They end what the rest of the table needs.
ENDINGS = frozenset({"POST /admin/sign-out", "POST /admin/sign-out-everywhere"})
#: The command that gets through for whomever a matter exists at all.
SEES = "ShowOptions"


class NoLimit:
    """Fits `Throttle`: the table has more questions than anybody would be let ask."""

    async def take(self, _allowance: Allowance, _who: str) -> float:
        return 0.0


def subjects(world: World) -> Iterable[str]:
    return SUBJECTS if world.database.is_sqlite else SAMPLE


def test_every_command_behind_a_button_is_in_the_table_and_the_table_names_no_other() -> None:
    told = {door for door, row in rows().items() if not row.is_address}

    assert told == {kind.__name__ for kind in kinds()}
    for kind in kinds():
        told_of = set(rows()[kind.__name__].who)
        assert told_of == (set(OBJECTS) if is_about(kind) else {OPEN}), kind.__name__


async def test_every_address_lets_in_whom_the_table_names_and_tells_the_others_nothing(
    world: World, tmp_path: Path
) -> None:
    asked = [who for who in subjects(world) if who != HOLDER]
    wrong: list[str] = []
    unlike: list[str] = []
    async with opened_house(world, tmp_path / "media", NoLimit()) as house:
        street = await Street.built(house, asked)
        doors = sorted(doors_of(house.app) - ENDINGS)
        for door in doors:
            expected = rows()[door].who
            for who in (ANONYMOUS, *asked):
                refused = {}
                for what in objects_of(door):
                    is_in, heard = await street.knock(door, who, what)
                    if is_in is not (who in expected[what]):
                        wrong.append(f"{door} {what} {who}: {heard[0]}")
                    if not is_in:
                        refused[what] = heard
                if len(set(refused.values())) > 1:
                    unlike.append(f"{door} {who}: {sorted(refused)}")

    assert wrong == []
    assert unlike == []


async def test_every_command_gets_through_for_whom_the_table_names_and_nothing_exists_for_others(
    world: World,
) -> None:
    town = await Town.built(world)
    cast = await town.cast()
    own = await town.belongings(cast)
    for role in ROLES:
        await town.seat(cast[role], role)
    await town.follow(cast["follower"])
    trial = Trial(town, cast, own)

    asked = list(subjects(world))
    await trial.run(asked)

    through = trial.through()
    wrong = {
        f"{door} {what}": sorted(through[door, what] ^ (expected & set(asked)))
        for door, row in rows().items()
        if not row.is_address
        for what, expected in row.who.items()
        if through[door, what] != expected & set(asked)
    }
    unlike = [
        f"{door} {what} {who}: {outcome}"
        for (door, what, who), outcome in trial.outcomes.items()
        if what not in (OPEN, "own")
        and ABOUT_OTHERS[door] not in WITHIN_REACH
        and who not in rows()[SEES].who[what]
        and outcome != trial.outcomes[door, "absent", who]
    ]
    assert wrong == {}
    assert unlike == []


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
async def test_a_button_of_somebody_else_is_no_button(world: World, tmp_path: Path) -> None:
    """Commands come from buttons that were signed for a conversation; nobody can bring their own."""
    async with opened_house(world, tmp_path / "media") as house:
        one, other = await house.visitor(), await house.visitor()
        someone = await one.someone()
        await world.filed(someone, "SAF03", "BL-45", "飞线充电")
        await house.deliver()
        tokens = [
            button["action"]
            for message in await one.messages()
            for button in message.get("buttons", ())
        ]
        assert tokens
        for token in (*tokens, tokens[0][:-1] + "x", "WithdrawTicket", '{"do":"ShowTicket"}'):
            answer = await other.post(
                "/messages", {"client_msg_id": f"00000000-0000-4000-8000-{hash(token) % 10**12:012}",
                              "action": token}
            )  # fmt: skip
            assert 400 <= answer.status < 500, await answer.text()
        assert [m for m in await other.messages() if m["direction"] == "in"] == []
