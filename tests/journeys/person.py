"""Somebody with a phone: what they say, hear and look at, whichever app they hold in their hand."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientSession, CookieJar

from tests.journeys.words import says, word

API = "/chat/api"
PATIENCE = 15.0

Message = Mapping[str, Any]


@dataclass
class Person(ABC):
    """What a journey asks of anybody. Lists and records are looked at on the page in any case."""

    http: ClientSession
    session: dict[str, Any] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    _read: int = 0  #: messages before this one have been spoken about
    _used: set[str] = field(default_factory=set)  #: messages whose buttons are spent

    async def leaves(self) -> None:
        """Erased by their own wish; nobody gives them work any more."""
        async with self.http.delete(f"{API}/me") as answer:
            token = (await answer.json()).get("confirm_token")
        if token:
            await self.http.delete(f"{API}/me", json={"confirm_token": token})
        await self.http.close()

    # -- saying ------------------------------------------------------------------------------

    @abstractmethod
    async def says(self, text: str) -> str:
        """Write it; the number under which it stands in the transcript."""

    @abstractmethod
    async def taps(self, button: Mapping[str, Any], *, on: Message) -> None:
        """Press that button of a message."""

    @abstractmethod
    async def shows(self, raw: bytes) -> str:
        """Send a photo; its attachment id."""

    async def presses(self, key: str, *, on: Message | None = None, **params: str) -> Message:
        """Press the newest button of that text, waiting until somebody offers it."""
        label = word(key, self.locale, **params)
        offer = on or await self.hears(
            lambda each: label in labels(each) and each["id"] not in self._used,
            what=f"a button {label}",
            again=True,
        )
        self._used.add(offer["id"])
        button = next(each for each in offer["buttons"] if each["label"] == label)
        await self.taps(button, on=offer)
        return offer

    # -- hearing -----------------------------------------------------------------------------

    @property
    def locale(self) -> str:
        return str(self.session["locale"])

    async def hears_text(self, key: str, **params: str) -> Message:
        """Wait for a message of that text; what is not given may be anything."""
        fits = says(key, self.locale, **params)
        return await self.hears(lambda each: fits(each["text"]), what=key)

    async def hears_number(self) -> str:
        """Wait for the answer to a filing: whatever it says, it carries the ticket."""
        filed = await self.hears(lambda each: bool(each["ticket"]), what="a number")
        return str(filed["ticket"]["number"])

    async def hears(
        self, fits: Callable[[Message], bool], *, what: str, again: bool = False
    ) -> Message:
        """Wait for a fitting message of the bot, newer than the last one found; or any, the newest.

        `again` looks at what was spoken about before, too.
        """
        start = 0 if again else self._read
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    for place in _order(start, len(self.messages), newest_first=again):
                        message = self.messages[place]
                        if message["direction"] == "out" and fits(message):
                            self._read = max(self._read, place + 1)
                            return message
                    await self.listens(wait=5)
        except TimeoutError:
            said = "\n".join(f"  {each['text']} {labels(each)}" for each in self.messages[-8:])
            raise AssertionError(f"never heard: {what}; but\n{said}") from None

    @abstractmethod
    async def listens(self, *, wait: int = 0) -> list[Message]:
        """Everything new since the last look."""

    async def answered(self, message_id: str) -> list[Message]:
        """Wait until the message has an answer; all answers so far."""

        def is_answer(each: Message) -> bool:
            return bool(each["in_reply_to"] == message_id)

        await self.hears(is_answer, what=f"an answer to {message_id}", again=True)
        await self.listens()
        return [each for each in self.messages if is_answer(each)]

    # -- looking -----------------------------------------------------------------------------

    async def gets(self, path: str) -> Any:
        async with self.http.get(API + path) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def fetches(self, address: str) -> bytes:
        async with self.http.get(address) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.read()

    async def is_refused(self, path: str) -> int:
        async with self.http.get(API + path) as answer:
            return answer.status

    async def matters(self) -> list[Message]:
        found: list[Message] = (await self.gets("/tickets"))["tickets"]
        return found

    async def todo(self) -> list[tuple[str, str]]:
        """Number and status of everything on the worker's list."""
        items = (await self.gets("/todo"))["items"]
        return [(each["number"], each["status"]) for each in items]

    def texts(self) -> list[str]:
        return [each["text"] for each in self.messages if each["direction"] == "out"]

    def questions(self) -> int:
        """How often the bot wanted something of them before it gave the first number.

        The greeting wants nothing, though it offers languages.
        """
        count = 0
        for each in self.messages[1:]:
            if each["direction"] == "in":
                continue
            if each["ticket"]:
                break
            count += bool(each["buttons"] or "？" in each["text"] or "?" in each["text"])
        return count


async def opens_page(
    url: str, *, locale: str = "zh-CN", join: str = ""
) -> tuple[ClientSession, Any]:
    """A browser with a session of its own."""
    http = ClientSession(url, cookie_jar=CookieJar(unsafe=True))
    body = {"locale": locale, **({"join": join} if join else {})}
    async with http.post(f"{API}/session", json=body) as answer:
        assert answer.status == 201, await answer.text()
        return http, await answer.json()


def _order(start: int, end: int, *, newest_first: bool) -> range:
    return range(end - 1, start - 1, -1) if newest_first else range(start, end)


def labels(message: Message) -> list[str]:
    return [button["label"] for button in message["buttons"]]


def photo_ids(message: Message) -> list[str]:
    return [url.rpartition("/")[2] for url in message["photos"]]
