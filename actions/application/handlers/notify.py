"""Every change of a ticket becomes what each person concerned hears of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from actions.application import values
from actions.application.commands.deciding import AppealTicket
from actions.application.commands.following import ReopenTicket
from actions.application.commands.intake import ShowContact
from actions.application.deeds import id_of
from actions.application.handlers.dispatch import tell_leads
from actions.application.handlers.following import rating_buttons
from actions.application.handlers.late_news import next_word, owner_buttons
from actions.application.message_matrix import (
    MATRIX,
    SAID_ELSEWHERE,
    WITHOUT_NEIGHBOURS,
    News,
)
from actions.application.notification import Button, Notification, Purpose
from actions.application.outside import body_named
from actions.application.part_words import said_of
from actions.application.records import OwnTicket
from actions.application.roads import road_params, status_of, worded
from actions.application.tier_words import tier_params
from actions.application.together import addressed, leading
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import badge, card_of, next_buttons, place_of, press, reason_of
from actions.domain.category import Urgency
from actions.domain.events import TicketChanged
from actions.domain.identifiers import PersonId, TicketId
from actions.domain.masking import mask
from actions.domain.origin import Origin
from actions.domain.people import Role
from actions.domain.permissions import is_kept_away, spokesperson
from actions.domain.sealing import hides_reporter, is_among_few
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import WITH_ASSIGNEE, TicketStatus, Verb
from actions.domain.timeline import TimelineEntry

#: Signed by the role that acted, not by the one that has the ticket.
_SIGNED = frozenset(
    {Verb.ASK, Verb.DECLINE, Verb.DELIBERATE, Verb.EXPLAIN, Verb.MERGE, Verb.UNMERGE, Verb.VERIFY}
)
#: Their photos are for those who raised it.
_SHOWN = frozenset({Verb.RESOLVE, Verb.TEMPORARY, Verb.REPORT})
#: Their words name another's number, or ask the reporter alone.
_BETWEEN_FEW = frozenset({Verb.MERGE, Verb.UNMERGE, Verb.ASK})
#: Those who raised the matter: the words of one of them are for the office, not for the others.
_RESIDENTS = frozenset({"RES", "ANO", "follower", "anyone"})


async def notify_changed(event: TicketChanged, uow: UnitOfWork) -> None:
    """Subscriber: the message matrix, carried out for one entry."""
    news = MATRIX.get(event.entry.verb)
    if news is None or event.entry.data.get("at_once"):  # what follows in this breath says it
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
    #: The number of their own of those who wait for it through a merged ticket.
    own: Mapping[PersonId, OwnTicket] = field(default_factory=dict)

    async def tell(self, person: PersonId, template: str, *, wrap: str = "", **more: Any) -> None:
        """In the words of the matter's road, unless that road says nothing of it."""
        template = said_of(self.ticket, template)
        if not template:
            return
        await self.uow.tell(
            addressed(
                Notification(
                    person_id=person,
                    template=wrap or template,
                    params={"news": values.text(template, **self.params)} if wrap else self.params,
                    purpose=Purpose.PUSH,
                    ticket_id=id_of(self.ticket),
                    version=self.entry.seq,
                    urgent=self.ticket.urgency == Urgency.E and not _is_late_word(self.entry),
                    **more,
                ),
                self.own,
            )
        )


def _is_late_word(entry: TimelineEntry) -> bool:
    """The alarm has rung; that it is of another kind rings nobody again."""
    return entry.verb is Verb.RECATEGORISE and entry.is_by_rule


def _is_known_already(ticket: Ticket, entry: TimelineEntry, uow: UnitOfWork) -> bool:
    """The dates and the role are those the residents were told before."""
    if entry.data.get("told_otherwise"):
        return True
    was = (entry.data.get("was") or {}).get("role")
    if entry.data.get("rerouted"):
        return bool(_called(was) == _called(entry.data.get("assignee_role") or was))
    if entry.verb in (Verb.RULE, Verb.ESCALATE):
        return bool(was == entry.data.get("assignee_role", was))
    if entry.verb is Verb.RECATEGORISE:
        moved = "contact_due_at" in entry.data or "settle_due_at" in entry.data
        return not moved or (ticket.assignee is None and not entry.data.get("later"))
    if entry.source is TicketStatus.SUBMITTED:
        # Whoever files it is told in the same breath; there is nobody else yet.
        return uow.turn.actor.person_id == ticket.reporter
    return False


