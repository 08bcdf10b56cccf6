"""Who unsubscribes is forgotten, whatever comes between; who is known elsewhere stays there."""

from datetime import timedelta

import pytest
from sqlalchemy import func, insert, select

from actions.adapters.database.addresses import SqlAddressBook
from actions.adapters.database.erasure import SqlPrivacy
from actions.adapters.database.received import SqlReceived
from actions.adapters.database.schema.channels import received
from actions.adapters.database.schema.people import channel_addresses as addresses
from actions.adapters.database.schema.people import people, role_grants, sessions
from actions.adapters.database.schema.wechat import wechat_windows
from actions.adapters.database.wechat_ledger import SqlWeChatLedger
from actions.adapters.database.wechat_platform import SqlWeChatPlatform
from actions.application.ports_channels import Address
from actions.application.ports_wechat import BY_MESSAGE
from actions.domain.identifiers import PersonId
from tests.builders import World

APP, ANNA = "wx0000simulated00", "oAnna"


async def follower(world: World) -> int:
    """Anna, with a window and a callback that is still to be read."""
    address = Address(channel="wechat", account=APP, external_id=ANNA)
    book = SqlAddressBook(world.database, world.clock, world.community)
    account, _ = await book.meet(address, locale="zh-CN", name="")
    now = world.clock.now()
    await SqlWeChatLedger(world.database, APP).opens(ANNA, BY_MESSAGE, now)
    await SqlReceived(world.database, "test").keep("wechat", APP, [("m1", ANNA, "<xml/>")], now)
    return int(account.person_id)


async def left_of(world: World) -> tuple[int, ...]:
    """Addresses, windows, and callbacks that can still be read or name her."""
    queries = (
        select(func.count()).select_from(addresses).where(addresses.c.external_id == ANNA),
        select(func.count()).select_from(wechat_windows),
        select(func.count()).select_from(received).where(received.c.queue == ANNA),
    )
    async with world.database.read() as conn:
        return tuple([(await conn.execute(query)).scalar_one() for query in queries])


async def test_deciding_changes_nothing_so_that_it_can_be_begun_again(world: World) -> None:
    person_id = await follower(world)
    platform = SqlWeChatPlatform(world.database, APP)
    for _ in range(2):
        leaving = await platform.leaving(ANNA, world.clock.now())
        assert leaving is not None
        assert (leaving.person_id, leaving.stays) == (person_id, False)
    assert await left_of(world) == (1, 1, 1)


async def test_an_erasure_takes_everything_of_wechat_along(world: World) -> None:
    person_id = await follower(world)
    privacy = SqlPrivacy(world.database, world.clock, world.community)
    await privacy.erase(PersonId(person_id))
    assert await left_of(world) == (0, 0, 0)
    platform = SqlWeChatPlatform(world.database, APP)
    assert await platform.leaving(ANNA, world.clock.now()) is None


async def test_who_stays_elsewhere_loses_only_what_is_of_wechat(world: World) -> None:
    person_id = await follower(world)
    platform = SqlWeChatPlatform(world.database, APP)
    await platform.drop(ANNA, world.clock.now())
    assert await left_of(world) == (0, 0, 0)
    async with world.database.read() as conn:
        person = (await conn.execute(select(people).where(people.c.id == person_id))).one()
    assert person.erased_at is None


@pytest.mark.parametrize(
    ("known_by", "stays"),
    [("page", True), ("old page", False), ("office", True), ("former office", False),
     ("telegram", True)],
)  # fmt: skip
async def test_what_else_leads_to_somebody(world: World, *, known_by: str, stays: bool) -> None:
    person_id, now = await follower(world), world.clock.now()
    day = timedelta(days=1)
    rows = {
        "page": (sessions, {"token_hash": "h", "created_at": now, "last_seen_at": now,
                            "expires_at": now + day}),
        "old page": (sessions, {"token_hash": "h", "created_at": now, "last_seen_at": now,
                                "expires_at": now - day}),
        "office": (role_grants, {"role": "GWF", "granted_at": now, "granted_by": 0}),
        "former office": (role_grants, {"role": "GWF", "granted_at": now, "granted_by": 0,
                                        "revoked_at": now}),
        "telegram": (addresses, {"channel": "telegram", "account": "7", "external_id": "8",
                                 "state": "active", "created_at": now}),
    }  # fmt: skip
    table, values = rows[known_by]
    async with world.database.write() as conn:
        await conn.execute(insert(table).values({"person_id": person_id, "area": "LJ", **values}))
        await conn.commit()
    leaving = await SqlWeChatPlatform(world.database, APP).leaving(ANNA, now)
    assert leaving is not None
    assert leaving.stays is stays
