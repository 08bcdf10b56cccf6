"""The one next question about a draft, or the card when nothing is missing (D11)."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from actions.application import values
from actions.application.awaited import expect, expect_nothing
from actions.application.commands.drafting import (
    AnswerDanger,
    ChangeCategory,
    ChooseCategory,
    ChoosePlace,
    DropDraft,
    FileIt,
    ReviewBatch,
    SubmitBatch,
)
from actions.application.handlers.alarm import numbers_for
from actions.application.handlers.cards import (
    category_of,
    draft_buttons,
    draft_card,
    draft_id,
    where,
)
from actions.application.handlers.likeness import offer_alike
from actions.application.handlers.origin_questions import ask_about_origin
from actions.application.handlers.praising import ask_praised
from actions.application.handlers.subjects import asks_subject, subject_chips
from actions.application.notification import Button
from actions.application.pressable import to_json
from actions.application.roads import worded
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import press
from actions.domain.decision import ASK_DANGER, offered_leaves
from actions.domain.draft import Draft, Lack
from actions.domain.emergency import kind_of
from actions.domain.identifiers import LeafCode
from actions.domain.origin import FOR_ANOTHER, Origin
from actions.domain.road import Road, road_of

_PLACES_OFFERED = 3
#: How long words are read as the answer to it, without a model.
ASKED_FOR = timedelta(hours=1)


async def go_on(draft: Draft, uow: UnitOfWork) -> None:
    """Ask what is missing, of this draft first, then of those told with it; else the card."""
    await _leave_danger(uow)
    for each in [draft, *await told_with(draft, uow)]:
        lack = lacking(each, uow)
        if lack is not None:
            await ask(each, lack, uow)
            return
    if await ask_about_origin(draft, uow):
        return
    # Each letter has a number of its own, for its slip.
    asks_likeness = not draft.likeness_asked and draft.origin != Origin.PAPER
    if asks_likeness and await offer_alike(draft, uow):
        return
    await show(draft, uow)


async def go_on_unharmed(draft: Draft, awaiting: Mapping[str, Any], uow: UnitOfWork) -> None:
    """Nobody is in danger: what was no matter, or hardly one, is filed only if that is wished."""
    draft.asking = None
    if awaiting.get("talk") and awaiting.get("draft_id") == draft.id:
        await _leave_danger(uow)
        await ask(draft, Lack.MATTER, uow)
        return
    await go_on(draft, uow)


async def _leave_danger(uow: UnitOfWork) -> None:
    """Words are no answer about danger any more, unless it is asked again."""
    if uow.turn.conversation_id is not None:
        conversation = await uow.conversations.get(uow.turn.conversation_id)
        if (conversation.awaiting or {}).get("for") == "danger":
            await expect_nothing(uow)


def lacking(draft: Draft, uow: UnitOfWork) -> Lack | None:
    is_due = draft.category in ASK_DANGER and not draft.danger_asked
    if is_due or draft.asking is Lack.EMERGENCY:
        return Lack.EMERGENCY
    lack = draft.lacks(category_of(draft, uow))
    return Lack.SUBJECT if lack is None and asks_subject(draft) else lack


async def told_with(draft: Draft, uow: UnitOfWork) -> list[Draft]:
    """The other open drafts of the same message, in the order they were told."""
    if not draft.batch:
        return []
    drafts = await uow.drafts.open_of(draft.conversation_id)
    return [d for d in reversed(drafts) if d.batch == draft.batch and d.id != draft.id]


async def ask(draft: Draft, lack: Lack, uow: UnitOfWork) -> None:
    draft.asking = lack
    draft.alike = None
    draft.asked += 1
    draft.updated_at = uow.now
    if lack is Lack.EMERGENCY:
        draft.danger_asked = True
        await expect(uow, "danger", waits=ASKED_FOR, draft_id=draft.id)
    if lack is Lack.SUBJECT:
        await expect(uow, "subject", waits=ASKED_FOR, draft_id=draft.id)
    await uow.drafts.save(draft)
    buttons = await _chips(draft, lack, uow)
    params = {"what": what_of(draft, uow), "text": draft.summary}
    if lack is Lack.EMERGENCY:
        params["numbers"] = numbers_for(kind_of(draft.category), uow)
    await uow.reply(_question(draft, lack), params=params, buttons=buttons)


def _question(draft: Draft, lack: Lack) -> str:
    if lack is Lack.PLACE and draft.origin in FOR_ANOTHER:
        return "ask_place_of_another"
    if lack is Lack.EMERGENCY and draft.category not in ASK_DANGER:
        return "ask_danger"
    return f"ask_{lack.value}"


def what_of(draft: Draft, uow: UnitOfWork) -> object:
    """What the matter is called: its category, or the person's own words."""
    category = category_of(draft, uow)
    return values.category(category.code) if category else draft.summary


