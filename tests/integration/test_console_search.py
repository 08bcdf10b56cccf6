"""Words find what a plain look through the folded texts would find, the same on both stores."""

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select

from actions.adapters.database.board import SqlBoard
from actions.adapters.database.erasure import SqlPrivacy
from actions.adapters.database.schema.console import ticket_grams
from actions.adapters.database.search_words import (
    fields_of,
    folded,
    is_settled_by_pieces,
    pieces_of,
    pieces_wanted,
    words_wanted,
)
from actions.adapters.database.ticket_grams import SqlTicketWords
from actions.application.board import Wanted
from actions.application.commands.deciding import CorrectPlace
from actions.domain.people import Role
from tests.builders import Someone, World


async def finds(world: World, someone: Someone, words: str) -> list[str]:
    board = SqlBoard(world.database, world.clock, world.community)
    async with world.reading() as uow:
        actor = await uow.people.actor(someone.id)
    page = await board.page(actor, Wanted(group="all", words=words))
    return [row.number for row in page.rows]


@pytest.fixture
async def dispatcher(world: World) -> Someone:
    return await world.worker("分拨员", Role.DSP, "RT")


@pytest.fixture
async def resident(world: World) -> Someone:
    return await world.resident("何姨", home="BL-45")


async def test_words_find_a_ticket_however_they_are_written(
    world: World, dispatcher: Someone, resident: Someone
) -> None:
    rail = await world.filed(resident, "BLD01", "BL-45", "三樓扶手，鬆了 Handrail")
    await world.filed(resident, "BLD04", "BL-44", "楼道灯不亮")

    for words in (
        "扶手松了",
        "扶手",
        "松",
        "ＨＡＮＤＲＡＩＬ",
        "rail 三楼",
        "扶手 白鹭",
        "扶手 Egret",
    ):
        assert await finds(world, dispatcher, words) == [rail.number], words
    for words in ("手扶", "扶手灯", "handrails", "，"):
        assert await finds(world, dispatcher, words) == [], words


async def test_a_number_finds_its_ticket_as_it_is_typed(
    world: World, dispatcher: Someone, resident: Someone
) -> None:
    ticket = await world.filed(resident)

    assert await finds(world, dispatcher, ticket.number.lower().replace("-", " ")) == [
        ticket.number
    ]


async def test_what_is_masked_cannot_be_searched_for(
    world: World, dispatcher: Someone, resident: Someone
) -> None:
    ticket = await world.filed(resident, text="扶手松了，打我电话13800138000")

    assert await finds(world, dispatcher, "13800138000") == []
    assert await finds(world, dispatcher, "打我电话") == [ticket.number]


async def test_a_ticket_that_is_put_elsewhere_is_found_there(
    world: World, dispatcher: Someone, resident: Someone
) -> None:
    ticket = await world.filed(resident, "BLD01", "BL-45")
    assert await finds(world, dispatcher, "45栋") == [ticket.number]

    await dispatcher.does(CorrectPlace(ticket_id=ticket.id or 0, place="BL-44"))

    assert await finds(world, dispatcher, "45栋") == []
    assert await finds(world, dispatcher, "44栋") == [ticket.number]


async def test_words_that_were_erased_are_not_found(
    world: World, dispatcher: Someone, resident: Someone
) -> None:
    ticket = await world.filed(resident, text="扶手松了晃得厉害")

    await SqlPrivacy(world.database, world.clock, world.community).erase(resident.id)

    assert await finds(world, dispatcher, "晃得厉害") == []
    assert await finds(world, dispatcher, "45栋") == [ticket.number]


async def test_tickets_older_than_the_index_are_put_into_it(
    world: World, dispatcher: Someone, resident: Someone
) -> None:
    filed = [await world.filed(resident, text=f"第{name}盏灯坏了") for name in "一二三"]
    async with world.database.write() as conn:
        of_the_first = ticket_grams.c.ticket_id == filed[0].id
        await conn.execute(delete(ticket_grams).where(~of_the_first))
        await conn.commit()
    words = SqlTicketWords(world.database)

    assert await words.fill() == 2
    assert await words.fill() == 0
    assert await finds(world, dispatcher, "盏灯坏") == [each.number for each in reversed(filed)]
    assert await words.fill(anew=True) == 3


async def test_the_index_holds_nothing_twice(world: World, resident: Someone) -> None:
    ticket = await world.filed(resident, text="灯灯灯灯")

    async with world.database.read() as conn:
        rows = select(func.count()).where(ticket_grams.c.ticket_id == ticket.id)
        kept = (await conn.execute(rows)).scalar_one()

    assert kept == len(pieces_of(fields_of(ticket)))


texts = st.text(st.sampled_from("扶手鬆松灯燈 ，aAéß1１𠮷·"), max_size=12)


@given(fields=st.lists(texts, max_size=3), query=texts)
@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
def test_no_piece_is_missing_where_the_words_are(fields: Sequence[str], query: str) -> None:
    words = words_wanted(query)
    kept = [folded(each) for each in fields]
    is_told = all(any(word in field for field in kept) for word in words)
    has_pieces = pieces_wanted(words) <= pieces_of(kept)

    assert has_pieces or not is_told
    if is_settled_by_pieces(words):
        assert has_pieces == is_told


@given(text=texts, start=st.integers(0, 12), end=st.integers(0, 12))
def test_a_part_of_a_text_is_a_part_of_it_folded(text: str, start: int, end: int) -> None:
    assert folded(text[start:end]) in folded(text)
