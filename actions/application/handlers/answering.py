"""Yes and no, to what was put last."""

from datetime import timedelta

from actions.application.commands.drafting import (
    ChangeCategory,
    ChangePlace,
    DropDraft,
    KeepSeparate,
)
from actions.application.commands.telling import Affirm, Deny
from actions.application.handlers.asking import go_on
from actions.application.handlers.bare_words import press_for
from actions.application.handlers.cards import draft_id
from actions.application.handlers.drafting import drop_draft, keep_separate
from actions.application.handlers.last_said import CARD, draft_of, said_last, yes_button
from actions.application.handlers.likeness_shown import ASKED, SEVERAL, YES_LABELS
from actions.application.handlers.listening import listening
from actions.application.handlers.placing import read_place
from actions.application.handlers.resuming import newest, offer
from actions.application.notification import Button
from actions.application.pressable import to_json
from actions.application.records import Said
from actions.application.unit_of_work import UnitOfWork
from actions.domain.draft import Draft, Lack
from actions.domain.wording import agrees

#: Questions whether anybody is in danger.
_DANGER = frozenset({"ask_emergency", "ask_danger"})
#: How long a plain yes still means the card that was shown.
CARD_STANDS = timedelta(hours=1)
_FILING = frozenset({"button_submit", "button_submit_all"})
#: What a late yes does not do unseen.
_STANDS_AN_HOUR = _FILING | {*YES_LABELS.values(), "button_drop"}


async def affirm(command: Affirm, uow: UnitOfWork) -> None:
    """Yes, to what was put last and to nothing else."""
    said = await said_last(uow)
    draft = await draft_of(said, uow)
    if said is None or draft is None:
        await _yes_to_nothing(uow)
        return
    if said.template == SEVERAL:
        draft.likeness_asked = False  # a yes does not say which: they are shown again
    label = yes_button(said)
    stored = said.command(label) if label else None
    if stored is None or not _may_act(label, said, command.understood.text, uow):
        await go_on(draft, uow)
        return
    await press_for(stored, uow)


def _may_act(label: str, said: Said, text: str, uow: UnitOfWork) -> bool:
    """Filing takes a plain yes; long after the card a yes may mean anything: shown again first."""
    if label in _FILING and not agrees(text):
        return False
    return label not in _STANDS_AN_HOUR or uow.now - said.at < CARD_STANDS


async def _yes_to_nothing(uow: UnitOfWork) -> None:
    """Nothing was asked: what waits half-told is offered, never filed."""
    draft = await newest(uow)
    if draft is None:
        await uow.reply("yes_to_nothing")
    elif draft.asking is not None:
        await go_on(draft, uow)
    else:
        await offer(draft, uow)


async def deny(command: Deny, uow: UnitOfWork) -> None:
    """No, perhaps with the right place in the same breath."""
    said = await said_last(uow)
    draft = await draft_of(said, uow)
    put = said.template if said and draft else ""
    draft = draft or await newest(uow)
    if draft is None:
        await uow.reply("no_to_nothing")
    elif await read_place(draft, command.understood.text, None, uow):
        if draft.asking is not Lack.EMERGENCY or put in _DANGER:
            draft.asking = None
        await go_on(draft, uow)
    else:
        await _deny(draft, put, uow)


async def _deny(draft: Draft, put: str, uow: UnitOfWork) -> None:
    if put in _DANGER:
        draft.asking = None
        await go_on(draft, uow)
    elif put == "ask_matter":
        await drop_draft(DropDraft(draft_id=draft_id(draft)), uow)
    elif put.startswith(ASKED):
        await keep_separate(KeepSeparate(draft_id=draft_id(draft)), uow)
    elif put == "ask_drop_draft":
        await go_on(draft, uow)
    elif put.startswith(CARD) or put == "draft_batch":
        await _what_is_wrong(draft, uow)
    elif put == "draft_waits" or (not put and draft.asking is None):
        await uow.reply("no_to_nothing")
    else:
        await uow.reply("ask_what_instead")


async def _what_is_wrong(draft: Draft, uow: UnitOfWork) -> None:
    from_card = draft_id(draft)
    await uow.reply(
        "ask_what_is_wrong",
        buttons=(
            Button(
                label="button_change_place",
                command=to_json(ChangePlace(draft_id=from_card)),
                style="chip",
            ),
            Button(
                label="button_change_category",
                command=to_json(ChangeCategory(draft_id=from_card)),
                style="chip",
            ),
            Button(
                label="button_drop", command=to_json(DropDraft(draft_id=from_card)), style="chip"
            ),
        ),
    )


HANDLERS = {Affirm: listening(affirm), Deny: listening(deny)}
