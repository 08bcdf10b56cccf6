"""A claim is renewed for as long as somebody works on it, and no longer."""

import asyncio

from bot.gateway.renewing import EVERY, LEASE, renewing


def test_a_claim_survives_two_words_that_were_lost() -> None:
    assert 2 * EVERY < LEASE


async def test_it_is_renewed_again_and_again_until_the_work_is_over() -> None:
    words = 0
    heard = asyncio.Event()

    async def renew() -> None:
        nonlocal words
        words += 1
        if words == 1:
            raise OSError("the store is away")
        if words == 3:
            heard.set()

    async with renewing(renew, every=0.001):
        await asyncio.wait_for(heard.wait(), 60)
    over = words
    for _ in range(5):
        await asyncio.sleep(0.002)

    assert words == over
