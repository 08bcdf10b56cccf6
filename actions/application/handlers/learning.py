"""What was understood wrongly is kept to learn from; its words only where their writer agrees."""

from typing import Final

from actions.application.commands.base import Command
from actions.application.commands.learning import AllowLearning, OnlyTalk
from actions.application.deeds import id_of
from actions.application.handlers.cards import draft_id
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import press
from actions.domain.amending import draft_of
from actions.domain.category import FOR_FEW, Urgency
from actions.domain.correction import (
    Consent,
    Correction,
    Kind,
    Side,
    arrival_of,
    kept_words,
    kind_of,
    may_be_asked,
    side_of,
    thought_of,
    told_first,
)
from actions.domain.draft import Draft, DraftState
from actions.domain.errors import NotFound, OutOfDate
from actions.domain.events import TicketChanged
from actions.domain.identifiers import DraftId, LeafCode, TicketId
from actions.domain.origin import BY_WORKERS
from actions.domain.sealing import is_about_somebody
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import Verb
from actions.domain.timeline import TimelineEntry

#: The wording of the question that consent was given to; another wording is asked anew.
QUESTION: Final = "1"
#: A declined ticket that was none: the bot took talk for a matter.
NO_MATTER: Final = "no_matter"
#: So many messages are looked up again when consent comes after them.
_LOOKED_UP: Final = 20


async def note_choice(draft: Draft, chosen: LeafCode, uow: UnitOfWork) -> None:
    """The writer says what kind it is of; it is a correction unless the model thought so too."""
    side = Side.WORKER if draft.origin in BY_WORKERS else Side.RESIDENT
    await _note(draft, side, chosen, uow)


async def note_danger(draft: Draft, leaf: LeafCode | None, uow: UnitOfWork) -> None:
    """The writer says what danger it is, or that there is none, where the model was in doubt."""
    told = leaf or thought_of(draft) or draft.category
    await _note(draft, Side.RESIDENT, told, uow, kind=Kind.DANGER if leaf else Kind.CALM)


async def note_talk(draft: Draft, uow: UnitOfWork) -> None:
    """It was asked whether to file it at all, and it is not to be."""
    await _note(draft, Side.RESIDENT, None, uow)


async def ask_to_learn(draft: Draft, uow: UnitOfWork) -> None:
    """Once in a life, after the matter itself is done, and never where somebody is in trouble."""
    kind = uow.community.categories.get(draft.category) if draft.category else None
    if kind is not None and (
        kind.urgency is Urgency.E or is_about_somebody(kind.code, kind.privacy)
    ):
        return
    corrections = uow.corrections
    if not await corrections.has_wordless(draft_id(draft)):
        return
    if await corrections.was_asked(draft.person_id):
        return
    await corrections.note_asked(draft.person_id, QUESTION)
    await uow.reply(
        "learn_ask",
        buttons=(
            press("button_learn_yes", AllowLearning(allow=True), "chip"),
            press("button_learn_no", AllowLearning(allow=False), "chip"),
        ),
    )


async def allow_learning(command: AllowLearning, uow: UnitOfWork) -> None:
    """Consent covers what was put right before it; taking it back takes the words back."""
    person = uow.turn.actor.person_id
    if not command.allow:
        had = await uow.corrections.consent_of(person) is Consent.GIVEN
        await uow.corrections.refuse_consent(person)
        await uow.reply("learn_taken_back" if had else "learn_no")
        return
    await uow.corrections.give_consent(person, QUESTION)
    for number in await uow.corrections.wordless(person, limit=_LOOKED_UP):
        draft = await _draft(number, uow)
        if draft is not None:
            await uow.corrections.give_words(number, await _words(draft, uow))
    back = press("button_learn_back", AllowLearning(allow=False), "chip")
    await uow.reply("learn_yes", buttons=(back,))


async def only_talk(command: OnlyTalk, uow: UnitOfWork) -> None:
    """A draft that was dropped because it should not have been one."""
    draft = await uow.drafts.get(DraftId(command.draft_id))
    if draft.person_id != uow.turn.actor.person_id:
        raise NotFound
    if draft.state is not DraftState.ABANDONED:
        raise OutOfDate
    await note_talk(draft, uow)
    await uow.reply("only_talk_noted")
    await ask_to_learn(draft, uow)


async def learn_from(event: TicketChanged, uow: UnitOfWork) -> None:
    """Subscriber: whoever handles tickets puts a kind right, or says that there is no matter."""
    ticket, entry = event.ticket, event.entry
    if entry.is_by_rule:
        return
    if entry.verb is Verb.RECATEGORISE and entry.data.get("from_leaf") != ticket.category:
        await _note_at_desk(ticket, entry, LeafCode(ticket.category), uow)
    if entry.verb is Verb.DECLINE and entry.data.get("reason_key") == NO_MATTER:
        await _note_at_desk(ticket, entry, None, uow)


async def _note_at_desk(
    ticket: Ticket, entry: TimelineEntry, corrected: LeafCode | None, uow: UnitOfWork
) -> None:
    number = draft_of(await uow.tickets.timeline(id_of(ticket)))
    draft = await _draft(DraftId(number), uow) if number is not None else None
    if draft is not None:
        await _note(draft, side_of(entry.role), corrected, uow, ticket=ticket)


async def _note(
    draft: Draft,
    side: Side,
    corrected: LeafCode | None,
    uow: UnitOfWork,
    *,
    ticket: Ticket | None = None,
    kind: Kind | None = None,
) -> None:
    number = DraftId(draft_id(draft))
    thought = thought_of(draft) or draft.category
    if thought is None or (corrected == thought and kind is None):
        await uow.corrections.take_back(number, side)
        return
    categories = uow.community.categories
    was, now = categories.get(thought), categories.get(corrected) if corrected else None
    for_few = ticket is not None and ticket.privacy in FOR_FEW
    consent = Consent.NEVER
    if may_be_asked(draft, was, now) and not for_few:
        consent = await uow.corrections.consent_of(draft.person_id)
    else:
        await uow.corrections.withhold(number)
    await uow.corrections.note(
        Correction(
            person_id=draft.person_id,
            draft_id=number,
            side=side,
            kind=kind or (kind_of(was, now) if now else Kind.TALK),
            thought=thought,
            corrected=corrected or "",
            inbox_id=arrival_of(draft),
            ticket_id=TicketId(ticket.id) if ticket and ticket.id else None,
            consent=consent,
            words=await _words(draft, uow) if consent is Consent.GIVEN else "",
        )
    )


async def _words(draft: Draft, uow: UnitOfWork) -> str:
    """As they were classified, not what was added to them later."""
    arrival = arrival_of(draft)
    message = await uow.inbox.text_of(arrival) if arrival is not None else ""
    return kept_words(told_first(draft, message))


async def _draft(number: DraftId, uow: UnitOfWork) -> Draft | None:
    """Nothing once it has been forgotten."""
    try:
        return await uow.drafts.get(number)
    except NotFound:
        return None


HANDLERS: dict[type[Command], Handler] = {
    AllowLearning: allow_learning,
    OnlyTalk: only_talk,
}
