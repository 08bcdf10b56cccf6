"""A small neighbourhood over a real database and the real bus: people, photos, filed tickets.

world = await opened(url, clock)
worker = await world.worker("阿梅", Role.GWF, "G3", roster_key="gwf-3")
resident = await world.resident("何姨", home="BL-45")
ticket = await world.filed(resident, "BLD01", "BL-45", "扶手松了")
await worker.presses("button_accept")
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, update

from actions.adapters.community_file import load_community
from actions.adapters.current import current
from actions.adapters.database.due import SqlDue
from actions.adapters.database.engine import Database
from actions.adapters.database.intake import Intake
from actions.adapters.database.schema.matters import tickets
from actions.adapters.database.schema.messaging import attachments, conversations, outbox
from actions.adapters.database.schema.people import people, role_grants
from actions.adapters.database.unit_of_work import SqlUnitOfWork, SqlUnitOfWorkFactory
from actions.adapters.knowledge_folder import read_knowledge
from actions.adapters.rulebook import Rulebook
from actions.adapters.sealing import Seal
from actions.application.arrivals import Arrival
from actions.application.commands.base import Command
from actions.application.commands.drafting import SubmitDraft
from actions.application.commands.telling import GivePhotos, TakeText, TellMatter
from actions.application.deeds import act
from actions.application.message_bus import MessageBus
from actions.application.pressable import from_json
from actions.application.routes import build_routes
from actions.application.routing import Routes
from actions.application.turn import Turn
from actions.application.unit_of_work import UnitOfWork
from actions.domain.community import Community
from actions.domain.draft import Draft
from actions.domain.identifiers import (
    AreaCode,
    AttachmentId,
    ConversationId,
    LeafCode,
    PersonId,
    TicketId,
)
from actions.domain.knowledge import Knowledge
from actions.domain.people import Role
from actions.domain.permissions import who_may
from actions.domain.placing import at_place
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import IN_PLACE, Verb
from actions.domain.timeline import TimelineEntry
from actions.domain.understood import Understood
from actions.periodic import Timers
from bot.delivery.values import Wording
from bot.texts import Catalogue
from tests.clock import FrozenClock

ROOT = Path(__file__).parent.parent
#: Nobody scrolls further back for a button.
_REMEMBERED = 60
LOCALES = ("zh-CN", "zh-HK", "en")


@dataclass(frozen=True, kw_only=True)
class Alter(Command):
    """Use a verb that no button has yet, in the capacity one has."""

    ticket_id: int
    verb: Verb
    reason: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


async def alter(command: Alter, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    await act(uow, ticket, command.verb, reason=command.reason, **command.data)


def all_routes() -> Routes:
    routes = build_routes()
    return Routes(commands={**routes.commands, Alter: alter}, events=routes.events)


class Silence:
    """Fits `OutboxSignal`: nobody waits for the outbox here."""

    def notify(self, channels: Collection[str]) -> None:
        """Nobody listens."""


class Gaps(logging.Handler):
    """Remembers every text or value a renderer could not find."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        about = {key: vars(record).get(key) for key in ("template", "lost", "kind", "error")}
        self.found.append(f"{record.getMessage()} {about}")


@dataclass(frozen=True)
class Said:
    """One message somebody was told, as stored and as they read it in plain Chinese."""

    template: str
    text: str
    lines: Mapping[str, str]
    buttons: Sequence[Mapping[str, Any]]
    photos: Sequence[str]
    row: Mapping[str, Any]

    @property
    def labels(self) -> list[str]:
        return [button["label"] for button in self.buttons]


