"""Commands of whoever leads a matter that several bodies work on."""

from dataclasses import dataclass

from actions.application.commands.following import OnTicket


@dataclass(frozen=True, kw_only=True)
class SplitTicket(OnTicket):
    """Hand a part to `to` (a person id), or one to `everybody` of the other bodies.

    With neither it asks to whom; without `together` it asks what they are to do.
    """

    to: int = 0
    everybody: bool = False
    together: bool = False


@dataclass(frozen=True, kw_only=True)
class EndParts(OnTicket):
    """Take back the parts still open, so that the whole can be settled."""
