"""The methods of the Bot API this simulator serves, by their lower-case names."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.simulators.telegram import about, editing, receiving, sending
from tests.simulators.telegram.parameters import Parameters
from tests.simulators.telegram.state import State

Run = Callable[[State, Parameters], Awaitable[Any]]


@dataclass(frozen=True)
class Method:
    """A method by the name the documentation gives it."""

    name: str
    run: Run
    #: It changes what people see, so it stands in the record of what was accepted.
    is_recorded: bool = False


def _all() -> Iterator[Method]:
    for module, is_recorded in ((about, False), (receiving, False), (editing, True),
                                (sending, True)):  # fmt: skip
        for name, run in module.METHODS.items():
            yield Method(name, run, is_recorded)


def methods() -> dict[str, Method]:
    return {method.name.lower(): method for method in _all()}