@dataclass
class Someone:
    """A person with a conversation, who presses, writes and listens."""

    world: "World"
    id: PersonId
    conversation_id: ConversationId

    async def does(self, command: Command) -> bool:
        return await self.world.run(command, self)

    async def presses(self, label: str, *, nth: int = 0) -> bool:
        """Press the button of that label on the newest message that has one."""
        async for said in self.world.newest_first(self.id):
            found = [b for b in said["content"]["buttons"] if b["label"] == label]
            if found:
                return await self.does(from_json(found[nth]["command"]))
        raise AssertionError(f"nobody offered {label}")

    async def answers(self, text: str) -> bool:
        """Words the bot has just asked for."""
        return await self.does(TakeText(text=text))

    async def writes(self, text: str, intent: str = "report") -> bool:
        """Free text, remembered like any arrival and then understood."""
        inbox_id = await self.world.arrives(self, text)
        understood = Understood(
            text=text, normalised=text, language="zh", intent=intent, confidence=0.9,
            model={"version": "taught"},
        )  # fmt: skip
        return await self.world.run(TellMatter(understood=understood), self, inbox_id=inbox_id)

    async def shows(self, *photos: str) -> bool:
        for photo in photos:
            await self.world.upload(photo, self)
        return await self.does(GivePhotos(attachments=photos))

    async def alters(self, ticket: Ticket, verb: Verb, reason: str = "", **data: Any) -> bool:
        return await self.does(Alter(ticket_id=ticket.id or 0, verb=verb, reason=reason, data=data))

    async def heard(self) -> list[Said]:
        return await self.world.said_to(self.id)

    async def templates(self) -> list[str]:
        return [said.template for said in await self.heard()]

    async def last(self, template: str) -> Said:
        found = [said for said in await self.heard() if said.template == template]
        assert found, f"{template} was not said, only {await self.templates()}"
        return found[-1]


