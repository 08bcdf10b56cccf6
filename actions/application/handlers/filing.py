"""A draft becomes a ticket: a number, clocks, and everything that was told with it."""

from typing import Any

from actions.application import values
from actions.application.commands.drafting import SubmitBatch, SubmitDraft
from actions.application.commands.following import AddToTicket, ShowTicket, WithdrawTicket
from actions.application.deeds import id_of
from actions.application.handlers.asking import go_on, lacking, told_with
from actions.application.handlers.cards import category_of, draft_id
from actions.application.handlers.dispatch import dispatch_changed
from actions.application.handlers.learning import ask_to_learn
from actions.application.handlers.origins import as_they_may, begins_as, keep_beside, told_of_origin
from actions.application.handlers.resuming import offer_again
from actions.application.roads import worded
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import badge, press
from actions.domain.category import IssueCategory, Urgency
from actions.domain.community import Door
from actions.domain.decision import ABOUT_STAFF, BEYOND_REMIT
from actions.domain.draft import Draft, DraftState
from actions.domain.errors import NotFound, OutOfDate, TooManyOpen
from actions.domain.events import TicketChanged
from actions.domain.origin import BY_WORKERS, Origin
from actions.domain.placing import as_json, paths_of
from actions.domain.road import UNHURRIED, road_of
from actions.domain.service_level import service_level
from actions.domain.telling import gist_of
from actions.domain.ticket import Ticket
from actions.domain.wording import summary_of


async def own_draft(number: int, uow: UnitOfWork) -> Draft:
    """The person's own open draft.

    Raises:
        NotFound: there is none, or it is somebody else's.
        OutOfDate: it has been filed or dropped since.
    """
    draft = await uow.drafts.get(number)  # type: ignore[arg-type]
    if draft.person_id != uow.turn.actor.person_id:
        raise NotFound
    if draft.state is not DraftState.OPEN:
        raise OutOfDate
    return draft


async def submit_draft(command: SubmitDraft, uow: UnitOfWork) -> None:
    draft = await own_draft(command.draft_id, uow)
    if lacking(draft, uow):
        await go_on(draft, uow)
        return
    ticket = await file(draft, uow)
    await tell_filed(ticket, uow)
    if not await told_with(draft, uow):
        await ask_to_learn(draft, uow)
    await go_on_after(draft, uow)


async def go_on_after(draft: Draft, uow: UnitOfWork) -> None:
    """What was told with it comes next; else what waits half-told."""
    rest = await told_with(draft, uow)
    if rest:
        await go_on(rest[0], uow)
    else:
        await offer_again(uow)


async def submit_batch(command: SubmitBatch, uow: UnitOfWork) -> None:
    first = await own_draft(command.draft_id, uow)
    for draft in [first, *await told_with(first, uow)]:
        if lacking(draft, uow):
            await go_on(draft, uow)
            return
        await tell_filed(await file(draft, uow), uow)
    await offer_again(uow)


async def file(draft: Draft, uow: UnitOfWork, *, dispatch: bool = True, **more: Any) -> Ticket:
    """Begin and submit the ticket; dispatch follows in the same transaction if it may.

    `more` is kept with the entry: what its road needs besides.
    """
    category = category_of(draft, uow)
    if category is None:
        raise OutOfDate
    as_they_may(draft, uow)
    await _within_limit(draft, category, uow)
    ticket = Ticket()
    capacity = begins_as(draft, uow)
    more |= await told_of_origin(draft, uow)
    ticket.begin(uow.deed(capacity), began=draft.begun_at.isoformat())
    ticket.submit(
        uow.deed(capacity),
        number=await uow.tickets.next_number(),
        waits_for_consent=not dispatch,
        **_told(draft, category, uow),
        **more,
    )
    entry = ticket.new_entries[-1]
    gist = gist_of(draft.text, draft.leaves, category.code, uow.community)
    number = await uow.tickets.add(ticket, vector=draft.vector, gist=gist)
    await uow.tickets.follow(number, draft.person_id, "reporter")
    await uow.tickets.attach(number, draft.photos, "report", draft.person_id)
    await keep_beside(draft, ticket, uow)
    draft.state = DraftState.SUBMITTED
    draft.updated_at = uow.now
    await uow.drafts.save(draft)
    # At once, not as an event: the reporter is told in one breath who has it.
    await dispatch_changed(TicketChanged(ticket, entry), uow)
    return ticket


