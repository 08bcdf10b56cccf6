"""The answer in words to "is anybody stuck inside?", taken before any model reads it."""

from collections.abc import Mapping
from typing import Any

from actions.application.awaited import Given, Taker, expect, expect_nothing
from actions.application.handlers.alarm import TRAPPED, numbers_for
from actions.application.handlers.asking import ASKED_FOR, danger_chips, go_on
from actions.application.handlers.draft_details import add_photos, add_words
from actions.application.handlers.emergencies import raise_from_draft
from actions.application.handlers.fears import learn_fear
from actions.application.handlers.placing import read_place
from actions.application.unit_of_work import UnitOfWork
from actions.domain.danger_words import Inside, anybody_inside
from actions.domain.draft import Draft, DraftState, Lack
from actions.domain.emergency import EmergencyKind


async def take_word_on_danger(awaiting: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    """Yes raises the alarm, no goes on; what is neither is kept and asked about once more."""
    draft = await uow.drafts.get(awaiting["draft_id"])
    if draft.state is not DraftState.OPEN:
        await expect_nothing(uow)
        await uow.reply("ask_what_matter")
        return
    await add_photos(draft, given.photos, uow)
    is_again = bool(awaiting.get("again"))
    if not given.text:
        await _ask_again(draft, uow, is_again=is_again)
        return
    if not draft.location.is_said:
        await read_place(draft, given.text, None, uow)
    add_words(draft, given.text)
    match anybody_inside(given.text):
        case Inside.YES:
            await learn_fear(draft, uow, is_danger=True)
            await raise_from_draft(draft, uow)
        case Inside.UNSURE:
            await _how_to_find_out(draft, uow)
        case None if not is_again:
            await _ask_again(draft, uow, is_again=True)
        case Inside.NO:
            await learn_fear(draft, uow, is_danger=False)
            draft.asking = None
            await go_on(draft, uow)
        case _:
            draft.asking = None
            await go_on(draft, uow)


async def _ask_again(draft: Draft, uow: UnitOfWork, *, is_again: bool) -> None:
    draft.asking = Lack.EMERGENCY
    await go_on(draft, uow)
    await expect(uow, "danger", waits=ASKED_FOR, draft_id=draft.id, again=is_again)


async def _how_to_find_out(draft: Draft, uow: UnitOfWork) -> None:
    """The question stays open."""
    await uow.drafts.save(draft)
    await expect(uow, "danger", waits=ASKED_FOR, draft_id=draft.id)
    await uow.reply(
        "danger_unsure",
        params={"numbers": numbers_for(EmergencyKind.named(TRAPPED), uow)},
        buttons=danger_chips(draft),
        urgent=True,
    )


AWAITED: dict[str, Taker] = {"danger": take_word_on_danger}
