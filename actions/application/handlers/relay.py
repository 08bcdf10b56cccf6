"""Words between reporter and worker: each side hears the other's role, never who it is."""

from collections.abc import Mapping
from typing import Any

from actions.application import values
from actions.application.awaited import Given, Taker, expect, expect_nothing
from actions.application.commands.base import Command
from actions.application.commands.following import AnswerTicket, LeaveQuestions, OnTicket
from actions.application.commands.working import AskReporter, MessageReporter, ShowOptions
from actions.application.deeds import act, id_of, keep, require
from actions.application.evidence import evidence_of, shown_to
from actions.application.handlers.dispatch import tell_leads
from actions.application.notification import Button, Notification, Purpose
from actions.application.records import OwnTicket
from actions.application.routing import Handler
from actions.application.together import addressed
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import badge, hand_to_buttons, next_buttons, press
from actions.domain.asking_who import asks_who
from actions.domain.category import Urgency
from actions.domain.identifiers import PersonId, TicketId
from actions.domain.masking import mask
from actions.domain.permissions import capacity, handles, is_kept_away, spokesperson
from actions.domain.sealing import has_other_side, words_for_workers
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb
from actions.domain.timeline import TimelineEntry

#: Open tickets of one person that are looked through at most.
_MOST = 50
#: Capacities in which somebody raised the ticket; every other one handles it.
_RAISED = frozenset({"RES", "ANO", "follower"})


