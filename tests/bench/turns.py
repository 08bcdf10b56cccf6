"""A full resident turn: text in, durable, understood, answered; ours beside a stock Rasa server."""

import asyncio
import itertools
import time
from collections.abc import Awaitable, Callable, Sequence
from uuid import uuid4

from actions.adapters.database.engine import Database
from bot.launcher.welcome import say
from tests.bench.arena import Arena
from tests.bench.history import History
from tests.bench.installation import Installation
from tests.bench.lean import Line
from tests.bench.measure import Aim, Measure, beside, middle
from tests.bench.sizes import Sizes

WORDS = "您好"
PEER = "stock Rasa, SQL tracker"
#: How many times the stock server's throughput is promised at which message.
PROMISED = {1: 3.0, 1000: 30.0}
#: The most a late message may cost, in terms of the first.
FLAT = 1.2
WARM_UP = 20
#: Lines of the stock server's log that are shown when it did not answer.
COMPLAINTS = 3

Turn = Callable[[], Awaitable[object]]


async def measure(arena: Arena, sizes: Sizes) -> list[Measure]:
    """Both sides stand at the same length, take turns in turns, and share the same seconds."""
    rows: list[Measure] = []
    first = 0.0
    await _warm_up(arena)
    for length in sizes.lengths:
        count = sizes.turns if length == 1 else sizes.conversations
        ours = await _our_talks(arena.ours, count, length)
        stock = _stock_talks(arena, count, length)
        one_by_one = await _interleaved(ours, stock, sizes.turns)
        first = first or one_by_one[0]
        rows += _latency(length, one_by_one, first)
        rows += await _throughput(arena, sizes, length)
    if arena.stock.unanswered:
        for complaint in arena.stock.complaints()[:COMPLAINTS]:
            say(f"   stock: {complaint[:200]}")
        name = "turns the stock server answered with nothing"
        rows.append(Measure(name=name, value=arena.stock.unanswered, unit="turns"))
    return rows


async def _warm_up(arena: Arena) -> None:
    line = await Line("127.0.0.1", arena.ours.gateway.port).open()
    for _ in range(WARM_UP):
        await line.ask(WORDS)
        await arena.stock.ask("pattern", WORDS)
    await line.close()


async def _our_talks(ours: Installation, count: int, length: int) -> list[Turn]:
    """Turns that are the `length`th of their conversations, or soon after."""
    lines = [await Line("127.0.0.1", ours.gateway.port).open() for _ in range(count)]
    if length > 1:
        await lines[0].ask(WORDS)
        await _grow(ours, lines, length - 1)
    return [_asks(line) for line in lines]


def _asks(line: Line) -> Turn:
    return lambda: line.ask(WORDS)


async def _grow(ours: Installation, lines: Sequence[Line], turns: int) -> None:
    database = Database(ours.database_url)
    try:
        history = History(database)
        await history.learn(lines[0].participant_id)
        messages = turns * history.messages_a_turn
        await history.grow([line.participant_id for line in lines], messages)
    finally:
        await database.close()


def _stock_talks(arena: Arena, count: int, length: int) -> list[Turn]:
    senders = [f"{length}-{uuid4()}" for _ in range(count)]
    if length > 1:
        arena.stock.seeds.grow("pattern", senders, length - 1)
    return [_asks_stock(arena, sender) for sender in senders]


def _asks_stock(arena: Arena, sender: str) -> Turn:
    return lambda: arena.stock.ask(sender, WORDS)


async def _interleaved(
    ours: Sequence[Turn], stock: Sequence[Turn], turns: int
) -> tuple[float, float]:
    """The medians, in seconds."""
    waits: tuple[list[float], list[float]] = [], []
    sides = zip(itertools.cycle(ours), itertools.cycle(stock), strict=False)
    for pair in itertools.islice(sides, turns):
        for turn, side in zip(pair, waits, strict=True):
            began = time.perf_counter()
            await turn()
            side.append(time.perf_counter() - began)
    return middle(waits[0]), middle(waits[1])


def _latency(length: int, medians: tuple[float, float], first: float) -> list[Measure]:
    ours, stock = medians
    rows = [beside(f"turn at message {length:,}, median", ours * 1000, "ms", PEER, stock * 1000)]
    if length > 1:
        cost = round(ours / first, 3)
        flat = f"cost of message {length:,} in terms of message 1"
        rows.append(Measure(name=flat, value=cost, unit="×", aim=Aim(most=FLAT)))
    return rows


async def _throughput(arena: Arena, sizes: Sizes, length: int) -> list[Measure]:
    """Several clients at once, each in a conversation of its own; one side, then the other."""
    each = sizes.throughput_turns // sizes.together
    count = sizes.throughput_turns if length == 1 else sizes.together
    ours = await _together(await _our_talks(arena.ours, count, length), sizes.together, each)
    stock = await _together(_stock_talks(arena, count, length), sizes.together, each)
    promised = PROMISED.get(length)
    aim = Aim(least=promised, of_ratio=True) if promised else None
    name = f"turns at message {length:,}, {sizes.together} residents at once"
    return [beside(name, ours, "turns/s", PEER, stock, aim=aim)]


async def _together(talks: Sequence[Turn], clients: int, each: int) -> float:
    """Turns a second. Fresh conversations are spread over the clients, each is used once."""

    async def client(number: int) -> None:
        own = itertools.cycle(talks[number::clients])
        for turn in itertools.islice(own, each):
            await turn()

    began = time.perf_counter()
    await asyncio.gather(*(client(number) for number in range(clients)))
    return clients * each / (time.perf_counter() - began)
