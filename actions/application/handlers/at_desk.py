"""Words given on a page: they go where they would go in the chat."""

from actions.application.awaited import Given
from actions.application.commands.base import Command
from actions.application.commands.desk import WriteAtDesk
from actions.application.handlers.takers import takers
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.domain.errors import OutOfDate


async def write_at_desk(command: WriteAtDesk, uow: UnitOfWork) -> None:
    taker = takers().get(str(command.about.get("for")))
    if taker is None:
        raise OutOfDate
    await taker(command.about, Given(text=command.words), uow)


HANDLERS: dict[type[Command], Handler] = {WriteAtDesk: write_at_desk}
