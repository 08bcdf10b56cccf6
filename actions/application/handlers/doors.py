"""Not ours: whose it is and how to reach them; and a look all the same for who wants one."""

from collections.abc import Mapping
from typing import Any

from actions.application import values
from actions.application.awaited import Given, Taker, expect, expect_nothing
from actions.application.commands.base import Command
from actions.application.commands.following import StopAwaiting
from actions.application.commands.roads import DisputeDoor, FileAnyway, TakeDoor
from actions.application.commands.telling import RaiseEmergency
from actions.application.handlers.cards import draft_id
from actions.application.handlers.emergencies import raise_emergency
from actions.application.handlers.filing import (
    doors_meant,
    file,
    go_on_after,
    own_draft,
    tell_filed,
)
from actions.application.handlers.resuming import this_conversation
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import press
from actions.domain.decision import BEYOND_REMIT
from actions.domain.draft import Draft, DraftState
from actions.domain.emergency import detect
from actions.domain.identifiers import InboxId
from actions.domain.wording import summary_of


async def tell_door(draft: Draft, uow: UnitOfWork) -> None:
    """Danger gets its number and a person, whatever else the words are about."""
    danger = detect(draft.text)
    if danger is not None:
        draft.state = DraftState.ABANDONED
        await uow.drafts.save(draft)
        await raise_emergency(RaiseEmergency(kind=danger, text=draft.text), uow)
        return
    number = draft_id(draft)
    enough = TakeDoor(draft_id=number, inbox_id=uow.turn.inbox_id or 0)
    await uow.reply(
        "beyond_remit",
        params={"doors": values.doors([door.key for door in doors_meant(draft.text, uow)])},
        buttons=(
            press("button_pass_on", FileAnyway(draft_id=number)),
            press("button_door_is_enough", enough, "chip"),
        ),
    )


async def file_anyway(command: FileAnyway, uow: UnitOfWork) -> None:
    """A person looks whether the community can do something after all."""
    draft = await own_draft(command.draft_id, uow)
    draft.category = BEYOND_REMIT
    await tell_filed(await file(draft, uow), uow)
    await go_on_after(draft, uow)


async def take_door(command: TakeDoor, uow: UnitOfWork) -> None:
    """Nothing is filed; the way back stays open."""
    draft = await own_draft(command.draft_id, uow)
    draft.state = DraftState.ABANDONED
    await uow.drafts.save(draft)
    wrong = press("button_wrong_door", DisputeDoor(inbox_id=command.inbox_id), "chip")
    await uow.reply("door_taken", buttons=(wrong,))
    await go_on_after(draft, uow)


async def dispute_door(command: DisputeDoor, uow: UnitOfWork) -> None:
    await expect(uow, "wrong_door", soft=True, inbox_id=command.inbox_id)
    stop = press("button_never_mind", StopAwaiting(), "chip")
    await uow.reply("ask_wrong_door", buttons=(stop,))


async def take_wrong_door(about: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    """What was asked first and what came of it, before somebody who decides."""
    await expect_nothing(uow)
    first = (
        await uow.inbox.text_of(InboxId(about["inbox_id"]), by=uow.turn.actor.person_id)
        if about["inbox_id"]
        else ""
    )
    text = "\n".join(part for part in (first, given.text) if part) or "–"
    draft = Draft(
        conversation_id=this_conversation(uow),
        person_id=uow.turn.actor.person_id,
        text=text,
        batch="",
        begun_at=uow.now,
        updated_at=uow.now,
        summary=summary_of(text),
        category=BEYOND_REMIT,
        photos=tuple(given.photos[: uow.community.policy.max_photos]),
        cause=uow.turn.cause,
    )
    await uow.drafts.add(draft)
    await tell_filed(await file(draft, uow), uow)


HANDLERS: dict[type[Command], Handler] = {
    FileAnyway: file_anyway,
    TakeDoor: take_door,
    DisputeDoor: dispute_door,
}
AWAITED: dict[str, Taker] = {"wrong_door": take_wrong_door}
