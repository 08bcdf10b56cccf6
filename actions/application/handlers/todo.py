"""What waits for me: one list over every role, numbered, the most pressing first."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from actions.application import values
from actions.application.commands.base import Command
from actions.application.commands.deciding import ShowAgenda
from actions.application.commands.following import ShowMine
from actions.application.commands.mediating import AnswerCaptain
from actions.application.commands.seats import ComeBack, GoAway, ShowColleagues, ShowSeat
from actions.application.commands.waiting import ShowProposal
from actions.application.commands.working import (
    ShowRecord,
    ShowTodo,
    TakeCallback,
    WriteToCaller,
)
from actions.application.deeds import id_of
from actions.application.handlers.agenda import is_from
from actions.application.handlers.callbacks import complained_about
from actions.application.handlers.following import show_mine
from actions.application.notification import Button, Card
from actions.application.routing import Handler
from actions.application.todo import Besides, TodoItem
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import place_of, press
from actions.domain.placing import code_of
from actions.domain.sealing import has_other_side, label_for_workers
from actions.domain.seating import may_give
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import PAUSED
from actions.domain.todo import Queue

_A_PAGE: Final = 8
_CIRCLED: Final = 20
_CIRCLED_ONE: Final = 0x2460
#: Urgencies that are said; the others are the usual.
_SAID: Final = frozenset("EU")


async def show_todo(command: ShowTodo, uow: UnitOfWork) -> None:
    """Whoever works off nothing here sees their own matters instead."""
    todo = await uow.queues.of(uow.turn.actor)
    besides = await _without_own_case(todo.besides, uow)
    if not todo.is_anybodys:
        await show_mine(ShowMine(), uow)
        return
    shown = todo.items[command.skip : command.skip + _A_PAGE]
    if shown:
        await _show_page(shown, command.skip, len(todo.items), uow)
    if command.skip == 0:
        await _show_besides(besides, uow)
    if not shown and not besides:
        await uow.reply("todo_empty", buttons=await _about_me(uow))


async def _without_own_case(besides: Besides, uow: UnitOfWork) -> Besides:
    """Without the calls of whoever complains of this person, and motions that came of it."""
    actor = uow.turn.actor
    return replace(
        besides,
        calls=[
            each
            for each in besides.calls
            if actor.person_id not in await complained_about(each, uow)
        ],
        proposals=[each for each in besides.proposals if not await is_from(actor, each, uow)],
    )


async def _show_page(shown: Sequence[TodoItem], skip: int, count: int, uow: UnitOfWork) -> None:
    first = shown[0].summary
    card = Card(
        title=values.text("todo_title", count=count),
        urgency=first.urgency,
        lines=tuple(
            (f"queue_{each.queue.value}", _line(each, place))
            for place, each in enumerate(shown, skip + 1)
        ),
        countdown_to=first.due_at.isoformat() if first.due_at else None,
    )
    buttons = [_open(each, place) for place, each in enumerate(shown, skip + 1)]
    if skip + _A_PAGE < count:
        buttons.append(press("button_todo_more", ShowTodo(skip=skip + _A_PAGE)))
    await uow.reply(
        "todo", params={"count": count}, card=card, buttons=(*buttons, *await _about_me(uow))
    )


def _mark(place: int) -> str:
    return chr(_CIRCLED_ONE + place - 1) if place <= _CIRCLED else f"({place})"


def _line(item: TodoItem, place: int) -> dict[str, Any]:
    summary = item.summary
    said = values.text(f"urgency_{summary.urgency}") if summary.urgency in _SAID else ""
    return values.joined(_mark(place), said, _what(item), _stands(item))


def _what(item: TodoItem) -> dict[str, Any]:
    """The kind, and where, without what workers are not told."""
    summary = item.summary
    place = label_for_workers(summary.category, summary.label, summary.privacy)
    return values.joined(values.category(summary.category), place)


def _stands(item: TodoItem) -> dict[str, Any]:
    """The date that runs, or where it stands."""
    summary = item.summary
    if item.queue is Queue.APPROVE:
        return values.text(f"todo_asks_{item.ticket.pending}")
    if summary.clock and summary.due_at and summary.status not in PAUSED:
        return values.text(f"clock_{summary.clock}", by=values.moment(summary.due_at))
    if summary.status in PAUSED:
        return values.text(f"work_waits_{summary.status}")
    return values.status(summary.status)


def _open(item: TodoItem, place: int) -> Button:
    number = item.summary.id
    asked = item.queue is Queue.APPROVE
    command = ShowProposal(ticket_id=number) if asked else ShowRecord(ticket_id=number)
    return press("button_open_nth", command, nth=_mark(place), what=_what(item))


async def _about_me(uow: UnitOfWork) -> tuple[Button, ...]:
    """Leave, and the colleagues one leads."""
    actor = uow.turn.actor
    buttons = []
    if actor.is_worker:
        away = (await uow.people.get(actor.person_id)).away_until
        is_away = away is not None and away > uow.now
        buttons.append(
            press("button_back", ComeBack(), "chip")
            if is_away
            else press("button_away", GoAway(), "chip")
        )
    if may_give(actor):
        buttons.append(press("button_colleagues", ShowColleagues(), "chip"))
    return tuple(buttons)


async def _show_besides(besides: Besides, uow: UnitOfWork) -> None:
    """What is no ticket one may see, in a bubble of its own; each look as it was asked for."""
    lines = [*_calls(besides), *_seats(besides), *_proposals(besides)]
    if lines:
        await uow.reply(
            "todo_besides",
            params={"list": values.numbered(*[line for line, _ in lines])},
            buttons=tuple(button for _, button in lines if button is not None),
        )
    for ticket in besides.looks:
        await _ask_to_look(ticket, uow)


_Lines = list[tuple[dict[str, Any], Button | None]]


def _calls(besides: Besides) -> _Lines:
    lines: _Lines = []
    for call in besides.calls:
        number = call.id or 0
        line = values.text("todo_call", number=number, by=values.moment(call.due_at))
        taken = call.taken_by is not None
        command = WriteToCaller(callback_id=number) if taken else TakeCallback(callback_id=number)
        lines.append((line, press("button_todo_call", command, number=number)))
    return lines


def _seats(besides: Besides) -> _Lines:
    lines: _Lines = []
    for seat in besides.seats:
        role, area = values.role(seat.role), values.place(seat.area)
        command = ShowSeat(invitation_id=seat.id)
        button = press("button_todo_seat", command, role=role, area=area)
        lines.append((values.text("todo_seat", role=role, area=area), button))
    return lines


def _proposals(besides: Besides) -> _Lines:
    """One button for all of them: the agenda."""
    lines: _Lines = [
        (values.text("todo_proposal", number=each.number, title=each.title), None)
        for each in besides.proposals
    ]
    if lines:
        lines[0] = (lines[0][0], press("button_agenda", ShowAgenda()))
    return lines


async def _ask_to_look(ticket: Ticket, uow: UnitOfWork) -> None:
    """Where and what to look for, as when they were asked; the ticket stays unseen."""
    asked = ticket.looking[str(uow.turn.actor.person_id)]
    timeline = await uow.tickets.timeline(id_of(ticket))
    entry = next(each for each in timeline if each.seq == asked)
    sealed = has_other_side(ticket)
    await uow.reply(
        "captain_please",
        params={
            "where": values.place(code_of(ticket.location)) if sealed else place_of(ticket),
            "what": values.category(ticket.category),
            "look": entry.reason or values.text(f"look_{entry.data.get('look')}"),
        },
        buttons=tuple(
            press(label, AnswerCaptain(ticket_id=id_of(ticket), asked=asked, seen=seen))
            for label, seen in (("button_seen", True), ("button_not_seen", False))
        ),
    )


HANDLERS: dict[type[Command], Handler] = {ShowTodo: show_todo}
