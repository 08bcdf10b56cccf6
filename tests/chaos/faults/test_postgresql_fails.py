"""PostgreSQL restarts, hangs, swallows an answer, gives up, is read-only or full (B8–B12, G6)."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from actions.adapters.database.engine import Database
from actions.domain.errors import RaceLost, StoreAway
from tests.builders import closed, opened
from tests.chaos.faults.houses import behind_a_proxy, house_over, writer
from tests.clock import FrozenClock
from tests.integration.web_house import new_id

#: Only a guard against what never ends.
GUARD = 120.0
#: The first three tries; a sequence counts them, as nothing rolls it back.
GIVES_UP = """\
CREATE SEQUENCE tries

CREATE FUNCTION give_up() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
IF nextval('tries') <= 3 THEN RAISE EXCEPTION 'no' USING ERRCODE = '{state}'; END IF;
RETURN NEW; END $$

CREATE TRIGGER gives_up BEFORE INSERT ON tickets FOR EACH ROW EXECUTE FUNCTION give_up()
"""


@pytest.fixture
async def operator(postgres_server: object, postgres_url: str) -> AsyncIterator[asyncpg.Connection]:
    """Somebody with a connection of their own, from another database."""
    url = make_url(postgres_url)
    connection = await asyncpg.connect(host=url.host, port=url.port, user="postgres")
    yield connection
    await connection.close()


def name_of(url: str) -> str:
    return make_url(url).database or ""


async def end_sessions(operator: asyncpg.Connection, url: str) -> None:
    await operator.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", name_of(url)
    )


async def test_a_message_waits_for_a_restart_and_is_kept_b8(
    lent_postgres_url: str, tmp_path: Path
) -> None:
    async with (
        behind_a_proxy(lent_postgres_url) as (proxy, url),
        house_over(url, tmp_path) as house,
    ):
        resident = await writer(house)
        proxy.refuse()
        saying = asyncio.create_task(resident.tries("灯坏了", new_id()))
        asking = asyncio.create_task(resident.visitor.messages())
        await asyncio.sleep(0.1)
        assert not saying.done()
        await proxy.accept()

        assert await saying == 202
        await asking
        assert await resident.said() == ["灯坏了"]


async def test_a_server_that_hangs_is_told_in_time_and_served_after_it_b9_g6(
    lent_postgres_url: str, tmp_path: Path
) -> None:
    async with (
        behind_a_proxy(lent_postgres_url) as (proxy, url),
        house_over(url, tmp_path) as house,
    ):
        resident = await writer(house)
        numbers = [new_id() for _ in range(30)]
        proxy.swallow()
        async with asyncio.timeout(GUARD):
            trying = [resident.tries(f"第{n}句", number) for n, number in enumerate(numbers)]
            assert set(await asyncio.gather(*trying)) == {503}
        proxy.heal()
        for n, number in enumerate(numbers):
            assert await resident.tries(f"第{n}句", number) == 202

        assert sorted(await resident.said()) == sorted(f"第{n}句" for n in range(30))


async def test_a_commit_whose_answer_is_lost_is_one_row_b10(
    lent_postgres_url: str, tmp_path: Path
) -> None:
    async with (
        behind_a_proxy(lent_postgres_url) as (proxy, url),
        house_over(url, tmp_path) as house,
    ):
        resident = await writer(house)
        proxy.lose_answers(to=b"COMMIT")
        await resident.insists("灯坏了")

        assert proxy.answers_lost == 1
        assert await resident.said() == ["灯坏了"]


@pytest.mark.parametrize("state", ["40001", "40P01"])
async def test_what_the_store_gave_up_is_repeated_and_takes_effect_once_b11(
    postgres_url: str, state: str
) -> None:
    world = await opened(postgres_url, FrozenClock())
    resident = await world.resident("何姨", home="BL-45")
    async with world.database.write() as conn:
        for statement in GIVES_UP.format(state=state).split("\n\n"):
            await conn.execute(text(statement))
        await conn.commit()

    ticket = await world.filed(resident, "BLD01", "BL-45", "扶手松了")

    assert await world.every_ticket() == [ticket.id]
    await closed(world)


@pytest.mark.parametrize(
    ("state", "ours"),
    [
        ("40001", RaceLost), ("40P01", RaceLost), ("53100", StoreAway), ("53300", StoreAway),
        ("57014", StoreAway), ("57P01", StoreAway), ("58030", StoreAway), ("25006", StoreAway),
    ],
)  # fmt: skip
async def test_each_complaint_of_the_server_has_a_meaning(
    lent_postgres_url: str, state: str, ours: type[Exception]
) -> None:
    database = Database(lent_postgres_url)
    complaint = f"DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '{state}'; END $$"
    with pytest.raises(ours):
        async with database.write() as conn:
            await conn.execute(text(complaint))
    await database.close()


async def test_a_read_only_server_is_still_read_and_written_when_it_is_not_b12(
    postgres_url: str, tmp_path: Path, operator: asyncpg.Connection
) -> None:
    database = name_of(postgres_url)
    async with house_over(postgres_url, tmp_path) as house:
        resident = await writer(house)
        await resident.insists("第一句")
        await operator.execute(f"ALTER DATABASE {database} SET default_transaction_read_only = on")
        await end_sessions(operator, postgres_url)
        number = new_id()
        assert await resident.tries("第二句", number) == 503
        assert await resident.said() == ["第一句"]

        await operator.execute(f"ALTER DATABASE {database} RESET default_transaction_read_only")
        await end_sessions(operator, postgres_url)
        assert await resident.tries("第二句", number) == 202
        assert await resident.said() == ["第一句", "第二句"]


async def test_sessions_that_are_ended_again_and_again_lose_and_double_nothing_b12(
    postgres_url: str, tmp_path: Path, operator: asyncpg.Connection
) -> None:
    async def harass() -> None:
        while True:
            await end_sessions(operator, postgres_url)
            await asyncio.sleep(0.1)

    texts = [f"第{number}句" for number in range(40)]
    async with house_over(postgres_url, tmp_path) as house:
        resident = await writer(house)
        harassing = asyncio.create_task(harass())
        for words in texts:
            await resident.insists(words)
            await asyncio.sleep(0.02)
        harassing.cancel()
        await asyncio.gather(harassing, return_exceptions=True)

        assert await resident.said() == texts


async def test_a_server_without_room_for_connections_is_waited_for_b12(
    postgres_url: str, tmp_path: Path, operator: asyncpg.Connection
) -> None:
    """A role of few connections, as the whole server has few."""
    role = f"few_{name_of(postgres_url)}"
    await operator.execute(f"CREATE ROLE {role} LOGIN CONNECTION LIMIT 1")
    try:
        owner = Database(postgres_url)
        async with owner.write() as conn:
            await conn.execute(text(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {role}"))
            await conn.execute(text(f"GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO {role}"))
            await conn.commit()
        url = make_url(postgres_url).set(username=role)
        async with house_over(url.render_as_string(), tmp_path) as house:
            resident = await writer(house)
            async with house.world.database.read():
                number = new_id()
                assert await resident.tries("灯坏了", number) == 503
            assert await resident.tries("灯坏了", number) == 202
            assert await resident.said() == ["灯坏了"]
        async with owner.write() as conn:
            await conn.execute(text(f"DROP OWNED BY {role}"))
            await conn.commit()
        await owner.close()
    finally:
        await operator.execute(f"DROP ROLE IF EXISTS {role}")
