"""Is it the same matter as one told before, open or just closed? Offered, never decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from actions.application.handlers.cards import category_of
from actions.application.handlers.likeness_shown import show_alike
from actions.application.records import Comparable
from actions.application.unit_of_work import UnitOfWork
from actions.domain.category import IssueCategory, Privacy, Urgency
from actions.domain.draft import Draft
from actions.domain.likeness import family_of, likeness
from actions.domain.origin import BY_WORKERS
from actions.domain.permissions import handles
from actions.domain.place import Location
from actions.domain.placing import paths_of
from actions.domain.road import Road, road_of
from actions.domain.sealing import is_about_somebody
from actions.domain.telling import Telling, gist_of, settled, spot_of, telling_of
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import CLOSED, TicketStatus, Verb

#: Matters of these kinds belong to one person; nobody is asked to join them.
_PERSONAL = frozenset({Privacy.RESTRICTED, Privacy.PRIVATE})
#: More than three are not read.
_SHOWN: Final = 3
#: Where only one has spoken of something that is not public, to offer it would say who.
_HIDES_ONE: Final = 2


@dataclass(frozen=True)
class Alike:
    """A ticket that may be meant, and whether it would have to be opened again."""

    found: Comparable
    score: float
    is_over: bool


async def offer_alike(draft: Draft, uow: UnitOfWork) -> bool:
    """Show the likest tickets, the best first, once. Returns whether any was shown."""
    alike = await _likest(draft, uow)
    draft.likeness_asked = True
    draft.alike = alike[0].found.summary.id if alike else None
    draft.updated_at = uow.now
    await uow.drafts.save(draft)
    if alike:
        await show_alike(draft, [(each.found, each.is_over) for each in alike], uow)
    return bool(alike)


async def _likest(draft: Draft, uow: UnitOfWork) -> Sequence[Alike]:
    category = category_of(draft, uow)
    if category is None or not _may_be_told_again(draft, category):
        return ()
    now = told_now(draft, category, uow)
    scored = [
        (likeness(told_before(each, uow), now), each)
        for each in await _comparable(draft, category, uow)
    ]
    likely = [each for each in scored if each[0] >= uow.community.policy.same_matter_from]
    # Of two that are as like, the newer one.
    likely.sort(key=lambda each: (-each[0], -each[1].summary.id))
    shown: list[Alike] = []
    for score, each in likely:
        is_over = await _stands(each, draft, uow)
        if is_over is not None:
            shown.append(Alike(each, score, is_over))
        if len(shown) == _SHOWN:
            break
    return shown


def _may_be_told_again(draft: Draft, category: IssueCategory) -> bool:
    """Danger does not wait for a question, and nobody is asked to join what is private."""
    return (
        category.urgency is not Urgency.E
        and road_of(category.code) is not Road.PRAISE
        and category.privacy not in _PERSONAL
        and draft.location.is_said
    )


def told_now(draft: Draft, category: IssueCategory, uow: UnitOfWork) -> Telling:
    gist = gist_of(draft.text, draft.leaves, category.code, uow.community)
    spot = spot_of(draft.location, uow.community)
    return telling_of(gist, category.code, spot, uow.now, draft.vector)


def told_before(found: Comparable, uow: UnitOfWork) -> Telling:
    summary = found.summary
    spot = spot_of(Location(**found.location), uow.community)
    gist = found.gist or gist_of(summary.summary, (), summary.category, uow.community)
    return telling_of(gist, summary.category, spot, summary.filed_at, summary.vector)


async def _comparable(
    draft: Draft, category: IssueCategory, uow: UnitOfWork
) -> Sequence[Comparable]:
    family = family_of(settled(draft.leaves, category.code)) | {category.top}
    every = [*uow.community.categories.values(), *uow.community.former.categories.values()]
    area, grid = paths_of(draft.location, uow.community)
    return await uow.tickets.comparable(
        {each.code for each in every if each.top in family},
        area or uow.community.root,
        grid,
        of=uow.turn.actor.person_id,
        closed_since=uow.now - uow.community.policy.duplicate_window,
    )


async def _stands(found: Comparable, draft: Draft, uow: UnitOfWork) -> bool | None:
    """Whether it is over and may come back; None where it is not to be offered at all."""
    ticket = await uow.tickets.get(found.summary.id)
    if not await _may_know(found, ticket, uow):
        return None
    if ticket.is_open and ticket.status is not TicketStatus.RESOLVED:
        return False if found.summary.followers else None
    # What is found at work is filed anew: whoever waits says whether it is settled.
    at_work = bool(draft.finding) or draft.origin in BY_WORKERS
    return True if not at_work and may_come_back(ticket, uow, is_mine=found.is_mine) else None


async def _may_know(found: Comparable, ticket: Ticket, uow: UnitOfWork) -> bool:
    """Where several have spoken nobody can tell who; whoever handles it knows of it anyway."""
    if found.is_mine or ticket.privacy == Privacy.PUBLIC:
        return True
    if is_about_somebody(ticket.category, ticket.privacy) or not ticket.is_open:
        return False  # whoever asks may be the other side: that somebody else spoke is not said
    return found.summary.followers >= _HIDES_ONE or handles(uow.turn.actor, ticket)


def may_come_back(ticket: Ticket, uow: UnitOfWork, *, is_mine: bool) -> bool:
    """One's own that is said to be done; or what is closed, to anybody where all may know of it."""
    if ticket.status is TicketStatus.RESOLVED:
        return is_mine and ticket.reporter == uow.turn.actor.person_id
    if ticket.status not in CLOSED or not ticket.allows(Verb.REOPEN) or ticket.closed_at is None:
        return False
    within = uow.rules_of(ticket).policy.reopen_within
    return (is_mine or ticket.privacy == Privacy.PUBLIC) and uow.now - ticket.closed_at <= within
