"""The whole wiring of commands and events; the handlers know nothing of it."""

from collections.abc import Mapping
from itertools import chain

from actions.application.commands.base import Command
from actions.application.handlers import (
    absence,
    agenda,
    answering,
    appealing,
    at_desk,
    call_talk,
    callbacks,
    captains,
    changes,
    closing,
    coming_back,
    confirming,
    declining,
    deliberating,
    dispatch,
    disputes,
    doors,
    doubts,
    drafting,
    emergencies,
    emergency_buttons,
    enterprise,
    explaining,
    external,
    fieldwork,
    filing,
    following,
    handing,
    handing_out,
    holding,
    inviting,
    joining,
    knowing,
    ladder,
    learning,
    leave_offers,
    linking,
    mediation,
    merging,
    notify,
    on_behalf,
    origin_counts,
    overdue,
    paper,
    parts,
    platforms,
    praise,
    promises,
    proposing,
    questions,
    recategorising,
    receiving,
    records,
    recusal,
    relay,
    releasing,
    relocating,
    remainder,
    resolving,
    rounds,
    scheduling,
    seating,
    seats,
    second_reading,
    splitting,
    suggestions,
    talking,
    telling,
    telling_instead,
    temporary,
    tier_signals,
    tiers,
    timers,
    todo,
    unanswered,
)
from actions.application.routing import ButtonNamed, Handler, Routes
from actions.application.unit_of_work import UnitOfWork
from actions.domain.events import TicketChanged

#: Every module that serves commands.
SERVING = (
    at_desk, captains, mediation, promises, recusal, releasing,
    absence, inviting, joining, learning, leave_offers, linking, seats, todo,
    answering, call_talk, callbacks, closing, coming_back, doubts, drafting, emergencies,
    emergency_buttons, fieldwork, filing, following, handing, ladder, overdue, parts,
    receiving, records, relay, resolving, seating, second_reading, splitting,
    talking, telling, tiers, timers,
    enterprise, on_behalf, origin_counts, paper, platforms, rounds,
    changes, doors, knowing, praise, questions, suggestions, telling_instead, unanswered,
    agenda, appealing, declining, deliberating, explaining, merging, recategorising, relocating,
    disputes, external, handing_out, holding, proposing, scheduling, temporary,
)  # fmt: skip


def build_routes() -> Routes:
    """Each command has one handler. News goes out before the follow-up changes the ticket."""
    commands: dict[type[Command], Handler] = {}
    for command, handler in chain.from_iterable(_handlers(module) for module in SERVING):
        if command in commands:
            raise ValueError(f"{command.__name__} has two handlers")
        commands[command] = handler
    followers = (
        confirming.step_aside,
        notify.notify_changed,
        confirming.ask_a_lead,
        remainder.file_remainder,
        dispatch.dispatch_changed,
        tier_signals.follow_tier,
        appealing.tell_deciders,
        deliberating.tell_chairs,
        agenda.find_hands,
        explaining.tell_supervisor,
        merging.close_merged,
        parts.join_parts,
        learning.learn_from,
    )

    async def press(event: ButtonNamed, uow: UnitOfWork) -> None:
        await commands[type(event.command)](event.command, uow)

    return Routes(commands=commands, events={TicketChanged: followers, ButtonNamed: (press,)})


def _handlers(module: object) -> list[tuple[type[Command], Handler]]:
    table: Mapping[type[Command], Handler] = module.HANDLERS  # type: ignore[attr-defined]
    return list(table.items())
