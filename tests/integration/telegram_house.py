"""The receiving half of Telegram over a whole neighbourhood: simulated platform, real database."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import ClientSession
from sqlalchemy import func, select
from telegram import Bot
from telegram.request import HTTPXRequest

from actions.adapters.database.addresses import SqlAddressBook
from actions.adapters.database.heard_before import SqlHeardBefore
from actions.adapters.database.pictures import SqlPictures
from actions.adapters.database.presses import SqlPresses
from actions.adapters.database.received import SqlReceived
from actions.adapters.database.schema.channels import received
from actions.adapters.database.schema.messaging import conversations, inbox, messages
from actions.adapters.database.schema.people import channel_addresses
from actions.adapters.database.turns import Turns
from actions.domain.identifiers import ConversationId, PersonId
from bot.channels.telegram.files import PhotoFetching
from bot.channels.telegram.flood import Flood
from bot.channels.telegram.groups import Groups
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.pressing import Pressing
from bot.channels.telegram.reading import Reading
from bot.channels.telegram.standing import Standing
from bot.channels.telegram.taking import CHANNEL, Taking
from bot.channels.telegram.wiring import introducing
from bot.gateway.buttons import Buttons
from bot.gateway.reader import Reader
from bot.gateway.reading import FreeText, command_of
from bot.gateway.throttle import TokenBuckets
from bot.gateway.turn_of import turn_of
from bot.media import Workshop
from tests.builders import Someone, World
from tests.simulators.telegram import TelegramSimulator

A_DAY = 20


@dataclass
class TelegramHouse:
    world: World
    telegram: TelegramSimulator
    received: SqlReceived
    polling: Polling
    files: PhotoFetching
    bot: Bot
    reader: Reader
    woken: list[ConversationId] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)

    async def fetch(self) -> None:
        """Take what waits on the platform, and confirm it."""
        while self.telegram.pending:
            await self.polling.step()

    async def arrives(self) -> None:
        """Fetch and read; what has to wait for its album waits."""
        await self.fetch()
        await self.reader.catch_up()

    # -- looking -----------------------------------------------------------------------------

    async def kept(self) -> list[Mapping[str, Any]]:
        async with self.world.database.read() as conn:
            rows = await conn.execute(select(received).order_by(received.c.id))
            return [dict(row) for row in rows.mappings()]

    async def states(self) -> list[str]:
        return [row["state"] for row in await self.kept()]

    async def arrived(self) -> list[Mapping[str, Any]]:
        """Every arrival with its line of the transcript, in order."""
        query = (
            select(
                inbox.c.kind, inbox.c.payload, inbox.c.conversation_id, inbox.c.account,
                inbox.c.channel, messages.c.text, messages.c.content,
                messages.c.kind.label("shown_as"),
            )
            .join(messages, messages.c.inbox_id == inbox.c.id)
            .order_by(inbox.c.conversation_id, inbox.c.seq)
        )  # fmt: skip
        async with self.world.database.read() as conn:
            return [dict(row) for row in (await conn.execute(query)).mappings()]

    async def texts(self) -> list[str]:
        return [row["text"] for row in await self.arrived()]

    async def kinds(self) -> list[str]:
        return [row["kind"] for row in await self.arrived()]

    async def count(self, table: Any) -> int:
        async with self.world.database.read() as conn:
            return int((await conn.execute(select(func.count()).select_from(table))).scalar_one())

    async def someone(self, chat: int) -> Someone:
        """Whoever writes from that chat, as the neighbourhood knows them."""
        query = (
            select(channel_addresses.c.person_id, conversations.c.id)
            .join(conversations, conversations.c.person_id == channel_addresses.c.person_id)
            .where(channel_addresses.c.external_id == str(chat))
        )
        async with self.world.database.read() as conn:
            row = (await conn.execute(query)).one()
        return Someone(self.world, PersonId(row.person_id), ConversationId(row.id))

    async def standing(self, chat: int) -> str:
        query = select(channel_addresses.c.state).where(
            channel_addresses.c.external_id == str(chat)
        )
        async with self.world.database.read() as conn:
            return str((await conn.execute(query)).scalar_one())

    async def answered(self, chat: int) -> list[str]:
        """Take every turn that needs no understanding; what was said to that chat's person."""
        someone = await self.someone(chat)
        turns = Turns(self.world.database, "test")
        lease = await turns.take(someone.conversation_id)
        assert lease is not None
        while work := await turns.next(someone.conversation_id, self.world.clock.now()):
            command = command_of(work, self.world.clock.now())
            assert not isinstance(command, FreeText), command
            await self.world.bus.handle(command, turn_of(work, lease))
        await turns.release(lease)
        return await someone.templates()


@asynccontextmanager
async def opened_telegram(world: World, media: Path) -> AsyncIterator[TelegramHouse]:
    async with contextlib.AsyncExitStack() as stack:
        telegram = await stack.enter_async_context(TelegramSimulator().running())
        http = await stack.enter_async_context(ClientSession(trust_env=False))
        taking_in = asyncio.create_task(world.intake.run())
        stack.push_async_callback(_ended, taking_in)
        requests = [HTTPXRequest(httpx_kwargs={"trust_env": False}) for _ in range(2)]
        for request in requests:
            stack.push_async_callback(request.shutdown)
        bot = Bot(
            telegram.token,
            base_url=f"{telegram.api_base}/bot",
            base_file_url=f"{telegram.api_base}/file/bot",
            request=requests[0],
            get_updates_request=requests[1],
        )
        yield _furnished(world, telegram, bot, http, media)


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def _furnished(
    world: World, telegram: TelegramSimulator, bot: Bot, http: ClientSession, media: Path
) -> TelegramHouse:
    store = SqlReceived(world.database, "host:1:reader")
    bot_id = telegram.token.partition(":")[0]
    woken: list[ConversationId] = []
    outcomes: Counter[str] = Counter()
    files = PhotoFetching(
        bot,
        http,
        Workshop(media),
        SqlPictures(world.database, world.clock),
        files_base=f"{telegram.api_base}/file/bot{telegram.token}",
        a_day=A_DAY,
    )
    taking = Taking(
        bot_id,
        addresses=SqlAddressBook(world.database, world.clock, world.community),
        intake=world.intake,
        heard=SqlHeardBefore(world.database),
        photos=files,
        presser=Pressing(bot, SqlPresses(world.database), Buttons(b"k" * 32), world.wording),
        texts=world.wording,
        clock=world.clock,
        wake=woken.append,
        introduce=introducing(world.bus),
    )
    flood = Flood(TokenBuckets(lambda: world.clock.now().timestamp()))
    reading = Reading(store, taking, Groups(bot, world.wording), world.clock, flood)
    reader = Reader(
        CHANNEL, store, reading.read, world.clock, count=lambda each: outcomes.update([each])
    )
    polling = Polling(
        http,
        f"{telegram.api_base}/bot{telegram.token}",
        bot_id,
        store,
        world.clock,
        notify=reader.notify,
        standing=Standing(lambda *, away: None),
    )
    return TelegramHouse(world, telegram, store, polling, files, bot, reader, woken, outcomes)
