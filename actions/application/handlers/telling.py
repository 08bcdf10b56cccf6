"""A matter is told: drafts begin, details are added, questions are answered in words."""

from actions.application.awaited import Given
from actions.application.commands.telling import AddDetail, TellMatter
from actions.application.deeds import of_mine
from actions.application.handlers.asking import go_on, lacking, told_with
from actions.application.handlers.beginning import begin
from actions.application.handlers.doors import tell_door
from actions.application.handlers.doubts import (
    ask_about_detail,
    ask_first,
    ask_talk_about_danger,
    take_word_on_filing,
)
from actions.application.handlers.draft_details import add_words
from actions.application.handlers.emergencies import raise_from_draft
from actions.application.handlers.fears import learn_fear
from actions.application.handlers.following import add_detail, choices
from actions.application.handlers.hidden_questions import answer_instead, hint_at
from actions.application.handlers.listening import listening
from actions.application.handlers.placing import (
    keep_home,
    no_such_building,
    read_place,
    take_words_as_place,
)
from actions.application.handlers.resuming import newest
from actions.application.unit_of_work import UnitOfWork
from actions.domain.answers import answers, plain_word_on_danger
from actions.domain.decision import BEYOND_REMIT, category_for, says_too_little, sure_leaf
from actions.domain.draft import Draft, Lack
from actions.domain.place_detail import is_only_detail
from actions.domain.understood import Understood

#: After so many questions the words given for a place have to do.
_TIMES_ASKED = 3
#: A longer message than this says more than the place it corrects.
CORRECTION_LENGTH = 12


async def tell_matter(command: TellMatter, uow: UnitOfWork) -> None:
    """A new matter, unless it answers the question that was just asked."""
    parse = command.understood
    draft = await newest(uow)
    if draft is not None and answers(draft, parse, uow.community.policy):
        await take_answer(draft, parse, uow)
        return
    if says_too_little(parse, uow.community.policy):
        await uow.reply("ask_what_matter")
        return
    if await answer_instead(parse, uow):
        return
    drafts = await begin(parse, uow)
    if await ask_first(parse, drafts, uow):
        return
    await hint_at(parse, uow)
    if drafts[0].category == BEYOND_REMIT and len(drafts) == 1:
        await tell_door(drafts[0], uow)
        return
    if not await _ask_which_building(drafts[0], parse.text, uow):
        await go_on(drafts[0], uow)


async def _ask_which_building(draft: Draft, text: str, uow: UnitOfWork) -> bool:
    """A building that is not here is asked about, until the person keeps to it."""
    unknown = no_such_building(text, uow)
    if not unknown or draft.asked >= _TIMES_ASKED or lacking(draft, uow) is Lack.EMERGENCY:
        return False
    draft.asking = Lack.PLACE
    draft.asked += 1
    draft.updated_at = uow.now
    await uow.drafts.save(draft)
    await uow.reply("ask_no_such_place", params={"place": unknown})
    return True


async def add_detail_to_draft(command: AddDetail, uow: UnitOfWork) -> None:
    """An answer to the question asked, more about the draft, or about the filed ticket."""
    parse = command.understood
    draft = await newest(uow)
    if draft is not None and await ask_about_detail(draft, parse, uow):
        return
    if draft is not None and draft.asking is not None:
        await take_answer(draft, parse, uow)
    elif draft is not None:
        await take_more(draft, parse.text, parse, uow)
    else:
        await _detail_of_ticket(parse, uow)


async def take_answer(draft: Draft, parse: Understood, uow: UnitOfWork) -> None:
    """Words given to the question put last."""
    if draft.asking is Lack.EMERGENCY:
        await _take_word_on_danger(draft, parse.text, uow)
        return
    if draft.asking is Lack.MATTER:
        await take_word_on_filing(draft, parse.text, uow)
        return
    if draft.asking in (Lack.PLACE, Lack.WHICH_PLACE):
        if not await read_place(draft, parse.text, parse, uow):
            if await _ask_which_building(draft, parse.text, uow):
                return
            if not is_only_detail(parse.text) or draft.asked >= _TIMES_ASKED:
                take_words_as_place(draft, parse.text)
        await keep_home(draft, uow)
        for other in await told_with(draft, uow):
            if not other.location.is_said and not draft.candidates:
                other.location = draft.location
                await uow.drafts.save(other)
    elif draft.asking is Lack.CATEGORY:
        add_words(draft, parse.text)
        draft.leaves = parse.leaves[:6] or draft.leaves
        draft.category = category_for(parse.leaves, uow.community.policy) or draft.category
    draft.asking = None
    await go_on(draft, uow)


async def _take_word_on_danger(draft: Draft, text: str, uow: UnitOfWork) -> None:
    """Anything but a yes or a no leaves the question open."""
    add_words(draft, text)
    is_danger = plain_word_on_danger(draft, text)
    if is_danger is not None:
        await learn_fear(draft, uow, is_danger=is_danger)
    if is_danger:
        await raise_from_draft(draft, uow)
        return
    if is_danger is False:
        draft.asking = None
    await go_on(draft, uow)


async def take_more(draft: Draft, text: str, parse: Understood | None, uow: UnitOfWork) -> None:
    """A correction or a detail: the place is replaced, words are added, the card comes back."""
    placed = await read_place(draft, text, parse, uow)
    if not placed and await _ask_which_building(draft, text, uow):
        return
    if not placed or len(text) > CORRECTION_LENGTH:
        add_words(draft, text)
    await go_on(draft, uow)


async def _detail_of_ticket(parse: Understood, uow: UnitOfWork) -> None:
    tickets = await uow.tickets.of_person(uow.turn.actor.person_id, only_open=True, limit=5)
    if len(tickets) == 1:
        await add_detail(await of_mine(tickets[0].id, uow), Given(text=parse.text), uow)
    elif await ask_talk_about_danger(parse, uow):
        return
    elif tickets:
        await uow.reply("ask_which_matter", buttons=choices(tickets))
    elif sure_leaf(parse.leaves, uow.community.policy):
        await go_on((await begin(parse, uow))[0], uow)
    else:
        await uow.reply("ask_what_matter")


HANDLERS = {
    TellMatter: listening(tell_matter),
    AddDetail: listening(add_detail_to_draft),
}
