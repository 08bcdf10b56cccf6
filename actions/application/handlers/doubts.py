"""What is asked before a card, where the words leave room: is it danger, is it a matter at all?"""

import re
from collections.abc import Sequence
from typing import Final

from actions.application.awaited import expect
from actions.application.commands.base import Command
from actions.application.commands.drafting import DropDraft, FileIt
from actions.application.handlers.alarm import TRAPPED
from actions.application.handlers.asking import ASKED_FOR, ask, go_on
from actions.application.handlers.beginning import begin
from actions.application.handlers.cards import draft_id
from actions.application.handlers.draft_details import add_words
from actions.application.handlers.drafting import drop_draft
from actions.application.handlers.filing import own_draft
from actions.application.handlers.placing import read_place
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.domain.decision import ASK_DANGER, may_be_danger, may_be_talk
from actions.domain.draft import Draft, Lack
from actions.domain.emergency import UNNAMED, kind_of
from actions.domain.understood import Understood
from actions.domain.wording import yes_or_no

#: What else declines to have it filed, in a few words.
_NO_NEED: Final = re.compile(
    r"(?:不用|不要|不必|别|唔使|唔好|唔要|算了|算啦|算喇|no need|don'?t|never ?mind)"
    r"(?:了|啦|喇|的|吧|登记|登記|记|記|报|報|谢|謝|你|您|[,，。!！\s]|bother|file it|thanks?)*",
    re.IGNORECASE,
)


async def ask_first(parse: Understood, drafts: Sequence[Draft], uow: UnitOfWork) -> bool:
    """Danger before everything; whether to file it only where one matter was told."""
    is_talk = len(drafts) == 1 and may_be_talk(parse, uow.community.policy)
    if may_be_danger(parse, uow.community.policy):
        await _ask_danger(_feared(drafts), uow, is_talk=is_talk)
        return True
    if is_talk:
        await ask(drafts[0], Lack.MATTER, uow)
        return True
    return False


def _feared(drafts: Sequence[Draft]) -> Draft:
    """Of several matters the one that is most likely dangerous; a lift has its own question."""
    named = (each for each in drafts if kind_of(each.category).key not in (UNNAMED, TRAPPED))
    others = (each for each in drafts if each.category not in ASK_DANGER)
    return next(named, None) or next(others, drafts[0])


async def _ask_danger(draft: Draft, uow: UnitOfWork, *, is_talk: bool) -> None:
    await ask(draft, Lack.EMERGENCY, uow)
    if is_talk:
        await expect(uow, "danger", waits=ASKED_FOR, draft_id=draft.id, talk=True)


async def ask_talk_about_danger(parse: Understood, uow: UnitOfWork) -> bool:
    """A cry for help is short and may look like talk, or be put as a question."""
    if not may_be_danger(parse, uow.community.policy):
        return False
    await _ask_danger(_feared(await begin(parse, uow)), uow, is_talk=True)
    return True


async def ask_about_detail(draft: Draft, parse: Understood, uow: UnitOfWork) -> bool:
    """Danger may come to light only when more is told."""
    if draft.danger_asked or not may_be_danger(parse, uow.community.policy):
        return False
    if not draft.location.is_said:
        await read_place(draft, parse.text, parse, uow)
    add_words(draft, parse.text)
    await _ask_danger(draft, uow, is_talk=False)
    return True


async def take_word_on_filing(draft: Draft, text: str, uow: UnitOfWork) -> None:
    """No drops it; yes, or more words about it, goes on."""
    wanted = False if _NO_NEED.fullmatch(text.strip()) else yes_or_no(text)
    if wanted is False:
        await drop_draft(DropDraft(draft_id=draft_id(draft)), uow)
        return
    if wanted is None:
        add_words(draft, text)
    draft.asking = None
    await go_on(draft, uow)


async def file_it(command: FileIt, uow: UnitOfWork) -> None:
    draft = await own_draft(command.draft_id, uow)
    draft.asking = None
    await go_on(draft, uow)


HANDLERS: dict[type[Command], Handler] = {FileIt: file_it}
