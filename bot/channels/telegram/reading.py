"""`Reading`: what one kept update leads to, and what becomes of it."""

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from actions.application.ports import Clock
from actions.application.ports_channels import Delivered, ReceivedStore
from bot.channels.telegram.convert import JOINED, read
from bot.channels.telegram.flood import Flood
from bot.channels.telegram.groups import Groups
from bot.channels.telegram.incoming import (
    Elsewhere,
    Incoming,
    Letter,
    Moved,
    Nothing,
    Press,
    Reach,
)
from bot.channels.telegram.taking import Taking
from bot.gateway.reader import NotYet, TryLater, Unreadable

#: How long an album may take to be complete: each of its photos is an update of its own.
ALBUM: Final = timedelta(seconds=1.5)
#: No album has more.
_LARGEST_ALBUM: Final = 10
#: Tries after which photos count as lost.
PHOTO_TRIES: Final = 8


class Reading:
    def __init__(
        self, store: ReceivedStore, taking: Taking, groups: Groups, clock: Clock, flood: Flood
    ) -> None:
        self._store = store
        self._flood = flood
        self._taking = taking
        self._groups = groups
        self._clock = clock

    async def read(self, delivered: Delivered) -> str:
        """The state it ends in.

        Raises:
            Unreadable: nobody can read it.
            NotYet: others belong to it.
            TryLater: a platform is away.
        """
        found = read(delivered.body)
        letters = [each for each in found if isinstance(each, Letter)]
        if not await self._flood.takes(delivered, letters):
            await self._put_away(letters, delivered)
            return "refused"
        if letters:
            await self._letters(letters, delivered)
            return "done"
        return await self._other(found[0], delivered) if found else "refused"

    async def _put_away(self, letters: list[Letter], delivered: Delivered) -> None:
        if letters and await self._flood.is_to_be_told(delivered):
            await self._taking.decline(letters[0])

    async def _letters(self, letters: list[Letter], delivered: Delivered) -> None:
        await self._taking.take_words(letters, is_again=delivered.attempts > 1)
        if not any(letter.photos for letter in letters):
            return
        if len(letters) == 1 and letters[0].album and not letters[0].is_edit:
            letters += await self._rest_of(letters[0], delivered)
        is_last = delivered.attempts >= PHOTO_TRIES
        await self._taking.take_photos(letters, is_last_try=is_last)

    async def _rest_of(self, first: Letter, delivered: Delivered) -> Sequence[Letter]:
        """The other photos of the album; from now on they are read together or not at all."""
        complete_at = delivered.received_at + ALBUM
        if self._clock.now() < complete_at:
            raise NotYet(complete_at)
        behind = await self._store.behind(delivered, limit=_LARGEST_ALBUM * 2)
        mates = [(each, letter) for each in behind if (letter := _mate(each, first))]
        if not mates:
            return ()
        others = [each for each, _ in mates]
        bodies = [json.loads(each.body) for each in (delivered, *others)]
        body = json.dumps({JOINED: bodies})
        if not await self._store.join(delivered, others, body, self._clock.now()):
            raise TryLater("somebody else reads it")
        rest = [letter for _, letter in mates]
        await self._taking.take_words(rest)
        return rest

    async def _other(self, incoming: Incoming, delivered: Delivered) -> str:
        match incoming:
            case Press():
                await self._taking.press(incoming)
            case Reach():
                await self._taking.reach(incoming)
            case Moved(chat=chat, new_chat=new_chat):
                await self._taking.move(chat, new_chat)
            case Elsewhere():
                await self._groups.decline(incoming, is_first_try=delivered.attempts == 1)
                return "refused"
            case Nothing() | Letter():
                return "refused"
        return "done"


def _mate(delivered: Delivered, first: Letter) -> Letter | None:
    """The letter of an update behind the first, if it is of the same album."""
    try:
        found = read(delivered.body)
    except Unreadable:
        return None
    letter = found[0] if len(found) == 1 else None
    if isinstance(letter, Letter) and letter.album == first.album and not letter.is_edit:
        return letter
    return None
