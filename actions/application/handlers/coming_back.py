"""It is back: what was just told is a matter that was settled, and it is opened again."""

from actions.application.awaited import Given
from actions.application.commands.drafting import ItIsBack
from actions.application.deeds import id_of
from actions.application.handlers.closing import judge, reopen
from actions.application.handlers.filing import go_on_after, own_draft
from actions.application.handlers.likeness import may_come_back
from actions.application.handlers.origins import join, mark_filed
from actions.application.together import leading
from actions.application.unit_of_work import UnitOfWork
from actions.domain.category import Privacy
from actions.domain.draft import DraftState
from actions.domain.errors import OutOfDate
from actions.domain.identifiers import TicketId
from actions.domain.ticket_status import TicketStatus


async def it_is_back(command: ItIsBack, uow: UnitOfWork) -> None:
    """What was told is why. Whoever comes second joins what somebody has opened again."""
    draft = await own_draft(command.draft_id, uow)
    ticket = await leading(await uow.tickets.get(TicketId(command.ticket_id)), uow)
    person = uow.turn.actor.person_id
    is_mine = person in await uow.tickets.followers(id_of(ticket))
    is_under_way = ticket.is_open and ticket.status is not TicketStatus.RESOLVED
    knows = is_mine or ticket.privacy == Privacy.PUBLIC
    if not (knows if is_under_way else may_come_back(ticket, uow, is_mine=is_mine)):
        raise OutOfDate
    draft.state = DraftState.SUBMITTED
    await uow.drafts.save(draft)
    if is_under_way:
        await join(ticket, draft, uow)
    elif ticket.status is TicketStatus.RESOLVED:
        await uow.tickets.attach(id_of(ticket), draft.photos, "report", person)
        await judge(ticket, "dissatisfied", draft.text, uow)
        await mark_filed(draft, ticket, uow)
    else:
        await uow.tickets.follow(id_of(ticket), person, "me_too")
        await reopen(ticket, Given(text=draft.text, photos=draft.photos), uow)
        await mark_filed(draft, ticket, uow)
    await go_on_after(draft, uow)


HANDLERS = {ItIsBack: it_is_back}
