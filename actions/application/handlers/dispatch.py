"""A filed, reopened or returned ticket finds its next owner, or a lead who picks one."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from actions.application import values
from actions.application.colleagues import (
    by_rule,
    candidates_for,
    colleagues,
    has_place,
    lead_of_whole,
    leads,
    places,
)
from actions.application.commands.working import ShowOptions, ShowRecord
from actions.application.deeds import act_by_rule, id_of
from actions.application.notification import Button, Notification, Purpose
from actions.application.rulings import next_by_category, returns, rulers, ruling_buttons
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import card_of, hand_to_buttons, press, reason_of
from actions.domain.category import IssueCategory, Urgency
from actions.domain.community import Community
from actions.domain.decision import BEYOND_REMIT, UNCLASSIFIED
from actions.domain.dispatch import Candidate, choose_worker
from actions.domain.events import TicketChanged
from actions.domain.identifiers import PersonId
from actions.domain.parts import is_part
from actions.domain.people import Role
from actions.domain.road import Road, road_of
from actions.domain.service_level import counted_minutes, due_at
from actions.domain.terms import terms_of
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb
from actions.domain.timeline import TimelineEntry

#: After so many reopenings the committee takes over from the grid lead (mission 6.2).
_COMMITTEE_FROM = 2
_OFFERED = 3

#: Why a ticket waits for a person; each is also the text the lead reads.
_PLACE, _KIND, _NOBODY = "lead_triage_place", "lead_triage", "lead_nobody_free"


def clocks(
    category: IssueCategory, at: datetime, community: Community, *, divisor: int = 1
) -> dict[str, datetime]:
    """The promised dates of a ticket whose clock starts at `at`; half of them with divisor 2."""

    def by(minutes: int) -> datetime:
        counted = counted_minutes(minutes, category.calendar, community.hours)
        return due_at(at, counted // divisor, category.calendar, community.hours)

    return {
        "accept_due_at": by(category.accept_min),
        "contact_due_at": by(category.contact_min),
        "settle_due_at": by(category.settle_min),
    }


async def dispatch_changed(event: TicketChanged, uow: UnitOfWork) -> None:
    """Subscriber: what needs a new owner gets one in the same transaction."""
    ticket, entry = event.ticket, event.entry
    match entry.verb:
        case Verb.SUBMIT if not is_part(ticket) and not entry.data.get("waits_for_consent"):
            await dispatch_ticket(ticket, uow, is_sure=bool(entry.data.get("sure", True)))
        case Verb.ADD if entry.data.get("consent") and ticket.status is TicketStatus.SUBMITTED:
            await dispatch_ticket(ticket, uow)
        case Verb.RECATEGORISE if entry.is_by_rule:  # it stays where the alarm went
            pass
        case Verb.RELOCATE | Verb.RECATEGORISE if ticket.status is TicketStatus.TRIAGE:
            await _dispatch_once_known(ticket, entry.verb, uow)
        case Verb.RECATEGORISE if ticket.status is TicketStatus.RETURNED:
            await _put_again(ticket, entry, uow)
        case Verb.REOPEN | Verb.DISSATISFIED:
            await dispatch_higher(ticket, uow)
        case Verb.RETURN:
            await ask_for_ruling(ticket, entry, uow)
        case Verb.UNMERGE:
            await tell_leads(ticket, uow, _KIND, excluding=(entry.actor,))
        case _:
            pass


async def dispatch_ticket(ticket: Ticket, uow: UnitOfWork, *, is_sure: bool = True) -> None:
    """To the owner of its category where it lies, or to a person who decides."""
    category = _given_to(terms_of(ticket, uow.rules_of(ticket)))
    lost = category.needs_place and not has_place(ticket, uow.community)
    unclear = not is_sure or ticket.category in (UNCLASSIFIED, BEYOND_REMIT)
    if category.urgency is not Urgency.E and (lost or unclear):
        await _triage(ticket, uow, _PLACE if lost else _KIND)
        return
    chosen = choose_worker(
        await candidates_for(uow, ticket), category, places(ticket, uow.community)
    )
    if chosen is not None:
        await _give(ticket, chosen, uow)
    elif category.urgency is not Urgency.E or not await _give_to_anybody(ticket, uow):
        await _triage(ticket, uow, _NOBODY)


def _given_to(category: IssueCategory) -> IssueCategory:
    """Praise goes to whoever leads the grid: those it is for should not pass it to themselves."""
    is_praise = road_of(category.code) is Road.PRAISE
    return replace(category, owner_role=Role.GLD) if is_praise else category


async def _give(ticket: Ticket, chosen: Candidate, uow: UnitOfWork, **dates: Any) -> None:
    """Whoever gets it late has as long to accept it as who gets it at once."""
    category = terms_of(ticket, uow.rules_of(ticket))
    accept_by = clocks(category, uow.now, uow.community)["accept_due_at"]
    await act_by_rule(
        uow,
        ticket,
        Verb.DISPATCH,
        assignee=chosen.person_id,
        assignee_role=chosen.role.value,
        **{"accept_due_at": accept_by, **dates},
    )


async def _triage(ticket: Ticket, uow: UnitOfWork, why: str) -> None:
    """A lead decides; where there is no lead at all, whoever works here gets it."""
    if not await leads(uow, ticket) and await _give_to_anybody(ticket, uow):
        return
    if ticket.status is not TicketStatus.TRIAGE:
        await act_by_rule(uow, ticket, Verb.TRIAGE, why=why)
    await tell_leads(ticket, uow, why)


async def _give_to_anybody(ticket: Ticket, uow: UnitOfWork, **dates: Any) -> bool:
    able = await by_rule(uow, ticket, excluding=(ticket.assignee,))
    if not able:
        able = await by_rule(uow, ticket)
    if able:
        await _give(ticket, able[0], uow, **dates)
    return bool(able)


async def _dispatch_once_known(ticket: Ticket, learnt: Verb, uow: UnitOfWork) -> None:
    """What held the ticket in triage has just been said."""
    timeline = await uow.tickets.timeline(id_of(ticket))
    whys = [entry.data.get("why") for entry in timeline if entry.verb is Verb.TRIAGE]
    if whys and whys[-1] in (_PLACE if learnt is Verb.RELOCATE else _KIND, _NOBODY):
        await dispatch_ticket(ticket, uow)


async def dispatch_higher(ticket: Ticket, uow: UnitOfWork) -> None:
    """A reopened ticket goes one level up with half the clock; nobody there: a lead is told."""
    level = Role.CMT if ticket.reopenings >= _COMMITTEE_FROM else Role.GLD
    not_to = (ticket.assignee, await lead_of_whole(ticket, uow))
    above = await leads(uow, ticket, at_least=level, excluding=not_to)
    category = terms_of(ticket, uow.rules_of(ticket))
    dates = clocks(category, uow.now, uow.community, divisor=2)
    if above:
        await _give(ticket, above[0], uow, **dates)
    elif not await _give_to_anybody(ticket, uow, **dates):
        await tell_leads(ticket, uow, _NOBODY)
    if ticket.reopenings >= _COMMITTEE_FROM:
        await tell_leads(ticket, uow, "supervisor_follows", roles=(Role.SUP,), hands_out=False)


async def ask_for_ruling(ticket: Ticket, entry: TimelineEntry, uow: UnitOfWork) -> None:
    """A returned ticket is ruled on by the grid lead, the second time by the street, in their term.

    They see both sides: why it came back, and to whom it would go by its kind.
    """
    returned = returns(await uow.tickets.timeline(id_of(ticket)))
    await tell_leads(
        ticket,
        uow,
        "lead_returned" if returned <= 1 else "lead_returned_again",
        roles=rulers(ticket, returned, uow),
        excluding=(entry.actor,),
        also=ruling_buttons(ticket),
        reason=reason_of(entry),
        role=values.role(ticket.assignee_role),
        what=values.category(ticket.category),
        next=await next_by_category(ticket, entry.actor, uow),
        by=values.moment(uow.now + uow.rules_of(ticket).policy.dispute_ruling_within),
    )


async def _put_again(ticket: Ticket, corrected: TimelineEntry, uow: UnitOfWork) -> None:
    """Of another kind now, it would go to somebody else: the ruling is put once more."""
    if corrected.data.get("from_leaf") == corrected.data.get("category"):  # dates alone
        return
    timeline = await uow.tickets.timeline(id_of(ticket))
    await ask_for_ruling(ticket, [e for e in timeline if e.verb is Verb.RETURN][-1], uow)


async def tell_leads(
    ticket: Ticket,
    uow: UnitOfWork,
    template: str,
    *,
    roles: tuple[Role, ...] = (),
    excluding: tuple[PersonId | None, ...] = (),
    hands_out: bool = True,
    also: tuple[Button, ...] = (),
    **params: object,
) -> None:
    """The card, why it needs them, and whom they could give it to."""
    told = await leads(uow, ticket, roles, excluding=excluding)
    able = await colleagues(uow, ticket, excluding=(ticket.assignee, *excluding))
    buttons = await hand_to_buttons(uow, ticket, able[:_OFFERED], more=True) if hands_out else ()
    record = press("button_record", ShowRecord(ticket_id=id_of(ticket)))
    more = press("button_more", ShowOptions(ticket_id=id_of(ticket)))
    by = values.moment(uow.now + uow.rules_of(ticket).policy.triage_within)
    for lead in told:
        await uow.tell(
            Notification(
                person_id=lead.person_id,
                template=template,
                params={"number": values.number(ticket.number), "by": by, **params},
                buttons=(*buttons, *also, record, more),
                card=await card_of(uow, ticket),
                purpose=Purpose.PUSH,
                ticket_id=id_of(ticket),
                version=ticket.version,
                urgent=ticket.urgency == Urgency.E,
            )
        )


def hand_out_verb(ticket: Ticket) -> Verb:
    """What handing the ticket to somebody is called where it stands."""
    in_hand = Verb.TRANSFER if ticket.allows(Verb.TRANSFER) else Verb.TAKE_OVER
    return _HAND_OUT.get(TicketStatus(ticket.status or ""), in_hand)


_HAND_OUT = {
    TicketStatus.TRIAGE: Verb.DISPATCH,
    TicketStatus.REOPENED: Verb.DISPATCH,
    TicketStatus.RETURNED: Verb.RULE,
}
