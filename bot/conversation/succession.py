"""`Succession`: the Rasa that is asked now, and its taking over by one with another model.

The new one is started beside the old. Once it answers, every further text goes to it; what the old
one was asked before is waited for, then it is ended. Two of them live at the same time for that
long and no longer. One that does not come up is ended, the pointer is set back, and nothing else
has happened.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from actions.application.turn_ticket import TurnTicket
from bot.conversation.child import reap
from bot.conversation.current_model import ModelFolder
from bot.conversation.rasa_client import DEADLINE, RasaConversation
from bot.conversation.rasa_process import RasaPlan, RasaProcess, free_port
from bot.ports import UnderstandingAway

log = logging.getLogger(__name__)

#: Seconds between looks at the pointer.
LOOK = 2.0
#: Seconds the old one may take for what it was asked: no text waits longer for its answer.
DRAIN = DEADLINE + 1.0
#: Whose turn it is to be called so; a process left behind is found by either name.
PID_FILES = ("rasa.pid", "rasa-next.pid")

Reach = Callable[[str], RasaConversation]
Start = Callable[[RasaPlan, RasaConversation], RasaProcess]


class Noted(Protocol):
    """Where it is counted; the metrics fit."""

    def model_changed(self, outcome: str) -> None: ...


@dataclass
class _Reign:
    """One Rasa from its start to its end; `asked` counts the texts it has not answered yet."""

    plan: RasaPlan
    conversation: RasaConversation
    process: RasaProcess
    task: "asyncio.Task[None]"
    asked: int = 0
    idle: asyncio.Event = field(default_factory=asyncio.Event)

    async def comes_up(self) -> bool:
        up = asyncio.create_task(self.process.comes_up())
        try:
            await asyncio.wait({up, self.task}, return_when=asyncio.FIRST_COMPLETED)
            return up.done() and up.result()
        finally:
            up.cancel()

    async def answer(self) -> None:
        """Wait for what it was asked."""
        self.idle.clear()
        if self.asked:
            with suppress(TimeoutError):
                await asyncio.wait_for(self.idle.wait(), DRAIN)

    async def end(self) -> None:
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)


class Succession:
    """A `Conversation`: whoever speaks to it need not know which Rasa answers."""

    def __init__(
        self, plan: RasaPlan, reach: Reach, start: Start, noted: Noted, *, look: float = LOOK
    ) -> None:
        """`reach` makes a client for an address, `start` what keeps a process alive."""
        self._reach = reach
        self._start = start
        self._noted = noted
        self._look = look
        self._models = ModelFolder(plan.model.parent)
        self._first = plan
        self._living: list[_Reign] = []  #: two while one takes over, the one that serves first
        self._refused: Path | None = None

    @property
    def model(self) -> Path:
        """The model of the Rasa that is asked now."""
        return self._living[0].plan.model if self._living else self._first.model

    async def say(self, sender_key: str, text: str, ticket: TurnTicket) -> None:
        if not self._living:
            raise UnderstandingAway
        asked = self._living[0]
        asked.asked += 1
        try:
            await asked.conversation.say(sender_key, text, ticket)
        finally:
            asked.asked -= 1
            if not asked.asked:
                asked.idle.set()

    async def is_ready(self) -> bool:
        return bool(self._living) and await self._living[0].conversation.is_ready()

    async def run(self) -> None:
        """Serve, and follow the pointer, until cancelled."""
        for name in PID_FILES:
            await asyncio.to_thread(reap, self._first.folder / name, "nlu.serve")
        serving = self._begin(self._first)
        try:
            while not serving.task.done():
                await asyncio.wait({serving.task}, timeout=self._look)
                model = await self._news()
                if model is not None:
                    await self._hand_over_to(model)
                serving = self._living[0]
            serving.task.result()
        finally:
            await asyncio.gather(*(each.end() for each in self._living))
            self._living.clear()

    async def _news(self) -> Path | None:
        """Another model than the one that serves, unless it has just been refused."""
        wanted = await asyncio.to_thread(self._models.current)
        if wanted != self._refused:
            self._refused = None
        return None if wanted in (self.model, self._refused) else wanted

    async def _hand_over_to(self, model: Path) -> None:
        log.warning("starting a model", extra={"action": "model_starting", "model": model.name})
        old, new = self._living[0], self._begin(self._plan_for(model), on_trial=True)
        if not await new.comes_up():
            await self._end(new)
            await self._refuse(model)
            return
        self._living.reverse()
        self._noted.model_changed("taken_over")
        log.warning("another model serves", extra={"action": "model_serves", "model": model.name})
        await old.answer()
        await self._end(old)

    async def _refuse(self, model: Path) -> None:
        """The old one stays, on the disk too: the next start shall not stumble over the same."""
        self._refused = model
        self._noted.model_changed("refused")
        log.error(
            "a model does not come up; the one before it goes on",
            extra={"action": "model_refused", "model": model.name, "stays": self.model.name},
        )
        try:
            if self._models.current() == model:
                await asyncio.to_thread(self._models.make_current, self.model)
        except (OSError, ValueError):
            log.exception("cannot set the pointer back", extra={"action": "pointer_stays"})

    def _plan_for(self, model: Path) -> RasaPlan:
        serving = self._living[0].plan
        other = next(name for name in PID_FILES if name != serving.pid_file)
        return replace(serving, model=model, port=free_port(), pid_file=other)

    def _begin(self, plan: RasaPlan, *, on_trial: bool = False) -> _Reign:
        conversation = self._reach(plan.url)
        process = self._start(plan, conversation)
        task = asyncio.create_task(process.run(on_trial=on_trial), name=f"rasa {plan.model.name}")
        reign = _Reign(plan, conversation, process, task)
        self._living.append(reign)
        return reign

    async def _end(self, reign: _Reign) -> None:
        await reign.end()
        self._living.remove(reign)
