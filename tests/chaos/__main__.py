"""`python -m tests.chaos --n N`: so many kills, and what they did; 0 when it was nothing."""

import argparse
import asyncio
import os
import secrets
import sys
import tempfile
from pathlib import Path

from bot.launcher.welcome import say
from tests.chaos.ledger import Verdict
from tests.chaos.storm import Plan, Storm
from tests.servers.postgres import PostgresServer
from tests.servers.schema import migrate

#: Kills of one storm: after them everything has to settle and is checked.
A_STORM = 25


def main() -> int:
    options = _options()
    seed = os.environ.get("SEED") or secrets.token_hex(4)
    say(f"SEED={seed}")
    if options.store == "sqlite":
        return _storms(seed, options.n, options.gateways, None)
    server = PostgresServer()
    server.start()
    try:
        return _storms(seed, options.n, options.gateways, server)
    finally:
        server.stop()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--n", type=int, default=100, help="kills")
    parser.add_argument("--gateways", type=int, default=2, help="gateways on one database")
    parser.add_argument("--store", choices=["sqlite", "postgresql"], default="sqlite")
    return parser.parse_args()


def _storms(seed: str, kills: int, gateways: int, server: PostgresServer | None) -> int:
    done, total = 0, Verdict()
    while done < kills:
        url = server.clone(migrate) if server else ""
        plan = Plan(
            seed=f"{seed}.{done}" if done else seed,
            kills=min(A_STORM, kills - done),
            gateways=gateways,
            database_url=url,
        )
        with tempfile.TemporaryDirectory(prefix="linli-chaos-") as folder:
            result = asyncio.run(Storm(plan, Path(folder)).rage())
        done += result.kills
        total += result.verdict
        say(str(result))
        for line in (*result.verdict.lost, *result.verdict.doubled, *result.verdict.violations):
            say(f"  {line}")
        for line in result.notes:
            say(f"  (log) {line}")
    say(
        f"kills {done} cuts 0 lost {len(total.lost)} doubled {len(total.doubled)} "
        f"violations {len(total.violations)}"
    )
    return 0 if total.is_clean else 1


if __name__ == "__main__":
    sys.exit(main())
