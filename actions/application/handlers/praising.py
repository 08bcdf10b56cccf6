"""Praise is heard: the one question is whom it is for, and the tap that answers it files it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from actions.application import values
from actions.application.awaited import expect
from actions.application.commands.drafting import DropDraft
from actions.application.commands.roads import ChoosePraised
from actions.application.notification import Button
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import press
from actions.domain.community import Community
from actions.domain.dispatch import Candidate
from actions.domain.draft import Draft
from actions.domain.identifiers import AreaCode
from actions.domain.people import Role
from actions.domain.place import Location
from actions.domain.placing import paths_of
from actions.domain.praised_words import role_named

EVERYONE: Final = "all"
#: As people are met: at the door, in the estate, at the office.
_MET: Final[tuple[Role, ...]] = (
    Role.GWF, Role.GWP, Role.PRM, Role.GLD, Role.CMT, Role.POL, Role.VOL, Role.OWC, Role.DPT,
    Role.CHR, Role.DEP, Role.SUP, Role.DSP,
)  # fmt: skip
_OFFERED: Final = 5


async def ask_praised(draft: Draft, uow: UnitOfWork) -> None:
    """Chips of the roles that serve the place; a name in words is as good."""
    await _place_at_home(draft, uow)
    draft.asking = draft.alike = None
    draft.updated_at = uow.now
    await uow.drafts.save(draft)
    await expect(uow, "praised", soft=True, draft_id=draft.id)
    here = serving(await uow.people.candidates(uow.now), draft.location, uow.community)
    await uow.reply(
        "ask_praised",
        params={"text": draft.summary},
        buttons=_chips(draft, roles_met(here, draft.text)),
    )


async def _place_at_home(draft: Draft, uow: UnitOfWork) -> None:
    """The grid of the writer's home, so that its lead gets it; never the building itself."""
    if draft.location.is_known:
        return
    home = (await uow.people.get(draft.person_id)).home
    if home in uow.community.areas:
        estate = uow.community.estate_of(AreaCode(home))
        grids = uow.community.grids_for(AreaCode(home))
        draft.location = replace(
            Location(),
            area=estate.code if estate else None,
            grid=grids[0].code if len(grids) == 1 else None,
        )


def serving(
    candidates: Any, location: Location | Mapping[str, Any], community: Community
) -> list[Candidate]:
    """Everybody at work around a place, the nearest first."""
    where = location if isinstance(location, Location) else Location(**location)
    near = [path for path in paths_of(where, community) if path] or [community.root]
    here = [each for each in candidates if each.nearness(near)]
    return sorted(here, key=lambda each: (-each.nearness(near), each.person_id))


def roles_met(candidates: list[Candidate], text: str) -> list[Role]:
    """Their roles, each once under the name people use: the one named, then those met most."""
    held = {each.role for each in candidates}
    if Role.GWF in held:
        held.discard(Role.GWP)
    named = role_named(text)
    return sorted((role for role in _MET if role in held), key=lambda role: role != named)[
        :_OFFERED
    ]


def _chips(draft: Draft, roles: list[Role]) -> tuple[Button, ...]:
    number = draft.id or 0
    named = [
        press(
            "praised_chip",
            ChoosePraised(draft_id=number, who=role.value),
            "chip",
            role=values.role(role),
        )
        for role in roles
    ]
    everyone = press("button_praise_everyone", ChoosePraised(draft_id=number, who=EVERYONE), "chip")
    return (*named, everyone, press("button_drop", DropDraft(draft_id=number), "chip"))
