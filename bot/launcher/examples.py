"""What this house has to learn from, written for as long as a model learns from it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from actions.application.reviewing import Example
from actions.bootstrap import House, open_house, sqlite_file
from actions.domain.learning import sift
from bot.launcher.welcome import complain
from bot.settings import Settings


@asynccontextmanager
async def learned_from(settings: Settings) -> AsyncIterator[None]:
    """The accepted corrections lie where training looks; afterwards the words lie nowhere else.

    Written anew each time: what was erased or taken back since is not among them.
    """
    file = sqlite_file(settings.house.database_url.reveal())
    if file is not None and not await asyncio.to_thread(file.exists):
        yield
        return
    async with open_house(settings.house) as house:
        await export(house)
        try:
            yield
        finally:
            house.examples.remove()


async def export(house: House) -> None:
    """Write what was accepted."""
    taken = await accepted_ones(house, by="training")
    await asyncio.to_thread(house.examples.write, taken)


async def accepted_ones(house: House, *, by: str) -> list[Example]:
    """What may be learned from; what is left out of the accepted ones is named."""
    known = await asyncio.to_thread(house.examples.known)
    accepted = await house.review.accepted(by=by)
    by_id = {each.id: each for each in accepted}
    taken: list[Example] = []
    for number, _, _, why in sift(((e.id, e.words, e.label) for e in accepted), known):
        if why:
            complain(f"correction {number} is left out: {why}")
        else:
            taken.append(by_id[number])
    if accepted:
        complain(f"{len(taken)} of {len(accepted)} accepted corrections")
    return taken
