"""Commands that say who decides on a ticket."""

from dataclasses import dataclass

from actions.application.commands.following import OnTicket


@dataclass(frozen=True, kw_only=True)
class RaiseTier(OnTicket):
    """It is more than that: one tier up. `reason` is an offered key, empty asks for it."""

    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class LowerTier(OnTicket):
    """It is less than that: one tier down, never without a reason."""

    reason: str = ""
