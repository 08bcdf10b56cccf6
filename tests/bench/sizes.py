"""How much is measured: the real run, or a small one to try the harness out (`QUICK=1`)."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Sizes:
    """`lengths` are messages a resident has sent before, the measured one included."""

    lengths: tuple[int, ...] = (1, 100, 1000, 3000)
    turns: int = 200  #: measured at each length, one after the other
    conversations: int = 20  #: that share these turns
    together: int = 8  #: clients at the same time, where throughput is measured
    throughput_turns: int = 160
    pages: int = 32  #: that send at the same time
    messages: int = 12_800  #: taken in
    workers: int = 24
    presses: int = 480
    streams: int = 50
    pushes: int = 1000
    starts: int = 3
    tickets: int = 200_000
    chat_messages: int = 5_000_000
    looks: int = 100  #: at each page of the console


FULL = Sizes()
QUICK = Sizes(
    lengths=(1, 100, 1000),
    turns=20,
    conversations=4,
    together=4,
    throughput_turns=24,
    messages=1280,
    workers=4,
    presses=24,
    streams=10,
    pushes=60,
    starts=1,
    tickets=2000,
    chat_messages=50_000,
    looks=10,
)
