"""A cry for help and the second reading of it, with a model that is taught what to find."""

from actions.adapters.database.second_readings import SqlSecondReadings
from actions.application.commands.telling import RaiseEmergency
from actions.domain.emergency import detect
from actions.domain.ticket import Ticket
from bot.gateway.second_reading import SecondReader
from tests.builders import Someone, World
from tests.understanding import Taught, TaughtUnderstanding

#: A rule hears gas; the words may be of anything a model is taught to take them for.
CRY = "45栋厨房一直有煤气味头晕"
RULED, OTHER = "UTL03", "SAN04"


class Passing:
    """Seconds as the reader counts them."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Afterwards:
    """The second reading of one world, with a model that was taught."""

    def __init__(self, world: World) -> None:
        self.understanding = TaughtUnderstanding(world.bus, world._actor)
        self.passing = Passing()
        self.store = SqlSecondReadings(world.database)
        self.reader = SecondReader(
            self.store, self.understanding, world.clock, passing=self.passing
        )

    def teach(self, leaf: str, share: float = 0.9) -> None:
        self.understanding.lessons[CRY] = Taught("report", ((leaf, share), (RULED, 1 - share)))

    async def looks(self) -> None:
        self.passing.now += 10_000
        await self.reader.look()


async def cries(someone: Someone, text: str = CRY) -> Ticket:
    kind = detect(text)
    assert kind is not None
    assert kind.leaf == RULED
    inbox_id = await someone.world.arrives(someone, text)
    await someone.world.run(RaiseEmergency(kind=kind, text=text), someone, inbox_id=inbox_id)
    return await only(someone)


async def only(someone: Someone) -> Ticket:
    async with someone.world.reading() as uow:
        (mine,) = await uow.tickets.of_person(someone.id)
        return await uow.tickets.get(mine.id)
