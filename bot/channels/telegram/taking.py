"""`Taking`: what came becomes arrivals of its person; the same update again changes nothing."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any, Protocol

from telegram import CallbackQuery

from actions.application.arrivals import Arrival
from actions.application.commands.following import ShowHelp
from actions.application.ports import Clock
from actions.application.ports_channels import Address, AddressBook, HeardBefore
from actions.application.ports_gateway import IntakeDoor
from actions.application.pressable import to_json
from actions.application.web_records import Account
from actions.domain.identifiers import ConversationId
from bot.channels.telegram.files import Fetched
from bot.channels.telegram.incoming import (
    Help,
    Languages,
    Letter,
    Part,
    Photo,
    Place,
    Press,
    Reach,
    Start,
    Unread,
    Words,
    Writer,
)
from bot.gateway.told import Told
from bot.ports import Texts

CHANNEL = "telegram"
ACTIVE, BLOCKED = "active", "blocked"
#: What a lost photo is called in the transcript.
_CAME = {"photo_too_big": "photo", "photo_limit": "photo"}


class Photos(Protocol):
    async def fetch(
        self, photos: Sequence[Photo], account: Account, *, is_last_try: bool = False
    ) -> Fetched: ...


class Presser(Protocol):
    async def arrival(
        self,
        query: CallbackQuery,
        account: Account,
        address: Address,
        *,
        external_id: str,
        at: datetime,
    ) -> Arrival | None: ...
    async def conclude(self, query: CallbackQuery, label: str) -> None: ...


class Taking:
    def __init__(
        self,
        bot_id: str,
        *,
        addresses: AddressBook,
        intake: IntakeDoor,
        heard: HeardBefore,
        photos: Photos,
        presser: Presser,
        texts: Texts,
        clock: Clock,
        wake: Callable[[ConversationId], None],
        introduce: Callable[[Account], Awaitable[None]],
    ) -> None:
        """`introduce` tells somebody who we are, unless they have been told."""
        self._bot_id = bot_id
        self._addresses = addresses
        self._intake = intake
        self._heard = heard
        self._photos = photos
        self._presser = presser
        self._texts = texts
        self._clock = clock
        self._wake = wake
        self._introduce = introduce

    async def take_words(self, letters: Sequence[Letter], *, is_again: bool = False) -> None:
        """Everything but the photos: nothing that is said waits for a file.

        `is_again` when an earlier try may have ended before somebody new was greeted.
        """
        for letter in letters:
            account, is_new = await self._meet(letter.writer)
            if (is_new or is_again) and Start(payload="") not in letter.parts:
                await self._introduce(account)
            for part in letter.parts:
                if isinstance(part, Words):
                    await self._say(letter, part, account)
                elif not isinstance(part, Photo):
                    told = self._told(part, account.locale)
                    await self._remember(account, f"{letter.key}.{told.kind}", told)

    async def decline(self, letter: Letter) -> None:
        """Too much came at once: what is not kept is said."""
        account, _ = await self._meet(letter.writer)
        told = self._told(Unread(what="too_many"), account.locale)
        await self._remember(account, f"{letter.key}.too_many", told)

    async def take_photos(self, letters: Sequence[Letter], *, is_last_try: bool) -> None:
        """The photos of one message, or of one album, as one arrival.

        Raises:
            TryLater: they cannot be fetched now.
        """
        first = letters[0]
        account, _ = await self._meet(first.writer)
        key = f"{first.key}.photos"
        photos = [photo for letter in letters for photo in letter.photos]
        if first.is_edit:
            key = f"{first.key}.photos.{first.update_id}"
            photos = await self._changed(photos, account)
        if not photos or await self._knows(first.writer, key):
            return
        fetched = await self._photos.fetch(photos, account, is_last_try=is_last_try)
        for what in fetched.lost:
            told = self._told(Unread(what=what), account.locale)
            await self._remember(account, f"{first.key}.{what}", told)
        if fetched.ids:
            await self._remember(account, key, _shown(photos, fetched))

    async def _changed(self, photos: Sequence[Photo], account: Account) -> list[Photo]:
        """Those of a newer version that are not known from an older one."""
        talk = account.conversation_id
        return [each for each in photos if not await self._heard.knows_file(talk, each.unique_id)]

    async def press(self, press: Press) -> None:
        account, _ = await self._meet(press.writer)
        arrival = await self._presser.arrival(
            press.query,
            account,
            self._address(press.writer.chat),
            external_id=f"press.{press.update_id}",
            at=self._clock.now(),
        )
        if arrival is None:
            return
        await self._intake.remember(arrival)
        self._wake(account.conversation_id)
        await self._presser.conclude(press.query, arrival.text)

    async def reach(self, reach: Reach) -> None:
        """Nothing is made of somebody who only blocks us."""
        await self._addresses.mark(
            self._address(reach.chat), BLOCKED if reach.is_blocked else ACTIVE
        )

    async def move(self, chat: str, new_chat: str) -> None:
        if await self._addresses.find(self._address(chat)) is not None:
            await self._addresses.move(self._address(chat), new_chat)

    async def _say(self, letter: Letter, words: Words, account: Account) -> None:
        """A newer version is a correction, unless it says the same."""
        content: dict[str, Any] = {"mended": True} if words.was_mended else {}
        key = letter.key
        if letter.is_edit:
            if await self._heard.last_text(account.conversation_id, key) == words.text:
                return
            content |= {"edited": letter.message_id}
            key = f"{key}.{letter.update_id}"
        told = Told(kind="text", payload={"text": words.text}, text=words.text, content=content)
        await self._remember(account, key, told)

    def _told(self, part: Part, locale: str) -> Told:
        match part:
            case Place(lat=lat, lon=lon, label=label):
                where = {"location": {"lat": lat, "lon": lon, "label": label}}
                return Told(
                    kind="location", payload=where, text=label, shown_as="location", content=where
                )
            case Start(payload=code) if code:
                return Told(kind="code", payload={"code": code}, text="/start")
            case Help():
                return Told(kind="action", payload={"command": to_json(ShowHelp())}, text="/help")
            case Languages():
                return Told(kind="language", text="/language")
            case Unread(what=what):
                label = self._texts.render(f"came_{_CAME.get(what, what)}", {}, locale)
                return Told(kind="unread", payload={"what": what}, text=label)
        return Told(kind="start", text="/start")

    async def _meet(self, writer: Writer) -> tuple[Account, bool]:
        """Whoever writes can be reached, whatever we believed; and whether they are new."""
        address = self._address(writer.chat)
        account, is_new = await self._addresses.meet(
            address, locale=writer.locale, name=writer.name
        )
        if await self._addresses.reach(account.person_id, CHANNEL) != address:
            await self._addresses.mark(address, ACTIVE)
        return account, is_new

    async def _remember(self, account: Account, key: str, told: Told) -> None:
        arrival = told.arrival(
            account, channel=CHANNEL, ours=self._bot_id, key=key, at=self._clock.now()
        )
        await self._intake.remember(arrival)
        self._wake(account.conversation_id)

    async def _knows(self, writer: Writer, key: str) -> bool:
        return await self._heard.knows(self._address(writer.chat), key)

    def _address(self, chat: str) -> Address:
        return Address(channel=CHANNEL, account=self._bot_id, external_id=chat)


def _shown(photos: Sequence[Photo], fetched: Fetched) -> Told:
    """`files` tells a newer version of the message which of its photos are known."""
    ids = list(fetched.ids)
    return Told(
        kind="photos",
        payload={"attachments": ids, "files": [photo.unique_id for photo in photos]},
        shown_as="image",
        content={"photos": ids},
    )
