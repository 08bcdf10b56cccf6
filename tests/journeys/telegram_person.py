"""A person who writes, presses and reads in Telegram, and keeps the page for looking things up.

They come by a link code of the page, so that both are one person. Of what the page's transcript
says, only what stands in the app counts as heard: the words and the buttons are those of the app.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from tests.journeys.person import API, PATIENCE, Message, Person, opens_page, photo_ids
from tests.journeys.telegram_app import TelegramApp
from tests.journeys.words import bare, contains, says, word
from tests.simulators.telegram import Person as AppUser
from tests.simulators.telegram import Seen, TelegramSimulator

Made = TypeVar("Made")

_LANGUAGES = {"zh-CN": "zh-hans", "zh-HK": "zh-hant", "en": "en"}


@dataclass
class TelegramPerson(Person):
    app: TelegramApp = field(kw_only=True)
    number: int = field(kw_only=True)  #: of their chat
    _last: int = 0  #: of the page's transcript, as far as it was read
    _standing: dict[str, int] = field(default_factory=dict)  #: where a message stands in the app

    @classmethod
    async def arrives(
        cls, url: str, app: TelegramApp, *, locale: str = "zh-CN", join: str = ""
    ) -> "TelegramPerson":
        http, session = await opens_page(url, locale=locale, join=join)
        person = cls(http, session, app=app, number=next(app.numbers))
        async with http.post(f"{API}/link-code", json={}) as answer:
            code = (await answer.json())["code"]
        await app.does(lambda sim: sim.user(person.number, "甲", language_code=_LANGUAGES[locale]))
        await person._does(lambda user: user.starts())
        greeted = says("welcome", locale)
        await app.until(lambda sim: any(map(greeted, sim.user(person.number).texts)))
        await person._does(lambda user: user.starts(code))
        await person.hears_text("link_done")
        person.messages = [each for each in person.messages if greeted(each["text"])]
        person._read = 0
        return person

    async def says(self, text: str) -> str:
        await self._does(lambda user: user.writes(text))
        return str((await self._own(lambda each: each["text"] == text, text))["id"])

    async def taps(self, button: Mapping[str, Any], *, on: Message) -> None:
        message = self._standing[str(on["id"])]
        await self._does(lambda user: user.presses(str(button["label"]), on=message))

    async def shows(self, raw: bytes) -> str:
        await self._does(lambda user: user.sends_photo(raw))
        return photo_ids(await self._own(lambda each: bool(each["photos"]), "the photo"))[0]

    async def listens(self, *, wait: int = 0) -> list[Message]:
        news = await self._page_news(wait)
        seen = await self._does(lambda user: user.seen())
        heard = [each for each in news if each["direction"] == "in" or self._stands(each, seen)]
        self.messages += heard
        return heard

    def _stands(self, message: Message, seen: list[Seen]) -> bool:
        """Whether the app shows it as well; each message there is one message here."""
        taken = set(self._standing.values())
        words = bare(str(message["text"]))
        for each in seen:
            if each.message_id not in taken and words in bare(each.text):
                self._standing[str(message["id"])] = each.message_id
                return True
        return False

    async def _page_news(self, wait: int) -> list[Message]:
        address = f"{API}/messages?after={self._last}&wait={wait}"
        async with self.http.get(address) as answer:
            assert answer.status == 200, await answer.text()
            news: list[Message] = (await answer.json())["messages"]
        if news:
            self._last = news[-1]["seq"]
        return news

    async def _own(self, fits: Callable[[Message], bool], what: str) -> Message:
        """What they have just sent, as it stands in the transcript."""
        known = len(self.messages)
        async with asyncio.timeout(PATIENCE):
            while True:
                own = (each for each in self.messages[known:] if each["direction"] == "in")
                found = next((each for each in own if fits(each)), None)
                if found is not None:
                    return found
                await self.listens(wait=1)
        raise AssertionError(f"never taken: {what}")

    async def _does(self, act: Callable[[AppUser], Made]) -> Made:
        return await self.app.does(lambda sim: act(sim.user(self.number)))


@dataclass(frozen=True)
class TelegramChat:
    """Somebody who has nothing but the app."""

    app: TelegramApp
    number: int

    @classmethod
    async def opens(cls, app: TelegramApp, name: str) -> "TelegramChat":
        number = next(app.numbers)
        await app.does(lambda sim: sim.user(number, name, language_code="zh-hans"))
        return cls(app, number)

    async def starts(self, payload: str) -> None:
        await self._does(lambda user: user.starts(payload))

    async def says(self, text: str) -> None:
        await self._does(lambda user: user.writes(text))

    async def shows(self, raw: bytes) -> None:
        await self._does(lambda user: user.sends_photo(raw))

    async def presses(self, key: str, **params: str) -> None:
        """The newest button of that text, once there is one."""
        label = word(key, **params)

        def press(sim: TelegramSimulator) -> str:
            user = sim.user(self.number)
            is_there = any(label in seen.labels for seen in user.seen())
            return user.presses(label) if is_there else ""

        async with asyncio.timeout(PATIENCE):
            await self.app.until(press)

    async def reads(self, key: str, **params: str) -> None:
        """Wait for a message that says that, among whatever else stands in it."""
        await self._finds(contains(key, **params))

    async def reads_of(self, number: str) -> None:
        """Wait for a message about that ticket."""
        await self._finds(lambda text: number in bare(text))

    async def _finds(self, fits: Callable[[str], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            await self.app.until(lambda sim: any(map(fits, sim.user(self.number).texts)))

    async def everything(self) -> list[str]:
        return await self._does(lambda user: list(user.texts))

    async def _does(self, act: Callable[[AppUser], Made]) -> Made:
        return await self.app.does(lambda sim: act(sim.user(self.number)))
