"""`python -m actions`: the action endpoint and the timers, as a service of their own."""

import asyncio
import logging
import os
import signal
import sys

from aiohttp import web

from actions.application.environment import (
    Environment,
    HouseSettings,
    SettingsError,
    house_settings,
)
from actions.bootstrap import About, House, HouseError, open_house
from actions.domain.emergency_lexicon import lexicon
from actions.periodic import Timers
from actions.server import create_house_app, listen

PORT = 5055
#: Seconds calls under way may take when the process stops.
OPEN_CALLS = 5.0


def main() -> int:
    """The exit code: 0 after a stop; 1 when it cannot start or a part of it died."""
    logging.basicConfig(level=logging.INFO, stream=sys.stdout, format="%(levelname)s %(message)s")
    logging.getLogger("rasa_sdk").setLevel(logging.WARNING)
    environment = Environment(os.environ)
    settings = house_settings(environment)
    host = environment.text("LINLI_HOST", "127.0.0.1")
    port = environment.port("LINLI_ACTIONS_PORT", PORT)
    try:
        environment.settle()
        asyncio.run(_run(settings, host, port))
    except (SettingsError, HouseError) as error:
        sys.stderr.write("\n".join([*error.problems, ""]))
        return 1
    return 0


async def _run(settings: HouseSettings, host: str, port: int) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with open_house(settings, starting=True) as house:
        runner = web.AppRunner(
            create_house_app(house), access_log=None, shutdown_timeout=OPEN_CALLS
        )
        await runner.setup()
        lexicon()  # half a second, which no turn is to wait for
        try:
            await listen(runner, host, port)
            await _with_timers(house, stop)
        finally:
            await runner.cleanup()


async def _with_timers(house: House, stop: asyncio.Event) -> None:
    """Until the stop; a task that dies takes the process with it, so that it is started anew."""
    timers = Timers(house.bus, house.due, house.clock, chores=house.housekeeping)
    house.bell.connect(lambda _: house.wakeups.tell(About.OUTBOX))
    tasks = [
        asyncio.create_task(work)
        for work in (
            stop.wait(),
            house.duties.during("timers", timers.run),
            house.settings_watch.run(),
            house.wakeups.run(),
            house.database.until_broken(),
        )
    ]
    ended, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    for task in ended:
        task.result()


if __name__ == "__main__":
    sys.exit(main())
