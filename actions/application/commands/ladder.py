"""Commands of those a late matter climbs to."""

from dataclasses import dataclass

from actions.application.commands.following import OnTicket


@dataclass(frozen=True, kw_only=True)
class EscalateTicket(OnTicket):
    """Nobody takes it: to the level above, or with `to_me` I take it myself."""

    to_me: bool = False
