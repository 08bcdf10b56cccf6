"""What only happens on platforms: Start is pressed, or something comes that we cannot take."""

from typing import Final

from actions.application import values
from actions.application.commands.base import Command
from actions.application.commands.following import ShowHelp, SwitchLocale
from actions.application.commands.telling import (
    Greet,
    Introduce,
    OfferLanguages,
    SayUnread,
    Welcome,
)
from actions.application.handlers.talking import LOCALES, show_help, welcome
from actions.application.notification import Button
from actions.application.pressable import to_json
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork

#: Each has a text `unread_…` that says what can be done instead.
UNREAD: Final = frozenset(
    {
        "voice", "video", "sticker", "contact", "file", "photo", "photo_too_big", "photo_limit",
        "too_many",
    }
)  # fmt: skip


async def greet(_command: Greet, uow: UnitOfWork) -> None:
    if await _is_first(uow):
        await _say_who_we_are(uow)
    else:
        await show_help(ShowHelp(), uow)


async def introduce(_command: Introduce, uow: UnitOfWork) -> None:
    if await _is_first(uow):
        await _say_who_we_are(uow)


async def _say_who_we_are(uow: UnitOfWork) -> None:
    await welcome(Welcome(), uow)
    await uow.reply("privacy_in_chat", params=_office(uow) | _community())


async def _is_first(uow: UnitOfWork) -> bool:
    """Whoever came to the page before was greeted there, under the same key."""
    cause = f"person:{uow.turn.actor.person_id}"
    return await uow.effects.claim(cause, "welcome", Welcome.__name__)


async def offer_languages(_command: OfferLanguages, uow: UnitOfWork) -> None:
    buttons = tuple(
        Button(label=f"language_{each}", command=to_json(SwitchLocale(locale=each)), style="chip")
        for each in LOCALES
    )
    await uow.reply("choose_language", buttons=buttons)


async def say_unread(command: SayUnread, uow: UnitOfWork) -> None:
    """What was being asked stands."""
    about = command.what if command.what in UNREAD else "other"
    await uow.reply(f"unread_{about}", params=_office(uow))


def _office(uow: UnitOfWork) -> dict[str, object]:
    return {"phone": uow.community.office.phone.dial}


def _community() -> dict[str, object]:
    return {"community": values.community()}


HANDLERS: dict[type[Command], Handler] = {
    Greet: greet,
    Introduce: introduce,
    OfferLanguages: offer_languages,
    SayUnread: say_unread,
}
