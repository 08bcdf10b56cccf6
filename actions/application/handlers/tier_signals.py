"""What lifts a matter into another tier by itself, and who then decides."""

from typing import Any

from actions.application import values
from actions.application.colleagues import leads
from actions.application.commands.working import ShowOptions, ShowRecord
from actions.application.deeds import act_by_rule, id_of
from actions.application.notification import Notification, Purpose
from actions.application.tier_words import tier_params
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import card_of, is_for_few, press, shown_role
from actions.domain.category import Tier, Urgency
from actions.domain.dispatch import Candidate
from actions.domain.emergency import detect
from actions.domain.events import TicketChanged
from actions.domain.ladder import levels_above
from actions.domain.people import Role
from actions.domain.permissions import oversees
from actions.domain.sealing import hides_reporter
from actions.domain.ticket import SUPERVISED_FROM, Ticket
from actions.domain.ticket_status import TicketStatus, Verb
from actions.domain.tier import Signal, decider, lifted, sooner_contact
from actions.domain.timeline import TimelineEntry

#: Where it was before anybody worked on it.
_UNTOUCHED = frozenset({TicketStatus.SUBMITTED, TicketStatus.TRIAGE})


async def follow_tier(event: TicketChanged, uow: UnitOfWork) -> None:
    """Subscriber: whoever decides in a tier learns of what falls to them."""
    ticket, entry = event.ticket, event.entry
    match entry.verb:
        case Verb.DISPATCH if entry.source in _UNTOUCHED:
            await _tell_decider(ticket, uow)
        case Verb.RAISE_TIER:
            await _tell_decider(ticket, uow)
        case Verb.JOIN | Verb.ADD:
            await _hear_words(ticket, entry, uow)
            await _count_households(ticket, uow)
        case Verb.MERGE if ticket.master:
            master = await uow.tickets.find(ticket.master)
            if master is not None:
                await _count_households(master, uow)
        case Verb.REOPEN | Verb.DISSATISFIED if ticket.reopenings >= SUPERVISED_FROM:
            await _lift(ticket, Signal.REOPENED, uow)
        case _:
            pass


async def _hear_words(ticket: Ticket, entry: TimelineEntry, uow: UnitOfWork) -> None:
    if detect(str(entry.data.get("text", ""))) is not None:
        await _lift(ticket, Signal.SAFETY, uow)


async def _count_households(ticket: Ticket, uow: UnitOfWork) -> None:
    """Whoever raised it stands for a household, as everywhere where households are counted."""
    wanted = uow.rules_of(ticket).policy.tier_rises_at_households
    if len(await uow.tickets.followers(id_of(ticket))) >= wanted:
        await _lift(ticket, Signal.HOUSEHOLDS, uow)


async def _lift(ticket: Ticket, signal: Signal, uow: UnitOfWork) -> None:
    """Once for each signal: what a lead has lowered since is not lifted by the same again."""
    if not ticket.is_open or not ticket.tier:
        return
    tier = lifted(ticket.tier, signal)
    if tier is None or await _was_heard(ticket, signal, uow):
        return
    # How many have spoken is not told where there is another side to the matter.
    reason = "signal" if hides_reporter(ticket) else signal.value
    await act_by_rule(
        uow,
        ticket,
        Verb.RAISE_TIER,
        reason_key=f"tier_{reason}",
        signal=signal.value,
        tier=tier.value,
        **better_date(ticket, tier, uow),
    )


async def _was_heard(ticket: Ticket, signal: Signal, uow: UnitOfWork) -> bool:
    """A second reopening may come again; danger and numbers are news once."""
    if signal is Signal.REOPENED:
        return False
    timeline = await uow.tickets.timeline(id_of(ticket))
    return any(
        entry.verb is Verb.RAISE_TIER and entry.data.get("signal") == signal for entry in timeline
    )


def better_date(ticket: Ticket, tier: Tier, uow: UnitOfWork) -> dict[str, Any]:
    """The earlier date if the rules give one; if none, those who wait need not hear."""
    by = sooner_contact(ticket, tier, uow.now, uow.rules_of(ticket).policy)
    return {"told_otherwise": True} if by is None else {"contact_due_at": by.isoformat()}


async def _tell_decider(ticket: Ticket, uow: UnitOfWork) -> None:
    """The committee is put in copy, the chair finds it in the queue; never who has it anyway."""
    if not ticket.tier or ticket.tier == Tier.SMALL or is_for_few(ticket):
        return
    role = decider(ticket.tier)
    if role is Role.CMT and Role.CMT not in levels_above(ticket.assignee_role):
        return
    for person in await _deciders(ticket, role, uow):
        await uow.tell(
            Notification(
                person_id=person.person_id,
                template="copy_urgent" if role is Role.CMT else "copy_hard",
                params={
                    "number": values.number(ticket.number),
                    "what": values.category(ticket.category),
                    "role": values.role(shown_role(ticket, "")),
                    **tier_params(ticket.tier),
                },
                card=await card_of(uow, ticket),
                buttons=(
                    press("button_record", ShowRecord(ticket_id=id_of(ticket))),
                    press("button_more", ShowOptions(ticket_id=id_of(ticket))),
                ),
                purpose=Purpose.PUSH,
                ticket_id=id_of(ticket),
                version=ticket.version,
                urgent=ticket.urgency == Urgency.E,
            )
        )


async def _deciders(ticket: Ticket, role: Role, uow: UnitOfWork) -> list[Candidate]:
    """One of them, and only somebody to whom the ticket is open; no chair: the committee."""
    for level in dict.fromkeys((role, Role.CMT)):
        for candidate in await leads(uow, ticket, (level,), excluding=(ticket.assignee,)):
            if oversees(await uow.people.actor(candidate.person_id), ticket):
                return [candidate]
        if ticket.assignee_role == level:
            return []
    return []
