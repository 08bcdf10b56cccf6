"""What is under way while two persons become one ends with the one they become."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from actions.adapters.database.delivery import Delivery
from actions.adapters.database.schema.messaging import effects, inbox, messages, outbox
from actions.adapters.database.turns import Turns
from actions.application.commands.linking import AskLinkCode
from actions.application.delivering import Showing, Shown
from actions.application.turn import Turn
from actions.domain.errors import RaceLost, StaleLease
from actions.domain.identifiers import InboxId
from actions.domain.people import Actor, Role
from actions.domain.ticket_status import Verb
from tests.builders import World
from tests.integration.linked import count, healthy, link, on_telegram


async def test_an_arrival_under_way_to_the_old_conversation_is_kept_in_the_new(
    world: World,
) -> None:
    owner, other = await world.resident("何姨"), await on_telegram(world)
    await link(owner, other)

    inbox_id = await world.arrives(other, "路上的话")

    assert await count(
        world, inbox.c.id == inbox_id, inbox.c.conversation_id == owner.conversation_id
    )
    assert await healthy(world) == []


async def test_news_already_under_way_to_the_emptied_person_reaches_the_survivor(
    world: World,
) -> None:
    owner, other = await world.resident("何姨"), await on_telegram(world)
    await link(owner, other)

    actor = Actor(person_id=other.id)
    async with world.open_uow(Turn(cause="late", actor=actor)) as uow:
        await uow.reply("no_matters")
        await uow.commit()

    assert (await owner.templates())[-1] == "no_matters"


async def test_what_was_written_while_they_became_one_is_gathered_later(world: World) -> None:
    owner, other = await world.resident("何姨"), await on_telegram(world)
    await link(owner, other)
    async with world.database.write() as conn:
        known = select(effects.c.cause, effects.c.step).limit(1)
        cause, step = (await conn.execute(known)).one()
        late = {
            "key": f"{cause}/{step}/99", "person_id": other.id, "conversation_id": other.conversation_id,
            "channel": "telegram", "purpose": "push", "template": "no_matters",
            "content": {"params": {}, "buttons": [], "card": None, "photos": []},
            "status_news": False, "urgent": False, "state": "ready",
            "not_before": world.clock.now(), "created_at": world.clock.now(),
        }  # fmt: skip
        await conn.execute(insert(outbox).values(late))
        await conn.commit()

    world.clock.advance(timedelta(minutes=3))
    await world.tick()

    assert await count(world, outbox.c.key == late["key"], outbox.c.person_id == owner.id)
    assert await healthy(world) == []


async def test_what_was_being_sent_while_they_became_one_stands_in_the_one_transcript(
    world: World,
) -> None:
    owner, other = await world.resident("何姨"), await on_telegram(world)
    await other.does(AskLinkCode())
    store = Delivery(world.database, "test")
    now = world.clock.now()
    claimed = await store.claim("telegram", now, limit=9, in_order=True, lease=45)
    await link(owner, other)

    shown = [Showing(due=due, shown=Shown(kind="text", text="说过了")) for due in claimed]
    await store.show(shown, now)

    assert claimed
    assert await count(
        world, messages.c.text == "说过了", messages.c.conversation_id == owner.conversation_id
    ) == len(claimed)
    assert await healthy(world) == []


async def test_a_turn_under_way_in_the_old_conversation_is_taken_again_in_the_new(
    world: World,
) -> None:
    owner, other = await world.resident("何姨"), await on_telegram(world)
    turns = Turns(world.database, "test")
    inbox_id = InboxId(await world.arrives(other, "正在办的话"))
    lease = await turns.take(other.conversation_id)
    assert lease is not None
    await link(owner, other)
    late = Turn(
        cause=f"inbox:{inbox_id}",
        actor=Actor(person_id=other.id),
        conversation_id=other.conversation_id,
        inbox_id=inbox_id,
        lease_token=lease.token,
    )

    with pytest.raises(StaleLease):
        await world.bus.handle(AskLinkCode(), late)

    work = await turns.next(owner.conversation_id, world.clock.now())
    assert work is not None
    assert (work.inbox_id, work.person_id) == (inbox_id, owner.id)
    assert not await turns.release(lease)


async def test_a_ticket_somebody_works_on_meanwhile_keeps_its_new_reporter(world: World) -> None:
    owner, other = await world.resident("何姨"), await on_telegram(world)
    worker = await world.worker("阿梅", Role.GWF, "G3")
    ticket = await world.filed(other)
    stale = await world.ticket(ticket)
    await link(owner, other)

    async with world.open_uow(Turn(cause="late", actor=Actor(person_id=worker.id))) as uow:
        stale.record(Verb.ACCEPT, uow.deed("assignee"))
        with pytest.raises(RaceLost):
            await uow.tickets.save(stale)

    assert (await world.ticket(ticket)).reporter == owner.id
