"""Nobody judges their own work: who settled what they reported has others say whether it is."""

from actions.application import values
from actions.application.colleagues import leads
from actions.application.deeds import id_of
from actions.application.handlers.following import rating_buttons
from actions.application.notification import Notification, Purpose
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import card_of
from actions.domain.events import TicketChanged
from actions.domain.identifiers import PersonId
from actions.domain.permissions import spokesperson
from actions.domain.ticket_status import TicketStatus, Verb


async def step_aside(event: TicketChanged, uow: UnitOfWork) -> None:
    """Subscriber, before the news goes out: the neighbour who waits longest is asked instead."""
    if event.entry.verb is not Verb.RESOLVE:
        return
    followers = await uow.tickets.followers(id_of(event.ticket))
    if spokesperson(event.ticket, followers) == event.entry.actor:
        await uow.tickets.unfollow(id_of(event.ticket), event.entry.actor)


async def ask_a_lead(event: TicketChanged, uow: UnitOfWork) -> None:
    """Subscriber: where nobody else waits for it, a lead looks and rates. None: silence ends it."""
    ticket, entry = event.ticket, event.entry
    if entry.verb is not Verb.RESOLVE or ticket.status is not TicketStatus.RESOLVED:
        return
    if ticket.reporter is None or await uow.tickets.followers(id_of(ticket)):
        return
    if ticket.reporter != entry.actor:
        await _ask(event, uow, ticket.reporter)
        return
    for lead in await leads(uow, ticket, excluding=(entry.actor,)):
        await _ask(event, uow, lead.person_id)
        return


async def _ask(event: TicketChanged, uow: UnitOfWork, person: PersonId) -> None:
    """They speak for it from now on."""
    ticket, entry = event.ticket, event.entry
    await uow.tickets.follow(id_of(ticket), person, "confirming")
    await uow.tell(
        Notification(
            person_id=person,
            template="confirm_own_work",
            params={
                "number": values.number(ticket.number),
                "what": values.category(ticket.category),
                "by": values.moment(entry.at + uow.rules_of(ticket).policy.unrated_closes_after),
            },
            card=await card_of(uow, ticket),
            buttons=rating_buttons(ticket),
            photos=tuple(entry.data.get("photos", ())),
            purpose=Purpose.PUSH,
            ticket_id=ticket.id,
            version=entry.seq,
        )
    )
