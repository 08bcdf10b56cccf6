"""For somebody else: whose matter it is, whether they agree, how to reach them, and their share."""

from collections.abc import Mapping
from typing import Any, Final

from actions.application import values
from actions.application.awaited import Given, Taker, expect, expect_nothing
from actions.application.commands.base import Command
from actions.application.commands.following import ShowTicket
from actions.application.commands.intake import (
    ForAnother,
    LeaveNoContact,
    LetFollow,
    SayAgreed,
    ShowContact,
)
from actions.application.commands.timed import CoverContact
from actions.application.deeds import id_of, of_mine
from actions.application.handlers.asking import go_on, told_with
from actions.application.handlers.cards import draft_id
from actions.application.handlers.draft_details import add_photos, add_words
from actions.application.handlers.filing import own_draft
from actions.application.handlers.following import drop_or_keep
from actions.application.notification import Notification, Purpose
from actions.application.offers import offers
from actions.application.ports_intake import CONTACT_SHOWN
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import press
from actions.domain.category import FOR_FEW
from actions.domain.draft import Draft
from actions.domain.errors import NotAllowed, OutOfDate
from actions.domain.identifiers import PersonId, TicketId
from actions.domain.on_behalf import agreed_in, leaves_nothing
from actions.domain.origin import FOR_ANOTHER, Agreed, Origin
from actions.domain.permissions import capacity, is_kept_away, may_see
from actions.domain.sealing import has_other_side
from actions.domain.ticket import Ticket
from actions.domain.ticket_number import find_ticket_number
from actions.domain.ticket_status import Verb
from actions.domain.wording import gives_up

_LONGEST: Final = 200
_WHO: Final = {"person": Origin.BEHALF, "firm": Origin.ENTERPRISE, "myself": Origin.RESIDENT}


async def for_another(command: ForAnother, uow: UnitOfWork) -> None:
    draft = await own_draft(command.draft_id, uow)
    if not command.who:
        chips = tuple(
            press(f"button_for_{who}", ForAnother(draft_id=command.draft_id, who=who), "chip")
            for who in _WHO
        )
        await uow.reply("behalf_of_whom", buttons=chips)
        return
    if command.who not in _WHO:
        raise OutOfDate
    for each in [draft, *await told_with(draft, uow)]:
        each.origin = _WHO[command.who].value
        each.agreed = each.agreed_at = each.contact = ""
        each.origin_asked = False
        await uow.drafts.save(each)
    await go_on(draft, uow)


async def say_agreed(command: SayAgreed, uow: UnitOfWork) -> None:
    draft = await own_draft(command.draft_id, uow)
    if command.agreed not in list(Agreed) or not command.agreed:
        raise OutOfDate
    await _agreed(draft, Agreed(command.agreed), uow)


