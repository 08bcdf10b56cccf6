"""How matters came in lately, for those who lead where they lie."""

from datetime import timedelta
from typing import Final

from actions.application import values
from actions.application.commands.base import Command
from actions.application.commands.intake import CountOrigins
from actions.application.notification import Card
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.domain.errors import NotAllowed
from actions.domain.origin import Origin, areas_led

_LATELY: Final = timedelta(days=30)


async def count_origins(_command: CountOrigins, uow: UnitOfWork) -> None:
    """Raises NotAllowed for whoever leads nowhere."""
    areas = areas_led(uow.turn.actor)
    if not areas:
        raise NotAllowed
    counts = await uow.origins.count(areas, uow.now - _LATELY)
    lines = [(f"origin_{each.value}", str(counts[each])) for each in Origin if counts.get(each)]
    await uow.reply(
        "origins",
        params={"days": _LATELY.days, "count": sum(counts.values())},
        card=Card(title=values.text("origins_title"), urgency="N", lines=tuple(lines)),
    )


HANDLERS: dict[type[Command], Handler] = {CountOrigins: count_origins}
