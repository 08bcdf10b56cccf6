"""What each process holds: PSS, which counts what several share once."""

from pathlib import Path

from tests.bench.arena import Arena
from tests.bench.lean import Line
from tests.bench.measure import Measure
from tests.bench.sizes import Sizes


async def measure(arena: Arena, sizes: Sizes) -> list[Measure]:
    """After the same few turns on both sides, if no other measure came before."""
    line = await Line("127.0.0.1", arena.ours.gateway.port).open()
    for _ in range(sizes.conversations):
        await line.ask("您好")
        await arena.stock.ask("memory", "您好")
    await line.close()
    processes = {**arena.ours.pids, **arena.stock.pids}
    return [
        Measure(name=f"memory of {name}", value=round(_pss(pid)), unit="MB")
        for name, pid in processes.items()
    ]


def _pss(pid: int) -> float:
    """In megabytes, of the process and of those it started."""
    kilobytes = 0
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith("Pss:"):
            kilobytes = int(line.split()[1])
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return kilobytes / 1024 + sum(_pss(int(child)) for child in children)
