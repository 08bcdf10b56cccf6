"""Residents who write at a steady pace whatever happens, and how long each waits to hear it is kept."""

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from uuid import UUID

from aiohttp import ClientError, ClientSession, ClientTimeout, CookieJar

API = "/chat/api"
#: Seconds a page waits for an answer, and before it sends again, as outbox.js does at first.
PATIENT, AGAIN = 6.0, 0.2


@dataclass
class Waits:
    """Seconds from the first try to the 202, by the name of what was wrong then."""

    kept: dict[str, list[float]] = field(default_factory=dict)
    refused: Counter[str] = field(default_factory=Counter)

    def of(self, phase: str, share: float) -> float:
        found = sorted(self.kept.get(phase, [float("inf")]))
        return found[min(int(len(found) * share), len(found) - 1)]


class Steady:
    """One resident. Writes are begun on time, though earlier ones are not yet kept."""

    def __init__(self, doors: list[str], waits: Waits, seed: str) -> None:
        self._doors = doors
        self._waits = waits
        self._random = Random(seed)
        self._under_way: set[asyncio.Task[None]] = set()
        self.said: list[str] = []
        self.phase = ""

    async def open(self) -> None:
        self._http = ClientSession(
            cookie_jar=CookieJar(unsafe=True), timeout=ClientTimeout(total=PATIENT)
        )
        async with self._http.post(f"{self._doors[0]}{API}/session", json={}) as answer:
            assert answer.status in (200, 201), await answer.text()

    async def close(self) -> None:
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)
        await self._http.close()

    async def write(self, every: float) -> None:
        """Until cancelled."""
        await asyncio.sleep(self._random.uniform(0, every))
        while True:
            task = asyncio.create_task(self._insist(f"您好 {len(self.said)}", self.phase))
            self.said.append(f"您好 {len(self.said)}")
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)
            await asyncio.sleep(every)

    async def finish(self) -> None:
        """Everything said is kept."""
        await asyncio.gather(*self._under_way)

    async def _insist(self, text: str, phase: str) -> None:
        number = str(UUID(int=self._random.getrandbits(128), version=4))
        began = time.monotonic()
        while not await self._post(text, number):
            self._waits.refused[phase] += 1
            await asyncio.sleep(AGAIN)
        self._waits.kept.setdefault(phase, []).append(time.monotonic() - began)

    async def _post(self, text: str, number: str) -> bool:
        url = f"{self._random.choice(self._doors)}{API}/messages"
        try:
            async with self._http.post(url, json={"client_msg_id": number, "text": text}) as answer:
                assert answer.status in (202, 429, 503), await answer.text()
                return answer.status == 202
        except (ClientError, TimeoutError):
            return False

    async def transcript(self) -> list[dict[str, object]]:
        lines: list[dict[str, object]] = []
        while True:
            after = lines[-1]["seq"] if lines else 0
            url = f"{self._doors[0]}{API}/messages?after={after}&limit=200"
            async with self._http.get(url) as answer:
                more = (await answer.json())["messages"]
            if not more:
                return lines
            lines += more

    async def judge(self) -> list[str]:
        """What is lost or doubled of what was kept, and what nobody answered."""
        lines = await self.transcript()
        mine = Counter(str(line["text"]) for line in lines if line["direction"] == "in")
        answered = {line["in_reply_to"] for line in lines if line["direction"] == "out"}
        wrong = [f"{text}: {mine[text]} times" for text in self.said if mine[text] != 1]
        wrong += [
            f"{line['text']}: not answered"
            for line in lines
            if line["direction"] == "in" and line["id"] not in answered
        ]
        return wrong
