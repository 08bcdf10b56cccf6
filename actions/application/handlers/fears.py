"""What the answer to "is anybody in danger?" teaches, where it was a model that was afraid."""

from actions.application.handlers.learning import note_danger
from actions.application.unit_of_work import UnitOfWork
from actions.domain.decision import ASK_DANGER
from actions.domain.draft import Draft
from actions.domain.emergency import kind_of


async def learn_fear(draft: Draft, uow: UnitOfWork, *, is_danger: bool) -> None:
    """Who is stuck in a broken lift tells news: there every report is asked about it."""
    if draft.category not in ASK_DANGER:
        await note_danger(draft, kind_of(draft.category).leaf if is_danger else None, uow)
