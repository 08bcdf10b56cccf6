"""The answer in words to "is anybody in danger?", taken before any model reads it."""

from collections.abc import Mapping
from typing import Any

from actions.application.awaited import Given, Taker, expect, expect_nothing
from actions.application.handlers.alarm import TRAPPED, numbers_for
from actions.application.handlers.asking import ASKED_FOR, danger_chips, go_on, go_on_unharmed
from actions.application.handlers.draft_details import add_photos, add_words
from actions.application.handlers.emergencies import raise_from_draft
from actions.application.handlers.fears import learn_fear
from actions.application.handlers.placing import read_place
from actions.application.unit_of_work import UnitOfWork
from actions.domain.answers import said_of_danger
from actions.domain.danger_words import Inside
from actions.domain.decision import ASK_DANGER
from actions.domain.draft import Draft, DraftState, Lack
from actions.domain.emergency import EmergencyKind, kind_of

#: So short an answer tells nothing of the matter itself.
_BARE_ANSWER = 6


async def take_word_on_danger(awaiting: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    """Yes raises the alarm, no goes on; what is neither is kept and asked about once more."""
    draft = await uow.drafts.get(awaiting["draft_id"])
    if draft.state is not DraftState.OPEN:
        await expect_nothing(uow)
        await uow.reply("ask_what_matter")
        return
    await add_photos(draft, given.photos, uow)
    is_again, talk = bool(awaiting.get("again")), bool(awaiting.get("talk"))
    if not given.text:
        await _ask_again(draft, uow, again=is_again, talk=talk)
        return
    if not draft.location.is_said:
        await read_place(draft, given.text, None, uow)
    said = said_of_danger(draft, given.text)
    if said is None or len(given.text) > _BARE_ANSWER:
        add_words(draft, given.text)
    match said:
        case Inside.YES:
            await learn_fear(draft, uow, is_danger=True)
            await raise_from_draft(draft, uow)
        case Inside.UNSURE:
            await _how_to_find_out(draft, uow, talk=talk)
        case None if not is_again:
            await _ask_again(draft, uow, again=True, talk=talk)
        case Inside.NO:
            await learn_fear(draft, uow, is_danger=False)
            await go_on_unharmed(draft, awaiting, uow)
        case _:
            await go_on_unharmed(draft, awaiting, uow)


async def _ask_again(draft: Draft, uow: UnitOfWork, **asked: bool) -> None:
    draft.asking = Lack.EMERGENCY
    await go_on(draft, uow)
    await expect(uow, "danger", waits=ASKED_FOR, draft_id=draft.id, **asked)


async def _how_to_find_out(draft: Draft, uow: UnitOfWork, *, talk: bool) -> None:
    """The question stays open."""
    await uow.drafts.save(draft)
    await expect(uow, "danger", waits=ASKED_FOR, draft_id=draft.id, talk=talk)
    is_lift = draft.category in ASK_DANGER
    kind = EmergencyKind.named(TRAPPED) if is_lift else kind_of(draft.category)
    await uow.reply(
        "danger_unsure" if is_lift else "danger_unsure_else",
        params={"numbers": numbers_for(kind, uow)},
        buttons=danger_chips(draft),
        urgent=True,
    )


AWAITED: dict[str, Taker] = {"danger": take_word_on_danger}
