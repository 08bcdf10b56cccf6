"""Words whose meaning hangs on what the bot said last, told by rules before any intent."""

from collections.abc import Mapping
from typing import Any

from actions.application.awaited import expect_nothing
from actions.application.commands.following import StopAwaiting
from actions.application.commands.telling import Heard
from actions.application.handlers import drafting, filing
from actions.application.handlers.cards import draft_id
from actions.application.handlers.following import drop_or_keep
from actions.application.handlers.last_said import draft_meant, said_last
from actions.application.handlers.resuming import stop_awaiting
from actions.application.pressable import from_json
from actions.application.unit_of_work import UnitOfWork
from actions.domain.button_words import labels_worded
from actions.domain.draft import Draft
from actions.domain.wording import gives_up

_PRESSED: dict[Any, Any] = {
    **drafting.HANDLERS,
    **filing.HANDLERS,
    StopAwaiting: stop_awaiting,
}
#: What "no need" answers, where it answers a question rather than the whole matter.
_NO_NEED = {"ask_drop_draft": "button_drop", "ask_photo_or_detail": "button_never_mind"}


async def taken_as_bare_words(command: Heard, uow: UnitOfWork) -> bool:
    """A button named instead of pressed, or giving the half-told matter up."""
    return await _is_button(command.understood.text, uow) or await _is_giving_up(command, uow)


async def press_for(stored: Mapping[str, Any], uow: UnitOfWork) -> None:
    """As if the button had been pressed: it ends what was being asked."""
    await expect_nothing(uow)
    command = from_json(stored)
    await _PRESSED[type(command)](command, uow)


async def _is_button(text: str, uow: UnitOfWork) -> bool:
    labels = labels_worded(text)
    said = await said_last(uow) if labels else None
    if said is None:
        return False
    stored = next((c for c in map(said.command, sorted(labels)) if c), None)
    if stored is None or type(from_json(stored)) not in _PRESSED:
        return False
    await press_for(stored, uow)
    return True


async def _is_giving_up(command: Heard, uow: UnitOfWork) -> bool:
    if not gives_up(command.understood.text):
        return False
    draft = await draft_meant(uow)
    if draft is None:
        return False
    said = await said_last(uow)
    label = _NO_NEED.get(said.template) if said else None
    stored = said.command(label) if said and label else None
    if stored:
        await press_for(stored, uow)
    else:
        await ask_to_drop(draft, uow)
    return True


async def ask_to_drop(draft: Draft, uow: UnitOfWork) -> None:
    await uow.reply(
        "ask_drop_draft",
        params={"text": draft.summary},
        buttons=drop_or_keep(draft_id(draft)),
    )
