"""`Taking`: a callback becomes arrivals of its person, and opens what the platform opens for us."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Protocol

from actions.application.commands.following import ShowHelp
from actions.application.ports import Clock
from actions.application.ports_channels import Address, AddressBook
from actions.application.ports_gateway import IntakeDoor
from actions.application.ports_wechat import (
    BY_CLICK,
    BY_MESSAGE,
    WeChatLedger,
    WeChatPlatform,
)
from actions.application.pressable import to_json
from actions.application.web_records import Account
from actions.domain.identifiers import ConversationId, PersonId
from bot.channels.wechat.choices import Choices
from bot.channels.wechat.incoming import (
    Callback,
    Click,
    Consent,
    Content,
    Follow,
    JobDone,
    Leave,
    Link,
    NoticeDone,
    Photo,
    Place,
    Scan,
    Unread,
    Voice,
    Words,
)
from bot.gateway.storable import storable
from bot.gateway.told import Told
from bot.ports import Texts

CHANNEL: Final = "wechat"
#: Who comes from WeChat writes this, until they say something in another language.
LOCALE: Final = "zh-CN"


class Photos(Protocol):
    async def fetch(self, photo: Photo, account: Account, *, is_last_try: bool) -> str | None:
        """The id of the picture that is ours now; None when it will never come.

        Raises:
            TryLater: it cannot be fetched now.
        """
        ...


class Gone(Protocol):
    """What is done with somebody who unsubscribed and whom nothing else leads to."""

    async def __call__(self, person_id: PersonId) -> bool:
        """False when a legal hold keeps them."""
        ...


@dataclass(frozen=True, kw_only=True)
class Doors:
    """What taking needs of the rest of the process."""

    addresses: AddressBook
    intake: IntakeDoor
    ledger: WeChatLedger
    platform: WeChatPlatform
    choices: Choices
    photos: Photos
    texts: Texts
    clock: Clock
    wake: Callable[[ConversationId], None]
    introduce: Callable[[Account], Awaitable[None]]
    forget: Gone


class Taking:
    def __init__(self, app_id: str, doors: Doors) -> None:
        self._app_id = app_id
        self._doors = doors

    async def take(self, callback: Callback, *, is_last_try: bool, is_again: bool) -> str:
        """The state it ends in. Raises TryLater when a photo cannot be fetched now.

        `is_again` when an earlier try may have ended before somebody new was greeted.
        """
        if is_again and callback.is_answered:
            is_click = isinstance(callback.contents[0], (Follow, Scan, Click))
            await self._meet(callback, is_click=is_click, is_again=True)
        states = [
            await self._take(content, callback, is_last_try=is_last_try)
            for content in callback.contents
        ]
        return "done" if "done" in states else "refused"

    async def _take(self, content: Content, callback: Callback, *, is_last_try: bool) -> str:
        now = self._doors.clock.now()
        match content:
            case Leave():
                await self._leave(callback.openid, now)
            case JobDone(id=number, status=status) | NoticeDone(id=number, status=status):
                await self._doors.platform.end_job(number, status)
            case Consent(template_id=template_id, is_given=is_given):
                left = 1 if is_given else 0
                await self._doors.platform.consent(callback.openid, template_id, left, now)
            case Words() | Photo() | Place() | Voice() | Link() | Unread():
                await self._message(content, callback, is_last_try=is_last_try)
            case Follow() | Scan() | Click():
                await self._click(content, callback)
            case _:
                return "refused"
        return "done"

    async def _leave(self, openid: str, now: datetime) -> None:
        """The platform demands that what was obtained through it goes.

        Whatever interrupts this, the next try finds the address still there and goes on.
        """
        leaving = await self._doors.platform.leaving(openid, now)
        if leaving is None:
            return
        if leaving.stays:
            await self._doors.platform.drop(openid, now)
        elif not await self._doors.forget(leaving.person_id):
            await self._doors.addresses.mark(self._address(openid), "blocked")

    async def _message(self, content: Content, callback: Callback, *, is_last_try: bool) -> None:
        account = await self._meet(callback, is_click=_was_chosen(content))
        if isinstance(content, Words):
            await self._say(content, callback, account)
        elif isinstance(content, Photo):
            await self._show(content, callback, account, is_last_try=is_last_try)
        else:
            await self._remember(callback, account, self._told(content, account.locale))

    async def _click(self, content: Content, callback: Callback) -> None:
        account = await self._meet(callback, is_click=True)
        if isinstance(content, Click):
            told = Told(kind="action", payload={"command": to_json(ShowHelp())}, text=content.key)
            await self._remember(callback, account, told)
        else:
            await self._remember(callback, account, Told(kind="start", text="/start"))

    async def _meet(self, callback: Callback, *, is_click: bool, is_again: bool = False) -> Account:
        """Whoever does something can be reached, and what waited for that is due."""
        now = min(self._doors.clock.now(), datetime.fromtimestamp(callback.at, UTC))
        address = self._address(callback.openid)
        account, is_new = await self._doors.addresses.meet(address, locale=LOCALE, name="")
        if await self._doors.addresses.reach(account.person_id, CHANNEL) != address:
            await self._doors.addresses.mark(address, "active")
        await self._doors.ledger.opens(callback.openid, BY_CLICK if is_click else BY_MESSAGE, now)
        await self._doors.platform.contacted(callback.openid, now)
        if (is_new or is_again) and not isinstance(callback.contents[0], Follow):
            await self._doors.introduce(account)
        return account

    async def _say(self, words: Words, callback: Callback, account: Account) -> None:
        address = self._address(callback.openid)
        at = datetime.fromtimestamp(callback.at, UTC)
        pressed = await self._doors.choices.arrival(
            words.text, account, address, key=callback.key, at=at
        )
        if pressed is not None:
            await self._doors.intake.remember(pressed)
            self._doors.wake(account.conversation_id)
            return
        text = storable(words.text)
        content: dict[str, Any] = {} if text == words.text else {"mended": True}
        told = Told(kind="text", payload={"text": text}, text=text, content=content)
        await self._remember(callback, account, told)

    async def _show(
        self, photo: Photo, callback: Callback, account: Account, *, is_last_try: bool
    ) -> None:
        kept = await self._doors.photos.fetch(photo, account, is_last_try=is_last_try)
        if kept is None:
            await self._remember(callback, account, self._unread("photo", account.locale))
            return
        told = Told(
            kind="photos",
            payload={"attachments": [kept], "files": [photo.media_id]},
            shown_as="image",
            content={"photos": [kept]},
        )
        await self._remember(callback, account, told)

    def _told(self, content: Content, locale: str) -> Told:
        match content:
            case Place(lat=lat, lon=lon, label=label):
                where = {"lat": lat, "lon": lon, "label": storable(label)}
                return Told(
                    kind="location",
                    payload={"location": where},
                    text=storable(label),
                    shown_as="location",
                    # As the platform draws its maps; others count from WGS-84.
                    content={"location": where | {"datum": "GCJ-02"}},
                )
            case Voice():
                return self._unread("voice", locale)
            case Unread(what=what):
                return self._unread(what, locale)
        return self._unread("other", locale)

    def _unread(self, what: str, locale: str) -> Told:
        label = self._doors.texts.render(f"came_{what}", {}, locale)
        return Told(kind="unread", payload={"what": what}, text=label)

    async def _remember(self, callback: Callback, account: Account, told: Told) -> None:
        now = self._doors.clock.now()
        arrival = told.arrival(
            account, channel=CHANNEL, ours=self._app_id, key=callback.key, at=now
        )
        await self._doors.intake.remember(arrival)
        self._doors.wake(account.conversation_id)

    def _address(self, openid: str) -> Address:
        return Address(channel=CHANNEL, account=self._app_id, external_id=openid)


def _was_chosen(content: Content) -> bool:
    """An entry of a menu message counts as a click, though it comes as words."""
    return isinstance(content, Words) and bool(content.menu)
