"""What the other side promised, and the question a week later whether it was kept."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from actions.application import values
from actions.application.awaited import Given, Taker, expect, expect_nothing
from actions.application.commands.base import Command
from actions.application.commands.mediating import AnswerRecheck, RecordPromise
from actions.application.commands.timed import AskRecheck
from actions.application.deeds import act, act_by_rule, id_of, of_mine, require
from actions.application.handlers.closing import answer_by
from actions.application.handlers.dispatch import tell_leads
from actions.application.handlers.fieldwork import attach
from actions.application.handlers.relay import note_contact
from actions.application.notification import Notification, Purpose
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import badge, next_buttons, press
from actions.domain.errors import OutOfDate
from actions.domain.identifiers import TicketId
from actions.domain.permissions import capacity_among_raisers, spokesperson
from actions.domain.talking_points import again_label
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb
from actions.domain.timeline import TimelineEntry

#: Other times after which the reporter may be asked.
_DAYS: Final = (3, 7, 14)
#: Answers of the reporter; each has a text `reason_promise_…`.
KEPT, BROKEN, UNSURE = "kept", "broken", "unsure"
#: Words that answer the question and hardly anything else, for as long as it is fresh.
_CAME_BACK: Final = frozenset({"button_noise_again", "button_again"})
_OPEN_FOR: Final = timedelta(days=7)
_ANSWERS: Final = frozenset({KEPT, BROKEN, UNSURE})


async def record_promise(command: RecordPromise, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    await require(uow, ticket, Verb.PROMISE)
    usual = uow.community.policy.recheck_after.days
    days = command.days if command.days in _DAYS else usual
    await expect(uow, "promise", ticket_id=id_of(ticket), days=days)
    await uow.reply(
        "promise_ask",
        params={
            "number": values.number(ticket.number),
            "date": values.moment(uow.now + timedelta(days=days)),
        },
        buttons=tuple(
            press(
                "button_promise_days", RecordPromise(ticket_id=id_of(ticket), days=n), "chip",
                days=n,
            )
            for n in _DAYS
            if n != days
        ),
        ticket_id=ticket.id,
    )  # fmt: skip


async def take_promise(about: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    """The words stay on the record; those who raised it hear that something was promised."""
    ticket = await uow.tickets.get(TicketId(about["ticket_id"]))
    await require(uow, ticket, Verb.PROMISE)
    if not given.text:
        await uow.reply("promise_words_needed", ticket_id=ticket.id)
        return
    await expect_nothing(uow)
    look_again = (uow.now + timedelta(days=int(about["days"]))).isoformat()
    photos = await attach(ticket, given.photos, "work", uow)
    entry = await act(
        uow,
        ticket,
        Verb.PROMISE,
        reason=given.text,
        photos=photos,
        recheck_at=look_again,
        date=look_again,
    )
    await note_contact(uow, ticket, entry)
    params = {"number": values.number(ticket.number), "date": {"$moment": look_again}}
    buttons = next_buttons(ticket)
    await uow.reply("promise_noted", params=params, buttons=buttons, ticket_id=ticket.id)


async def ask_recheck(command: AskRecheck, uow: UnitOfWork) -> None:
    """The reporter is asked, be the ticket closed meanwhile or not. Silence says nothing."""
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    due = ticket.recheck_at
    if due is None or due > uow.now or not ticket.allows(Verb.RECHECK):
        return
    speaks = spokesperson(ticket, await uow.tickets.followers(id_of(ticket)))
    if speaks is None:
        return
    asked = await act_by_rule(uow, ticket, Verb.RECHECK, asked=True, recheck_at=None)
    number = id_of(ticket)
    labels = (("button_quiet_now", KEPT), (again_label(ticket.category), BROKEN),
              ("button_unsure", UNSURE))  # fmt: skip
    await uow.tell(
        Notification(
            person_id=speaks,
            template="recheck_ask",
            params={
                "number": values.number(ticket.number),
                "what": values.category(ticket.category),
            },
            buttons=tuple(
                press(label, AnswerRecheck(ticket_id=number, answer=answer, asked=asked.seq))
                for label, answer in labels
            ),
            purpose=Purpose.PUSH,
            ticket_id=number,
            version=asked.seq,
        )
    )


async def recheck_worded(labels: Collection[str], uow: UnitOfWork) -> Mapping[str, Any] | None:
    """The button for "it came back", while the question is open, whatever was said since."""
    conversation = uow.turn.conversation_id
    label = next((each for each in sorted(labels) if each in _CAME_BACK), None)
    if label is None or conversation is None:
        return None
    said = await uow.outbox.asked(conversation, "recheck_ask", uow.now - _OPEN_FOR)
    stored = said.command(label) if said else None
    if stored is None:
        return None
    timeline = await uow.tickets.timeline(TicketId(stored["ticket_id"]))
    return stored if _is_open_question(timeline, stored["asked"]) else None


async def answer_recheck(command: AnswerRecheck, uow: UnitOfWork) -> None:
    ticket = await of_mine(command.ticket_id, uow)
    if command.answer not in _ANSWERS:
        raise OutOfDate
    timeline = await uow.tickets.timeline(id_of(ticket))
    if not _is_open_question(timeline, command.asked):
        params = {"number": values.number(ticket.number)}
        await uow.reply("recheck_too_late", params=params, ticket_id=ticket.id)
        return
    again = command.answer == UNSURE and not _was_unsure(timeline)
    more = {"recheck_at": _later(uow)} if again else {}
    await act(
        uow,
        ticket,
        Verb.RECHECK,
        reason_key=f"promise_{command.answer}",
        answer=command.answer,
        **more,
    )
    if command.answer == BROKEN:
        await _broken(ticket, uow)
        return
    await _tell_assignee(ticket, uow, "quiet" if command.answer == KEPT else UNSURE)
    template = "recheck_quiet" if command.answer == KEPT else "recheck_unsure"
    last = command.answer == UNSURE and not again
    await _reply(ticket, uow, "recheck_unsure_last" if last else template)


def _is_open_question(timeline: Sequence[TimelineEntry], asked: int) -> bool:
    """Whether the question of that entry is the last one and has no answer yet."""
    rechecks = [entry for entry in timeline if entry.verb is Verb.RECHECK]
    return bool(rechecks) and rechecks[-1].seq == asked and bool(rechecks[-1].data.get("asked"))


def _was_unsure(timeline: Sequence[TimelineEntry]) -> bool:
    return any(entry.data.get("answer") == UNSURE for entry in timeline)


def _later(uow: UnitOfWork) -> str:
    return (uow.now + uow.community.policy.recheck_after).isoformat()


async def _broken(ticket: Ticket, uow: UnitOfWork) -> None:
    """Closed: it comes back, one level up. At work: whoever has it hears."""
    verb = Verb.DISSATISFIED if ticket.status is TicketStatus.RESOLVED else Verb.REOPEN
    followers = await uow.tickets.followers(id_of(ticket))
    actor = uow.turn.actor
    if ticket.allows(verb) and capacity_among_raisers(actor, verb, ticket, followers):
        await act(uow, ticket, verb, reason_key="promise_broken")
        await _reply(ticket, uow, "recheck_reopened")
        return
    await _tell_assignee(ticket, uow, "again")
    await _reply(ticket, uow, "recheck_again")


async def _tell_assignee(ticket: Ticket, uow: UnitOfWork, what: str) -> None:
    template = f"work_recheck_{what}"
    if not ticket.is_open:
        return
    if ticket.assignee is None:
        await tell_leads(ticket, uow, template)
        return
    await uow.tell(
        Notification(
            person_id=ticket.assignee,
            template=template,
            params={"number": values.number(ticket.number)},
            buttons=next_buttons(ticket),
            purpose=Purpose.PUSH,
            ticket_id=id_of(ticket),
            version=ticket.version,
        )
    )


async def _reply(ticket: Ticket, uow: UnitOfWork, template: str) -> None:
    await uow.reply(
        template,
        params={
            "number": values.number(ticket.number),
            "role": badge(ticket),
            "due": answer_by(ticket, uow),
            "date": {"$moment": _later(uow)},
        },
        ticket_id=ticket.id,
        version=ticket.version,
    )


HANDLERS: dict[type[Command], Handler] = {
    RecordPromise: record_promise,
    AskRecheck: ask_recheck,
    AnswerRecheck: answer_recheck,
}
AWAITED: dict[str, Taker] = {"promise": take_promise}
