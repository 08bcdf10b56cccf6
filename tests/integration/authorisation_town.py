"""Everybody of the field over one estate, and something of each kind that is theirs or is not.

Used by the authorisation matrix: the objects are made before the cast takes its seats, so that
nobody of the cast has a matter for any reason but the one the matrix names.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import insert, select

from actions.adapters.database.erasure import SqlPrivacy
from actions.adapters.database.schema.matters import callbacks, drafts
from actions.adapters.database.schema.messaging import messages
from actions.adapters.database.schema.people import role_grants
from actions.application.commands.following import RequestCallback, StopAwaiting
from actions.domain.identifiers import AreaCode, PersonId, TicketId
from actions.domain.people import Role
from actions.domain.ticket import Ticket
from tests.builders import Someone, World
from tests.talk import say

#: Where the cast has its roles, a place there, and a place where it has none.
AREA, HERE, ELSEWHERE = "BL", "BL-45", "XT-1"
#: A role makes no difference to these, so they stand in the tables by what they are.
PLAIN, FOLLOWER, HOLDER = "plain", "follower", "holder"
ROLES = tuple(role.value for role in Role if role is not Role.ANO)
#: Whoever reported without a name is a resident with a matter of their own.
SUBJECTS = (PLAIN, "ANO", *ROLES, FOLLOWER, HOLDER)
#: What a matter is to somebody. `sealed` and `restricted` are a neighbour's as well.
OBJECTS = ("own", "neighbour", "sealed", "restricted", "foreign", "erased", "absent")
LEAVES = {
    "neighbour": ("SAF03", HERE),
    "sealed": ("NOI01", HERE),
    "restricted": ("SVC06", HERE),
    "foreign": ("SAF03", ELSEWHERE),
    "erased": ("SAF03", HERE),
}
ABSENT = 987_654


@dataclass(frozen=True)
class Thing:
    """What is asked for, by each kind of number somebody might try."""

    ticket: int = ABSENT
    number: str = "LL-260301-0999-A"
    photo: str = "absentphotoabsentphoto00"
    draft: int = ABSENT
    inbox: int = ABSENT
    callback: int = ABSENT
    conversation: int = ABSENT
    participant: str = "participant-absent"
    person: int = ABSENT
    message: int = ABSENT
    colleague: str = "colleague-absent"  #: somebody who works there


@dataclass
class Town:
    world: World
    things: dict[str, Thing]
    holder: Someone

    @classmethod
    async def built(cls, world: World) -> "Town":
        holder = await world.worker(HOLDER, Role.GWF, "LJ")
        things: dict[str, Thing] = {}
        for what, (leaf, place) in LEAVES.items():
            owner = await world.resident(f"邻居{what}")
            things[what] = await thing_of(world, owner, leaf, place, what)
        privacy = SqlPrivacy(world.database, world.clock, world.community)
        await privacy.erase(PersonId(things["erased"].person))
        things["absent"] = Thing()
        return cls(world, things, holder)

    async def employ(self) -> None:
        """Somebody works at each place; whoever is erased did."""
        for what, area in (("neighbour", "G3"), ("foreign", "G5"), ("erased", "G3")):
            someone = await self.world.worker(f"同事{what}", Role.GWF, area)
            async with self.world.reading() as uow:
                named = (await uow.people.get(someone.id)).participant_id
            self.things[what] = replace(self.things[what], colleague=named)
            if what == "erased":
                world = self.world
                await SqlPrivacy(world.database, world.clock, world.community).erase(someone.id)

    async def cast(self) -> dict[str, Someone]:
        """Everybody, still without a role, so that nobody is handed what the others tell."""
        cast = {who: await self.world.resident(who) for who in SUBJECTS if who != HOLDER}
        return {**cast, HOLDER: self.holder}

    async def belongings(self, cast: Mapping[str, Someone]) -> dict[str, Thing]:
        return {
            who: await self.own(someone, anonymous=who == "ANO") for who, someone in cast.items()
        }

    async def seat(self, someone: Someone, role: str) -> None:
        async with self.world.database.write() as conn:
            await conn.execute(
                insert(role_grants).values(
                    person_id=someone.id,
                    role=role,
                    area=self.world.community.path(AreaCode(AREA)),
                    granted_at=self.world.clock.now(),
                    granted_by=0,
                )
            )
            await conn.commit()

    async def own(self, someone: Someone, *, anonymous: bool = False) -> Thing:
        name = f"own{someone.id}"
        return await thing_of(self.world, someone, "SAF03", HERE, name, anonymous=anonymous)

    async def follow(self, someone: Someone) -> None:
        """The neighbour's public matter is theirs as well."""
        async with self.world.reading() as uow:
            ticket = await uow.tickets.get(TicketId(self.things["neighbour"].ticket))
        await self.world.joins(someone, ticket)


async def thing_of(
    world: World, owner: Someone, leaf: str, place: str, name: str, *, anonymous: bool = False
) -> Thing:
    """A ticket with a photo, a half-told matter, a call asked for, and the talk they came from."""
    photo = f"photo{name}".ljust(24, "x")
    ticket = await world.filed(
        owner, leaf, place, "三楼飞线充电", photos=[photo], anonymous=anonymous
    )
    said = await world.arrives(owner, "还有一件事")
    await owner.does(RequestCallback())
    await owner.does(StopAwaiting())
    await say(owner, "楼道灯不亮", "BLD04")
    return await _found(world, owner, ticket, photo, said)


async def _found(world: World, owner: Someone, ticket: Ticket, photo: str, said: int) -> Thing:
    async with world.database.read() as conn:
        draft = await conn.execute(
            select(drafts.c.id).where(drafts.c.person_id == owner.id, drafts.c.state == "open")
        )
        call = await conn.execute(select(callbacks.c.id).where(callbacks.c.person_id == owner.id))
        line = await conn.execute(select(messages.c.id).where(messages.c.inbox_id == said))
        async with world.reading() as uow:
            person = await uow.people.get(owner.id)
        return Thing(
            ticket=int(ticket.id or 0),
            number=ticket.number,
            photo=photo,
            draft=int(draft.scalars().first() or 0),
            inbox=said,
            callback=int(call.scalars().first() or 0),
            conversation=owner.conversation_id,
            participant=person.participant_id,
            person=owner.id,
            message=int(line.scalars().first() or 0),
            colleague=person.participant_id,
        )
