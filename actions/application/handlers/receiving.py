"""Awaited words, photos and places, which need no understanding."""

from dataclasses import replace

from actions.application.awaited import Given
from actions.application.commands.telling import GiveLocation, GivePhotos, TakeText
from actions.application.deeds import of_mine
from actions.application.handlers import emergencies, fieldwork
from actions.application.handlers.asking import go_on
from actions.application.handlers.draft_details import take_given
from actions.application.handlers.findings import taken_as_finding
from actions.application.handlers.first_words import keep_for_first_words
from actions.application.handlers.following import add_detail, choices
from actions.application.handlers.listening import FOCUS_FOR, awaits, take
from actions.application.handlers.resuming import newest
from actions.application.handlers.verbs_worded import taken_as_another_verb
from actions.application.unit_of_work import UnitOfWork
from actions.domain.draft import Lack
from actions.domain.errors import Missing
from actions.domain.identifiers import AttachmentId
from actions.domain.place import Location
from actions.domain.placing import LABEL_LOCALE, at_place, place_called


async def take_text(command: TakeText, uow: UnitOfWork) -> None:
    """The words the bot has just asked for, as they are."""
    if uow.turn.conversation_id is None:
        return
    conversation = await uow.conversations.get(uow.turn.conversation_id)
    awaiting = conversation.awaiting or {}
    if awaits(awaiting, uow):
        if not await taken_as_another_verb(awaiting, command.text, uow):
            await take(awaiting, Given(text=command.text), uow)
    else:
        await uow.reply("ask_what_matter")


async def give_photos(command: GivePhotos, uow: UnitOfWork) -> None:
    """To what was asked, to the worker's ticket, to the draft, or to the one open ticket."""
    photos = tuple(AttachmentId(photo) for photo in command.attachments)
    await uow.attachments.mine(photos, uow.turn.actor.person_id)
    given = Given(photos=photos)
    if await _spoken_for(given, uow):
        return
    draft = await newest(uow)
    if draft is not None:
        await take_given(draft, given, uow)
        return
    tickets = await uow.tickets.of_person(uow.turn.actor.person_id, only_open=True, limit=5)
    if len(tickets) == 1:
        await add_detail(await of_mine(tickets[0].id, uow), given, uow)
        return
    await keep_for_first_words(uow, photos=photos)
    await uow.reply("photo_of_what", buttons=choices(tickets))


async def _spoken_for(given: Given, uow: UnitOfWork) -> bool:
    if uow.turn.conversation_id is None:
        return False
    conversation = await uow.conversations.get(uow.turn.conversation_id)
    if awaits(conversation.awaiting, uow):
        await take(conversation.awaiting or {}, given, uow)
        return True
    if await taken_as_finding(given, uow):
        return True
    touched = conversation.focus_at
    recent = touched is not None and uow.now - touched < FOCUS_FOR
    if uow.turn.actor.is_worker and conversation.focus is not None and recent:
        return await fieldwork.note_in_focus(conversation.focus, given, uow)
    return False


async def give_location(command: GiveLocation, uow: UnitOfWork) -> None:
    """Where the danger is; else the place of the draft being told; else, what is there?"""
    place = _place_of(command, uow)
    ticket = await emergencies.under_way(uow)
    if ticket is not None:
        await emergencies.take_place(ticket, place, uow)
        return
    draft = await newest(uow)
    if draft is None:
        await keep_for_first_words(uow, location=place)
        await uow.reply("place_of_what")
        return
    draft.location = replace(place, detail=draft.location.detail)
    draft.candidates = ()
    if draft.asking is not Lack.EMERGENCY:
        draft.asking = None
    await go_on(draft, uow)


def _place_of(command: GiveLocation, uow: UnitOfWork) -> Location:
    """Raises Missing when no list knows the place that was picked."""
    if not command.place:
        return _placed(command.location, uow)
    place = place_called(command.place, uow.community)
    if place is None:
        raise Missing
    return at_place(place, uow.community)


def _placed(pin: Location, uow: UnitOfWork) -> Location:
    """A pin with its grid and, near a place we know, that place's name."""
    if pin.lat is None or pin.lon is None:
        return pin
    found = uow.geography.locate(pin.lat, pin.lon, pin.label)
    if found.label or found.area is None:
        return found
    label = uow.community.label(found.area, LABEL_LOCALE)
    return replace(found, place=found.area, label=label)


HANDLERS = {TakeText: take_text, GivePhotos: give_photos, GiveLocation: give_location}
