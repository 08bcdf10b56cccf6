"""The message bus: one command and the events it raises, in one transaction, then commit."""

import logging
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace

from actions.application.awaited import end_question, expect_nothing
from actions.application.commands.base import Command, Pressable
from actions.application.commands.following import ShowHelp, ShowMine, ShowTicket, SwitchLocale
from actions.application.commands.learning import AllowLearning
from actions.application.commands.linking import AskLinkCode, Joining
from actions.application.commands.working import ShowTodo
from actions.application.ports import OutboxSignal
from actions.application.routing import Routes
from actions.application.turn import Turn
from actions.application.unit_of_work import UnitOfWork
from actions.domain.errors import ChangedMeanwhile, CommunityError, RaceLost
from actions.domain.people import SYSTEM

log = logging.getLogger(__name__)

OpenUnitOfWork = Callable[[Turn], AbstractAsyncContextManager[UnitOfWork]]

#: Pressed in passing; what was being asked stands.
_BY_THE_WAY = (SwitchLocale, ShowMine, ShowHelp, ShowTicket, ShowTodo, AllowLearning, AskLinkCode)

#: How often a transaction is repeated when somebody else changed the same row first.
ATTEMPTS = 5


class MessageBus:
    """Runs commands. Built once, shared by every task; it keeps nothing between calls."""

    def __init__(self, open_uow: OpenUnitOfWork, routes: Routes, signal: OutboxSignal) -> None:
        self._open_uow = open_uow
        self._routes = routes
        self._signal = signal

    async def handle(self, command: Command, turn: Turn) -> bool:
        """Carry out the command once per (cause, step).

        Returns:
            False when it had already taken effect.

        Raises:
            StaleLease: the conversation belongs to another process now.
            CommunityError: the command cannot be carried out and there is nobody to tell.
        """
        try:
            return await self._repeatedly(command, turn)
        except CommunityError as error:
            if turn.conversation_id is None:
                raise
            return await self.refuse(error, turn, command)

    async def _repeatedly(self, command: Command, turn: Turn) -> bool:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return await self._once(command, turn)
            except RaceLost:
                if attempt == ATTEMPTS:
                    raise
                log.info("repeating a lost race", extra={"action": "race_lost"})
        return False

    async def _once(self, command: Command, turn: Turn) -> bool:
        async with self._open_uow(turn) as uow:
            if isinstance(command, Joining):
                await uow.linking.hold(command.code_hash, uow.turn.conversation_id)
            if not await _begin(uow, type(command).__name__):
                return False
            await _as_they_are_now(uow)
            await _as_it_was_seen(uow)
            if isinstance(command, Pressable) and not isinstance(command, _BY_THE_WAY):
                # A button ends what was being asked; its handler may ask anew.
                await _end_what_was_asked(uow)
            await self._routes.command(command)(command, uow)
            await self._follow_up(uow)
            await _finish(uow, type(command).__name__)
        self._signal.notify(uow.outbox.channels)
        return True

    async def _follow_up(self, uow: UnitOfWork) -> None:
        while uow.events:
            event = uow.events.pop(0)
            for subscriber in self._routes.event(event):
                await subscriber(event, uow)

    async def refuse(
        self, error: CommunityError, turn: Turn, command: Command | None = None
    ) -> bool:
        """Tell the person why not, as the whole effect of the turn.

        What the bot had asked for is over: the answer would be refused each time. A button that
        has had its day says nothing about a danger that is being told.
        """
        async with self._open_uow(turn) as uow:
            if not await _begin(uow, type(error).__name__):
                return False
            answered = command is not None and not isinstance(command, Pressable)
            if answered or not await _is_about_danger(uow):
                await end_question(uow)
            await uow.reply(error.key, params=error.params)
            await _finish(uow, f"refused:{error.key}")
        self._signal.notify(uow.outbox.channels)
        return True


async def _end_what_was_asked(uow: UnitOfWork) -> None:
    """A danger stays what the next words are about, whatever is pressed in between."""
    if not await _is_about_danger(uow):
        await expect_nothing(uow)


async def _is_about_danger(uow: UnitOfWork) -> bool:
    if uow.turn.conversation_id is None:
        return False
    awaiting = (await uow.conversations.get(uow.turn.conversation_id)).awaiting
    return (awaiting or {}).get("for") in ("emergency", "danger")


async def _begin(uow: UnitOfWork, name: str) -> bool:
    """Hold the conversation and claim the effect key."""
    turn = uow.turn
    if turn.conversation_id is not None and turn.lease_token is not None:
        await uow.conversations.fence(turn.conversation_id, turn.lease_token)
    return await uow.effects.claim(turn.cause, turn.step, name)


async def _as_they_are_now(uow: UnitOfWork) -> None:
    """A role taken back since the message came in is not there any more."""
    if uow.turn.actor != SYSTEM:
        actor = await uow.people.actor(uow.turn.actor.person_id)
        uow.turn = replace(uow.turn, actor=actor)


async def _as_it_was_seen(uow: UnitOfWork) -> None:
    """At a desk nobody works on from what is out of date.

    Raises:
        ChangedMeanwhile: somebody else appended to the ticket since it was looked at.
    """
    desk = uow.turn.desk
    if desk is None:
        return
    desk.clear()
    if (await uow.tickets.get(desk.ticket_id)).version != desk.version:
        raise ChangedMeanwhile


async def _finish(uow: UnitOfWork, outcome: str) -> None:
    if uow.turn.inbox_id is not None and uow.turn.finishes:
        await uow.inbox.finish(uow.turn.inbox_id, outcome)
    await uow.commit()
