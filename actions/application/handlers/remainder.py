"""What a partly settled ticket leaves open becomes a ticket of its own, linked to the first."""

from typing import Any

from actions.application import values
from actions.application.deeds import act_by_rule, id_of
from actions.application.handlers.dispatch import clocks
from actions.application.notification import Notification, Purpose
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import badge, filed_with
from actions.domain.category import Urgency
from actions.domain.events import TicketChanged
from actions.domain.parts import is_part
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import Verb
from actions.domain.timeline import TimelineEntry
from actions.domain.wording import summary_of

#: What was said of whose matter it is holds for the rest as well.
_OF_ITS_ORIGIN = ("agreed", "agreed_at", "found_by")


async def file_remainder(event: TicketChanged, uow: UnitOfWork) -> None:
    """Subscriber: "partly" closes one ticket and files the rest in the same transaction."""
    first, entry = event.ticket, event.entry
    if entry.verb is not Verb.PARTLY:
        return
    rest = Ticket(rules=first.rules)
    deed = uow.deed(entry.role, entry.actor)
    number = await uow.tickets.next_number()
    rest.begin(deed, began=uow.now.isoformat())
    told = await filed_with(uow, first)
    kept = {name: told[name] for name in _OF_ITS_ORIGIN if name in told}
    rest.submit(deed, number=number, **_what_remains(first, entry, uow), **kept)
    submitted = rest.new_entries[-1]
    await uow.tickets.add(rest)
    await uow.sealed_contacts.hand_on(id_of(first), rest)
    await _bring_along(first, rest, uow)
    uow.events.append(TicketChanged(rest, submitted))
    if is_part(rest) and first.assignee is not None:
        holder, role = first.assignee, first.assignee_role
        await act_by_rule(uow, rest, Verb.DISPATCH, assignee=holder, assignee_role=role)


def _what_remains(first: Ticket, entry: TimelineEntry, uow: UnitOfWork) -> dict[str, Any]:
    """The first ticket's facts with what is still wrong, and clocks that start now."""
    category = uow.rules_of(first).category(first.category)
    dates = clocks(category, uow.now, uow.community)
    return {
        "category": first.category,
        "urgency": first.urgency,
        "tier": first.tier,
        "privacy": first.privacy,
        "summary": summary_of(entry.reason) or first.summary,
        "words": f"{entry.reason}\n{first.number} {first.summary}".strip(),
        "location": dict(first.location),
        "area": first.area,
        "grid": first.grid,
        "anonymous": first.anonymous,
        "reporter": first.reporter,
        "parent": first.parent if is_part(first) else first.number,
        "origin": first.origin,
        "recused": list(first.recused),
        **{name: at.isoformat() for name, at in dates.items()},
    }


async def _bring_along(first: Ticket, rest: Ticket, uow: UnitOfWork) -> None:
    """Everyone who raised the first and its photos; each hears the new number."""
    for person in await uow.tickets.followers(id_of(first)):
        kind = "reporter" if person == first.reporter else "me_too"
        await uow.tickets.follow(id_of(rest), person, kind)
        owner = uow.rules_of(rest).category(rest.category).owner_role
        await uow.tell(
            Notification(
                person_id=person,
                template="push_remainder",
                params={
                    "number": values.number(first.number),
                    "rest": values.number(rest.number),
                    "role": badge(rest, owner.value),
                    "contact": values.moment(rest.contact_due_at),
                },
                purpose=Purpose.PUSH,
                ticket_id=id_of(rest),
                version=rest.version,
                urgent=rest.urgency == Urgency.E,
            )
        )
    photos = await uow.tickets.photos(id_of(first), "report")
    if photos and first.reporter is not None:
        await uow.tickets.attach(id_of(rest), photos, "report", first.reporter)
