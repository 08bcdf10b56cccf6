"""What is asked before a card, where the words leave room: is it danger, is it a matter at all?"""

from collections.abc import Sequence

from actions.application.commands.base import Command
from actions.application.commands.drafting import DropDraft, FileIt
from actions.application.handlers.asking import ask, go_on
from actions.application.handlers.beginning import begin
from actions.application.handlers.cards import draft_id
from actions.application.handlers.draft_details import add_words
from actions.application.handlers.drafting import drop_draft
from actions.application.handlers.filing import own_draft
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.domain.decision import may_be_danger, may_be_talk
from actions.domain.draft import Draft, Lack
from actions.domain.understood import Understood
from actions.domain.wording import yes_or_no


async def ask_first(parse: Understood, drafts: Sequence[Draft], uow: UnitOfWork) -> bool:
    """Danger before everything; whether to file it only where one matter was told."""
    if may_be_danger(parse, uow.community.policy):
        await ask(drafts[0], Lack.EMERGENCY, uow)
        return True
    if len(drafts) == 1 and may_be_talk(parse, uow.community.policy):
        await ask(drafts[0], Lack.MATTER, uow)
        return True
    return False


async def ask_talk_about_danger(parse: Understood, uow: UnitOfWork) -> bool:
    """A cry for help is short and may look like talk."""
    if not may_be_danger(parse, uow.community.policy):
        return False
    await ask((await begin(parse, uow))[0], Lack.EMERGENCY, uow)
    return True


async def take_word_on_filing(draft: Draft, text: str, uow: UnitOfWork) -> None:
    """No drops it; yes, or more words about it, goes on."""
    wanted = yes_or_no(text)
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
