"""What the origin of a matter wants to know before the card: do they agree, how to reach them."""

from actions.application.awaited import expect
from actions.application.commands.intake import ForAnother, LeaveNoContact, SayAgreed
from actions.application.handlers.cards import category_of, draft_id
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import press
from actions.domain.category import Urgency
from actions.domain.draft import Draft
from actions.domain.origin import Agreed, Origin


async def ask_about_origin(draft: Draft, uow: UnitOfWork) -> bool:
    """Put the next question, if there is one. Danger waits for none."""
    category = category_of(draft, uow)
    if category is not None and category.urgency is Urgency.E:
        return False
    match draft.origin:
        case Origin.BEHALF if not draft.agreed:
            await _ask_whether_agreed(draft, uow)
            return True
        case Origin.BEHALF if draft.agreed == Agreed.YES and not draft.origin_asked:
            await _ask_contact(draft, "behalf_contact", uow)
            return True
        case Origin.PAPER if not draft.origin_asked:
            await _ask_contact(draft, "letter_contact", uow)
            return True
        case Origin.ENTERPRISE if not draft.origin_asked:
            return await _ask_firm(draft, uow)
        case _:
            return False


async def _ask_whether_agreed(draft: Draft, uow: UnitOfWork) -> None:
    number = draft_id(draft)
    await expect(uow, "agreed", draft_id=number, soft=True)
    chips = tuple(
        press(f"button_agreed_{agreed.value}", SayAgreed(draft_id=number, agreed=agreed), "chip")
        for agreed in Agreed
        if agreed is not Agreed.UNKNOWN
    )
    myself = press("button_for_myself", ForAnother(draft_id=number, who="myself"), "chip")
    await uow.reply("behalf_agreed", params={"text": draft.summary}, buttons=(*chips, myself))


async def _ask_contact(draft: Draft, template: str, uow: UnitOfWork) -> None:
    """Not understood by any model: the words are sealed and covered as they come in."""
    number = draft_id(draft)
    draft.origin_asked = True
    await uow.drafts.save(draft)
    await expect(uow, "contact", draft_id=number)
    no = press("button_no_contact", LeaveNoContact(draft_id=number), "chip")
    await uow.reply(template, buttons=(no,))


async def _ask_firm(draft: Draft, uow: UnitOfWork) -> bool:
    """Once: what was said before is known."""
    draft.origin_asked = True
    await uow.drafts.save(draft)
    if (await uow.people.get(draft.person_id)).organisation:
        return False
    number = draft_id(draft)
    await expect(uow, "firm", draft_id=number)
    myself = press("button_for_myself", ForAnother(draft_id=number, who="myself"), "chip")
    await uow.reply("firm_ask", buttons=(myself,))
    return True
