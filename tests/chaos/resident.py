"""A resident with a page: writes, presses, reads; sends again what got no answer, as the page does."""

import asyncio
from random import Random
from typing import Any
from uuid import UUID

from aiohttp import ClientError, ClientSession, ClientTimeout, CookieJar

from tests.chaos.ledger import Ledger, Line, Operation
from tests.chaos.stand_in import LEAVES, matter
from tests.chaos.words import said

API = "/chat/api"
SUBMIT = said("button_submit")
ANOTHER = said("button_another_matter")
BUILDINGS = ("44栋", "45栋", "46栋", "48栋", "50栋")
GREETINGS = ("您好", "早晨", "在吗", "Hello there", "谢谢您")
#: Seconds a page waits for an answer before it sends again.
PATIENT = 6.0
#: How often a client hangs up before it can have heard the answer; says the same again; leaves.
HANGS_UP = 0.12
REPEATS = 0.12
GIVES_UP = 0.01
#: Two things at once, as from two tabs.
AT_ONCE = 0.25
PAGE = 200
#: Seconds between two things one does.
PACE = (0.02, 0.6)

_UNHEARD = (ClientError, TimeoutError, OSError)


class Resident:
    def __init__(self, name: str, doors: list[str], ledger: Ledger, seed: str) -> None:
        self.name = name
        self._doors = doors
        self._ledger = ledger
        self._random = Random(f"{seed}/{name}")
        self._seen: dict[int, Line] = {}
        self._pressed: set[tuple[str, str]] = set()
        self._count = 0

    async def open(self, join: str = "") -> None:
        """Come in; a lost answer leaves behind a person nobody is, and that is all."""
        self._http = ClientSession(
            cookie_jar=CookieJar(unsafe=True), timeout=ClientTimeout(total=PATIENT)
        )
        body = {"locale": "zh-CN"} | ({"join": join} if join else {})
        while True:
            try:
                async with self._http.post(self._door() + "/session", json=body) as answer:
                    if answer.status == 201:
                        return
            except _UNHEARD:
                await asyncio.sleep(0.1)

    async def close(self) -> None:
        await self._http.close()

    async def live(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            if self._random.random() < AT_ONCE:
                await asyncio.gather(self._act(), self._act())
            else:
                await self._act()
            await asyncio.sleep(self._random.uniform(*PACE))

    async def _act(self) -> None:
        dice = self._random.random()
        if dice < 0.3:
            await self._send(*self._greeting())
        elif dice < 0.55:
            await self._send(*self._matter())
        else:
            await self._read()
            await self._press_something()

    def _greeting(self) -> tuple[dict[str, Any], str]:
        self._count += 1
        text = f"{self._random.choice(GREETINGS)} {self.name} {self._count}"
        return {"text": text}, text

    def _matter(self) -> tuple[dict[str, Any], str]:
        self._count += 1
        text = matter(self._count, self._random.choice(BUILDINGS), self._random.choice(LEAVES))
        return {"text": text}, text

    async def _press_something(self) -> None:
        for wanted in (SUBMIT, ANOTHER):
            for line in list(self._seen.values()):
                for button in line["buttons"]:
                    if button["label"] == wanted and (line["id"], wanted) not in self._pressed:
                        self._pressed.add((line["id"], wanted))
                        await self._press(button["action"], wanted, line["id"])
                        return

    async def _press(self, action: str, label: str, card: str) -> None:
        """Some press 提交 twice, each time as a message of its own."""
        is_submit = label == SUBMIT
        times = 2 if is_submit and self._random.random() < REPEATS else 1
        pressing = [
            self._send({"action": action}, label, card if is_submit else "") for _ in range(times)
        ]
        await asyncio.gather(*pressing)

    async def _send(self, body: dict[str, Any], text: str, card: str = "") -> None:
        number = UUID(int=self._random.getrandbits(128), version=4)
        operation = self._ledger.invoke(self.name, number, body, text, card)
        while not await self._post(operation):
            if self._random.random() < GIVES_UP:
                return
            await asyncio.sleep(self._random.uniform(0.02, 0.2))
        if self._random.random() < REPEATS:
            await self._post(operation)

    async def _post(self, operation: Operation) -> bool:
        """Whether it need not be sent again."""
        hangs_up = self._random.random() < HANGS_UP
        limit = self._random.uniform(0.001, 0.05) if hangs_up else PATIENT
        body = {"client_msg_id": operation.client_msg_id, **operation.body}
        operation.sent += 1
        try:
            async with self._http.post(
                self._door() + "/messages", json=body, timeout=ClientTimeout(total=limit)
            ) as answer:
                told = await answer.json()
        except _UNHEARD:
            return False
        if answer.status == 202:
            self._ledger.took(operation, told["message_id"], told["seq"])
            return True
        if answer.status >= 500:
            self._ledger.server_errors += 1
            return False
        operation.refused += 1
        if answer.status != 429:
            self._ledger.broken_promises.violations.append(f"{self.name}: {answer.status} {told}")
        return answer.status != 429

    async def _read(self) -> None:
        """What is new; a line once seen stays as it is."""
        after = max(self._seen, default=0)
        try:
            for line in await self._lines(after):
                self._seen[line["seq"]] = line
        except _UNHEARD:
            await asyncio.sleep(0.05)

    async def _lines(self, after: int) -> list[Line]:
        async with self._http.get(f"{self._door()}/messages?after={after}&limit={PAGE}") as answer:
            if answer.status != 200:
                raise ClientError(await answer.text())
            lines: list[Line] = (await answer.json())["messages"]
            return lines

    async def transcript(self) -> list[Line]:
        """All of it, from the beginning; what was seen before has to be there unchanged."""
        lines: list[Line] = []
        while more := await self._lines(lines[-1]["seq"] if lines else 0):
            lines += more
        now = {line["seq"]: (line["id"], line["text"]) for line in lines}
        for seq, line in self._seen.items():
            if now.get(seq) != (line["id"], line["text"]):
                self._ledger.broken_promises.violations.append(
                    f"{self.name}: line {seq} was {line['text']!r}, is {now.get(seq)}"
                )
        return lines

    def _door(self) -> str:
        return self._random.choice(self._doors) + API