async def _chips(draft: Draft, lack: Lack, uow: UnitOfWork) -> tuple[Button, ...]:
    match lack:
        case Lack.EMERGENCY:
            return danger_chips(draft)
        case Lack.MATTER:
            return _filing_chips(draft)
        case Lack.WHICH_PLACE:
            return (*_place_chips(draft, draft.candidates), _other_place(draft))
        case Lack.PLACE:
            return await _home_chip(draft, uow)
        case Lack.SUBJECT:
            return await subject_chips(draft, uow)
        case Lack.CATEGORY:
            return category_chips(draft, offered_leaves(draft.leaves, uow.community.policy), uow)


def danger_chips(draft: Draft) -> tuple[Button, ...]:
    number = draft_id(draft)
    how = "trapped" if draft.category in ASK_DANGER else "in_danger"
    return (
        press(f"button_nobody_{how}", AnswerDanger(draft_id=number, danger=False), "chip"),
        press(f"button_somebody_{how}", AnswerDanger(draft_id=number, danger=True), "danger"),
    )


def _filing_chips(draft: Draft) -> tuple[Button, ...]:
    number = draft_id(draft)
    return (
        press("button_file_it", FileIt(draft_id=number), "chip"),
        press("button_drop", DropDraft(draft_id=number), "chip"),
    )


def _place_chips(draft: Draft, codes: Sequence[str]) -> tuple[Button, ...]:
    return tuple(
        Button(
            label="place_chip",
            params={"place": values.place(code)},
            command=to_json(ChoosePlace(draft_id=draft_id(draft), place=code)),
            style="chip",
        )
        for code in codes[:6]
    )


def _other_place(draft: Draft) -> Button:
    return press("button_other_place", ChoosePlace(draft_id=draft_id(draft), place=""), "chip")


async def _home_chip(draft: Draft, uow: UnitOfWork) -> tuple[Button, ...]:
    """What is known is offered, not asked: the bound home, one tap away."""
    if draft.finding:
        return _place_chips(draft, await _places_just_seen(draft, uow))
    person = await uow.people.get(draft.person_id)
    return _place_chips(draft, [person.home]) if person.home else ()


async def _places_just_seen(draft: Draft, uow: UnitOfWork) -> list[str]:
    """Where the findings before this one were made: the next is seldom far."""
    before = [f for f in await uow.rounds.findings(draft.finding[0]) if f.seq < draft.finding[1]]
    codes = [str(f.heard.get("code") or "") for f in reversed(before)]
    return list(dict.fromkeys(code for code in codes if code))[:_PLACES_OFFERED]


def category_chips(draft: Draft, leaves: Sequence[LeafCode], uow: UnitOfWork) -> tuple[Button, ...]:
    """The model may name kinds of matter that this community has no longer."""
    number = draft_id(draft)
    in_use = [known.code for leaf in leaves if (known := uow.community.in_use(leaf))]
    chips = tuple(
        Button(
            label="category_chip",
            params={"category": values.category(leaf)},
            command=to_json(ChooseCategory(draft_id=number, leaf=leaf)),
            style="chip",
        )
        for leaf in dict.fromkeys(in_use)
    )
    return (*chips, press("button_none_of_these", ChangeCategory(draft_id=number), "chip"))


async def show(draft: Draft, uow: UnitOfWork) -> None:
    """Say back what was understood: one card, or one list for several matters."""
    others = await told_with(draft, uow)
    if others:
        await _show_batch([draft, *others], uow)
        return
    await show_one(draft, uow)


async def show_one(draft: Draft, uow: UnitOfWork) -> None:
    category = category_of(draft, uow)
    if category is None:
        await ask(draft, Lack.CATEGORY, uow)
        return
    if road_of(category.code) is Road.PRAISE:
        await ask_praised(draft, uow)
        return
    await _shown(draft, uow)
    await uow.reply(
        worded(category.code, f"draft_card_{category.urgency}"),
        params={"what": values.category(category.code)},
        card=draft_card(draft, category, uow),
        buttons=draft_buttons(draft),
    )


async def _show_batch(drafts: Sequence[Draft], uow: UnitOfWork) -> None:
    in_order = sorted(drafts, key=draft_id)
    for draft in in_order:
        await _shown(draft, uow)
    lines = [values.joined(what_of(draft, uow), where(draft)) for draft in in_order]
    first = draft_id(in_order[0])
    await uow.reply(
        "draft_batch",
        params={"count": len(in_order), "list": values.numbered(*lines)},
        buttons=(
            Button(
                label="button_submit_all",
                command=to_json(SubmitBatch(draft_id=first)),
                style="primary",
                params={"count": len(in_order)},
            ),
            Button(label="button_one_by_one", command=to_json(ReviewBatch(draft_id=first))),
            Button(label="button_drop", command=to_json(DropDraft(draft_id=first))),
        ),
    )


async def _shown(draft: Draft, uow: UnitOfWork) -> None:
    draft.asking = None
    draft.alike = None
    draft.updated_at = uow.now
    await uow.drafts.save(draft)