def _called(role: Any) -> Any:
    """Full-time or part-time is all the same to a resident whose grid worker has changed."""
    return Role.GWF if role == Role.GWP else role


async def _tell_raisers(telling: _Telling, news: News) -> None:
    """Everyone who raised it and has not left, except whoever did it."""
    ticket, entry = telling.ticket, telling.entry
    photos = tuple(entry.data.get("photos", ())) if entry.verb in _SHOWN else ()
    followers = await telling.uow.tickets.followers(id_of(ticket))
    own = await telling.uow.tickets.own_tickets(id_of(ticket))
    speaks = spokesperson(ticket, followers)
    whole = await leading(ticket, telling.uow)
    telling = replace(telling, params=_for_raisers(telling, whole), own=own)
    for person in followers:
        reported = person == speaks or (
            # Each of those who reported it may object to its being declined.
            entry.verb is Verb.DECLINE and person in own and own[person].is_reporter
        )
        template = (reported and news.reporter) or news.raised
        if person == entry.actor or template == SAID_ELSEWHERE or is_kept_away(person, ticket):
            continue
        if entry.verb is Verb.ACCEPT and ticket.is_late(telling.uow.now):
            template = "push_accepted_late"
        if is_among_few(whole.category, whole.privacy):
            template = WITHOUT_NEIGHBOURS.get(template, template)
        kind = (reported and news.reporter_buttons) or news.buttons
        buttons = _BUTTONS[kind](ticket) if kind else ()
        if kind == "appeal" and person in own:
            buttons = _appeal_of(own[person].id)
        # What is told once it stands alone must not be taken for older than news of the whole.
        lasts = entry.verb is Verb.UNMERGE
        wrap = _to_be_passed_on(ticket, entry, person)
        if wrap and await telling.uow.sealed_contacts.has(id_of(ticket)):
            show = ShowContact(ticket_id=id_of(ticket))
            buttons = (*buttons, press("button_show_contact", show))
        await telling.tell(
            person, template, wrap=wrap, buttons=buttons, photos=photos, status_news=not lasts
        )


def _to_be_passed_on(ticket: Ticket, entry: TimelineEntry, person: PersonId) -> str:
    """The writer of a letter is not here: whoever typed it in is to tell them."""
    if ticket.origin != Origin.PAPER or person != ticket.reporter:
        return ""
    return "paper_resolved" if entry.verb is Verb.RESOLVE else "paper_news"


def _for_raisers(telling: _Telling, whole: Ticket) -> dict[str, Any]:
    """Without the place in the reporter's words, and without what another resident wrote.

    Where that is not for neighbours, also without how many spoke and under which number: what is
    kept of a message is given to its reader with their data.
    """
    withheld = {"where"} | ({"reason"} if telling.entry.role in _RESIDENTS else set())
    if is_among_few(whole.category, whole.privacy):
        withheld |= {"households"}
        withheld |= {"reason"} if telling.entry.verb in _BETWEEN_FEW else set()
    return {name: value for name, value in telling.params.items() if name not in withheld}


async def _tell_old_and_new(telling: _Telling, news: News) -> None:
    """The new assignee gets the card, the old one hears that it is gone."""
    new = telling.entry.data.get("assignee")
    if news.card and new and not telling.entry.data.get("taken"):
        card = await card_of(telling.uow, telling.ticket)
        buttons = await owner_buttons(telling.ticket, PersonId(new), telling.uow)
        template = (telling.entry.data.get("stays") and news.kept) or news.card
        await telling.tell(PersonId(new), template, card=card, buttons=buttons)
    former = (telling.entry.data.get("was") or {}).get("assignee")
    # Whoever has left or is away hears of all their tickets at once.
    gone = telling.entry.data.get("rerouted")
    if news.former and former and not gone and former not in (telling.entry.actor, new):
        await telling.tell(PersonId(former), news.former)


