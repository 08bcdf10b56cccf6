"""Is it the same matter as one already open nearby? Offered to the person, never decided."""

from collections.abc import Sequence
from typing import Any, Final

from actions.application import values
from actions.application.commands.drafting import JoinTicket, KeepSeparate
from actions.application.handlers.cards import category_of, draft_id
from actions.application.notification import Button, Card
from actions.application.pressable import to_json
from actions.application.records import TicketSummary
from actions.application.unit_of_work import UnitOfWork
from actions.domain.category import Privacy, Urgency
from actions.domain.draft import Draft
from actions.domain.permissions import handles
from actions.domain.placing import paths_of
from actions.domain.road import Road, road_of
from actions.domain.sealing import is_about_somebody, is_among_few
from actions.domain.ticket_status import TicketStatus

#: Matters of these kinds belong to one person; nobody is asked to join them.
_PERSONAL = frozenset({Privacy.RESTRICTED, Privacy.PRIVATE})


async def offer_alike(draft: Draft, uow: UnitOfWork) -> bool:
    """Show the likest open ticket, once. Returns whether one was shown."""
    ticket = await _likest(draft, uow)
    draft.likeness_asked = True
    draft.alike = ticket.id if ticket else None
    draft.updated_at = uow.now
    await uow.drafts.save(draft)
    if ticket is None:
        return False
    number = draft_id(draft)
    await uow.reply(
        "ask_same_matter",
        card=_card(ticket),
        buttons=(
            Button(
                label="button_same_matter",
                command=to_json(JoinTicket(draft_id=number, ticket_id=ticket.id)),
                style="primary",
            ),
            Button(label="button_another_matter", command=to_json(KeepSeparate(draft_id=number))),
        ),
    )
    return True


async def _likest(draft: Draft, uow: UnitOfWork) -> TicketSummary | None:
    category = category_of(draft, uow)
    if category is None or category.urgency is Urgency.E:
        return None  # danger does not wait for a question
    if road_of(category.code) is Road.PRAISE:
        return None
    if category.privacy in _PERSONAL or not draft.location.is_known:
        return None
    area, grid = paths_of(draft.location, uow.community)
    near: Sequence[TicketSummary]
    if is_about_somebody(category.code, category.privacy):
        # Whoever asks may be the other side: that somebody else spoke is not said.
        near = await _own(draft, category.code, area, uow)
    else:
        near = await uow.tickets.open_nearby(category.code, area, grid)
    if category.privacy is Privacy.SEALED:
        mine = {each.id for each in await _own(draft, category.code, area, uow)}
        near = [each for each in near if each.id in mine or await _may_know(each, uow)]
    window = uow.now - uow.community.policy.duplicate_window
    return next((ticket for ticket in near if ticket.filed_at >= window), None)


#: Where only one has spoken of something that is not public, to offer it would say who.
_HIDES_ONE: Final = 2


async def _may_know(ticket: TicketSummary, uow: UnitOfWork) -> bool:
    """Where several have spoken nobody can tell who; whoever handles it knows of it anyway."""
    if ticket.followers >= _HIDES_ONE:
        return True
    return handles(uow.turn.actor, await uow.tickets.get(ticket.id))


async def _own(draft: Draft, category: str, area: str, uow: UnitOfWork) -> list[TicketSummary]:
    mine = await uow.tickets.of_person(draft.person_id, only_open=True)
    return [
        each
        for each in mine
        if (each.category, each.area) == (category, area) and each.status not in _SETTLED
    ]


#: Told again after these, it is not the same matter any more.
_SETTLED = frozenset({TicketStatus.RESOLVED, TicketStatus.MERGED})


def _card(ticket: TicketSummary) -> Card:
    """What a neighbour may know of it: kind, place, since when, how many; never whose words.

    Of what is not public the kind and the place alone.
    """
    known: tuple[tuple[str, Any], ...] = (
        ("line_since", values.moment(ticket.filed_at)),
        ("line_status", values.status(ticket.status)),
        ("line_households", ticket.followers),
    )
    few = is_among_few(ticket.category, ticket.privacy)
    return Card(
        title=values.category(ticket.category),
        urgency=ticket.urgency,
        lines=(("line_where", values.place(ticket.place)), *(() if few else known)),
    )
