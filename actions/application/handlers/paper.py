"""A letter on paper, typed in with its photo by somebody who works here."""

from collections.abc import Mapping
from typing import Any

from actions.application.awaited import Given, Taker, expect, expect_nothing
from actions.application.commands.base import Command
from actions.application.commands.following import StopAwaiting
from actions.application.commands.intake import TypeLetter
from actions.application.handlers.asking import go_on
from actions.application.handlers.beginning import begin
from actions.application.handlers.draft_details import add_photos
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import press
from actions.domain.errors import NotAllowed
from actions.domain.identifiers import AttachmentId
from actions.domain.origin import Origin
from actions.domain.understood import Understood
from actions.domain.wording import gives_up

LETTER = "letter"
_STOP = (press("button_never_mind", StopAwaiting(), "chip"),)


async def type_letter(_command: TypeLetter, uow: UnitOfWork) -> None:
    """Raises NotAllowed for residents: their own words are taken as they come."""
    if not uow.turn.actor.is_worker:
        raise NotAllowed
    if uow.turn.conversation_id is not None:
        await uow.conversations.set_focus(uow.turn.conversation_id, None)
    await expect(uow, LETTER, soft=True, photos=[])
    await uow.reply("letter_ask", buttons=_STOP)


async def take_letter(awaiting: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    """The photo and the words, in any order; the words make the matter.

    Raises:
        NotAllowed: a photo alone from somebody who does not work here any more.
    """
    is_letter = uow.turn.actor.is_worker
    if not is_letter and not given.text:
        raise NotAllowed
    photos = [AttachmentId(photo) for photo in awaiting.get("photos", ())]
    photos += given.photos
    if not given.text:
        await expect(uow, LETTER, soft=True, photos=photos)
        await uow.reply("letter_photo", params={"count": len(photos)}, buttons=_STOP)
        return
    await expect_nothing(uow)
    if gives_up(given.text):
        await uow.reply("never_mind")
        return
    # From whoever lost the role meanwhile these are a resident's own words.
    origin = Origin.PAPER if is_letter else None
    drafts = await begin(given.understood or _unread(given.text), uow, origin=origin)
    for draft in drafts:
        await add_photos(draft, photos, uow)
        await uow.drafts.save(draft)
    await go_on(drafts[0], uow)


def _unread(text: str) -> Understood:
    """Words no model has read: what kind they are is asked."""
    return Understood(text=text, normalised=text, language="", intent="report", confidence=0.0)


HANDLERS: dict[type[Command], Handler] = {TypeLetter: type_letter}
AWAITED: dict[str, Taker] = {LETTER: take_letter}
