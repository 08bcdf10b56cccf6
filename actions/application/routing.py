"""The two tables: command → handler, event → subscribers."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from actions.application.commands.base import Command
from actions.application.unit_of_work import UnitOfWork
from actions.domain.events import Event

Handler = Callable[[Any, UnitOfWork], Awaitable[None]]
Subscriber = Callable[[Any, UnitOfWork], Awaitable[None]]


@dataclass(frozen=True)
class ButtonNamed(Event):
    """Words named a button: its command is carried out as if it had been pressed."""

    command: Command


@dataclass(frozen=True)
class Routes:
    """Which function serves which command or event."""

    commands: Mapping[type[Command], Handler] = field(default_factory=dict)
    events: Mapping[type[Event], Sequence[Subscriber]] = field(default_factory=dict)

    def command(self, command: Command) -> Handler:
        return self.commands[type(command)]

    def event(self, event: Event) -> Sequence[Subscriber]:
        return self.events.get(type(event), ())
