"""The buttons of a draft: change, choose, add, join, drop, go on."""

from actions.application import values
from actions.application.awaited import expect, expect_nothing
from actions.application.commands.drafting import (
    AddPhotos,
    AnswerDanger,
    ChangeCategory,
    ChangePlace,
    ChooseCategory,
    ChoosePlace,
    DropDraft,
    JoinTicket,
    KeepSeparate,
    ResumeDraft,
    ReviewBatch,
    SwitchAnonymous,
)
from actions.application.commands.following import StopAwaiting
from actions.application.commands.learning import OnlyTalk
from actions.application.deeds import id_of
from actions.application.handlers.alarm import awaiting_of
from actions.application.handlers.asking import (
    category_chips,
    go_on,
    go_on_unharmed,
    show_one,
    told_with,
)
from actions.application.handlers.cards import draft_id
from actions.application.handlers.emergencies import raise_from_draft
from actions.application.handlers.fears import learn_fear
from actions.application.handlers.filing import go_on_after, own_draft
from actions.application.handlers.learning import note_choice, note_talk
from actions.application.handlers.origins import join
from actions.application.handlers.placing import choose_place
from actions.application.notification import Button
from actions.application.pressable import to_json
from actions.application.together import leading
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import press
from actions.domain.decision import offered_leaves
from actions.domain.draft import Draft, DraftState, Lack
from actions.domain.errors import OutOfDate
from actions.domain.identifiers import LeafCode, TicketId
from actions.domain.permissions import may_see
from actions.domain.place import Location
from actions.domain.sealing import has_other_side
from actions.domain.ticket import Ticket

#: Whole classes are offered once the likeliest leaves were all wrong.
TOPS_OFFERED = 13


async def change_category(command: ChangeCategory, uow: UnitOfWork) -> None:
    """First the likeliest, then the classes, then one class's kinds."""
    draft = await own_draft(command.draft_id, uow)
    if command.top:
        leaves = [leaf for leaf, c in uow.community.categories.items() if c.top == command.top]
        buttons = category_chips(draft, leaves, uow)
    elif draft.asking is not Lack.CATEGORY and draft.category is not None:
        offered = offered_leaves(draft.leaves, uow.community.policy)
        likely = [leaf for leaf in offered if leaf != draft.category]
        buttons = category_chips(draft, likely, uow)
    else:
        buttons = _top_chips(draft, uow)
    draft.asking = Lack.CATEGORY
    await uow.drafts.save(draft)
    await uow.reply("ask_category", params={"text": draft.summary}, buttons=buttons)


def _top_chips(draft: Draft, uow: UnitOfWork) -> tuple[Button, ...]:
    tops = dict.fromkeys(category.top for category in uow.community.categories.values())
    return tuple(
        Button(
            label="top_chip",
            params={"top": values.top(top)},
            command=to_json(ChangeCategory(draft_id=draft_id(draft), top=top)),
            style="chip",
        )
        for top in list(tops)[:TOPS_OFFERED]
    )


async def choose_category(command: ChooseCategory, uow: UnitOfWork) -> None:
    draft = await own_draft(command.draft_id, uow)
    chosen = uow.community.in_use(LeafCode(command.leaf))
    if chosen is None:
        raise OutOfDate
    draft.category = chosen.code
    draft.likeness_asked = False
    await note_choice(draft, chosen.code, uow)
    await go_on(draft, uow)


async def change_place(command: ChangePlace, uow: UnitOfWork) -> None:
    """Forget the place and ask for it again."""
    draft = await own_draft(command.draft_id, uow)
    draft.location = Location()
    draft.candidates = ()
    draft.likeness_asked = False
    await go_on(draft, uow)


async def choose_place_of_draft(command: ChoosePlace, uow: UnitOfWork) -> None:
    draft = await own_draft(command.draft_id, uow)
    if not command.place:
        draft.location, draft.candidates = Location(), ()
        draft.asking = Lack.PLACE
        await uow.drafts.save(draft)
        await uow.reply("ask_place_in_words")
        return
    if not choose_place(draft, command.place, uow):
        raise OutOfDate
    await go_on(draft, uow)


