"""Parts: one matter worked on by several bodies under one lead, each part a ticket of its own.

Whoever leads the matter stands towards a part as a resident towards a matter: they raised it,
hear each step, and say whether it is settled. No resident is named in it.
"""

from typing import Final

from actions.domain.ticket import Ticket

#: `Ticket.origin` of a part.
PART: Final = "part"


def is_part(ticket: Ticket) -> bool:
    return ticket.origin == PART
