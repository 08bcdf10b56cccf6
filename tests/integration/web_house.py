"""The web chat over a whole neighbourhood: real server, real database, real bus; no model."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

from aiohttp import ClientResponse, FormData, web
from aiohttp.test_utils import TestClient, TestServer
from PIL import Image
from sqlalchemy import insert, select

from actions.adapters.database.accounts import SqlAccounts
from actions.adapters.database.audit import SqlTrail
from actions.adapters.database.board_doors import board_doors
from actions.adapters.database.condition import SqlCondition
from actions.adapters.database.console_accounts import SqlConsoleAccounts
from actions.adapters.database.console_people import SqlConsolePeople
from actions.adapters.database.dead_letters import SqlDeadLetters
from actions.adapters.database.delivery import Delivery
from actions.adapters.database.erasure import SqlPrivacy
from actions.adapters.database.invitations import SqlInvitations
from actions.adapters.database.link_codes import SqlLinkCodes
from actions.adapters.database.people import code_hash
from actions.adapters.database.pictures import SqlPictures
from actions.adapters.database.schema.messaging import conversations
from actions.adapters.database.schema.people import invitations, people
from actions.adapters.database.todo import SqlMatters
from actions.adapters.database.transcripts import SqlTranscripts
from actions.adapters.passwords import Argon2Passwords
from actions.application.delivering import Showing
from actions.application.ports_console import Passwords
from actions.domain.identifiers import AreaCode, ConversationId, PersonId
from actions.domain.people import Role
from bot import keys
from bot.admin.routes import add_console
from bot.channels.webchat.hub import Hub
from bot.channels.webchat.routes import add_routes
from bot.delivery.render import Renderer
from bot.gateway.throttle import TokenBuckets
from bot.middlewares import install
from bot.ports import Condition, Throttle
from tests.builders import Someone, World

API = "/chat/api"
KEY = b"k" * 32


def new_id() -> str:
    return str(uuid4())


@dataclass
class Visitor:
    """One browser with its own cookies."""

    house: "House"
    client: TestClient[web.Request, web.Application]
    session: dict[str, Any] = field(default_factory=dict)

    async def get(self, path: str, **more: Any) -> ClientResponse:
        return await self.client.get(API + path, **more)

    async def post(self, path: str, body: Any, **more: Any) -> ClientResponse:
        return await self.client.post(API + path, json=body, **more)

    async def delete(self, path: str, body: Any = None) -> ClientResponse:
        more = {} if body is None else {"json": body}
        return await self.client.delete(API + path, **more)

    async def raw(self, path: str, body: bytes, **headers: str) -> ClientResponse:
        sent = {"Content-Type": "application/json", **headers}
        return await self.client.post(API + path, data=body, headers=sent)

    async def says(self, text: str, client_msg_id: str = "") -> dict[str, Any]:
        return await self.sends({"text": text}, client_msg_id)

    async def sends(self, what: Mapping[str, Any], client_msg_id: str = "") -> dict[str, Any]:
        body = {"client_msg_id": client_msg_id or new_id(), **what}
        answer = await self.post("/messages", body)
        found: dict[str, Any] = await answer.json()
        assert answer.status == 202, found
        return found

    async def upload(self, raw: bytes, name: str = "photo.jpg") -> ClientResponse:
        form = FormData()
        form.add_field("file", BytesIO(raw), filename=name, content_type="image/jpeg")
        return await self.client.post(API + "/attachments", data=form)

    async def photo(self, raw: bytes = b"") -> str:
        answer = await self.upload(raw or jpeg())
        assert answer.status == 201, await answer.text()
        return str((await answer.json())["attachment_id"])

    async def messages(self, after: int = 0) -> list[dict[str, Any]]:
        answer = await self.get(f"/messages?after={after}")
        found: list[dict[str, Any]] = (await answer.json())["messages"]
        return found

    async def read(self, path: str) -> Any:
        answer = await self.get(path)
        assert answer.status == 200, await answer.text()
        return await answer.json()

    async def someone(self) -> Someone:
        """The same person as the neighbourhood knows them."""
        query = (
            select(people.c.id, conversations.c.id.label("talk"))
            .join(conversations, conversations.c.person_id == people.c.id)
            .where(people.c.participant_id == self.session["participant_id"])
        )
        async with self.house.world.database.read() as conn:
            row = (await conn.execute(query)).one()
        return Someone(self.house.world, PersonId(row.id), ConversationId(row.talk))


@dataclass
class House:
    world: World
    app: web.Application
    server: TestServer
    media: Path
    woken: list[ConversationId] = field(default_factory=list)
    _visitors: list[Visitor] = field(default_factory=list)

    def stranger(self) -> Visitor:
        """A browser that has not said anything yet."""
        visitor = Visitor(self, TestClient(self.server))
        self._visitors.append(visitor)
        return visitor

    async def visitor(self, locale: str = "zh-CN", **more: Any) -> Visitor:
        visitor = self.stranger()
        answer = await visitor.post("/session", {"locale": locale, **more})
        assert answer.status == 201, await answer.text()
        visitor.session = await answer.json()
        return visitor

    async def worker(self, role: Role, area: str, **more: Any) -> Visitor:
        code = await self.invite(role, area, **more)
        return await self.visitor(join=code)

    async def invite(self, role: Role, area: str, *, name: str = "", **more: Any) -> str:
        code = new_id()
        now = self.world.clock.now()
        values = {
            "code_hash": code_hash(code),
            "role": role.value,
            "area": self.world.community.path(AreaCode(area)),
            "display_name": name,
            "created_by": 0,
            "created_at": now,
            "expires_at": now + self.world.community.policy.invitation_lifetime,
            "needs_confirming": False,
        }
        async with self.world.database.write() as conn:
            await conn.execute(insert(invitations).values(values | more))
            await conn.commit()
        return code

    async def deliver(self) -> None:
        """Show on the pages what waits in the outbox."""
        store = Delivery(self.world.database, "test")
        renderer = Renderer(self.world.wording)
        now = self.world.clock.now()
        due = await store.look("webchat", now, limit=200)
        showings = [Showing(due=each, shown=renderer.show(each), alert_at=None) for each in due]
        await store.show(showings, now)
        for conversation_id in {each.conversation_id for each in due}:
            self.app[keys.HUB].publish(ConversationId(conversation_id))

    def app_listeners(self, conversation_id: ConversationId) -> int:
        """Streams and held lines open for a conversation."""
        return self.app[keys.HUB].listeners(conversation_id)

    def app_passwords(self) -> Passwords:
        """Whatever checks the passwords of the console."""
        return self.app[keys.PASSWORDS]

    async def close(self) -> None:
        for visitor in self._visitors:
            await visitor.client.session.close()


@asynccontextmanager
async def opened_house(
    world: World, media: Path, throttle: Throttle | None = None
) -> AsyncIterator[House]:
    app = web.Application(client_max_size=13 * 1024 * 1024)
    server = TestServer(app)
    house = House(world, app, server, media)
    _furnish(app, house)
    if throttle is not None:
        app[keys.THROTTLE] = throttle
    install(app)
    add_routes(app)
    add_console(app)
    taking_in = asyncio.create_task(world.intake.run())
    await server.start_server()
    try:
        yield house
    finally:
        await house.close()
        await server.close()
        taking_in.cancel()
        await asyncio.gather(taking_in, return_exceptions=True)


class FixedCondition:
    """Fits `Conditions`: the store is real, understanding is what a test says."""

    def __init__(self, store: SqlCondition) -> None:
        self._store = store
        self.understanding = "ok"
        self.redis = ""
        self.backup_at: datetime | None = None

    async def condition(self) -> Condition:
        return Condition(
            store=True,
            understanding=self.understanding,
            details=await self._store.now(),
            model="20261120-a.tar.gz",
            backup_at=self.backup_at,
            redis=self.redis,
        )


def _furnish(app: web.Application, house: House) -> None:
    world = house.world
    app[keys.WEB] = keys.WebSettings(media_dir=house.media, reader_patience=0.5)
    app[keys.COMMUNITY] = world.community
    app[keys.SIGNING_KEY] = KEY
    app[keys.CLOCK] = world.clock
    app[keys.TEXTS] = world.wording
    app[keys.THROTTLE] = TokenBuckets(time.monotonic)
    app[keys.HUB] = Hub()
    app[keys.BUS] = world.bus
    app[keys.INTAKE] = world.intake
    app[keys.WAKE] = house.woken.append
    app[keys.ACCOUNTS] = SqlAccounts(world.database, world.clock, world.community)
    app[keys.TRANSCRIPTS] = SqlTranscripts(world.database)
    app[keys.PICTURES] = SqlPictures(world.database, world.clock)
    app[keys.MATTERS] = SqlMatters(world.database, world.clock, world.community)
    app[keys.PRIVACY] = SqlPrivacy(world.database, world.clock, world.community)
    app[keys.LINKING] = SqlLinkCodes(world.database, world.clock, world.community)
    app[keys.CONSOLE_ACCOUNTS] = SqlConsoleAccounts(world.database, world.clock, world.community)
    app[keys.PASSWORDS] = Argon2Passwords()
    app[keys.BOARD] = board_doors(world.database, world.clock, world.community)
    app[keys.TRAIL] = SqlTrail(world.database, world.clock, world.community)
    app[keys.CONSOLE_PEOPLE] = SqlConsolePeople(world.database, world.clock)
    app[keys.INVITATIONS] = SqlInvitations(world.database, world.clock, world.community)
    app[keys.DEAD_LETTERS] = SqlDeadLetters(world.database, world.clock, world.community)
    app[keys.CONDITIONS] = FixedCondition(SqlCondition(world.database))


def jpeg(size: tuple[int, int] = (64, 48), **more: Any) -> bytes:
    raw = BytesIO()
    Image.new("RGB", size, (120, 30, 40)).save(raw, "JPEG", **more)
    return raw.getvalue()


async def problem_of(answer: ClientResponse) -> tuple[int, str]:
    """Status and key of a refusal, which has to have the right shape."""
    assert answer.content_type == "application/problem+json", await answer.text()
    body = json.loads(await answer.text())
    assert {"type", "title", "status", "key", "request_id"} <= body.keys()
    assert body["status"] == answer.status
    assert body["title"]
    return answer.status, body["key"]
