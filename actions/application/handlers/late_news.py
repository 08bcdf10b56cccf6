"""What is said when a matter is late: to whoever has it, to the levels above, to those who wait."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from actions.application import values
from actions.application.commands.ladder import EscalateTicket
from actions.application.commands.working import DispatchTicket, ShowOptions, ShowRecord
from actions.application.deeds import id_of
from actions.application.handlers.alarm import numbers_for
from actions.application.handlers.dispatch import hand_out_verb
from actions.application.handlers.to_those_who_wait import tell_those_who_wait
from actions.application.notification import Button, Notification, Purpose
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import badge, card_of, next_buttons, press, shown_role
from actions.domain.category import Urgency
from actions.domain.dispatch import Candidate
from actions.domain.emergency import KINDS, detect
from actions.domain.identifiers import PersonId
from actions.domain.ladder import CONTACT, LEVELS, SETTLE, Rung, Step, due_of, steps
from actions.domain.permissions import capacity
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import OFFERED, UNDECIDED, WITH_ASSIGNEE, TicketStatus, Verb

#: What was handed on can only be taken, and handed on again after that.
_HANDED_ON = {"nudge_accept": "nudge_take_over", "overdue_accept": "overdue_take_over"}
#: Of what nobody has, in place of what names whoever has it.
_NOBODY_HAS = {
    f"{how}_{clock}_lead": f"undecided_{clock}"
    for how in ("overdue", "street")
    for clock in (CONTACT, SETTLE)
}


async def tell_worker(ticket: Ticket, template: str, uow: UnitOfWork) -> None:
    """Whoever has it, with the card, the time left and what can be done next."""
    if ticket.assignee is not None and ticket.status in WITH_ASSIGNEE:
        if ticket.status is TicketStatus.TRANSFERRED:
            template = _HANDED_ON.get(template, template)
        buttons = await owner_buttons(ticket, ticket.assignee, uow)
        await tell_one(ticket, ticket.assignee, template, buttons, uow)


async def owner_buttons(ticket: Ticket, person: PersonId, uow: UnitOfWork) -> tuple[Button, ...]:
    """What the assignee can do next; a lead to whom it was offered may as well hand it on."""
    mine = next_buttons(ticket)
    if ticket.status not in OFFERED or ticket.assignee_role not in LEVELS:
        return mine
    higher = await lead_buttons(ticket, person, uow)
    return (*mine[:1], *(button for button in higher if button.label != "button_take_it"))


async def tell_above(
    ticket: Ticket, people: Sequence[Candidate], template: str, uow: UnitOfWork
) -> None:
    for candidate in people:
        buttons = await lead_buttons(ticket, candidate.person_id, uow)
        await tell_one(ticket, candidate.person_id, _honest(ticket, template), buttons, uow)


def _honest(ticket: Ticket, template: str) -> str:
    """Of what nobody has it is not said that somebody does not get on with it."""
    return _NOBODY_HAS.get(template, template) if ticket.status in UNDECIDED else template


def _asked_for(ticket: Ticket, buttons: Sequence[Button]) -> Any:
    """Only whoever has the button is asked to assign it; others can but press for it."""
    if all(button.label != "button_hand_to_other" for button in buttons):
        return values.text("ladder_ask_press")
    is_with_somebody = ticket.status in WITH_ASSIGNEE
    return values.text("ladder_ask_hand_on" if is_with_somebody else "ladder_ask_assign")


async def lead_buttons(ticket: Ticket, person: PersonId, uow: UnitOfWork) -> tuple[Button, ...]:
    """What this person may do about it: hand it on, take it, pass it up; the record; the rest."""
    number = id_of(ticket)
    actor = await uow.people.actor(person)
    wanted = (
        (hand_out_verb(ticket), "button_hand_to_other", DispatchTicket(ticket_id=number)),
        (Verb.ESCALATE, "button_take_it", EscalateTicket(ticket_id=number, to_me=True)),
        (Verb.ESCALATE, "button_pass_up", EscalateTicket(ticket_id=number)),
    )
    found = [
        press(label, command)
        for verb, label, command in wanted
        if ticket.allows(verb) and capacity(actor, verb, ticket) is not None
    ]
    record = press("button_record", ShowRecord(ticket_id=number))
    return (*found, record, press("button_more", ShowOptions(ticket_id=number)))


async def tell_one(
    ticket: Ticket, person: PersonId, template: str, buttons: tuple[Button, ...], uow: UnitOfWork
) -> None:
    await uow.tell(
        Notification(
            person_id=person,
            template=template,
            params={
                "number": values.number(ticket.number),
                "what": values.category(ticket.category),
                "role": values.role(shown_role(ticket, "")),
                "ask": _asked_for(ticket, buttons),
                "accept": values.moment(ticket.accept_due_at),
                "contact": values.moment(ticket.contact_due_at),
                "settle": values.moment(ticket.settle_due_at),
                "decide": values.moment(due_of(ticket, "decide", uow.rules_of(ticket))),
            },
            card=await card_of(uow, ticket),
            buttons=buttons,
            purpose=Purpose.PUSH,
            ticket_id=id_of(ticket),
            version=ticket.version,
            urgent=ticket.urgency == Urgency.E,
        )
    )


async def tell_raisers(
    ticket: Ticket, late: Step, template: str, told: Sequence[Candidate], uow: UnitOfWork
) -> None:
    """The date was not kept: said plainly, with who knows of it now and when they hear next."""
    due = due_of(ticket, late.clock, uow.rules_of(ticket))
    knows = _who_knows(ticket, told)
    params = {
        "number": values.number(ticket.number),
        "what": values.category(ticket.category),
        "due": values.moment(due),
        "told": knows,
        "role": badge(ticket),
        "by": values.moment(next_word(ticket, uow)),
        "numbers": _office(uow),
    }
    await tell_those_who_wait(ticket, template if knows else "push_missed_nobody", params, uow)


def _who_knows(ticket: Ticket, told: Sequence[Candidate]) -> Any:
    """Those who were told, as roles: whoever has it and the level above; nobody at all: nothing."""
    has_owner = ticket.assignee is not None and ticket.status in WITH_ASSIGNEE
    above = values.role(told[0].role) if told else None
    if has_owner and above:
        return values.text("ladder_two_know", role=badge(ticket), level=above)
    return badge(ticket) if has_owner else above


def _office(uow: UnitOfWork) -> Any:
    phone = uow.community.office.phone
    return values.phones([(dict(phone.name), phone.dial)])


def next_word(ticket: Ticket, uow: UnitOfWork) -> datetime:
    """By when those who wait hear again at the latest: the street's rung, or the weekly word."""
    weekly = uow.now + uow.rules_of(ticket).policy.still_working_every
    street = [
        step.at
        for step in steps(ticket, uow.rules_of(ticket))
        if step.rung is Rung.STREET and step.clock in (CONTACT, SETTLE)
    ]
    return min([at for at in street if at > uow.now] + [weekly])


async def tell_nobody_took_it(ticket: Ticket, uow: UnitOfWork, *, passed_up: bool) -> None:
    """A danger nobody has taken in time: whom to call, who has it now, and no promise of help."""
    params = {
        "number": values.number(ticket.number),
        "what": values.category(ticket.category),
        "role": badge(ticket),
        "by": values.moment(ticket.accept_due_at),
        "numbers": whom_to_call(ticket, uow),
    }
    template = "push_nobody_yet" if passed_up else "push_still_nobody"
    await tell_those_who_wait(ticket, template, params, uow)


def whom_to_call(ticket: Ticket, uow: UnitOfWork) -> Any:
    """The emergency numbers of this kind of danger, or the office's where it has none."""
    told = detect(ticket.summary)
    if told is not None:
        return numbers_for(told, uow)
    known = uow.community.emergency_numbers
    first = dict.fromkeys(k.numbers[0] for k in KINDS.values() if k.leaf == ticket.category)
    numbers = [(known[key].name, known[key].dial) for key in first if key in known]
    return values.phones(numbers) if numbers else _office(uow)
