"""Words whose meaning hangs on what the bot said last, told by rules before any intent."""

from collections.abc import Mapping
from typing import Any

from actions.application.awaited import expect_nothing
from actions.application.commands.following import ShowTicket, StopAwaiting
from actions.application.commands.mediating import AnswerRecheck
from actions.application.commands.roads import FileQuestion
from actions.application.commands.telling import AddDetail, Heard, TellMatter
from actions.application.handlers import (
    doors,
    doubts,
    drafting,
    filing,
    knowing,
    learning,
    on_behalf,
    promises,
    questions,
    rounds,
    telling_instead,
)
from actions.application.handlers.answer_words import taken_as_verdict
from actions.application.handlers.asking import go_on, told_with
from actions.application.handlers.cards import draft_id
from actions.application.handlers.first_words import keep_for_first_words
from actions.application.handlers.following import drop_or_keep, show_ticket
from actions.application.handlers.last_said import draft_meant, said_last
from actions.application.handlers.on_behalf import ask_to_follow
from actions.application.handlers.pointing import pointed_at
from actions.application.handlers.resuming import stop_awaiting
from actions.application.pressable import from_json
from actions.application.unit_of_work import UnitOfWork
from actions.domain.button_words import labels_worded
from actions.domain.decision import sure_leaf
from actions.domain.draft import Draft
from actions.domain.wording import anonymity_asked, besides_anonymity, gives_up

_PRESSED: dict[Any, Any] = {
    **drafting.HANDLERS,
    **doubts.HANDLERS,
    **filing.HANDLERS,
    AnswerRecheck: promises.answer_recheck,
    **on_behalf.HANDLERS,
    **rounds.HANDLERS,
    **doors.HANDLERS,
    **learning.HANDLERS,
    **knowing.HANDLERS,
    **telling_instead.HANDLERS,
    FileQuestion: questions.file_question,
    StopAwaiting: stop_awaiting,
    ShowTicket: show_ticket,
}
#: Letters beside a wish for no name that say nothing else: 可以吗, 谢谢, please.
_NO_MORE = 8
#: What "no need" answers, where it answers a question rather than the whole matter.
_NO_NEED = {"ask_drop_draft": "button_drop", "ask_photo_or_detail": "button_never_mind"}


async def taken_as_bare_words(command: Heard, uow: UnitOfWork) -> bool:
    """A wish for no name, a button named instead of pressed, or giving the matter up."""
    if await _is_about_the_name(command, uow) or await ask_to_follow(command.understood.text, uow):
        return True
    text = command.understood.text
    if await _is_button(text, uow) or await _is_one_of_those_listed(text, uow):
        return True
    return await taken_as_verdict(command, uow) or await _is_giving_up(command, uow)


async def press_for(stored: Mapping[str, Any], uow: UnitOfWork) -> None:
    """As if the button had been pressed: it ends what was being asked."""
    await expect_nothing(uow)
    command = from_json(stored)
    await _PRESSED[type(command)](command, uow)


def _is_sure(command: Heard, uow: UnitOfWork) -> bool:
    return sure_leaf(command.understood.leaves, uow.community.policy) is not None


async def _is_about_the_name(command: Heard, uow: UnitOfWork) -> bool:
    """The half-told matter goes without a name, or with it; more words are still heard."""
    text = command.understood.text
    anonymous = anonymity_asked(text)
    if anonymous is None:
        return False
    says_more = len(besides_anonymity(text)) > _NO_MORE
    is_new = isinstance(command, TellMatter) and _is_sure(command, uow)
    draft = await draft_meant(uow)
    if says_more and is_new and (draft is None or draft.asking is None):
        return False
    if draft is None:
        return await _keep_for_first_words(command, uow, anonymous=anonymous)
    for each in [draft, *await told_with(draft, uow)]:
        each.anonymous = anonymous
        await uow.drafts.save(each)
    if says_more and isinstance(command, TellMatter | AddDetail):
        return False
    await uow.reply("anonymous_on" if anonymous else "anonymous_off")
    await go_on(draft, uow)
    return True


async def _keep_for_first_words(command: Heard, uow: UnitOfWork, *, anonymous: bool) -> bool:
    """Said before the matter itself: the matter is asked for, and will have no name."""
    if len(besides_anonymity(command.understood.text)) > _NO_MORE or uow.turn.actor.is_worker:
        return False
    await keep_for_first_words(uow, anonymous=anonymous)
    await uow.reply("ask_what_matter")
    return True


async def _is_button(text: str, uow: UnitOfWork) -> bool:
    labels = labels_worded(text)
    said = await said_last(uow) if labels else None
    if said is None:
        return False
    stored = next((c for c in map(said.command, sorted(labels)) if c), None)
    stored = stored or await promises.recheck_worded(labels, uow)
    if stored is None or type(from_json(stored)) not in _PRESSED:
        return False
    await press_for(stored, uow)
    return True


async def _is_one_of_those_listed(text: str, uow: UnitOfWork) -> bool:
    stored = await pointed_at(text, uow)
    if stored is None:
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
