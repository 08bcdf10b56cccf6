"""Parts and their whole: the record of the whole shows both, and both end together."""

from collections.abc import Sequence
from typing import Any, Final

from actions.application import values
from actions.application.commands.base import Command
from actions.application.commands.following import RateTicket
from actions.application.commands.sharing import EndParts
from actions.application.commands.working import ResolveTicket
from actions.application.deeds import act_by_rule, id_of, keep, require
from actions.application.handlers.rerouting import LEFT
from actions.application.notification import Button, Notification, Purpose
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import next_buttons, press, reason_of
from actions.domain.events import TicketChanged
from actions.domain.identifiers import PersonId, TicketId
from actions.domain.parts import is_part
from actions.domain.people import SYSTEM, Role
from actions.domain.permissions import capacity_among_raisers, who_may
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
    if entry.verb is Verb.RECUSE:
        await _keep_away(ticket, uow)
    elif "assignee" in entry.data or entry.data.get("reason_key") == LEFT:
        await _pass_on(ticket, uow, to=entry.data.get("assignee"))
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
    if entry.verb is Verb.RETURN:
        await _tell_lead(whole, "part_returned", uow, **_given_back(part, entry))
    elif _was_last(entry, part, whole) and not await _open_parts(whole, uow):
        await _tell_lead(whole, "parts_all_done", uow)


def _was_last(entry: TimelineEntry, part: Ticket, whole: Ticket) -> bool:
    """Whoever took the parts back, or ended the whole, knows that nothing is left of them."""
    known = entry.data.get("told_otherwise")
    return not part.is_open and not known and "assignee" in who_may(Verb.RESOLVE, whole.status)


def _given_back(part: Ticket, entry: TimelineEntry) -> dict[str, Any]:
    return {
        "part": values.number(part.number),
        "role": values.role(part.assignee_role or Role.GLD),
        "reason": reason_of(entry, part) or values.text("reason_none"),
    }


async def _tell_lead(whole: Ticket, template: str, uow: UnitOfWork, **params: Any) -> None:
    if whole.assignee is None:
        return
    await uow.tell(
        Notification(
            person_id=whole.assignee,
            template=template,
            params={"number": values.number(whole.number), **params},
            buttons=next_buttons(whole),
            purpose=Purpose.PUSH,
            ticket_id=id_of(whole),
            version=whole.version,
        )
    )


async def _pass_on(whole: Ticket, uow: UnitOfWork, *, to: PersonId | None) -> None:
    """Whoever leads the whole now, and nobody else, speaks for it towards the other bodies."""
    for part in await _open_parts(whole, uow):
        if to is not None and to == part.assignee:  # theirs with the whole
            await _end([part], uow)
            continue
        number = id_of(part)
        for former in await uow.tickets.followers(number):
            if former != to:
                await uow.tickets.unfollow(number, former)
        if to is not None:
            await uow.tickets.follow(number, to, "lead")


async def _keep_away(whole: Ticket, uow: UnitOfWork) -> None:
    """Who is kept away from the whole is kept away from what others do of it."""
    for part in await _open_parts(whole, uow):
        recused = sorted({*part.recused, *whole.recused})
        await act_by_rule(uow, part, Verb.RECUSE, recused=recused)


async def _open_parts(whole: Ticket, uow: UnitOfWork) -> Sequence[Ticket]:
    return [part for part in await uow.tickets.parts_of(whole.number) if part.is_open]


async def _end(parts: Sequence[Ticket], uow: UnitOfWork) -> None:
    """Nobody is to work on them any more; what was done already is not called withdrawn."""
    for part in parts:
        if part.allows(Verb.LAPSE):
            await act_by_rule(uow, part, Verb.LAPSE, told_otherwise=True)
            continue
        deed = uow.deed("RES", part.reporter or SYSTEM.person_id)
        part.record(Verb.WITHDRAW, deed, told_otherwise=True)
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
        buttons=(
            *[button for part in parts for button in await _verdicts(part, uow)],
            press("button_end_parts", EndParts(ticket_id=id_of(whole))),
        ),
        ticket_id=whole.id,
    )
    return True


async def _verdicts(part: Ticket, uow: UnitOfWork) -> tuple[Button, ...]:
    """A part that is done only waits to be looked at by whoever leads the whole."""
    number, actor = id_of(part), uow.turn.actor
    followers = await uow.tickets.followers(number)
    return tuple(
        press(
            f"button_part_{verdict}",
            RateTicket(ticket_id=number, verdict=verdict.value),
            role=values.role(part.assignee_role or Role.GLD),
        )
        for verdict in (Verb.SATISFIED, Verb.DISSATISFIED)
        if part.allows(verdict) and capacity_among_raisers(actor, verdict, part, followers)
    )


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
