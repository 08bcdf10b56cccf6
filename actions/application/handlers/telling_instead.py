"""It was no question after all: the same words become a matter."""

from typing import Final

from actions.application.commands.base import Command
from actions.application.commands.knowing import TellInstead
from actions.application.handlers.asking import go_on
from actions.application.handlers.beginning import begin
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.domain.errors import OutOfDate
from actions.domain.identifiers import InboxId
from actions.domain.understood import Understood

#: Of the likelihood that needs no question: a single kind is put to the person as well.
_JUST_UNSURE: Final = 0.9


async def tell_instead(command: TellInstead, uow: UnitOfWork) -> None:
    """Once; of which kind it is, is asked, for it sounded like a question."""
    text = await uow.inbox.text_of(InboxId(command.inbox_id), by=uow.turn.actor.person_id)
    cause, step = f"inbox:{command.inbox_id}", f"matter:{command.inbox_id}"
    if not text or not await uow.effects.claim(cause, step, "TellInstead"):
        raise OutOfDate
    kinds = command.leaves.split()
    unsure = _JUST_UNSURE * uow.community.policy.category_from
    parse = Understood(
        text=text,
        normalised=text,
        language="",
        intent="report",
        confidence=0.0,
        leaves=tuple((code, unsure) for code in kinds),
    )
    await go_on((await begin(parse, uow))[0], uow)


HANDLERS: dict[type[Command], Handler] = {TellInstead: tell_instead}
