"""One writer at a time; those in a hurry first; nobody who gives up takes the turn along."""

import asyncio

from actions.adapters.database.precedence import Precedence


async def test_who_is_in_a_hurry_goes_first_and_the_others_keep_their_order() -> None:
    precedence, order = Precedence(60.0), list[str]()

    async def come(name: str, *, first: bool = False) -> None:
        async with precedence.hold(first=first):
            order.append(name)
            await asyncio.sleep(0)

    async with precedence.hold(first=False):
        waiting = [asyncio.create_task(come(name)) for name in ("a", "b")]
        waiting.append(asyncio.create_task(come("urgent", first=True)))
        await asyncio.sleep(0)
    await asyncio.gather(*waiting)

    assert order == ["urgent", "a", "b"]


async def test_who_gives_up_before_or_at_the_turn_leaves_it_to_the_next() -> None:
    precedence = Precedence(60.0)

    async def come() -> None:
        async with precedence.hold(first=False):
            await asyncio.sleep(0)

    async with precedence.hold(first=True):
        tasks = [asyncio.create_task(come()) for _ in range(3)]
        await asyncio.sleep(0)
        tasks[0].cancel()
    tasks[1].cancel()

    ended = await asyncio.gather(*tasks, return_exceptions=True)
    assert [isinstance(each, asyncio.CancelledError) for each in ended] == [True, True, False]
    async with asyncio.timeout(5), precedence.hold(first=False):
        pass
