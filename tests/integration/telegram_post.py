"""A small post office for sending tests: people with a chat, rows that are owed, the simulator."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select
from telegram import Bot
from telegram.request import HTTPXRequest

from actions.adapters.database.addresses import SqlAddressBook
from actions.adapters.database.engine import Database
from actions.adapters.database.pictures import SqlPictures
from actions.adapters.database.schema.messaging import attachments, conversations
from actions.adapters.database.schema.people import channel_addresses, sessions
from actions.application.delivering import Due, Shown
from actions.application.notification import Button, Card
from actions.domain.identifiers import ConversationId, PersonId
from bot.channels.telegram.adapter import CHANNEL, TelegramChannel
from bot.channels.telegram.limits import CHAT, Limits
from bot.delivery.render import Renderer
from bot.gateway.buttons import Buttons
from bot.media import files_of
from bot.ports import Allowance, Throttle
from tests.builders import the_community
from tests.clock import FrozenClock
from tests.integration.outbox_table import Neighbourhood
from tests.nanting import wording
from tests.simulators.telegram import Accepted, Person, TelegramSimulator
from tests.simulators.telegram.faults import Fault

SIGNER = Buttons(b"k" * 32)
#: Seconds after which a hung call is given up here.
IMPATIENCE = 0.5
HELP = {"do": "ShowHelp"}


class Unbounded:
    """Fits `Throttle`: as much as anybody likes."""

    async def take(self, _allowance: Allowance, _who: str) -> float:
        return 0.0


class BeforeCall:
    """Fits `Throttle`: does something right before the n-th call, and nothing otherwise."""

    def __init__(self, nth: int, do: Callable[[], Awaitable[None]]) -> None:
        self._left = nth
        self._do = do

    async def take(self, allowance: Allowance, _who: str) -> float:
        if allowance == CHAT:
            self._left -= 1
            if self._left == 0:
                await self._do()
        return 0.0


class GivenWords:
    """Renders the text a test gave, with everything that stands around it."""

    def __init__(self) -> None:
        self._renderer = Renderer(wording(given="{text}"))

    def show(self, due: Due) -> Shown:
        return self._renderer.show(due)


@dataclass
class Neighbour:
    """Somebody on both sides: a person of ours and their chat."""

    person_id: PersonId
    conversation_id: ConversationId
    chat: Person


@dataclass
class PostOffice:
    street: Neighbourhood
    telegram: TelegramSimulator
    bot: Bot
    media: Path
    neighbours: list[Neighbour] = field(default_factory=list)

    @property
    def database(self) -> Database:
        return self.street.database

    @property
    def clock(self) -> FrozenClock:
        return self.street.clock

    def channel(self, owner: str = "one", throttle: Throttle | None = None) -> TelegramChannel:
        return TelegramChannel(
            self.bot,
            SqlAddressBook(self.database, self.clock, the_community()),
            self.street.store(owner),
            SqlPictures(self.database, self.clock),
            media_dir=self.media,
            signer=SIGNER,
            texts=wording(),
            clock=self.clock,
            limits=Limits(throttle or Unbounded()),
        )

    async def neighbour(self) -> Neighbour:
        """A person whose chat is the only way to reach them."""
        chat = self.telegram.user(1000 + len(self.neighbours))
        chat.starts()
        person_id, conversation_id = await self.street.resident(CHANNEL)
        await self._add(
            channel_addresses,
            channel=CHANNEL,
            account=str(self.telegram.bot["id"]),
            external_id=str(chat.id),
            person_id=person_id,
            area="s/c",
            created_at=self.clock.now(),
        )
        self.neighbours.append(Neighbour(person_id, conversation_id, chat))
        return self.neighbours[-1]

    async def opens_page(self, neighbour: Neighbour, *, days: int = 30) -> None:
        """The person has a web session as well."""
        now = self.clock.now()
        await self._add(
            sessions,
            token_hash=f"h{neighbour.person_id}",
            person_id=neighbour.person_id,
            area="s/c",
            created_at=now,
            last_seen_at=now,
            expires_at=now + timedelta(days=days),
        )

    async def owe(self, to: Neighbour, text: str, *labels: str, **more: Any) -> None:
        buttons = tuple(Button(label=label, command=HELP, literal=True) for label in labels)
        await self.street.owe(to.person_id, "given", params={"text": text}, buttons=buttons, **more)

    async def news(self, to: Neighbour, text: str, version: int = 1, **more: Any) -> None:
        await self.street.news(to.person_id, "given", version, params={"text": text}, **more)

    async def owe_card(self, to: Neighbour, photos: Sequence[str]) -> None:
        card = Card(title="扶手松动", urgency="U", photos=tuple(photos))
        await self.owe(to, "记成这样：", "提交", card=card)

    async def photo(self, name: str, owner: PersonId, raw: bytes | None) -> str:
        """A stored photo; without bytes its file has gone."""
        await self._add(
            attachments,
            id=name,
            person_id=owner,
            area="s/c",
            media_type="image/jpeg",
            width=64,
            height=48,
            size=len(raw or b""),
            sha256="",
            created_at=self.clock.now(),
        )
        if raw is not None:
            path = files_of(self.media, name)[0]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(raw)
        return name

    async def deliver(self, channel: TelegramChannel | None = None) -> None:
        worker = self.street.worker(channel or self.channel(), renderer=GivenWords())
        await asyncio.wait_for(worker.catch_up(), 30)

    async def deliver_failing(self, nth: int, fault: Fault) -> None:
        """Deliver, with this happening to the n-th call."""

        async def fail() -> None:
            self.telegram.faults.on("sendMessage", fault)

        await self.deliver(self.channel(throttle=BeforeCall(nth, fail)))

    async def deliver_after(self, **wait: float) -> None:
        self.clock.advance(timedelta(**wait))
        await self.deliver()

    def sent(self, to: Neighbour) -> list[Accepted]:
        return self.telegram.sends(to.chat.id)

    def texts(self, to: Neighbour) -> list[str]:
        return [each.text for each in self.sent(to)]

    async def channel_of(self, neighbour: Neighbour) -> str:
        query = select(conversations.c.channel).where(
            conversations.c.id == neighbour.conversation_id
        )
        async with self.database.read() as conn:
            return str((await conn.execute(query)).scalar_one())

    async def address_state(self, neighbour: Neighbour) -> tuple[str, str]:
        query = select(channel_addresses.c.external_id, channel_addresses.c.state).where(
            channel_addresses.c.person_id == neighbour.person_id
        )
        async with self.database.read() as conn:
            row = (await conn.execute(query)).one()
        return row.external_id, row.state

    async def _add(self, table: Any, **values: Any) -> None:
        async with self.database.write() as conn:
            await conn.execute(insert(table).values(values))
            await conn.commit()


@asynccontextmanager
async def post_office(url: str, clock: FrozenClock, media: Path) -> AsyncIterator[PostOffice]:
    database = Database(url)
    async with TelegramSimulator().running() as telegram:
        request = HTTPXRequest(
            read_timeout=IMPATIENCE, write_timeout=5, httpx_kwargs={"trust_env": False}
        )
        bot = Bot(telegram.token, base_url=f"{telegram.api_base}/bot", request=request)
        yield PostOffice(Neighbourhood(database, clock), telegram, bot, media)
        await request.shutdown()
    await database.close()
