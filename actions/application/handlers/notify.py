"""Every change of a ticket becomes what each person concerned hears of it."""

from dataclasses import dataclass, replace
from typing import Any

from actions.application import values
from actions.application.commands.following import RateTicket, ReopenTicket
from actions.application.deeds import id_of
from actions.application.handlers.dispatch import tell_leads
from actions.application.message_matrix import MATRIX, SAID_ELSEWHERE, News
from actions.application.notification import Button, Notification, Purpose
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import badge, card_of, next_buttons, place_of, press, reason_of
from actions.domain.category import Urgency
from actions.domain.events import TicketChanged
from actions.domain.identifiers import PersonId
from actions.domain.people import Role
from actions.domain.permissions import spokesperson
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import WITH_ASSIGNEE, TicketStatus, Verb
from actions.domain.timeline import TimelineEntry

#: Signed by the role that acted, not by the one that has the ticket.
_SIGNED = frozenset(
    {Verb.ASK, Verb.DECLINE, Verb.DELIBERATE, Verb.EXPLAIN, Verb.MERGE, Verb.UNMERGE}
)
#: Those who raised the matter: the words of one of them are for the office, not for the others.
_RESIDENTS = frozenset({"RES", "ANO", "follower", "anyone"})


async def notify_changed(event: TicketChanged, uow: UnitOfWork) -> None:
    """Subscriber: the message matrix, carried out for one entry."""
    news = MATRIX.get(event.entry.verb)
    if news is None:
        return
    telling = _Telling(uow, event.ticket, event.entry, await _params(event, uow))
    if news.raised and not _is_known_already(event.ticket, event.entry, uow):
        await _tell_raisers(telling, news)
    await _tell_old_and_new(telling, news)
    await _tell_assignee(telling, news)


@dataclass(frozen=True)
class _Telling:
    """One entry on its way to several people."""

    uow: UnitOfWork
    ticket: Ticket
    entry: TimelineEntry
    params: dict[str, Any]

    async def tell(self, person: PersonId, template: str, **more: Any) -> None:
        await self.uow.tell(
            Notification(
                person_id=person,
                template=template,
                params=self.params,
                purpose=Purpose.PUSH,
                ticket_id=id_of(self.ticket),
                version=self.entry.seq,
                urgent=self.ticket.urgency == Urgency.E,
                **more,
            )
        )


def _is_known_already(ticket: Ticket, entry: TimelineEntry, uow: UnitOfWork) -> bool:
    """The dates and the role are those the residents were told before."""
    if entry.verb in (Verb.RULE, Verb.ESCALATE) or entry.data.get("rerouted"):
        was = (entry.data.get("was") or {}).get("role")
        return _called(was) == _called(entry.data.get("assignee_role") or was)
    if entry.source is TicketStatus.SUBMITTED:
        # Whoever files it is told in the same breath; there is nobody else yet.
        return uow.turn.actor.person_id == ticket.reporter
    return False


def _called(role: Any) -> Any:
    """Full-time or part-time is all the same to a resident."""
    return Role.GWF if role == Role.GWP else role


async def _tell_raisers(telling: _Telling, news: News) -> None:
    """Everyone who raised it and has not left, except whoever did it."""
    ticket, entry = telling.ticket, telling.entry
    photos = tuple(entry.data.get("photos", ())) if entry.verb is Verb.RESOLVE else ()
    telling = replace(telling, params=_for_raisers(telling))
    followers = await telling.uow.tickets.followers(id_of(ticket))
    speaks = spokesperson(ticket, followers)
    for person in followers:
        reported = person == speaks
        template = (reported and news.reporter) or news.raised
        if person == entry.actor or template == SAID_ELSEWHERE:
            continue
        kind = (reported and news.reporter_buttons) or news.buttons
        buttons = _BUTTONS[kind](ticket) if kind else ()
        await telling.tell(person, template, buttons=buttons, photos=photos, status_news=True)


