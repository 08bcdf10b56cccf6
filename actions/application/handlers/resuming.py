"""Half-told matters that wait: which one is meant, and offering it again once."""

from actions.application.awaited import expect_nothing
from actions.application.commands.drafting import ResumeDraft
from actions.application.commands.following import StopAwaiting
from actions.application.handlers.cards import draft_id
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import press
from actions.domain.draft import Draft
from actions.domain.identifiers import ConversationId


async def newest(uow: UnitOfWork) -> Draft | None:
    """The draft something was asked about, else the one told last."""
    drafts = await uow.drafts.open_of(this_conversation(uow))
    asked = [draft for draft in drafts if draft.asking is not None]
    return next(iter(asked or drafts), None)


def this_conversation(uow: UnitOfWork) -> ConversationId:
    if uow.turn.conversation_id is None:
        raise ValueError("a matter is told in a conversation")
    return uow.turn.conversation_id


async def offer_again(uow: UnitOfWork) -> None:
    """The half-told matter waits, and is offered again once (conversation.md 6)."""
    draft = await newest(uow)
    if draft is None or draft.offered_again:
        return
    await offer(draft, uow)


async def offer(draft: Draft, uow: UnitOfWork) -> None:
    """Shall we go on with it?"""
    draft.offered_again = True
    await uow.drafts.save(draft)
    await uow.reply(
        "draft_waits",
        params={"text": draft.summary},
        buttons=(press("button_go_on", ResumeDraft(draft_id=draft_id(draft)), "primary"),),
    )


async def stop_awaiting(_command: StopAwaiting, uow: UnitOfWork) -> None:
    await expect_nothing(uow)
    await uow.reply("never_mind")
    await offer_again(uow)
