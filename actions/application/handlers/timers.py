"""What ends because nobody answered: a rating, a question, a half-told matter.

Each looks again before it acts: much may have changed since the clock ran out.
"""

from actions.application import values
from actions.application.commands.base import Command
from actions.application.commands.drafting import DropDraft, ResumeDraft
from actions.application.commands.timed import (
    ArchiveTicket,
    ExpireDraft,
    GiveUpWaiting,
    LapseResolved,
    NudgeDraft,
)
from actions.application.deeds import act
from actions.application.notification import Notification, Purpose
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import press
from actions.domain.draft import Draft, DraftState
from actions.domain.identifiers import DraftId, TicketId
from actions.domain.ticket_status import TicketStatus, Verb


async def lapse_resolved(command: LapseResolved, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    silent_since = ticket.resolved_at
    if ticket.status is not TicketStatus.RESOLVED or silent_since is None:
        return
    if uow.now - silent_since >= uow.rules_of(ticket).policy.unrated_closes_after:
        await act(uow, ticket, Verb.LAPSE)


async def give_up_waiting(command: GiveUpWaiting, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    waiting_since = ticket.paused_at
    if ticket.status is not TicketStatus.NEEDS_INFO or waiting_since is None:
        return
    if uow.now - waiting_since >= uow.rules_of(ticket).policy.needs_info_for:
        await act(uow, ticket, Verb.GIVE_UP)


async def archive_ticket(command: ArchiveTicket, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    if ticket.closed_at is None or not ticket.allows(Verb.ARCHIVE):
        return
    if uow.now - ticket.closed_at >= uow.community.policy.archived_after:
        await act(uow, ticket, Verb.ARCHIVE)


async def nudge_draft(command: NudgeDraft, uow: UnitOfWork) -> None:
    draft = await uow.drafts.get(DraftId(command.draft_id))
    if draft.state is not DraftState.OPEN or _is_stale(draft, uow):
        return
    number = command.draft_id
    await uow.tell(
        Notification(
            person_id=draft.person_id,
            template="draft_nudge",
            params={
                "text": draft.summary or draft.text,
                "by": values.moment(draft.updated_at + uow.community.policy.draft_resumes_for),
            },
            buttons=(
                press("button_go_on", ResumeDraft(draft_id=number), "primary"),
                press("button_drop", DropDraft(draft_id=number)),
            ),
            purpose=Purpose.PUSH,
        )
    )


async def expire_draft(command: ExpireDraft, uow: UnitOfWork) -> None:
    draft = await uow.drafts.get(DraftId(command.draft_id))
    if draft.state is DraftState.OPEN and _is_stale(draft, uow):
        draft.state = DraftState.EXPIRED
        await uow.drafts.save(draft)


def _is_stale(draft: Draft, uow: UnitOfWork) -> bool:
    return uow.now - draft.updated_at >= uow.community.policy.draft_resumes_for


HANDLERS: dict[type[Command], Handler] = {
    LapseResolved: lapse_resolved,
    GiveUpWaiting: give_up_waiting,
    ArchiveTicket: archive_ticket,
    NudgeDraft: nudge_draft,
    ExpireDraft: expire_draft,
}
