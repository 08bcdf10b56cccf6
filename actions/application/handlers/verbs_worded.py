"""A worker types the verb instead of pressing its button: it is pressed for them."""

from collections.abc import Mapping
from typing import Any, Final

from actions.application import values
from actions.application.awaited import expect_nothing
from actions.application.commands.base import Pressable
from actions.application.commands.telling import Heard
from actions.application.commands.working import ShowTodo
from actions.application.deeds import id_of
from actions.application.handlers.last_said import said_last
from actions.application.handlers.worker_menu import todo_of
from actions.application.offers import offers
from actions.application.pressable import from_json
from actions.application.routing import ButtonNamed
from actions.application.unit_of_work import UnitOfWork
from actions.domain.identifiers import TicketId
from actions.domain.worker_words import verb_worded

#: Of how many tickets it may be; more are not told apart by a word.
_HELD = 5

#: What was asked for whose sake: another verb in its place is a change of mind, no answer.
_ASKED_FOR: Final[Mapping[str, str]] = {
    "proof": "button_resolve",
    "return_reason": "button_not_mine",
    "transfer_reason": "button_transfer",
    "schedule_day": "button_schedule",
    "reschedule_day": "button_reschedule",
    "reschedule_why": "button_reschedule",
    "hold_day": "button_hold",
    "hold_why": "button_hold",
    "extend_day": "button_extend",
    "extend_why": "button_extend",
    "look": "button_ask_captain",
    "part": "button_split",
    "question": "button_ask_reporter",
}


#: Not said for want of another verb: no verb at all, or somebody's yes and no.
_NO_OTHER: Final = ("", "button_approve", "button_refuse")


async def taken_as_verb(command: Heard, uow: UnitOfWork) -> bool:
    """The button of that name on what was said last, else on the ticket it can only be about."""
    label = verb_worded(command.understood.text)
    if not label or not uow.turn.actor.is_worker:
        return False
    pressed = (
        await _on_last_said(label, uow)
        or await _on_a_ticket(label, uow)
        or await _on_the_one_spoken_of(label, uow)
    )
    if pressed is None:
        return False
    uow.events.append(ButtonNamed(pressed))
    return True


async def taken_as_another_verb(about: Mapping[str, Any], text: str, uow: UnitOfWork) -> bool:
    """Asked for the proof of one verb, a worker types another: that one is meant."""
    asked, label = _ASKED_FOR.get(str(about["for"])), verb_worded(text)
    if asked is None or label in _NO_OTHER or label == asked or not uow.turn.actor.is_worker:
        return False
    pressed = await _offered(label, TicketId(about["ticket_id"]), uow)
    if pressed is None:
        return await say_nothing_fits(text, uow)
    await expect_nothing(uow)
    uow.events.append(ButtonNamed(pressed))
    return True


async def say_nothing_fits(text: str, uow: UnitOfWork) -> bool:
    """A verb that none of their tickets takes as it stands: here is what there is to do."""
    label = verb_worded(text)
    if not label or not uow.turn.actor.is_worker:
        return False
    params = {"verb": values.text(label)}
    await uow.reply("verb_fits_nothing", params=params, buttons=todo_of(uow.turn.actor))
    return True


async def _on_last_said(label: str, uow: UnitOfWork) -> Pressable | None:
    said = await said_last(uow)
    stored = said.command(label) if said else None
    return from_json(stored) if stored else None


async def _on_the_one_spoken_of(label: str, uow: UnitOfWork) -> Pressable | None:
    """What may be done to the one ticket all buttons of it are about, as at the desk."""
    said = await said_last(uow)
    numbers = {each["command"].get("ticket_id") for each in said.buttons} if said else set()
    numbers.discard(None)
    if len(numbers) != 1:
        return None
    return await _offered(label, TicketId(numbers.pop()), uow)


async def _on_a_ticket(label: str, uow: UnitOfWork) -> Pressable | None:
    """The ticket in focus, else the only one of theirs that offers it; of several, the list."""
    focus = await _in_focus(uow)
    if focus is not None:
        pressed = await _offered(label, focus, uow)
        if pressed is not None:
            return pressed
    held = await uow.tickets.assigned_to(uow.turn.actor.person_id, limit=_HELD)
    found = [each for each in [await _offered(label, one.id, uow) for one in held] if each]
    if not found:
        return None
    return found[0] if len(found) == 1 else ShowTodo()


async def _in_focus(uow: UnitOfWork) -> TicketId | None:
    if uow.turn.conversation_id is None:
        return None
    return (await uow.conversations.get(uow.turn.conversation_id)).focus


async def _offered(label: str, number: TicketId, uow: UnitOfWork) -> Pressable | None:
    ticket = await uow.tickets.get(number)
    followers = await uow.tickets.followers(id_of(ticket))
    listed = offers(uow.turn.actor, ticket, followers, short=False)
    return next((from_json(each.command) for each in listed if each.label == label), None)
