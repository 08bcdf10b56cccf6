"""Questions inside what was taken for a matter or for talk, never in the way of either."""

from typing import Final

from actions.application import values
from actions.application.commands.knowing import ShowAnswer
from actions.application.handlers.knowing import give_to, meant_by
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import press
from actions.domain.category import Urgency
from actions.domain.decision import may_be_talk
from actions.domain.identifiers import LeafCode
from actions.domain.knowledge import LIKELY
from actions.domain.question_form import asks
from actions.domain.understood import Understood

#: From this likelihood of danger on nothing comes before the question about it.
_CALM: Final = 0.1
#: Talk in which a question may hide.
_MAY_ASK: Final = frozenset({"help", "other", "smalltalk"})


async def answer_hidden_question(parse: Understood, uow: UnitOfWork) -> bool:
    """What was taken for talk is answered where that is certain; else it is talk."""
    if parse.intent not in _MAY_ASK:
        return False
    meant = await meant_by(parse, uow)
    if meant.answer is None:
        return False
    await give_to(parse, meant.answer, uow)
    return True


async def answer_instead(parse: Understood, uow: UnitOfWork) -> bool:
    """A question that may as well be a matter: the sure answer, with filing one tap away."""
    unclear = asks(parse.text) and may_be_talk(parse, uow.community.policy)
    if not unclear or _may_be_urgent(parse, uow):
        return False
    entry = (await meant_by(parse, uow)).answer
    if entry is not None:
        await give_to(parse, entry, uow)
    return entry is not None


async def hint_at(parse: Understood, uow: UnitOfWork) -> None:
    """A wish, or a matter put as a question, for which a way is written down.

    The filing goes on as it would: the card comes after this and is what a yes answers.
    """
    if _may_be_urgent(parse, uow) or not (parse.intent == "request" or asks(parse.text)):
        return
    entry = (await meant_by(parse, uow, answer_from=LIKELY)).answer
    if entry is None or uow.turn.inbox_id is None:
        return
    title = values.named(entry.title)
    show = ShowAnswer(entry=entry.id, inbox_id=uow.turn.inbox_id)
    chip = press("knowledge_chip", show, "chip", title=title)
    await uow.reply("knowledge_hint", params={"title": title}, buttons=(chip,))


def _may_be_urgent(parse: Understood, uow: UnitOfWork) -> bool:
    """Nothing to read is put before somebody who may be in danger."""
    likeliest = [uow.community.category(LeafCode(code)) for code, _ in parse.leaves[:1]]
    return parse.emergency >= _CALM or any(each.urgency is Urgency.E for each in likeliest)
