"""Codes: made, given once, refused, guessed; an invitation given the same way."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.adapters.database.invitations import SqlInvitations
from actions.adapters.database.schema.channels import link_codes
from actions.adapters.database.schema.messaging import conversations
from actions.application.commands.linking import UseCode
from tests.builders import World
from tests.integration.linked import code_of, count, healthy, on_telegram, who_is


async def test_a_newcomer_with_a_code_is_the_same_person_at_once(world: World) -> None:
    owner = await world.resident("何姨")
    newcomer = await on_telegram(world)

    await newcomer.does(UseCode(code=await code_of(owner)))

    assert await who_is(world) == owner.id
    assert (await owner.templates())[-2:] == ["link_done", "link_told"]
    assert await healthy(world) == []


async def test_a_code_may_be_typed_in_any_shape(world: World) -> None:
    owner = await world.resident("何姨")
    code = await code_of(owner)

    await (await on_telegram(world)).does(UseCode(code=code.lower().replace("-", " ")))

    assert await who_is(world) == owner.id


async def test_ones_own_code_is_answered_kindly_and_still_good(world: World) -> None:
    owner = await world.resident("何姨")
    code = await code_of(owner)

    await owner.does(UseCode(code=code))
    await (await on_telegram(world)).does(UseCode(code=code))

    assert "link_own" in await owner.templates()
    assert await who_is(world) == owner.id


async def test_whoever_has_something_to_give_away_is_asked_first(world: World) -> None:
    owner, other = await world.resident("何姨"), await on_telegram(world)
    await world.filed(other)

    await other.does(UseCode(code=await code_of(owner)))

    assert await who_is(world) == other.id
    assert (await other.templates())[-1] == "link_sure"
    await other.presses("button_link_yes")
    assert await who_is(world) == owner.id


async def test_a_code_is_good_once_and_for_ten_minutes(world: World) -> None:
    owner = await world.resident("何姨")
    first, second, third = [await on_telegram(world, chat) for chat in ("1", "2", "3")]
    code = await code_of(owner)

    await first.does(UseCode(code=code))
    await second.does(UseCode(code=code))
    late = await code_of(owner)
    world.clock.advance(timedelta(minutes=11))
    await third.does(UseCode(code=late))

    assert await who_is(world, "1") == owner.id
    assert (await second.templates())[-1] == (await third.templates())[-1] == "error_invitation"


async def test_a_new_code_makes_the_one_before_void(world: World) -> None:
    owner, other = await world.resident("何姨"), await on_telegram(world)
    before = await code_of(owner)
    await code_of(owner)

    await other.does(UseCode(code=before))

    assert (await other.templates())[-1] == "error_invitation"


async def test_only_a_hash_of_the_code_is_kept(world: World) -> None:
    owner = await world.resident("何姨")
    code = await code_of(owner)

    async with world.database.read() as conn:
        row = (await conn.execute(select(link_codes))).mappings().one()

    assert code not in map(str, row.values())
    assert len(code) <= 64
    assert code.replace("-", "").isalnum()


async def test_of_many_who_give_a_code_at_once_one_wins(world: World) -> None:
    owner = await world.resident("何姨")
    code = await code_of(owner)
    crowd = [await on_telegram(world, str(chat)) for chat in range(8)]

    await asyncio.gather(*(each.does(UseCode(code=code)) for each in crowd))

    won = [chat for chat in range(8) if await who_is(world, str(chat)) == owner.id]
    assert len(won) == 1
    assert await healthy(world) == []


async def test_two_who_give_each_others_codes_at_once_end_as_one(world: World) -> None:
    first, second = await on_telegram(world, "1"), await on_telegram(world, "2")
    codes = [await code_of(first), await code_of(second)]

    await asyncio.gather(
        first.does(UseCode(code=codes[1])),
        second.does(UseCode(code=codes[0])),
    )

    assert await who_is(world, "1") == await who_is(world, "2")
    assert await healthy(world) == []


async def test_guessing_stops_after_ten_wrong_codes(world: World) -> None:
    guesser, owner = await on_telegram(world), await world.resident("何姨")
    for number in range(10):
        inbox_id = await world.arrives(guesser, "a code")
        await world.run(UseCode(code=f"wrong-{number}"), guesser, inbox_id=inbox_id)

    await guesser.does(UseCode(code=await code_of(owner)))

    assert (await guesser.templates())[-1] == "error_too_many"
    assert await who_is(world) == guesser.id


@pytest.mark.parametrize("way", ["typed", "invited"])
async def test_an_invitation_typed_in_a_chat_gives_its_role(world: World, way: str) -> None:
    made = SqlInvitations(world.database, world.clock, world.community)
    code = (await made.invite("GWF", area="G3", name="阿梅" if way == "typed" else "")).code
    newcomer = await on_telegram(world)

    await newcomer.does(UseCode(code=code))

    heard = await newcomer.templates()
    assert ("welcome_worker" in heard) == (way == "typed")
    assert await count(world, conversations.c.id == newcomer.conversation_id)
