"""After a storm: what was promised against what is there."""

from typing import TYPE_CHECKING

from aiohttp import ClientError

from tests.chaos.checking import look
from tests.chaos.ledger import Verdict
from tests.chaos.nursery import Forked
from tests.chaos.plan import Result
from tests.chaos.telegrammers import judge

if TYPE_CHECKING:
    from tests.chaos.storm import Storm

#: Seconds within which whatever was interrupted is finished (A3).
PROMISED = 15.0
SHOWN = 20


async def reckon(storm: "Storm", rescue: float, drained: float) -> Result:
    verdict = Verdict()
    for resident in storm.residents:
        try:
            lines = await resident.transcript()
        except ClientError as error:
            verdict.lost.append(f"{resident.name} is not known any more: {error}")
        else:
            verdict += storm.ledger.judge(resident.name, lines)
    verdict += storm.ledger.broken_promises
    verdict += await judge(storm.url, storm.telegrammers, storm.telegram.accepted, storm.blows)
    seen = await look(storm.url)
    verdict.violations += seen.violations + await _examine(storm.doctor())
    if storm.plan.is_timed and rescue > PROMISED:
        verdict.violations.append(f"something waited {rescue:.1f} s for nobody")
    return Result(
        storm.plan, verdict, storm.ledger, storm.kills,
        tickets=seen.tickets, sends=len(storm.telegram.sends()), rescue=rescue, drained=drained,
        cuts=storm.cuts, postgres_kills=storm.postgres_kills,
        notes=[line for gateway in storm.gateways for line in _unusual(gateway)],
    )  # fmt: skip


async def _examine(doctor: Forked) -> list[str]:
    await doctor.start()
    return [] if await doctor.exit_code() == 0 else [f"doctor: {doctor.said()}"]


def _unusual(gateway: Forked) -> list[str]:
    lines = gateway.said().splitlines()
    return [line for line in lines if '"level": "ERROR"' in line or "CRITICAL" in line][:SHOWN]
