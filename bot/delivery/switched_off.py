"""`SwitchedOff`: stands in for a channel that is not set up, so that what it owes is not stuck."""

from actions.application.delivering import Due, Shown
from bot.ports_delivery import Elsewhere, SendOutcome


class SwitchedOff:
    """Fits `Channel`: to the page of whoever has one; the others wait for the channel."""

    concurrency = 4
    in_order = True
    keeps_record = True

    def __init__(self, name: str) -> None:
        self.name = name

    async def send(self, _due: Due, _shown: Shown) -> SendOutcome:
        return Elsewhere(reason=f"{self.name} is switched off", is_final=False)