@dataclass
class World:
    database: Database
    community: Community
    clock: FrozenClock
    open_uow: SqlUnitOfWorkFactory
    bus: MessageBus
    intake: Intake
    wording: Wording
    timers: Timers
    gaps: Gaps = field(default_factory=Gaps)
    _numbers: Any = field(default_factory=lambda: count(1))

    # -- people ------------------------------------------------------------------------------

    async def resident(self, name: str = "", *, home: str = "", locale: str = "zh-CN") -> Someone:
        return await self._person(name, home=home, locale=locale)

    async def worker(
        self, name: str, role: Role, *areas: str, roster_key: str | None = None, **more: Any
    ) -> Someone:
        someone = await self._person(name, roster_key=roster_key, **more)
        async with self.database.write() as conn:
            for area in areas:
                await conn.execute(
                    insert(role_grants).values(
                        person_id=someone.id,
                        role=role.value,
                        area=self.community.path(AreaCode(area)),
                        granted_at=self.clock.now(),
                        granted_by=0,
                    )
                )
            await conn.commit()
        return someone

    async def _person(self, name: str, **more: Any) -> Someone:
        number = next(self._numbers)
        now = self.clock.now()
        values = {
            "participant_id": f"participant-{number}",
            "display_name": name,
            "locale": "zh-CN",
            "area": self.community.root,
            "created_at": now,
        }
        async with self.database.write() as conn:
            added = await conn.execute(insert(people).values(values | more).returning(people.c.id))
            person_id = PersonId(added.scalar_one())
            talk = await conn.execute(
                insert(conversations)
                .values(
                    person_id=person_id,
                    channel="webchat",
                    account="main",
                    sender_key=f"sender-{number}",
                    area=self.community.root,
                    created_at=now,
                    last_in_at=now,
                )
                .returning(conversations.c.id)
            )
            conversation_id = ConversationId(talk.scalar_one())
            await conn.commit()
        return Someone(self, person_id, conversation_id)

    async def revoke(self, someone: Someone) -> None:
        async with self.database.write() as conn:
            await conn.execute(
                update(role_grants)
                .where(role_grants.c.person_id == someone.id)
                .values(revoked_at=self.clock.now())
            )
            await conn.commit()

    async def upload(self, photo: str, by: Someone) -> AttachmentId:
        async with self.database.write() as conn:
            await conn.execute(
                insert(attachments).values(
                    id=photo,
                    person_id=by.id,
                    media_type="image/jpeg",
                    width=800,
                    height=600,
                    size=1000,
                    sha256="0" * 64,
                    created_at=self.clock.now(),
                )
            )
            await conn.commit()
        return AttachmentId(photo)

    # -- acting ------------------------------------------------------------------------------

    async def press(self, button: Mapping[str, Any], by: Someone) -> bool:
        """A stored button's command, pressed by anybody."""
        return await self.run(from_json(button), by)

    async def run(self, command: Command, by: Someone, *, inbox_id: Any = None) -> bool:
        turn = Turn(
            cause=f"inbox:{inbox_id}" if inbox_id else f"test:{next(self._numbers)}",
            actor=await self._actor(by.id),
            conversation_id=by.conversation_id,
            inbox_id=inbox_id,
        )
        return await self.bus.handle(command, turn)

    async def _actor(self, person_id: PersonId) -> Any:
        async with self.reading() as uow:
            return await uow.people.actor(person_id)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[SqlUnitOfWork]:
        """A unit of work that keeps nothing."""
        async with self.open_uow(Turn(cause="reading")) as uow:
            yield uow

    async def arrives(self, someone: Someone, text: str) -> int:
        taken = asyncio.create_task(self.intake.run())
        arrival = Arrival(
            channel="webchat",
            account="main",
            external_id=f"arrival-{next(self._numbers)}",
            conversation_id=someone.conversation_id,
            area=self.community.root,
            kind="text",
            payload={"text": text},
            at=self.clock.now(),
            text=text,
        )
        remembered = await self.intake.remember(arrival)
        taken.cancel()
        await asyncio.gather(taken, return_exceptions=True)
        return remembered.inbox_id

    async def filed(
        self,
        by: Someone,
        leaf: str = "BLD01",
        place: str = "BL-45",
        text: str = "三楼扶手松了",
        *,
        photos: Sequence[str] = (),
        anonymous: bool = False,
    ) -> Ticket:
        """A ticket by the road every ticket takes: a draft, then the button."""
        ids = [await self.upload(photo, by) for photo in photos]
        draft = Draft(
            conversation_id=by.conversation_id,
            person_id=by.id,
            text=text,
            summary=text,
            batch="",
            begun_at=self.clock.now(),
            updated_at=self.clock.now(),
            category=LeafCode(leaf),
            photos=tuple(ids),
            anonymous=anonymous,
            danger_asked=True,
            likeness_asked=True,
            subject_asked=True,
        )
        if place:
            draft.location = at_place(self.community.area(AreaCode(place)), self.community)
        async with self.open_uow(Turn(cause=f"draft:{next(self._numbers)}")) as uow:
            number = await uow.drafts.add(draft)
            await uow.commit()
        await by.does(SubmitDraft(draft_id=number))
        async with self.reading() as uow:
            newest = (await uow.tickets.of_person(by.id, limit=1))[0]
            return await uow.tickets.get(newest.id)

    async def joins(self, someone: Someone, ticket: Ticket) -> None:
        """Me too, without the talk about it."""
        async with self.open_uow(Turn(cause=f"join:{next(self._numbers)}")) as uow:
            await uow.tickets.follow(TicketId(ticket.id or 0), someone.id, "me_too")
            await uow.commit()

    async def tick(self) -> int:
        return await self.timers.tick(self.clock.now())

    # -- looking -----------------------------------------------------------------------------

    async def every_ticket(self) -> list[TicketId]:
        async with self.database.read() as conn:
            return [
                TicketId(number) for number in (await conn.execute(select(tickets.c.id))).scalars()
            ]

    async def ticket(self, ticket: Ticket) -> Ticket:
        async with self.reading() as uow:
            return await uow.tickets.get(ticket.id)  # type: ignore[arg-type]

    async def timeline(self, ticket: Ticket) -> Sequence[TimelineEntry]:
        async with self.reading() as uow:
            return await uow.tickets.timeline(ticket.id)  # type: ignore[arg-type]

    async def said_to(self, person_id: PersonId) -> list[Said]:
        query = select(outbox).where(outbox.c.person_id == person_id).order_by(outbox.c.id)
        async with self.database.read() as conn:
            return [self._said(row) for row in (await conn.execute(query)).mappings()]

    async def newest_first(self, person_id: PersonId) -> AsyncIterator[Mapping[str, Any]]:
        """What somebody was told, as stored."""
        query = select(outbox).where(outbox.c.person_id == person_id).order_by(outbox.c.id.desc())
        async with self.database.read() as conn:
            rows = (await conn.execute(query.limit(_REMEMBERED))).mappings().all()
        for row in rows:
            yield row

    async def everything_said(self) -> list[Said]:
        async with self.database.read() as conn:
            rows = (await conn.execute(select(outbox).order_by(outbox.c.id))).mappings().all()
        return [self._said(row) for row in rows]

    def _said(self, row: Mapping[str, Any]) -> Said:
        said = [self._read(row, locale) for locale in LOCALES]
        text, lines = said[0]
        content = row["content"]
        return Said(
            template=row["template"],
            text=text,
            lines=lines,
            buttons=content["buttons"],
            photos=[*content["photos"], *((content["card"] or {}).get("photos") or ())],
            row=dict(row),
        )

    def _read(self, row: Mapping[str, Any], locale: str) -> tuple[str, dict[str, str]]:
        content = row["content"]
        card = content["card"] or {"title": "", "lines": ()}
        text = self.wording.render(row["template"], content["params"], locale)
        for button in content["buttons"]:
            self.wording.render(button["label"], button["params"], locale)
        self.wording.value(card["title"], locale)
        lines = {
            self.wording.render(label, {}, locale): self.wording.value(value, locale)
            for label, value in card["lines"]
        }
        return text, lines