async def _within_limit(draft: Draft, category: IssueCategory, uow: UnitOfWork) -> None:
    """Danger is always filed; anything else waits when very many matters are open.

    Raises:
        TooManyOpen: the draft stays and can be submitted later.
    """
    most = uow.community.policy.max_open_tickets
    mine = await uow.tickets.of_person(draft.person_id, only_open=True, limit=most)
    if len(mine) >= most and category.urgency is not Urgency.E and draft.origin not in BY_WORKERS:
        raise TooManyOpen(count=len(mine), phone=uow.community.office.phone.dial)


def _told(draft: Draft, category: IssueCategory, uow: UnitOfWork) -> dict[str, Any]:
    area, grid = paths_of(draft.location, uow.community)
    return {
        "category": category.code,
        "urgency": category.urgency.value,
        "tier": category.tier.value,
        "privacy": category.privacy.value,
        "summary": summary_of(draft.text),
        "words": draft.text,
        "location": as_json(draft.location),
        "area": area or uow.community.root,
        "grid": grid,
        "anonymous": draft.anonymous,
        "reporter": draft.person_id,
        **_dates(category, uow),
        "draft": draft_id(draft),
        **_recused(draft),
    }


def _recused(draft: Draft) -> dict[str, Any]:
    """Those of the staff it is about never see it; of another kind of matter they are nothing."""
    is_about_staff = draft.category == ABOUT_STAFF and draft.subjects
    return {"recused": list(draft.subjects)} if is_about_staff else {}


def _dates(category: IssueCategory, uow: UnitOfWork) -> dict[str, str]:
    """What is promised; nothing where nobody waits for anything."""
    if road_of(category.code) in UNHURRIED:
        return {}
    promised = service_level(category, uow.now, uow.community.hours)
    return {
        "accept_due_at": promised.accept_by.isoformat(),
        "contact_due_at": promised.contact_by.isoformat(),
        "settle_due_at": promised.settle_by.isoformat(),
    }


async def tell_filed(ticket: Ticket, uow: UnitOfWork) -> None:
    """The number, who is next and by when: never a filing without them (mission 1.1.4)."""
    number = id_of(ticket)
    await uow.reply(
        _filed_template(ticket, uow),
        params={
            "number": values.number(ticket.number),
            "what": values.category(ticket.category),
            "role": badge(ticket),
            "contact": values.moment(ticket.contact_due_at),
            "settle": values.moment(ticket.settle_due_at),
            "triage": values.moment(uow.now + uow.rules_of(ticket).policy.triage_within),
            "doors": values.doors([door.key for door in doors_meant(ticket.summary, uow)]),
        },
        buttons=(
            press("button_add_detail", AddToTicket(ticket_id=number)),
            press("button_show_ticket", ShowTicket(ticket_id=number)),
            press("button_withdraw", WithdrawTicket(ticket_id=number)),
        ),
        ticket_id=number,
        version=ticket.version,
    )


#: What whoever files it has to know besides, by how it came in.
_FILED_BY_ORIGIN: dict[str, str] = {
    Origin.PATROL: "ticket_filed_found",
    Origin.VISIT: "ticket_filed_found",
    Origin.PAPER: "ticket_filed_paper",
    Origin.BEHALF: "ticket_filed_behalf",
}


def _filed_template(ticket: Ticket, uow: UnitOfWork) -> str:
    if ticket.category == BEYOND_REMIT:
        return "ticket_filed_elsewhere"
    if ticket.assignee is None:
        return worded(ticket.category, "ticket_filed_unassigned")
    if ticket.origin in _FILED_BY_ORIGIN:
        return _FILED_BY_ORIGIN[ticket.origin]
    category = uow.rules_of(ticket).category(ticket.category)
    filed = worded(ticket.category, "ticket_filed")
    if not category.deliberates or filed != "ticket_filed":
        return filed
    return "ticket_filed_two_tracks" if category.temporary_step else "ticket_filed_deliberated"


def doors_meant(text: str, uow: UnitOfWork) -> list[Door]:
    """Where a matter that is not ours belongs: whose words were said; none said, the first two."""
    doors = uow.community.doors_for(BEYOND_REMIT, text)
    meant = [door for door in doors if any(word in text for word in door.words)]
    return meant or list(doors[:2])


HANDLERS = {SubmitDraft: submit_draft, SubmitBatch: submit_batch}
