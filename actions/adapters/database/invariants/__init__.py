"""Every invariant of the house as a question to its database; `SqlDoctor` asks them."""

from typing import Final

from actions.adapters.database.invariants.base import Invariant, Moment
from actions.adapters.database.invariants.messages import MESSAGES
from actions.adapters.database.invariants.people import PEOPLE
from actions.adapters.database.invariants.queues import QUEUES
from actions.adapters.database.invariants.tickets import TICKETS

__all__ = ["ALL", "Invariant", "Moment"]

ALL: Final[tuple[Invariant, ...]] = (*MESSAGES, *TICKETS, *PEOPLE, *QUEUES)
