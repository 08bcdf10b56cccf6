"""What the bot said last: a yes, a no and the words on a button answer that and nothing else."""

from actions.application.handlers.filing import own_draft
from actions.application.handlers.likeness_shown import YES_LABELS
from actions.application.handlers.resuming import newest
from actions.application.records import Said
from actions.application.unit_of_work import UnitOfWork
from actions.domain.draft import Draft
from actions.domain.errors import CommunityError

#: Every card begins so; its urgency follows.
CARD = "draft_card_"
#: The button a yes presses.
YES = {
    "draft_batch": "button_submit_all",
    **YES_LABELS,
    "ask_drop_draft": "button_drop",
    "draft_waits": "button_go_on",
    "ask_place": "place_chip",
    "ask_emergency": "button_somebody_trapped",
    "ask_danger": "button_somebody_in_danger",
    "ask_matter": "button_file_it",
    "beyond_remit": "button_pass_on",
}


async def said_last(uow: UnitOfWork) -> Said | None:
    if uow.turn.conversation_id is None:
        return None
    return await uow.outbox.newest(uow.turn.conversation_id)


def yes_button(said: Said) -> str:
    """The label a yes to it presses; empty when it takes no yes."""
    label = "button_submit" if said.template.startswith(CARD) else YES.get(said.template, "")
    return label if label and said.command(label) else ""


async def draft_of(said: Said | None, uow: UnitOfWork) -> Draft | None:
    """The open draft its buttons are about."""
    commands = [button["command"] for button in said.buttons] if said else []
    number = next((int(c["draft_id"]) for c in commands if "draft_id" in c), None)
    if number is None:
        return None
    try:
        return await own_draft(number, uow)
    except CommunityError:
        return None


async def draft_meant(uow: UnitOfWork) -> Draft | None:
    """The draft spoken of last, else the one asked about or told last."""
    return await draft_of(await said_last(uow), uow) or await newest(uow)
