"""The whole wiring of commands and events; the handlers know nothing of it."""

from collections.abc import Mapping
from itertools import chain

from actions.application.commands.base import Command
from actions.application.handlers import (
    answering,
    call_talk,
    callbacks,
    closing,
    dispatch,
    drafting,
    emergencies,
    emergency_buttons,
    fieldwork,
    filing,
    following,
    handing,
    notify,
    overdue,
    parts,
    receiving,
    records,
    relay,
    remainder,
    resolving,
    seating,
    splitting,
    talking,
    telling,
    timers,
)
from actions.application.routing import Handler, Routes
from actions.domain.events import TicketChanged

#: Every module that serves commands.
SERVING = (
    answering, call_talk, callbacks, closing, drafting, emergencies, emergency_buttons, fieldwork,
    filing, following, handing, overdue, parts, receiving, records, relay, resolving, seating,
    splitting, talking, telling, timers,
)  # fmt: skip


def build_routes() -> Routes:
    """Each command has one handler. News goes out before the follow-up changes the ticket."""
    commands: dict[type[Command], Handler] = {}
    for command, handler in chain.from_iterable(_handlers(module) for module in SERVING):
        if command in commands:
            raise ValueError(f"{command.__name__} has two handlers")
        commands[command] = handler
    followers = (
        notify.notify_changed,
        remainder.file_remainder,
        dispatch.dispatch_changed,
        parts.join_parts,
    )
    return Routes(commands=commands, events={TicketChanged: followers})


def _handlers(module: object) -> list[tuple[type[Command], Handler]]:
    table: Mapping[type[Command], Handler] = module.HANDLERS  # type: ignore[attr-defined]
    return list(table.items())
