"""Everything the worker's side serves, in one place for the routes."""

from typing import Final

from actions.application.awaited import Taker
from actions.application.commands.base import Command
from actions.application.handlers import (
    callbacks,
    fieldwork,
    handing,
    records,
    relay,
    resolving,
    timers,
)
from actions.application.handlers.dispatch import dispatch_changed
from actions.application.handlers.notify import notify_changed
from actions.application.routing import Handler, Subscriber

HANDLERS: Final[dict[type[Command], Handler]] = {
    **fieldwork.HANDLERS,
    **handing.HANDLERS,
    **resolving.HANDLERS,
    **records.HANDLERS,
    **relay.HANDLERS,
    **callbacks.HANDLERS,
    **timers.HANDLERS,
}
AWAITED: Final[dict[str, Taker]] = {
    **fieldwork.AWAITED,
    **handing.AWAITED,
    **resolving.AWAITED,
    **relay.AWAITED,
}
#: Of `TicketChanged`, in this order: the news must speak of the assignee before a new one is found.
TICKET_SUBSCRIBERS: Final[tuple[Subscriber, ...]] = (notify_changed, dispatch_changed)
