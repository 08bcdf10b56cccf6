"""Questions that gather are answered by one read, which began after the last of them."""

import asyncio
from collections.abc import Mapping, Sequence

import pytest

from actions.adapters.database.asked_together import AskedTogether


class Slow:
    """Answers each key with the number of the read that answered it, when it is let go."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []
        self.may_answer = asyncio.Event()

    async def __call__(self, keys: Sequence[str]) -> Mapping[str, int]:
        self.asked.append(sorted(keys))
        number = len(self.asked)
        await self.may_answer.wait()
        return {key: number for key in keys if key != "nobody"}


async def settled() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_what_is_asked_during_a_read_shares_the_next_one() -> None:
    slow = Slow()
    door = AskedTogether(slow)

    first = asyncio.create_task(door.ask("a"))
    await settled()
    others = [asyncio.create_task(door.ask(key)) for key in ("a", "b", "c", "a")]
    await settled()
    slow.may_answer.set()

    assert await first == 1
    assert await asyncio.gather(*others) == [2, 2, 2, 2]
    assert slow.asked == [["a"], ["a", "b", "c"]]


async def test_nothing_is_remembered() -> None:
    slow = Slow()
    slow.may_answer.set()
    door = AskedTogether(slow)

    assert [await door.ask("a"), await door.ask("a")] == [1, 2]


async def test_what_is_not_found_is_none() -> None:
    slow = Slow()
    slow.may_answer.set()

    assert await AskedTogether(slow).ask("nobody") is None


async def test_who_gives_up_takes_the_answer_from_nobody() -> None:
    slow = Slow()
    door = AskedTogether(slow)
    hasty, patient = (asyncio.create_task(door.ask("a")) for _ in range(2))
    await settled()

    hasty.cancel()
    slow.may_answer.set()

    assert await patient == 1


async def test_a_failed_read_fails_those_who_asked_and_nobody_after_them() -> None:
    tries: list[Sequence[str]] = []

    async def once(keys: Sequence[str]) -> Mapping[str, int]:
        tries.append(keys)
        if len(tries) == 1:
            raise ConnectionError
        return dict.fromkeys(keys, 7)

    door = AskedTogether(once)

    with pytest.raises(ConnectionError):
        await door.ask("a")
    assert await door.ask("a") == 7
