"""Posts updates to the webhook: one under way for each queue, again until a 2xx is heard."""

import asyncio
import json
from collections.abc import Callable

import aiohttp

from tests.simulators.telegram.state import State, Webhook
from tests.simulators.telegram.updates import Pending

HEADER = "X-Telegram-Bot-Api-Secret-Token"
LONGEST_RETRY_AFTER = 3600.0
ANSWER_WITHIN = 60.0


def doubling(first: float, most: float) -> Callable[[int], float]:
    """At once after the first failure, then twice as long each time."""
    return lambda failures: 0.0 if failures <= 1 else min(most, first * 2 ** (failures - 2))


class Posting:
    """Runs while the simulator does; idle without a webhook."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._session: aiohttp.ClientSession | None = None
        self._posts: dict[int, asyncio.Task[None]] = {}
        self.held: set[int] = set()
        #: Seconds to wait after that many failures in a row; short, so that tests are.
        self.delay: Callable[[int], float] = doubling(0.02, 0.2)
        self._failures: dict[int, int] = {}
        self._not_before: dict[int, float] = {}
        #: Every answer the webhook gave: update id and status, 0 for none.
        self.answers: list[tuple[int, int]] = []

    async def run(self) -> None:
        timeout = aiohttp.ClientTimeout(total=ANSWER_WITHIN)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            self._session = session
            try:
                while True:
                    news = self._state.updates.news()
                    wait = self._start_posts()
                    await asyncio.wait({news}, timeout=wait)
            finally:
                await self._stop_posts()

    def hold(self, queue: int) -> None:
        """Keep a queue back, so that others overtake it."""
        self.held.add(queue)

    def release(self, queue: int) -> None:
        self.held.discard(queue)
        self._state.updates.wake()

    def _start_posts(self) -> float | None:
        """Start what may start; seconds until something else may, None for at the next news."""
        webhook = self._state.webhook
        if not webhook.url:
            return None
        self._state.updates.expire()
        now = asyncio.get_running_loop().time()
        wait: float | None = None
        for update in self._firsts():
            if len(self._posts) >= webhook.max_connections:
                break
            missing = self._not_before.get(update.queue, 0.0) - now
            if missing > 0:
                wait = missing if wait is None else min(wait, missing)
                continue
            self._posts[update.queue] = asyncio.create_task(self._deliver(webhook, update))
        return wait

    def _firsts(self) -> list[Pending]:
        firsts: dict[int, Pending] = {}
        for update in self._state.updates.pending:
            firsts.setdefault(update.queue, update)
        return [
            update
            for queue, update in firsts.items()
            if queue not in self._posts and queue not in self.held
        ]

    async def _deliver(self, webhook: Webhook, update: Pending) -> None:
        try:
            status, retry_after, why = await self._post(webhook, update)
            self.answers.append((update.id, status))
            if 200 <= status <= 299:
                self._state.updates.remove(update)
                self._failures.pop(update.queue, None)
                self._not_before.pop(update.queue, None)
            else:
                self._put_off(webhook, update, retry_after, why)
        finally:
            del self._posts[update.queue]
            self._state.updates.wake()
            self._state.changed()

    def _put_off(self, webhook: Webhook, update: Pending, retry_after: float, why: str) -> None:
        failures = self._failures[update.queue] = self._failures.get(update.queue, 0) + 1
        wait = min(retry_after, LONGEST_RETRY_AFTER) or self.delay(failures)
        self._not_before[update.queue] = asyncio.get_running_loop().time() + wait
        webhook.last_error_at = self._state.date()
        webhook.last_error = why

    async def _post(self, webhook: Webhook, update: Pending) -> tuple[int, float, str]:
        headers = {"Content-Type": "application/json"}
        if webhook.secret:
            headers[HEADER] = webhook.secret
        body = json.dumps(update.body, ensure_ascii=False).encode()
        if self._session is None:
            return 0, 0.0, "Connection timed out"
        try:
            async with self._session.post(
                webhook.url, data=body, headers=headers, allow_redirects=False
            ) as answer:
                await answer.read()
                said = f"Wrong response from the webhook: {answer.status} {answer.reason}"
                return answer.status, _seconds(answer.headers.get("Retry-After", "")), said
        except (aiohttp.ClientError, TimeoutError) as error:
            return 0, 0.0, f"Connection failed: {type(error).__name__}"

    async def _stop_posts(self) -> None:
        posts = list(self._posts.values())
        for post in posts:
            post.cancel()
        await asyncio.gather(*posts, return_exceptions=True)


def _seconds(header: str) -> float:
    return float(header) if header.isdigit() else 0.0