async def take_agreed(awaiting: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    """Words that say neither are more about the matter; the question stands."""
    await expect_nothing(uow)
    draft = await own_draft(awaiting["draft_id"], uow)
    if gives_up(given.text):
        await uow.reply(
            "ask_drop_draft",
            params={"text": draft.summary},
            buttons=drop_or_keep(draft_id(draft)),
        )
        return
    agreed = agreed_in(given.text)
    if agreed is not Agreed.UNKNOWN:
        await _agreed(draft, agreed, uow)
        return
    await add_photos(draft, given.photos, uow)
    if given.text:
        add_words(draft, given.text)
    await uow.drafts.save(draft)
    await go_on(draft, uow)


async def _agreed(draft: Draft, agreed: Agreed, uow: UnitOfWork) -> None:
    for each in [draft, *await told_with(draft, uow)]:
        each.agreed = agreed.value
        each.agreed_at = uow.now.isoformat()
        # Pressed again while the contact is asked for, it does not answer that.
        each.origin_asked = bool(each.contact)
        await uow.drafts.save(each)
    await go_on(draft, uow)


async def leave_no_contact(command: LeaveNoContact, uow: UnitOfWork) -> None:
    draft = await own_draft(command.draft_id, uow)
    await _keep_contact(draft, "", uow)


async def take_contact(awaiting: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    """Sealed at once, and covered where it was written; photos are for the matter."""
    draft = await own_draft(awaiting["draft_id"], uow)
    if not given.text:
        await add_photos(draft, given.photos, uow)
        await uow.drafts.save(draft)
        await expect(uow, "contact", draft_id=draft_id(draft))
        no = press("button_no_contact", LeaveNoContact(draft_id=draft_id(draft)), "chip")
        await uow.reply("contact_in_words", buttons=(no,))
        return
    await expect_nothing(uow)
    if leaves_nothing(given.text):
        await _keep_contact(draft, "", uow)
        return
    if uow.turn.inbox_id is not None:
        await uow.sealed_contacts.cover_words(uow.turn.inbox_id)
    await _keep_contact(draft, uow.sealed_contacts.seal(given.text.strip()[:_LONGEST]), uow)


async def _keep_contact(draft: Draft, sealed: str, uow: UnitOfWork) -> None:
    for each in [draft, *await told_with(draft, uow)]:
        each.contact = sealed
        each.origin_asked = True
        await uow.drafts.save(each)
    await go_on(draft, uow)


async def show_contact(command: ShowContact, uow: UnitOfWork) -> None:
    """To whoever handles it now, or who left it; each look is on the audit trail.

    Raises:
        NotAllowed: it is another's to look.
    """
    ticket = await of_mine(command.ticket_id, uow)
    actor = uow.turn.actor
    handles = ticket.is_open and capacity(actor, Verb.CONTACT, ticket) == "assignee"
    if not handles and ticket.reporter != actor.person_id:
        raise NotAllowed
    contact = await uow.sealed_contacts.open_for(ticket, actor.person_id)
    await uow.reply(
        CONTACT_SHOWN if contact else "contact_none",
        params={"number": values.number(ticket.number), "contact": contact},
        buttons=offers(actor, ticket, await uow.tickets.followers(id_of(ticket))),
        ticket_id=ticket.id,
    )


async def cover_contact(command: CoverContact, uow: UnitOfWork) -> None:
    """What was shown does not stay readable in the talk."""
    await uow.sealed_contacts.cover_shown(TicketId(command.ticket_id))


async def ask_to_follow(text: str, uow: UnitOfWork) -> bool:
    """Somebody comes with the number of a matter filed for another: whoever filed it is asked.

    A number alone opens nothing, for numbers can be guessed. Returns whether it was such a one.
    """
    number = find_ticket_number(text)
    ticket = await uow.tickets.find(number) if number else None
    if ticket is None or ticket.origin not in FOR_ANOTHER or ticket.reporter is None:
        return False
    person = uow.turn.actor.person_id
    followers = await uow.tickets.followers(id_of(ticket))
    if is_kept_away(person, ticket) or may_see(uow.turn.actor, ticket, followers):
        return False
    if await uow.effects.claim(f"follow:{ticket.number}:{person}", "asked", "LetFollow"):
        await _ask_filer(ticket, person, uow)
    if _is_silent(ticket):
        await uow.reply("error_not_found")
        return True
    await uow.reply("behalf_asked", params={"number": values.number(ticket.number)})
    return True


def _is_silent(ticket: Ticket) -> bool:
    """Who it is about, or keeps somebody from help, may have come upon the number."""
    return has_other_side(ticket) or ticket.privacy in FOR_FEW


async def _ask_filer(ticket: Ticket, person: PersonId, uow: UnitOfWork) -> None:
    yes, no = (
        LetFollow(ticket_id=id_of(ticket), person_id=person, is_known=known)
        for known in (True, False)
    )
    await uow.tell(
        Notification(
            person_id=ticket.reporter or person,
            template="behalf_is_it_them",
            params={"number": values.number(ticket.number)},
            buttons=(press("button_it_is_them", yes, "primary"), press("button_unknown", no)),
            purpose=Purpose.PUSH,
            ticket_id=ticket.id,
        )
    )


async def let_follow(command: LetFollow, uow: UnitOfWork) -> None:
    ticket = await of_mine(command.ticket_id, uow)
    if ticket.reporter != uow.turn.actor.person_id:
        raise NotAllowed
    person = PersonId(command.person_id)
    if command.is_known and not await uow.tickets.follow(id_of(ticket), person, "concerned"):
        raise OutOfDate
    if command.is_known or not _is_silent(ticket):
        await _tell_asker(ticket, person, uow, is_known=command.is_known)
    template = "behalf_let" if command.is_known else "behalf_not_let"
    await uow.reply(template, params={"number": values.number(ticket.number)})


async def _tell_asker(ticket: Ticket, person: PersonId, uow: UnitOfWork, *, is_known: bool) -> None:
    show = (press("button_show_ticket", ShowTicket(ticket_id=id_of(ticket)), "primary"),)
    number = {"number": values.number(ticket.number)}
    await uow.tell(
        Notification(
            person_id=person,
            template="behalf_followed" if is_known else "behalf_not_followed",
            params=number | {"phone": uow.community.office.phone.dial},
            buttons=show if is_known else (),
            purpose=Purpose.PUSH,
            ticket_id=ticket.id if is_known else None,
        )
    )


HANDLERS: dict[type[Command], Handler] = {
    ForAnother: for_another,
    SayAgreed: say_agreed,
    LeaveNoContact: leave_no_contact,
    ShowContact: show_contact,
    CoverContact: cover_contact,
    LetFollow: let_follow,
}
AWAITED: dict[str, Taker] = {"agreed": take_agreed, "contact": take_contact}
