"""What the community has written down: given with its source, offered, or not there."""

from typing import Final

from actions.application import values
from actions.application.commands.base import Command
from actions.application.commands.following import RequestCallback
from actions.application.commands.knowing import (
    AnswerHelped,
    NoneOfTheAnswers,
    ShowAnswer,
    TellInstead,
)
from actions.application.commands.roads import FileQuestion
from actions.application.handlers.resuming import offer_again
from actions.application.notification import Button
from actions.application.ports_knowledge import WhyUnanswered
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import press
from actions.domain.decision import BEYOND_REMIT
from actions.domain.errors import OutOfDate
from actions.domain.identifiers import AreaCode, InboxId
from actions.domain.knowledge import KnowledgeEntry, Meant
from actions.domain.places_named import find_places
from actions.domain.road import QUESTION
from actions.domain.understood import Understood

#: Kinds of matter that are kept with an answer, should it be something to be done after all.
_KINDS: Final = 3


async def meant_by(
    parse: Understood, uow: UnitOfWork, *, answer_from: float | None = None
) -> Meant:
    """What is written down about it, as far as it is for the estate of whoever asks."""
    if not parse.knowledge:
        return Meant()
    policy = uow.community.policy
    return uow.knowledge.meant(
        parse.knowledge,
        await _estate(parse.text, uow),
        answer_from=policy.answer_from if answer_from is None else answer_from,
        suggest_from=policy.suggest_answers_from,
    )


async def _estate(text: str, uow: UnitOfWork) -> AreaCode | None:
    """The one that is named, else that of the bound home."""
    home = (await uow.people.get(uow.turn.actor.person_id)).home
    named = find_places(text, uow.community).places
    for code in (*(named if len(named) == 1 else ()), home):
        if code in uow.community.areas:
            estate = uow.community.estate_of(AreaCode(code))
            if estate is not None:
                return estate.code
    return None


async def give_to(parse: Understood, entry: KnowledgeEntry, uow: UnitOfWork) -> None:
    await give(entry, uow.turn.inbox_id, _likely_kinds(parse), uow)


async def give(entry: KnowledgeEntry, inbox_id: int | None, leaves: str, uow: UnitOfWork) -> None:
    """The answer, where it comes from, and whether somebody still stands by it."""
    today = uow.now.astimezone(uow.community.timezone).date()
    is_confirmed = entry.is_confirmed(today)
    params = {
        "title": values.named(entry.title),
        "answer": values.named(entry.answer),
        "source": values.named(entry.source.name),
        "where": values.named(entry.source.where),
        "checked": values.day(entry.checked.isoformat()),
        "only_for": _only_for(entry),
    }
    if not is_confirmed and entry.valid_until:
        until = values.day(entry.valid_until.isoformat())
        params |= {"until": until, "phone": uow.community.office.phone.dial}
    await uow.reply(
        "knowledge_answer" if is_confirmed else "knowledge_unconfirmed",
        params=params,
        buttons=_after_an_answer(entry, inbox_id, leaves),
    )
    await offer_again(uow)


def _only_for(entry: KnowledgeEntry) -> object:
    if not entry.scope:
        return ""
    return values.text("knowledge_only_for", estates=[values.place(code) for code in entry.scope])


def _after_an_answer(
    entry: KnowledgeEntry, inbox_id: int | None, leaves: str
) -> tuple[Button, ...]:
    helped = press("button_answer_helped", AnswerHelped(entry=entry.id), "chip")
    if inbox_id is None:
        return (helped,)
    further = FileQuestion(inbox_id=inbox_id, entry=entry.id)
    instead = TellInstead(inbox_id=inbox_id, leaves=leaves)
    return (
        helped,
        press("button_ask_further", further, "chip"),
        press("button_tell_instead", instead, "chip"),
    )


async def ask_which(meant: Meant, parse: Understood, uow: UnitOfWork) -> None:
    """The titles to tap; what waits half-told is offered once the question is settled."""
    inbox_id, leaves = uow.turn.inbox_id or 0, _likely_kinds(parse)
    chips = [
        press(
            "knowledge_chip",
            ShowAnswer(entry=entry.id, inbox_id=inbox_id, leaves=leaves),
            "chip",
            title=values.named(entry.title),
        )
        for entry in meant.choices
    ]
    none = press("button_none_of_these", NoneOfTheAnswers(inbox_id=inbox_id), "chip")
    only_one = len(chips) == 1
    await uow.reply("knowledge_this" if only_one else "knowledge_which", buttons=(*chips, none))


async def say_nothing_known(inbox_id: int | None, uow: UnitOfWork) -> None:
    """Honest, and a person: by an answer here, or by a call."""
    ask = []
    if inbox_id:
        ask = [press("button_let_answer", FileQuestion(inbox_id=inbox_id), "primary")]
    call = press("button_call_person", RequestCallback(), "chip")
    phone = uow.community.office.phone.dial
    await uow.reply("no_answer_known", params={"phone": phone}, buttons=(*ask, call))
    await offer_again(uow)


async def show_answer(command: ShowAnswer, uow: UnitOfWork) -> None:
    entry = uow.knowledge.get(command.entry)
    if entry is None:
        raise OutOfDate
    await give(entry, command.inbox_id or None, command.leaves, uow)


async def answer_helped(_command: AnswerHelped, uow: UnitOfWork) -> None:
    await uow.reply("knowledge_helped")


async def none_of_the_answers(command: NoneOfTheAnswers, uow: UnitOfWork) -> None:
    why = WhyUnanswered.NO_HELP if command.entry else WhyUnanswered.NONE_MEANT
    await note_unanswered(command.inbox_id, why, uow, command.entry)
    await say_nothing_known(command.inbox_id or None, uow)


async def note_unanswered(
    inbox_id: int | None, why: WhyUnanswered, uow: UnitOfWork, entry: str = ""
) -> None:
    """For the committee to see what is missing; only messages that are somebody's words."""
    if inbox_id:
        await uow.unanswered.note(InboxId(inbox_id), why, entry)


def _likely_kinds(parse: Understood) -> str:
    others = [code for code, _ in parse.leaves if code not in (QUESTION, BEYOND_REMIT)]
    return " ".join(others[:_KINDS])


HANDLERS: dict[type[Command], Handler] = {
    ShowAnswer: show_answer,
    AnswerHelped: answer_helped,
    NoneOfTheAnswers: none_of_the_answers,
}
