"""What two persons had is what one has: nothing is lost, doubled or left behind."""

import asyncio
from typing import Any

from sqlalchemy import insert, select

from actions.adapters.database.addresses import SqlAddressBook
from actions.adapters.database.erasure import SqlPrivacy
from actions.adapters.database.schema.matters import drafts, followers, rounds, tickets
from actions.adapters.database.schema.messaging import messages
from actions.adapters.database.schema.people import (
    channel_addresses,
    people,
    role_grants,
    sealed_identities,
)
from actions.application.arrivals import Arrival
from actions.application.ports_channels import Address
from actions.domain.people import Role
from actions.domain.ticket_status import Verb
from tests.builders import Someone, World
from tests.integration.linked import count, healthy, link, on_telegram
from tests.talk import say


async def test_what_was_said_on_both_sides_is_one_numbered_transcript(world: World) -> None:
    owner, other = await world.resident("何姨"), await on_telegram(world)
    for someone, words in ((owner, "甲"), (owner, "乙"), (other, "丙")):
        await world.arrives(someone, words)

    await link(owner, other)

    async with world.database.read() as conn:
        mine = messages.c.conversation_id == owner.conversation_id
        said = select(messages.c.text, messages.c.seq).where(mine).order_by(messages.c.seq)
        rows = (await conn.execute(said)).all()
    assert [tuple(row) for row in rows] == [("甲", 1), ("乙", 2), ("丙", 3)]
    assert await count(world, messages.c.conversation_id == other.conversation_id) == 0
    assert await healthy(world) == []


async def test_a_page_that_sends_again_after_it_became_another_is_not_doubled(
    world: World,
) -> None:
    owner, other = await world.resident("何姨"), await world.resident("同一个人")
    first = await arrives_from_page(world, other, "uuid-1")

    await link(owner, other)
    again = await arrives_from_page(world, owner, "uuid-1")

    assert (first.inbox_id, again.is_new) == (again.inbox_id, False)


async def arrives_from_page(world: World, someone: Someone, key: str) -> Any:
    taking = asyncio.create_task(world.intake.run())
    async with world.reading() as uow:
        name = (await uow.people.get(someone.id)).participant_id
    arrival = Arrival(
        channel="webchat", account="default", external_id=f"{name}:{key}",
        conversation_id=someone.conversation_id, area=world.community.root, kind="text",
        payload={"text": "你好"}, at=world.clock.now(), text="你好",
    )  # fmt: skip
    remembered = await world.intake.remember(arrival)
    taking.cancel()
    await asyncio.gather(taking, return_exceptions=True)
    return remembered


async def test_matters_followed_filed_and_worked_on_are_the_survivors(world: World) -> None:
    owner, other = await world.resident("何姨"), await on_telegram(world)
    neighbour = await world.resident("邻居")
    shared, own = await world.filed(neighbour), await world.filed(other, "BLD02", "BL-46")
    await world.joins(owner, shared)
    await world.joins(other, shared)

    await link(owner, other)

    async with world.reading() as uow:
        mine = {each.number for each in await uow.tickets.of_person(owner.id, limit=9)}
        waiting = await uow.tickets.followers(shared.id)  # type: ignore[arg-type]
    assert own.number in mine
    assert list(waiting).count(owner.id) == 1
    assert (await world.ticket(own)).reporter == owner.id
    assert not await count(world, followers.c.person_id == other.id)
    assert await healthy(world) == []


async def test_somebody_who_raised_it_counts_as_who_raised_it(world: World) -> None:
    owner, other = await world.resident("何姨"), await on_telegram(world)
    ticket = await world.filed(other)
    await world.joins(owner, ticket)

    await link(owner, other)

    async with world.database.read() as conn:
        row = (await conn.execute(select(followers))).one()
    assert (row.person_id, row.kind, row.left_at) == (owner.id, "reporter", None)


async def test_powers_come_along_once_and_the_work_with_them(world: World) -> None:
    owner = await world.resident("陈师傅")
    worker = await world.worker("小陈", Role.GWF, "G3", roster_key="gwf-3")
    ticket = await world.filed(await world.resident("何姨"))
    assert (await world.ticket(ticket)).assignee == worker.id

    await link(owner, worker)
    await owner.presses("button_accept")

    assert (await world.ticket(ticket)).assignee == owner.id
    assert await count(world, role_grants.c.revoked_at.is_(None)) == 1
    async with world.reading() as uow:
        person = await uow.people.get(owner.id)
    assert (person.roster_key, person.display_name) == ("gwf-3", "陈师傅")
    assert await healthy(world) == []


async def test_a_matter_about_somebody_stays_about_them(world: World) -> None:
    owner = await world.resident("陈师傅")
    worker = await world.worker("小陈", Role.GWF, "G3")
    ticket = await world.filed(await world.resident("何姨"))
    await worker.alters(ticket, Verb.RECUSE, recused=[worker.id])

    await link(owner, worker)

    assert list((await world.ticket(ticket)).recused) == [owner.id]
    assert await healthy(world) == []


async def test_two_drafts_two_rounds_and_two_identities_become_what_one_may_have(
    world: World,
) -> None:
    owner, other = [await world.worker(name, Role.GWF, "G3") for name in ("甲", "乙")]
    for someone in (owner, other):
        await say(someone, "楼道灯坏了", "LGT01")
    async with world.database.write() as conn:
        for someone, word in ((owner, b"kept"), (other, b"gone")):
            facts = {"person_id": someone.id, "area": world.community.root}
            now = world.clock.now()
            await conn.execute(
                insert(sealed_identities).values(facts | {"sealed": word, "updated_at": now})
            )
            await conn.execute(insert(rounds).values(facts | {"kind": "patrol", "begun_at": now}))
        await conn.commit()

    await link(owner, other)

    assert await count(world, drafts.c.conversation_id == owner.conversation_id) == 2
    assert await count(world, rounds.c.ended_at.is_(None)) == 1
    async with world.database.read() as conn:
        assert (await conn.execute(select(sealed_identities.c.sealed))).scalars().all() == [b"kept"]


async def test_the_emptied_person_is_found_by_nobody(world: World) -> None:
    owner, other = await world.resident("何姨"), await on_telegram(world, name="阿何")

    await link(owner, other)

    async with world.database.read() as conn:
        gone = (await conn.execute(select(people).where(people.c.id == other.id))).one()
    assert gone.erased_at == world.clock.now()
    assert (gone.display_name, gone.roster_key) == ("", None)
    assert not await count(world, channel_addresses.c.person_id == other.id)


async def test_export_and_erasure_cover_both_sides(world: World) -> None:
    owner, other = await world.resident("何姨"), await on_telegram(world, "4711")
    ticket = await world.filed(other, text="只在电报上说过的话")
    await world.arrives(other, "只在电报上说过的话")
    await link(owner, other)
    privacy = SqlPrivacy(world.database, world.clock, world.community)

    async with world.reading() as uow:
        person = await uow.people.get(owner.id)
    book = SqlAddressBook(world.database, world.clock, world.community)
    account = await book.find(Address(channel="telegram", account="7", external_id="4711"))
    assert account is not None
    assert account.participant_id == person.participant_id
    exported = str(await privacy.export(account))
    await privacy.erase(owner.id)

    assert "只在电报上说过的话" in exported
    assert "4711" in exported
    assert not await count(world, messages.c.text.contains("只在电报上"))
    assert not await count(world, channel_addresses.c.external_id == "4711")
    assert not await count(world, tickets.c.summary.contains("电报"))
    assert ticket.id
