"""A neighbourhood where a little of everything happened, as it stands when nobody is at work."""

from dataclasses import dataclass

from actions.adapters.database.audit import SqlTrail
from actions.adapters.database.delivery import Delivery
from actions.adapters.database.erasure import SqlPrivacy
from actions.application.commands.working import AcceptTicket
from actions.application.delivering import Showing, Shown
from actions.domain.identifiers import PersonId
from actions.domain.people import Role
from actions.domain.ticket import Ticket
from tests.builders import Someone, World


@dataclass(frozen=True)
class Busy:
    world: World
    resident: Someone
    worker: Someone
    erased: Someone
    ticket: Ticket


async def busy(world: World) -> Busy:
    """Told, filed, accepted, shown; somebody else told something too, and was forgotten."""
    worker = await world.worker("阿梅", Role.GWF, "G3", roster_key="gwf-3")
    resident = await world.resident("何姨", home="BL-45")
    going = await world.resident("阿强")
    await resident.writes("三楼扶手松了")
    await going.writes("楼下太吵")
    ticket = await world.filed(resident, "BLD01", "BL-45", "三楼扶手松了", photos=["p1"])
    await worker.does(AcceptTicket(ticket_id=ticket.id or 0))
    await show_all(world)
    await resident.writes("几时来修？", "urge")
    await show_all(world)
    await SqlPrivacy(world.database, world.clock, world.community).erase(going.id)
    await SqlTrail(world.database, world.clock, world.community).note(
        "look", f"ticket:{ticket.number}", by=PersonId(worker.id)
    )
    return Busy(world, resident, worker, going, ticket)


async def show_all(world: World) -> None:
    """As the page's lane does; what is owed elsewhere stays."""
    store, now = Delivery(world.database, "test"), world.clock.now()
    due = await store.look("webchat", now, limit=200)
    shown = Shown(kind="text", text="said")
    await store.show([Showing(due=each, shown=shown) for each in due], now)
