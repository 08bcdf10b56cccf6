"""Both sides hear of it, one tap undoes it, and news goes to where the person was last."""

from datetime import timedelta

from sqlalchemy import select

from actions.adapters.database.addresses import SqlAddressBook
from actions.adapters.database.schema.messaging import messages
from actions.adapters.database.schema.records import audit
from actions.application.commands.linking import AskLinkCode
from actions.application.ports_channels import Address
from actions.domain.people import Role
from tests.builders import World
from tests.integration.linked import count, healthy, link, on_telegram, who_is


async def test_the_side_the_code_came_from_is_told_there_and_news_goes_to_the_other(
    world: World,
) -> None:
    owner = await world.resident("何姨")

    await link(owner, await on_telegram(world))
    await owner.does(AskLinkCode())

    channels = {said.template: said.row["channel"] for said in await owner.heard()}
    assert channels["link_done"] == "telegram"
    assert channels["link_told"] == "webchat"
    assert (await owner.heard())[-1].row["channel"] == "telegram"


async def test_one_tap_lets_go_of_a_stranger_with_their_powers_back(world: World) -> None:
    owner = await world.resident("何姨")
    worker = await world.worker("小陈", Role.GWF, "G3")
    stranger = await on_telegram(world)
    await link(owner, stranger)

    await owner.presses("button_link_undo")

    apart = await on_telegram(world)
    assert apart.id != owner.id
    assert (await apart.templates()) == ["link_undone_apart"]
    assert (await owner.last("link_undone")).row["channel"] == "webchat"
    await link(owner, worker)
    await owner.presses("button_link_undo")
    async with world.reading() as uow:
        assert not (await uow.people.actor(owner.id)).grants
        assert (await uow.people.actor(worker.id)).is_worker
    assert await healthy(world) == []


async def test_whoever_gave_the_code_can_go_apart_again_too(world: World) -> None:
    owner, other = await world.resident("何姨"), await on_telegram(world)
    await link(owner, other)
    other = await on_telegram(world)

    await other.presses("button_link_undo")
    await world.arrives(await on_telegram(world), "我自己的话")

    assert await who_is(world) != owner.id
    assert await count(world, messages.c.text == "我自己的话",
                       messages.c.conversation_id != owner.conversation_id)  # fmt: skip
    assert await healthy(world) == []


async def test_a_day_later_it_is_not_undone_by_a_tap(world: World) -> None:
    owner = await world.resident("何姨")
    await link(owner, await on_telegram(world))
    world.clock.advance(timedelta(hours=25))

    await owner.presses("button_link_undo")

    assert (await owner.templates())[-1] == "error_out_of_date"
    assert await who_is(world) == owner.id


async def test_joining_and_parting_are_on_the_audit_trail(world: World) -> None:
    owner, other = await world.resident("何姨"), await on_telegram(world)

    await link(owner, other)
    await owner.presses("button_link_undo")

    async with world.database.read() as conn:
        rows = (await conn.execute(select(audit.c.action, audit.c.object))).all()
    about = f"person:{owner.id}"
    assert [tuple(row) for row in rows] == [("link", about), ("unlink", about)]


async def test_of_two_chats_on_one_platform_the_one_used_last_is_written_to(world: World) -> None:
    book = SqlAddressBook(world.database, world.clock, world.community)
    first, second = [
        Address(channel="telegram", account="7", external_id=chat) for chat in ("1", "2")
    ]
    owner = await on_telegram(world, "1")
    await link(owner, await on_telegram(world, "2"))

    after_linking = await book.reach(owner.id, "telegram")
    await book.mark(first, "active")
    after_writing = await book.reach(owner.id, "telegram")
    await book.mark(first, "blocked")

    assert (after_linking, after_writing) == (second, first)
    assert await book.reach(owner.id, "telegram") == second


async def test_somebody_at_the_same_platform_is_told_in_the_chat_the_code_came_from(
    world: World,
) -> None:
    book = SqlAddressBook(world.database, world.clock, world.community)
    owner = await on_telegram(world, "1")

    await link(owner, await on_telegram(world, "2"))

    told = (await owner.last("link_told")).row
    assert (told["channel"], told["content"]["chat"]) == ("telegram", "1")
    assert await book.reach(owner.id, "telegram", chat="1") == Address(
        channel="telegram", account="7", external_id="1"
    )
