"""What every free text goes through first: noted, then perhaps it was already spoken for."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any

from actions.application.awaited import Given, expect_nothing, still_waits
from actions.application.commands.telling import (
    AddDetail,
    AskQuestion,
    AskStatus,
    CallPerson,
    Chat,
    Heard,
    Rate,
    Reopen,
    TellMatter,
    Urge,
    Withdraw,
)
from actions.application.handlers import fieldwork, paper
from actions.application.handlers.bare_words import taken_as_bare_words
from actions.application.handlers.doubts import ask_talk_about_danger
from actions.application.handlers.draft_details import AWAITED as DRAFT_AWAITED
from actions.application.handlers.findings import taken_as_finding
from actions.application.handlers.takers import takers
from actions.application.handlers.verbs_worded import taken_as_verb
from actions.application.records import Conversation
from actions.application.unit_of_work import UnitOfWork
from actions.domain.decision import sure_leaf
from actions.domain.road import PRAISE
from actions.domain.worker_words import verb_worded

#: Words no longer than this are no letter.
_SHORT = 15
#: How long a worker's talk belongs to the ticket they touched last.
FOCUS_FOR = timedelta(hours=2)

#: These are taken at once, whatever was being asked (conversation.md 6).
INTERRUPTIONS: tuple[type[Heard], ...] = (AskStatus, CallPerson, AskQuestion, Withdraw, Urge)
_CHAT_THAT_INTERRUPTS = frozenset({"help", "wrong_chat", "advert", "injection"})

_PRAISED = "praised"
#: Asked about a half-told matter: giving it up, or one of its buttons in words, still counts.
_ABOUT_A_DRAFT = frozenset({*DRAFT_AWAITED, _PRAISED})

Hearer = Callable[[Any, UnitOfWork], Awaitable[None]]


def listening(hearer: Hearer) -> Hearer:
    """The hearer, after the text was noted and found not to be spoken for already."""

    async def heard(command: Heard, uow: UnitOfWork) -> None:
        if uow.turn.inbox_id is not None:
            await uow.inbox.note_understood(uow.turn.inbox_id, command.understood)
        if await _is_bare(command, uow) or await _is_spoken_for(command, uow):
            return
        is_told = isinstance(command, (TellMatter, AddDetail))  # they look for danger themselves
        if not is_told and await ask_talk_about_danger(command.understood, uow):
            return
        await hearer(command, uow)

    return heard


async def _is_bare(command: Heard, uow: UnitOfWork) -> bool:
    """Words that answer what was said last, unless they were asked for as they are."""
    if uow.turn.conversation_id is None:
        return False
    conversation = await uow.conversations.get(uow.turn.conversation_id)
    awaiting = conversation.awaiting or {}
    if awaits(awaiting, uow) and awaiting.get("for") not in _ABOUT_A_DRAFT:
        return False
    return await taken_as_bare_words(command, uow) or await taken_as_verb(command, uow)


def _is_another_matter(command: Heard, awaiting: Mapping[str, Any], uow: UnitOfWork) -> bool:
    """While a name is asked for, a matter told plainly is no name."""
    if awaiting.get("for") != _PRAISED or not isinstance(command, TellMatter):
        return False
    return sure_leaf(command.understood.leaves, uow.community.policy) not in (None, PRAISE)


async def _is_spoken_for(command: Heard, uow: UnitOfWork) -> bool:
    if uow.turn.conversation_id is None or (
        _interrupts(command) and not await _is_a_letter(command, uow)
    ):
        return False
    conversation = await uow.conversations.get(uow.turn.conversation_id)
    given = Given(text=command.understood.text, understood=command.understood)
    if awaits(conversation.awaiting, uow):
        if _is_another_matter(command, conversation.awaiting or {}, uow):
            await expect_nothing(uow)
            return False
        await take(conversation.awaiting or {}, given, uow)
        return True
    if _may_be_found(command) and await taken_as_finding(given, uow):
        return True
    if _is_fieldwork(command, conversation, uow):
        return await fieldwork.note_in_focus(conversation.focus, given, uow)  # type: ignore[arg-type]
    return False


async def _is_a_letter(command: Heard, uow: UnitOfWork) -> bool:
    """Whatever a letter asks, it is the letter that is being typed in."""
    if uow.turn.conversation_id is None or len(command.understood.text) <= _SHORT:
        return False
    awaiting = (await uow.conversations.get(uow.turn.conversation_id)).awaiting or {}
    return awaiting.get("for") == paper.LETTER


def _may_be_found(command: Heard) -> bool:
    """Words that tell of something; greetings, verbs and the like are no findings of a round."""
    if verb_worded(command.understood.text):
        return False
    if isinstance(command, Chat):
        return command.understood.intent == "other"
    return isinstance(command, TellMatter | AddDetail | Reopen)


def _interrupts(command: Heard) -> bool:
    if isinstance(command, Chat):
        return command.understood.intent in _CHAT_THAT_INTERRUPTS
    return isinstance(command, INTERRUPTIONS)


def _is_fieldwork(command: Heard, conversation: Conversation, uow: UnitOfWork) -> bool:
    """A worker who has just touched a ticket talks about that ticket."""
    if isinstance(command, Chat | Rate) or not uow.turn.actor.is_worker:
        return False
    touched = conversation.focus_at
    return (
        conversation.focus is not None and touched is not None and (uow.now - touched < FOCUS_FOR)
    )


def awaits(awaiting: Mapping[str, Any] | None, uow: UnitOfWork) -> bool:
    """Whether the bot's question still stands and somebody takes its answer."""
    stands = still_waits(awaiting, uow.now, uow.turn.inbox_id)
    return stands and (awaiting or {}).get("for") in takers()


async def take(awaiting: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    await takers()[str(awaiting["for"])](awaiting, given, uow)
