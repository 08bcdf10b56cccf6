"""An emergency filed by rule is understood afterwards: its kind may change, the alarm does not."""

from actions.application.commands.base import Command
from actions.application.commands.telling import ReadAgain
from actions.application.deeds import act_by_rule, id_of
from actions.application.handlers.dispatch import clocks
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.domain.amending import closer, draft_of, kept
from actions.domain.errors import NotFound
from actions.domain.identifiers import DraftId, LeafCode
from actions.domain.second_reading import may_be_corrected, understood_otherwise, would_be_about
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import Verb


async def read_again(command: ReadAgain, uow: UnitOfWork) -> None:
    """The system's word, and the weakest: a person's stands, before and after."""
    ticket = await uow.tickets.get(command.ticket_id)
    if ticket.reporter is None:  # forgotten since, and the words with them
        return
    await uow.inbox.note_understood(command.inbox_id, command.understood)
    timeline = await uow.tickets.timeline(id_of(ticket))
    if not may_be_corrected(ticket, timeline) or await _was_read(draft_of(timeline), uow):
        return
    rules = uow.rules_of(ticket)
    leaf = understood_otherwise(command.understood.leaves, ticket.category, rules.policy)
    if leaf and leaf in rules.categories and not would_be_about(leaf, ticket):
        await _correct(ticket, leaf, uow)


async def _was_read(number: int | None, uow: UnitOfWork) -> bool:
    """Whether a model had read the matter before the danger in it was told."""
    if number is None:
        return False
    try:
        return bool((await uow.drafts.get(DraftId(number))).leaves)
    except NotFound:
        return False


async def _correct(ticket: Ticket, leaf: LeafCode, uow: UnitOfWork) -> None:
    """Urgency, tier and who has it stay; dates may only come sooner."""
    rules = uow.rules_of(ticket)
    category = rules.category(leaf)
    dates = kept(ticket, clocks(category, ticket.clock_from or uow.now, rules))
    await act_by_rule(
        uow,
        ticket,
        Verb.RECATEGORISE,
        category=leaf,
        from_leaf=ticket.category,
        privacy=closer(category.privacy, ticket),
        reason_key="understood_later",
        told_otherwise=True,
        **{name: at.isoformat() for name, at in dates.items()},
    )


HANDLERS: dict[type[Command], Handler] = {ReadAgain: read_again}
