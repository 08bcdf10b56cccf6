"""The simulator in a process of its own: `python -m tests.simulators.telegram --port 8081`.

Prints one line of JSON when its doors are open, and runs until it is interrupted.
"""

import argparse
import asyncio
import json
import signal

from tests.simulators.telegram.simulator import TOKEN, TelegramSimulator


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.simulators.telegram")
    parser.add_argument("--port", type=int, default=0, help="0 for any free one")
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--username", default="linli_test_bot")
    return parser.parse_args()


async def main(chosen: argparse.Namespace) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    simulator = TelegramSimulator(
        token=chosen.token, username=chosen.username, port=chosen.port, control=True
    )
    async with simulator.running():
        address = {
            "api_base": simulator.api_base,
            "control": f"{simulator.api_base}/simulator",
            "token": simulator.token,
        }
        print(json.dumps(address), flush=True)  # noqa: T201 - the address is what it says
        await stopped.wait()


if __name__ == "__main__":
    asyncio.run(main(arguments()))
