"""`Player`: one person of a story, who says their lines slowly and answers what they are asked."""

import asyncio
import time
from collections.abc import Callable
from typing import Final

from bot.cli.heard import Heard
from bot.cli.visitor import Message, Visitor
from bot.launcher.welcome import say

#: Seconds a player waits for what has to come next.
PATIENCE: Final = 60.0
#: What a resident taps on the way to the number, whatever else is offered.
ON_THE_WAY: Final = (
    "button_submit",
    "button_submit_all",
    "button_another_matter",
    "button_nobody_trapped",
)
#: What is tapped when nothing else fits: none of the matters told before.
AT_LAST: Final = "button_none_of_these"
MOST_QUESTIONS: Final = 8


class Stuck(Exception):
    """The story cannot go on; the message says who waited for what."""


class Player:
    def __init__(self, name: str, visitor: Visitor, heard: Heard, pace: float) -> None:
        self.name = name
        self._visitor = visitor
        self._heard = heard
        self._pace = pace
        self._next = 0  #: place of the first message nobody waited for yet
        self._chapter = 0  #: place of the first message of this story
        self._used: set[str] = set()  #: messages whose buttons are spent, as on the page

    def begins(self) -> None:
        """What was offered in an earlier story is of no interest any more."""
        self._chapter = self._next = len(self._visitor.messages)

    # -- saying ------------------------------------------------------------------------------

    async def says(self, text: str) -> None:
        await self._breathe(text)
        await self._visitor.send({"text": text})
        say(f"  {self.name}: {text}")

    async def shows(self, photo: bytes) -> None:
        await self._breathe("")
        await self._visitor.send({"attachments": [await self._visitor.upload(photo)]})
        say(f"  {self.name}: 〔照片〕")

    async def taps(self, key: str) -> None:
        """Press the newest button of that name, once somebody offers it."""
        label = self._heard.word(key)
        offer = await self._until(lambda each: self._offers(each, label), label, again=True)
        await self._tap(offer, label)

    def _offers(self, message: Message, label: str) -> bool:
        return label in _actions(message) and message["id"] not in self._used

    async def _tap(self, offer: Message, label: str) -> None:
        self._used.add(offer["id"])
        await self._breathe(label)
        await self._visitor.send({"action": _actions(offer)[label]})
        say(f"  {self.name}: [{label}]")

    async def _breathe(self, text: str) -> None:
        """As long as one reads what came and writes the answer."""
        await asyncio.sleep(self._pace * (1 + len(text) / 40))

    # -- hearing -----------------------------------------------------------------------------

    async def hears(self, key: str) -> Message:
        """Wait for that text, newer than the last one waited for."""
        return await self._until(lambda each: self._heard.key(each["text"]) == key, key)

    async def _until(
        self, fits: Callable[[Message], bool], what: str, *, again: bool = False
    ) -> Message:
        """`again` looks at what was waited for before, too."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            seen = self._visitor.messages
            start = self._chapter if again else self._next
            for place in reversed(range(start, len(seen))):
                if seen[place]["direction"] == "out" and fits(seen[place]):
                    self._next = max(self._next, place + 1)
                    return seen[place]
            for each in await self._visitor.listen(wait=5):
                self._tell(each)
        raise Stuck(
            f"{self.name} waited for “{what}” in vain. If somebody else got the matter, "
            "they have it on their list: on duty before off duty, nearest first."
        )

    def _tell(self, message: Message) -> None:
        if message["direction"] == "in":
            return
        card = message["card"]
        parts = [message["text"].replace("**", ""), f"〔{card['title']}〕" if card else ""]
        parts += [f"[{label}]" for label in _actions(message)]
        said = " ".join(part for part in parts if part).replace("\n", "\n    ")
        say(f"    邻里 → {self.name}: {said}")

    # -- filing ------------------------------------------------------------------------------

    async def files(self, text: str, *, place: str, kind: str) -> str:
        """Tell a matter and answer what is asked about it; its number.

        Args:
            text: the matter in one message.
            place: what is said when the place is asked for.
            kind: what is tapped when the kind is asked for: the beginning of its label.
        """
        await self.says(text)
        for _ in range(MOST_QUESTIONS):
            asked = await self._until(lambda each: each["seq"] > 0, "an answer")
            if asked["ticket"]:
                return str(asked["ticket"]["number"])
            await self._answer(asked, place, kind)
        raise Stuck(f"{self.name} was asked too much about “{text}”.")

    async def _answer(self, asked: Message, place: str, kind: str) -> None:
        offered = _actions(asked)
        wanted = [self._heard.word(key) for key in ON_THE_WAY]
        wanted += [label for label in offered if label.startswith((kind, place))]
        wanted.append(self._heard.word(AT_LAST))
        label = next((each for each in wanted if each in offered), "")
        if label:
            await self._tap(asked, label)
        elif self._heard.key(asked["text"]) in ("ask_place", "ask_which_place"):
            await self.says(place)


def _actions(message: Message) -> dict[str, str]:
    return {button["label"]: button["action"] for button in message["buttons"]}
