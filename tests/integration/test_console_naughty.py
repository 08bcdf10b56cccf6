"""J5: what residents write is shown in the console letter by letter, and is never part of a page."""

import pytest
from sqlalchemy import func, insert, select, update

from actions.adapters.database.schema.matters import tickets
from actions.adapters.database.schema.messaging import messages
from actions.adapters.database.schema.people import people
from actions.domain.people import Role
from actions.domain.ticket import Ticket
from tests.builders import World
from tests.integration.console_house import Node, Seen, joined
from tests.integration.naughty import NAUGHTY, OURS
from tests.integration.web_house import House

#: What no store keeps is replaced at the door (tests/chaos/faults/test_hostile_texts.py).
WORDS = [words for words in (*NAUGHTY, *OURS) if "\x00" not in words and words.strip()]
#: Rows on a page of the board.
A_PAGE = 50


@pytest.fixture
def sheets() -> list[list[str]]:
    return [WORDS[begin : begin + A_PAGE] for begin in range(0, len(WORDS), A_PAGE)]


def crooked(seen: Seen) -> list[str]:
    assert seen.status == 200, seen.words
    return seen.markup.crooked


def bones(seen: Seen, inside: str) -> list[list[str]]:
    """The elements of each row of that kind, without a word of theirs."""
    rows: list[list[str]] = []
    for node in seen.markup.nodes:
        if node.tag == inside:
            rows.append([])
        elif rows:
            rows[-1].append(node.tag)
    return rows


async def call(world: World, which: object, **columns: str) -> None:
    """Whatever road they came by: the page is told these."""
    async with world.database.write() as conn:
        await conn.execute(update(tickets).where(tickets.c.id == which).values(columns))
        await conn.commit()


def naughty(words: str) -> dict[str, str]:
    return {"summary": words, "body": words[:120], "receipt": words[:80]}


def plain(matter: Ticket) -> dict[str, str]:
    """As its record has it, which is compared in the end."""
    return {name: str(getattr(matter, name)) for name in ("summary", "body", "receipt")}


async def test_a_board_of_naughty_matters_has_the_bones_of_any_other(
    house: House, world: World, sheets: list[list[str]]
) -> None:
    desk = await joined(house, Role.DSP, "RT", login="fenbo", name="分拨员")
    resident = await world.resident("何姨", home="BL-45")
    matters = [await world.filed(resident, "BLD01", "BL-45", f"扶手{n}松了") for n in range(A_PAGE)]
    usual = bones(await desk.opens("/admin/"), "tr")

    for sheet in sheets:
        for matter, words in zip(matters, sheet, strict=False):
            await call(world, matter.id, **naughty(words))
        seen = await desk.opens("/admin/")
        assert (crooked(seen), bones(seen, "tr")) == ([], usual), sheet

    for matter in matters:
        await call(world, matter.id, **plain(matter))


async def test_a_naughty_matter_is_shown_with_its_words(
    house: House, world: World, sheets: list[list[str]]
) -> None:
    """All of them at once: in the ticket, in its record, under the name of who told it."""
    desk = await joined(house, Role.DSP, "RT", login="fenbo", name="分拨员")
    resident = await world.resident("何姨", home="BL-45")
    matter = await world.filed(resident, "BLD01", "BL-45")
    path = f"/admin/tickets/{matter.number}"

    for sheet in sheets:
        words = "\n".join(sheet)
        await call(world, matter.id, **naughty(words))
        async with world.database.write() as conn:
            await conn.execute(update(people).values(display_name=sheet[0][:80]))
            theirs = messages.c.direction == "in"
            await conn.execute(update(messages).where(theirs).values(text=words))
            await conn.commit()
        seen = await desk.opens(path)
        assert crooked(seen) == [], sheet
        assert [node for node in seen.markup.nodes if is_foreign(node)] == []

    await call(world, matter.id, **plain(matter))


def is_foreign(node: Node) -> bool:
    """An element, or a part of one, that no template of ours has."""
    is_elsewhere = not node.attributes.get("src", "/admin/").startswith("/admin/")
    is_live = any(name.startswith("on") for name in node.attributes)
    return is_elsewhere or is_live or node.tag in {"iframe", "svg", "marquee", "object", "video"}


async def test_naughty_conversations_are_read_letter_by_letter(house: House, world: World) -> None:
    desk = await joined(house, Role.RVW, "LJ", login="shen", name="审核员")
    resident = await world.resident("何姨", home="BL-45")
    async with world.database.write() as conn:
        last = await conn.execute(select(func.coalesce(func.max(messages.c.seq), 0)))
        first = int(last.scalar_one()) + 1
        said = [
            {
                "conversation_id": resident.conversation_id, "seq": seq, "direction": "in",
                "kind": "text", "text": words, "at": world.clock.now(),
            }
            for seq, words in enumerate(WORDS, first)
        ]  # fmt: skip
        await conn.execute(insert(messages), said)
        await conn.commit()

    path: str | None = f"/admin/transcripts/{resident.conversation_id}"
    shape: set[tuple[str, ...]] = set()
    read = ""
    while path:
        seen = await desk.opens(path)
        assert crooked(seen) == []
        shape |= {tuple(row) for row in bones(seen, "li")[:-1]}
        read = seen.all("ol")[0].text + read
        earlier = seen.all("a", rel="prev")
        path = earlier[0].attributes["href"] if earlier else None

    missing = [words for words in WORDS if " ".join(words.split()) not in " ".join(read.split())]
    masked = [words for words in missing if any(each.isdigit() for each in words)]
    assert [words for words in missing if words not in masked] == []
    assert len(shape) == 1
