"""Parts and their whole: the record of the whole shows both, and both end together."""

from collections.abc import Sequence
from typing import Final

from actions.application import values
from actions.application.commands.base import Command
from actions.application.commands.sharing import EndParts
from actions.application.commands.working import ResolveTicket
from actions.application.deeds import act_by_rule, id_of, keep, require
from actions.application.notification import Notification, Purpose
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import next_buttons, press
from actions.domain.events import TicketChanged
from actions.domain.identifiers import TicketId
from actions.domain.parts import is_part
from actions.domain.people import SYSTEM
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb
from actions.domain.timeline import TimelineEntry

#: Steps of a part that the record of the whole shows.
_NEWS: Final = frozenset(
    {
        Verb.ACCEPT, Verb.RETURN, Verb.RESOLVE, Verb.SATISFIED, Verb.PARTLY, Verb.DISSATISFIED,
        Verb.LAPSE, Verb.GIVE_UP, Verb.EXPLAIN, Verb.DECLINE, Verb.WITHDRAW,
    }
)  # fmt: skip
#: Where the whole stands when nobody is to work on its parts any more.
_OVER: Final = frozenset({TicketStatus.RESOLVED, TicketStatus.MERGED})


async def join_parts(event: TicketChanged, uow: UnitOfWork) -> None:
    """Subscriber, after the news went out."""
    ticket, entry = event.ticket, event.entry
    if is_part(ticket):
        await _report(ticket, entry, uow)
        return
    if entry.verb in (Verb.DISPATCH, Verb.TRANSFER, Verb.ESCALATE, Verb.RULE):
        await _pass_on(ticket, uow)
    elif entry.moves and (not ticket.is_open or ticket.status in _OVER):
        await _end(await _open_parts(ticket, uow), uow)


async def _report(part: Ticket, entry: TimelineEntry, uow: UnitOfWork) -> None:
    whole = await uow.tickets.find(part.parent)
    if entry.verb not in _NEWS or whole is None or not whole.allows(Verb.PART):
        return
    photos = list(entry.data.get("photos", ()))
    is_proof = entry.verb is Verb.RESOLVE
    await act_by_rule(
        uow,
        whole,
        Verb.PART,
        reason=entry.reason if is_proof else "",
        part=part.number,
        step=entry.verb.value,
        photos=photos if is_proof else [],
    )
    if is_proof:
        await uow.tickets.attach(id_of(whole), photos, "work", entry.actor)
    if not part.is_open and not await _open_parts(whole, uow):
        await _tell_all_done(whole, uow)


async def _tell_all_done(whole: Ticket, uow: UnitOfWork) -> None:
    if whole.assignee is None or not whole.allows(Verb.RESOLVE):
        return
    await uow.tell(
        Notification(
            person_id=whole.assignee,
            template="parts_all_done",
            params={"number": values.number(whole.number)},
            buttons=next_buttons(whole),
            purpose=Purpose.PUSH,
            ticket_id=id_of(whole),
            version=whole.version,
        )
    )


async def _pass_on(whole: Ticket, uow: UnitOfWork) -> None:
    """Whoever leads the whole now speaks for it towards the other bodies."""
    lead = whole.assignee
    for part in await _open_parts(whole, uow):
        number = id_of(part)
        if lead is None or lead in (part.reporter, part.assignee):
            continue
        for former in await uow.tickets.followers(number):
            await uow.tickets.unfollow(number, former)
        await uow.tickets.follow(number, lead, "lead")


async def _open_parts(whole: Ticket, uow: UnitOfWork) -> Sequence[Ticket]:
    return [part for part in await uow.tickets.parts_of(whole.number) if part.is_open]


async def _end(parts: Sequence[Ticket], uow: UnitOfWork) -> None:
    for part in parts:
        part.record(Verb.WITHDRAW, uow.deed("RES", part.reporter or SYSTEM.person_id))
        await keep(uow, part)


async def waits_for_parts(whole: Ticket, uow: UnitOfWork) -> bool:
    """Others are still at work on it: say so instead of settling over their heads."""
    parts = await _open_parts(whole, uow)
    if not parts:
        return False
    named = [
        values.text(
            "part_stands",
            number=values.number(part.number),
            role=values.role(part.assignee_role or "GLD"),
            status=values.status(part.status or ""),
        )
        for part in parts
    ]
    await uow.reply(
        "parts_open",
        params={"number": values.number(whole.number), "parts": values.numbered(*named)},
        buttons=(press("button_end_parts", EndParts(ticket_id=id_of(whole))),),
        ticket_id=whole.id,
    )
    return True


async def end_parts(command: EndParts, uow: UnitOfWork) -> None:
    whole = await uow.tickets.get(TicketId(command.ticket_id))
    await require(uow, whole, Verb.SPLIT)
    await _end(await _open_parts(whole, uow), uow)
    settle = ResolveTicket(ticket_id=id_of(whole))
    await uow.reply(
        "parts_ended",
        params={"number": values.number(whole.number)},
        buttons=(press("button_resolve", settle, "primary"),),
        ticket_id=whole.id,
    )


HANDLERS: dict[type[Command], Handler] = {EndParts: end_parts}
