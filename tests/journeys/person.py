"""Somebody with a phone: the public web-chat API, and how one waits for an answer."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from uuid import uuid4

from aiohttp import ClientSession, CookieJar, FormData

from tests.journeys.words import says, word

API = "/chat/api"
PATIENCE = 15.0

Message = Mapping[str, Any]


@dataclass
class Person:
    """One browser's worth of cookies, and everything it was shown so far."""

    http: ClientSession
    session: dict[str, Any] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    _read: int = 0  #: messages before this one have been spoken about
    _used: set[str] = field(default_factory=set)  #: messages whose buttons are spent

    @classmethod
    async def arrives(cls, url: str, *, locale: str = "zh-CN", join: str = "") -> "Person":
        person = cls(ClientSession(url, cookie_jar=CookieJar(unsafe=True)))
        body = {"locale": locale, **({"join": join} if join else {})}
        async with person.http.post(f"{API}/session", json=body) as answer:
            assert answer.status == 201, await answer.text()
            person.session = await answer.json()
        return person

    async def leaves(self) -> None:
        """Erased by their own wish; nobody gives them work any more."""
        async with self.http.delete(f"{API}/me") as answer:
            token = (await answer.json()).get("confirm_token")
        if token:
            await self.http.delete(f"{API}/me", json={"confirm_token": token})
        await self.http.close()

    # -- saying ------------------------------------------------------------------------------

    async def says(self, text: str, *, client_msg_id: str = "") -> str:
        return await self.sends({"text": text}, client_msg_id=client_msg_id)

    async def sends(self, what: Message, *, client_msg_id: str = "") -> str:
        body = {"client_msg_id": client_msg_id or str(uuid4()), **what}
        async with self.http.post(f"{API}/messages", json=body) as answer:
            found = await answer.json()
            assert answer.status == 202, found
        return str(found["message_id"])

    async def presses(self, key: str, *, on: Message | None = None, **params: str) -> Message:
        """Press the newest button of that text, waiting until somebody offers it."""
        label = word(key, self.locale, **params)
        offer = on or await self.hears(
            lambda each: label in labels(each) and each["id"] not in self._used,
            what=f"a button {label}",
            again=True,
        )
        self._used.add(offer["id"])
        buttons = {button["label"]: button["action"] for button in offer["buttons"]}
        await self.sends({"action": buttons[label]})
        return offer

    async def shows(self, raw: bytes) -> str:
        """Send a photo; its attachment id."""
        attachment = await self.uploads(raw)
        await self.sends({"attachments": [attachment]})
        return attachment

    async def uploads(self, raw: bytes) -> str:
        form = FormData()
        form.add_field("file", BytesIO(raw), filename="photo.jpg", content_type="image/jpeg")
        async with self.http.post(f"{API}/attachments", data=form) as answer:
            assert answer.status == 201, await answer.text()
            return str((await answer.json())["attachment_id"])

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

    async def listens(self, *, wait: int = 0) -> list[Message]:
        """Everything new since the last look."""
        after = self.messages[-1]["seq"] if self.messages else 0
        async with self.http.get(f"{API}/messages?after={after}&wait={wait}") as answer:
            assert answer.status == 200, await answer.text()
            news: list[Message] = (await answer.json())["messages"]
        self.messages += news
        return news

    async def answered(self, message_id: str) -> list[Message]:
        """Wait until the message has an answer; all answers so far."""

        def is_answer(each: Message) -> bool:
            return each["in_reply_to"] == message_id

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


def _order(start: int, end: int, *, newest_first: bool) -> range:
    return range(end - 1, start - 1, -1) if newest_first else range(start, end)


def labels(message: Message) -> list[str]:
    return [button["label"] for button in message["buttons"]]


def photo_ids(message: Message) -> list[str]:
    return [url.rpartition("/")[2] for url in message["photos"]]