async def add_photos(command: AddPhotos, uow: UnitOfWork) -> None:
    draft = await own_draft(command.draft_id, uow)
    await expect(uow, "draft_detail", draft_id=draft.id, soft=True)
    await uow.reply(
        "ask_photo_or_detail",
        buttons=(Button(label="button_never_mind", command=to_json(StopAwaiting()), style="chip"),),
    )


async def switch_anonymous(command: SwitchAnonymous, uow: UnitOfWork) -> None:
    draft = await own_draft(command.draft_id, uow)
    draft.anonymous = not draft.anonymous
    await uow.reply("anonymous_on" if draft.anonymous else "anonymous_off")
    await show_one(draft, uow)


async def drop_draft(command: DropDraft, uow: UnitOfWork) -> None:
    """The person thought better of it: nothing is filed, of the whole message."""
    draft = await own_draft(command.draft_id, uow)
    was_asked = draft.asking is Lack.MATTER
    for each in [draft, *await told_with(draft, uow)]:
        each.state = DraftState.ABANDONED
        await uow.drafts.save(each)
    await expect_nothing(uow)
    if was_asked:
        await note_talk(draft, uow)
    talk = press("button_only_talk", OnlyTalk(draft_id=draft_id(draft)), "chip")
    await uow.reply("draft_dropped", buttons=() if was_asked else (talk,))


async def resume_draft(command: ResumeDraft, uow: UnitOfWork) -> None:
    await go_on(await own_draft(command.draft_id, uow), uow)


async def review_batch(command: ReviewBatch, uow: UnitOfWork) -> None:
    """From a list to one card after another."""
    first = await own_draft(command.draft_id, uow)
    for draft in [first, *await told_with(first, uow)]:
        draft.batch = ""
        await show_one(draft, uow)


async def join_ticket(command: JoinTicket, uow: UnitOfWork) -> None:
    """Me too: the person follows the open ticket, and what they told is added to it."""
    draft = await own_draft(command.draft_id, uow)
    ticket = await leading(await uow.tickets.get(TicketId(command.ticket_id)), uow)
    if not ticket.is_open or not await _may_join(ticket, uow):
        raise OutOfDate
    draft.state = DraftState.SUBMITTED
    await uow.drafts.save(draft)
    await join(ticket, draft, uow)
    await go_on_after(draft, uow)


async def _may_join(ticket: Ticket, uow: UnitOfWork) -> bool:
    """Where there is another side, nobody is let in who was not in it before."""
    return not has_other_side(ticket) or may_see(
        uow.turn.actor, ticket, await uow.tickets.followers(id_of(ticket))
    )


async def keep_separate(command: KeepSeparate, uow: UnitOfWork) -> None:
    draft = await own_draft(command.draft_id, uow)
    draft.likeness_asked = True
    await go_on(draft, uow)


async def answer_danger(command: AnswerDanger, uow: UnitOfWork) -> None:
    draft = await own_draft(command.draft_id, uow)
    draft.danger_asked = True
    draft.asking = None
    await learn_fear(draft, uow, is_danger=command.danger)
    if command.danger:
        await raise_from_draft(draft, uow)
        return
    await go_on_unharmed(draft, await awaiting_of(uow, "danger"), uow)


HANDLERS = {
    ChangeCategory: change_category,
    ChooseCategory: choose_category,
    ChangePlace: change_place,
    ChoosePlace: choose_place_of_draft,
    AddPhotos: add_photos,
    SwitchAnonymous: switch_anonymous,
    DropDraft: drop_draft,
    ResumeDraft: resume_draft,
    ReviewBatch: review_batch,
    JoinTicket: join_ticket,
    KeepSeparate: keep_separate,
    AnswerDanger: answer_danger,
}
