"""What runs at every update of a platform finds its rows by an index as well."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from actions.adapters.database.addresses import SqlAddressBook
from actions.adapters.database.heard_before import SqlHeardBefore
from actions.adapters.database.received import SqlReceived
from actions.application.ports_channels import Address
from actions.domain.identifiers import ConversationId, PersonId
from tests.builders import World, opened
from tests.clock import FrozenClock
from tests.integration.full_house import fill
from tests.integration.test_plans import ROWS, noting, scans


@pytest.fixture
async def full(store_url: str, frozen_clock: FrozenClock) -> AsyncIterator[World]:
    house = await opened(store_url, frozen_clock)
    await fill(house, ROWS)
    yield house
    await house.database.close()


async def every_update(world: World) -> None:
    now = world.clock.now() + timedelta(hours=1)
    chat = Address(channel="telegram", account="7", external_id="1001")
    store = SqlReceived(world.database, "here:1:x")
    first, *_ = await store.claim("telegram", now, limit=8, lease=60)
    await store.behind(first, limit=10)
    await store.join(first, [], "{}", now)
    await store.put_off(first, now, "away", aside=True)
    await store.settle(first, "done", now)
    await store.prune("telegram", now, limit=10)
    addresses = SqlAddressBook(world.database, world.clock, world.community)
    await addresses.find(chat)
    await addresses.reach(PersonId(7), "telegram")
    await addresses.mark(chat, "active")
    heard = SqlHeardBefore(world.database)
    await heard.knows(chat, "1001.7")
    await heard.last_text(ConversationId(7), "1001.7")
    await heard.knows_file(ConversationId(7), "AQAD")


async def test_nothing_of_an_update_goes_through_a_whole_table(full: World) -> None:
    with noting(full) as asked:
        await every_update(full)

    assert not (scanned := await scans(full, asked)), "\n".join(scanned)
    assert len(asked) > 10