async def ask_reporter(command: AskReporter, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    await require(uow, ticket, Verb.ASK)
    if await _nobody_answers(ticket, uow):
        return
    await _expect_words(command, uow, Verb.ASK, "question", "relay_write_question")


async def message_reporter(command: MessageReporter, uow: UnitOfWork) -> None:
    await _expect_words(command, uow, Verb.SAY, "message", "relay_write_message")


async def answer_ticket(command: AnswerTicket, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    await _expect_words(command, uow, _answering(ticket), "answer", "relay_write_answer")


async def _expect_words(
    command: OnTicket, uow: UnitOfWork, verb: Verb, what: str, template: str
) -> None:
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    await require(uow, ticket, verb)
    await expect(uow, what, ticket_id=id_of(ticket))
    params = {"number": values.number(ticket.number)}
    await uow.reply(template, params=params, ticket_id=ticket.id)


def _answering(ticket: Ticket) -> Verb:
    return Verb.ANSWER if ticket.status is TicketStatus.NEEDS_INFO else Verb.SAY


async def take_question(about: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(about["ticket_id"]))
    if not given.text:
        await uow.reply("relay_needs_words", ticket_id=ticket.id)
        return
    if await _asks_who(ticket, given, uow):
        return
    await expect_nothing(uow)
    if await _nobody_answers(ticket, uow):
        return
    entry = await _say(uow, ticket, Verb.ASK, given)
    until = values.moment(uow.now + uow.rules_of(ticket).policy.needs_info_for)
    await pass_to_reporter(uow, ticket, "relay_question", entry, by=until)
    params = {"number": values.number(ticket.number), "by": until}
    await uow.reply("relay_asked", params=params, ticket_id=ticket.id)


async def take_message(about: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(about["ticket_id"]))
    if await _asks_who(ticket, given, uow):
        return
    await expect_nothing(uow)
    entry = await _say(uow, ticket, Verb.SAY, given)
    reached = await pass_to_reporter(uow, ticket, "relay_from_worker", entry)
    template = "relay_sent" if reached else "relay_nobody"
    buttons = next_buttons(ticket, but=MessageReporter)
    await uow.reply(template, buttons=buttons, ticket_id=ticket.id)


async def _nobody_answers(ticket: Ticket, uow: UnitOfWork) -> bool:
    """With everybody gone a question would only stop the clock."""
    if spokesperson(ticket, await uow.tickets.followers(id_of(ticket))) is not None:
        return False
    buttons = next_buttons(ticket, but=AskReporter)
    params = {"number": values.number(ticket.number)}
    await uow.reply("relay_nobody_answers", params=params, buttons=buttons, ticket_id=ticket.id)
    return True


async def leave_questions(_command: LeaveQuestions, uow: UnitOfWork) -> None:
    """Of everything this person was asked and has not answered."""
    mine = await uow.tickets.of_person(uow.turn.actor.person_id, only_open=True, limit=_MOST)
    for each in mine:
        await pass_question_on(await uow.tickets.get(each.id), uow)


async def pass_question_on(ticket: Ticket, uow: UnitOfWork) -> None:
    """Whoever was asked leaves: whoever speaks next is asked, else nobody is waited for."""
    followers = await uow.tickets.followers(id_of(ticket))
    leaving = uow.turn.actor.person_id
    if ticket.status is not TicketStatus.NEEDS_INFO or spokesperson(ticket, followers) != leaving:
        return
    rest = [person for person in followers if person != leaving]
    await (_ask_again(ticket, rest[0], uow) if rest else _go_on_unanswered(ticket, uow))


async def _ask_again(ticket: Ticket, person: PersonId, uow: UnitOfWork) -> None:
    """Until when it was to be answered stays as it is."""
    asked = [e for e in await uow.tickets.timeline(id_of(ticket)) if e.verb is Verb.ASK][-1]
    by = (ticket.paused_at or uow.now) + uow.rules_of(ticket).policy.needs_info_for
    button = press("button_answer", AnswerTicket(ticket_id=id_of(ticket)), "primary")
    await _tell(uow, ticket, person, "relay_question", asked, button, by=values.moment(by))


async def _go_on_unanswered(ticket: Ticket, uow: UnitOfWork) -> None:
    entry = await act(uow, ticket, Verb.ANSWER, reason_key="reporter_left")
    to = await _listener(uow, ticket, entry)
    if to is None or ticket.status is TicketStatus.TRIAGE:
        await tell_leads(ticket, uow, "relay_nobody_answers")
    else:
        buttons = next_buttons(ticket) if to == ticket.assignee else ()
        await _tell(uow, ticket, to, "relay_nobody_answers", entry, *buttons)


async def _asks_who(ticket: Ticket, given: Given, uow: UnitOfWork) -> bool:
    """Where there is another side, who reported it is not asked; they may offer it themselves."""
    if not has_other_side(ticket) or not asks_who(given.text):
        return False
    await uow.reply("relay_not_who", ticket_id=ticket.id)
    return True


async def _say(uow: UnitOfWork, ticket: Ticket, verb: Verb, given: Given) -> TimelineEntry:
    person = uow.turn.actor.person_id
    if given.photos:
        await uow.attachments.mine(given.photos, person)
    role = await require(uow, ticket, verb)
    if given.photos:
        purpose = "report" if role in _RAISED else "work"
        await uow.tickets.attach(id_of(ticket), given.photos, purpose, person)
    return await act(uow, ticket, verb, reason=given.text, photos=list(given.photos))


async def take_answer(about: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(about["ticket_id"]))
    await expect_nothing(uow)
    await pass_on_answer(ticket, given, uow)


async def pass_on_answer(ticket: Ticket, given: Given, uow: UnitOfWork) -> None:
    """The reporter's words go to whoever asked, or has the ticket."""
    entry = await _say(uow, ticket, _answering(ticket), given)
    to = await _listener(uow, ticket, entry)
    template = "relay_answer" if entry.verb is Verb.ANSWER else "relay_from_reporter"
    if ticket.status is TicketStatus.TRIAGE:
        await _answer_the_desk(uow, ticket, to, entry)
    elif to is None:
        told, also = _words(ticket, entry), evidence_of(ticket, entry)
        await tell_leads(ticket, uow, template, also=also, text=told)
    else:
        buttons = next_buttons(ticket) if to == ticket.assignee else ()
        await _tell(uow, ticket, to, template, entry, *buttons)
    params = {"number": values.number(ticket.number), "role": badge(ticket)}
    await uow.reply("relay_thanks", params=params, ticket_id=ticket.id)


async def _answer_the_desk(
    uow: UnitOfWork, ticket: Ticket, asked_by: PersonId | None, answer: TimelineEntry
) -> None:
    """Whoever asked from the desk goes on from there; if they may not decide, a lead does."""
    decides = False
    if asked_by is not None:
        actor = await uow.people.actor(asked_by)
        decides = capacity(actor, Verb.DISPATCH, ticket) is not None
        if decides or handles(actor, ticket):
            number = id_of(ticket)
            buttons = await hand_to_buttons(uow, ticket, (), more=True) if decides else ()
            more = press("button_more", ShowOptions(ticket_id=number), "primary")
            await _tell(uow, ticket, asked_by, "relay_answer", answer, *buttons, more)
    if not decides:
        told = _words(ticket, answer)
        sealed = evidence_of(ticket, answer)
        await tell_leads(ticket, uow, "relay_answer", excluding=(asked_by,), also=sealed, text=told)


async def _listener(uow: UnitOfWork, ticket: Ticket, said: TimelineEntry) -> PersonId | None:
    """An answer goes to whoever asked, anything else to the assignee."""
    if said.verb is not Verb.ANSWER:
        return ticket.assignee
    timeline = await uow.tickets.timeline(id_of(ticket))
    asked = [entry.actor for entry in timeline if entry.verb is Verb.ASK]
    return asked[-1] if asked else ticket.assignee


async def pass_to_reporter(
    uow: UnitOfWork, ticket: Ticket, template: str, entry: TimelineEntry, **params: Any
) -> bool:
    """To the one who reported it, if they have not left; the first word counts as contact.

    A question goes to whoever speaks for the others then, or it would stop the clock for nothing.
    """
    followers = await uow.tickets.followers(id_of(ticket))
    reporter = spokesperson(ticket, followers)
    if reporter is None or (reporter != ticket.reporter and entry.verb is not Verb.ASK):
        return False
    number = id_of(ticket)
    label = "button_answer" if entry.verb is Verb.ASK else "button_reply"
    button = press(label, AnswerTicket(ticket_id=number), "primary")
    await _tell(uow, ticket, reporter, template, entry, button, **params)
    await note_contact(uow, ticket, entry)
    return True


async def pass_to_reporters(
    uow: UnitOfWork,
    ticket: Ticket,
    template: str,
    entry: TimelineEntry,
) -> None:
    """Progress to everyone who raised it."""
    own = await uow.tickets.own_tickets(id_of(ticket))
    for person in await uow.tickets.followers(id_of(ticket)):
        if person != uow.turn.actor.person_id and not is_kept_away(person, ticket):
            await _tell(uow, ticket, person, template, entry, own=own)
    await note_contact(uow, ticket, entry)


async def note_contact(uow: UnitOfWork, ticket: Ticket, entry: TimelineEntry) -> None:
    if ticket.contacted_at is None:
        ticket.record(Verb.CONTACT, uow.deed(entry.role))
        await keep(uow, ticket)


async def _tell(
    uow: UnitOfWork,
    ticket: Ticket,
    person_id: PersonId,
    template: str,
    entry: TimelineEntry,
    *buttons: Button,
    own: Mapping[PersonId, OwnTicket] | None = None,
    **params: Any,
) -> None:
    photos, sealed = await shown_to(person_id, ticket, entry, uow)
    role = "" if entry.role in _RAISED else entry.role
    news = Notification(
        person_id=person_id,
        template=template,
        params={
            "number": values.number(ticket.number),
            "role": badge(ticket, role),
            "text": _words(ticket, entry),
            "date": values.moment(ticket.settle_due_at),
            **params,
        },
        buttons=(*buttons, *sealed),
        photos=tuple(photos),
        purpose=Purpose.PUSH,
        ticket_id=id_of(ticket),
        version=entry.seq,
        urgent=ticket.urgency == Urgency.E,
    )
    await uow.tell(addressed(news, own or {}))


def _words(ticket: Ticket, entry: TimelineEntry) -> Any:
    """What the other side of the line reads: a resident's words without who and where they are."""
    raised = entry.role in _RAISED
    words = words_for_workers(ticket, entry.reason) if raised else mask(entry.reason)
    return words or values.text("relay_photo_only")


HANDLERS: dict[type[Command], Handler] = {
    AskReporter: ask_reporter,
    MessageReporter: message_reporter,
    AnswerTicket: answer_ticket,
    LeaveQuestions: leave_questions,
}
AWAITED: dict[str, Taker] = {
    "question": take_question,
    "message": take_message,
    "answer": take_answer,
}