async def _tell_assignee(telling: _Telling, news: News) -> None:
    ticket, entry = telling.ticket, telling.entry
    if not news.assignee or (entry.verb is Verb.URGE and not entry.data.get("told", True)):
        return
    if ticket.assignee is None or (ticket.status not in WITH_ASSIGNEE and ticket.is_open):
        if entry.verb is Verb.URGE:
            await tell_leads(ticket, telling.uow, "lead_urged")
        if ticket.assignee is None or not entry.moves:
            return
    if ticket.assignee != entry.actor:
        sealed = entry.role in _RESIDENTS and hides_reporter(ticket)
        photos = () if sealed else tuple(entry.data.get("photos", ()))
        buttons = next_buttons(ticket)
        wrap = "paper_verdict" if entry.data.get("relayed") else ""
        await telling.tell(
            ticket.assignee, news.assignee, wrap=wrap, buttons=buttons, photos=photos
        )


async def _params(event: TicketChanged, uow: UnitOfWork) -> dict[str, Any]:
    """Everything a text of the matrix may name: number, role, dates, reason."""
    ticket, entry = event.ticket, event.entry
    policy = uow.rules_of(ticket).policy
    due_at = ticket.next_date(entry.at)
    date = entry.data.get("date")
    return {
        "number": values.number(ticket.number),
        "what": values.category(ticket.category),
        "where": place_of(ticket),
        "role": badge(ticket, _signed_by(entry)),
        "contact": _date(values.moment(ticket.contact_due_at)),
        "settle": _date(values.moment(ticket.settle_due_at)),
        "due": _date(values.moment(due_at)),
        "triage": values.moment(entry.at + policy.triage_within),
        "rate_by": values.moment(entry.at + policy.unrated_closes_after),
        "next_word": values.moment(next_word(ticket, uow)),
        "reopen_by": values.moment(entry.at + policy.reopen_within),
        "date": _date(values.day(str(date)) if date else None),
        "reason": _reason(entry, ticket),
        **tier_params(ticket.tier),
        "households": len(await uow.tickets.followers(id_of(await leading(ticket, uow)))),
        "door": _door(entry),
        "status": status_of(ticket.category, ticket.status or ""),
        **road_params(entry),
        "parties": values.joined(*[values.role(code) for code in entry.data.get("part_roles", ())]),
        "body": body_named(str(entry.data.get("body") or ticket.body), uow.rules_of(ticket)),
        "receipt": str(entry.data.get("receipt") or ticket.receipt) or values.text("receipt_none"),
        "lasting": values.text(f"lasting_{entry.data.get('lasting') or 'repair'}"),
        "proposal": str(entry.data.get("proposal", "")),
    }


def _signed_by(entry: TimelineEntry) -> str:
    """Whoever hands a matter out follows it there, though others have it now."""
    if entry.verb is Verb.HAND_OUT and entry.role == "assignee":
        return str((entry.data.get("was") or {}).get("role") or "")
    if entry.verb is Verb.SPLIT and entry.source is TicketStatus.TRIAGE:
        return entry.role  # nobody has it: whoever brings the others in leads so far
    return entry.role if entry.verb in _SIGNED or entry.verb is Verb.HAND_OUT else ""


def _date(value: Any) -> Any:
    return value or values.text("date_unknown")


def _reason(entry: TimelineEntry, ticket: Ticket) -> Any:
    """The words of the entry, or what a tap stood for."""
    if "safety" in entry.data:
        return values.text(f"safety_{entry.data['safety']}")
    told = reason_of(entry, ticket)
    if told:
        return told
    return values.text("relay_photo_only" if entry.data.get("photos") else "reason_none")


def _door(entry: TimelineEntry) -> Any:
    """Whose it is instead: a door we know with how to reach it, or what was written of it."""
    if entry.data.get("door"):
        return values.doors([str(entry.data["door"])])
    words = mask(str(entry.data.get("door_words") or ""))
    return words or values.text("door_unknown")


def _reopen(ticket: Ticket) -> tuple[Button, ...]:
    label = worded(ticket.category, "button_reopen")
    return (press(label, ReopenTicket(ticket_id=id_of(ticket))),) if label else ()


def _appeal_of(number: TicketId) -> tuple[Button, ...]:
    return (press("button_appeal", AppealTicket(ticket_id=number)),)


_BUTTONS: dict[str, Callable[[Ticket], tuple[Button, ...]]] = {
    "rate": rating_buttons,
    "reopen": _reopen,
    "appeal": lambda ticket: _appeal_of(id_of(ticket)),
}