def _for_raisers(telling: _Telling) -> dict[str, Any]:
    """Without the place in the reporter's words, and without what another resident wrote."""
    withheld = {"where"} | ({"reason"} if telling.entry.role in _RESIDENTS else set())
    return {name: value for name, value in telling.params.items() if name not in withheld}


async def _tell_old_and_new(telling: _Telling, news: News) -> None:
    """The new assignee gets the card, the old one hears that it is gone."""
    new = telling.entry.data.get("assignee")
    if news.card and new:
        card = await card_of(telling.uow, telling.ticket)
        buttons = next_buttons(telling.ticket)
        await telling.tell(PersonId(new), news.card, card=card, buttons=buttons)
    former = (telling.entry.data.get("was") or {}).get("assignee")
    # Whoever has left or is away hears of all their tickets at once.
    gone = telling.entry.data.get("rerouted")
    if news.former and former and not gone and former not in (telling.entry.actor, new):
        await telling.tell(PersonId(former), news.former)


async def _tell_assignee(telling: _Telling, news: News) -> None:
    ticket, entry = telling.ticket, telling.entry
    if not news.assignee:
        return
    if ticket.assignee is None or (ticket.status not in WITH_ASSIGNEE and ticket.is_open):
        if entry.verb is Verb.URGE:
            await tell_leads(ticket, telling.uow, "lead_urged")
        if ticket.assignee is None or not entry.moves:
            return
    if ticket.assignee != entry.actor:
        photos = tuple(entry.data.get("photos", ()))
        buttons = next_buttons(ticket)
        await telling.tell(ticket.assignee, news.assignee, buttons=buttons, photos=photos)


async def _params(event: TicketChanged, uow: UnitOfWork) -> dict[str, Any]:
    """Everything a text of the matrix may name: number, role, dates, reason."""
    ticket, entry, policy = event.ticket, event.entry, uow.community.policy
    _, due_at = ticket.promise
    date = entry.data.get("date")
    return {
        "number": values.number(ticket.number),
        "what": values.category(ticket.category),
        "where": place_of(ticket),
        "role": badge(ticket, entry.role if entry.verb in _SIGNED else ""),
        "contact": _date(values.moment(ticket.contact_due_at)),
        "settle": _date(values.moment(ticket.settle_due_at)),
        "due": _date(values.moment(due_at)),
        "triage": values.moment(entry.at + policy.triage_within),
        "rate_by": values.moment(entry.at + policy.unrated_closes_after),
        "reopen_by": values.moment(entry.at + policy.reopen_within),
        "date": _date({"$moment": str(date)} if date else None),
        "reason": _reason(entry),
        "households": len(await uow.tickets.followers(id_of(ticket))),
        "status": values.status(ticket.status or ""),
        "parties": values.joined(*[values.role(code) for code in entry.data.get("part_roles", ())]),
        **{name: str(entry.data.get(name, "")) for name in ("body", "receipt", "proposal")},
    }


def _date(value: Any) -> Any:
    return value or values.text("date_unknown")


def _reason(entry: TimelineEntry) -> Any:
    """The words of the entry, or what a tap stood for."""
    if "safety" in entry.data:
        return values.text(f"safety_{entry.data['safety']}")
    told = reason_of(entry)
    if told:
        return told
    return values.text("relay_photo_only" if entry.data.get("photos") else "reason_none")


def _rate(ticket: Ticket) -> tuple[Button, ...]:
    number = id_of(ticket)
    return tuple(
        press(f"button_{verdict}", RateTicket(ticket_id=number, verdict=verdict), style)
        for verdict, style in (
            ("satisfied", "primary"), ("partly", "default"), ("dissatisfied", "default"),
        )
    )  # fmt: skip


def _reopen(ticket: Ticket) -> tuple[Button, ...]:
    return (press("button_reopen", ReopenTicket(ticket_id=id_of(ticket))),)


_BUTTONS = {"rate": _rate, "reopen": _reopen}