@cache
def the_community() -> Community:
    return load_community(ROOT / "config" / "community.yml")


@cache
def the_knowledge() -> Knowledge:
    return read_knowledge(ROOT / "config" / "knowledge", the_community())


@cache
def the_texts() -> Catalogue:
    return Catalogue.load(ROOT / "config" / "texts")


async def opened(url: str, clock: FrozenClock, **policy: Any) -> World:
    """The demo community, perhaps with some of its rules changed."""
    community = the_community()
    community = replace(community, policy=replace(community.policy, **policy))
    # A busy machine may keep a test waiting for longer than a process that stopped is waited for.
    database = Database(url, idle_timeout=60.0)
    return assembled(database, clock, community, Rulebook.of(community))


def assembled(
    database: Database, clock: FrozenClock, community: Community, rulebook: Rulebook
) -> World:
    """A neighbourhood over what is given, as one process sees it."""
    seal = Seal(b"of the tests" * 4)
    open_uow = SqlUnitOfWorkFactory(database, clock, rulebook, seal, the_knowledge())
    bus = MessageBus(open_uow, all_routes(), Silence())
    world = World(
        database=database,
        community=community,
        clock=clock,
        open_uow=open_uow,
        bus=bus,
        intake=Intake(database, patience=60.0),  # however busy the machine is
        wording=Wording(the_texts(), community, clock),
        timers=Timers(bus, _due(database, community, rulebook), clock),
    )
    logging.getLogger("bot.delivery.values").addHandler(world.gaps)
    return world


def _due(database: Database, community: Community, rulebook: Rulebook) -> SqlDue:
    return SqlDue(
        database,
        current(lambda: community.policy),
        lambda: rulebook.by_version(lambda each: each.policy),
    )


async def closed(world: World) -> None:
    """Every message can be read in every language, every ticket is what its timeline says, and every
    entry is of the table."""
    await world.everything_said()
    differing = [number async for number in _differing(world)]
    strange = [deed async for deed in _not_in_the_table(world)]
    logging.getLogger("bot.delivery.values").removeHandler(world.gaps)
    await world.database.close()
    assert world.gaps.found == []
    assert differing == []
    assert strange == []


async def _not_in_the_table(world: World) -> AsyncIterator[tuple[TicketId, str, str, str]]:
    """What was done to a ticket by somebody, or in a state, of which lifecycle.csv says nothing."""
    async with world.reading() as uow:
        for number in await world.every_ticket():
            for entry in await uow.tickets.timeline(number):
                if entry.verb not in IN_PLACE and entry.role not in who_may(
                    entry.verb, entry.source
                ):
                    yield number, entry.source or "-", entry.verb, entry.role


async def _differing(world: World) -> AsyncIterator[str]:
    async with world.reading() as uow:
        for number in await world.every_ticket():
            kept = await uow.tickets.get(number)
            told = Ticket.fold(await uow.tickets.timeline(number))
            if replace(kept, id=None, next_rung_at=None) != told:
                yield kept.number
