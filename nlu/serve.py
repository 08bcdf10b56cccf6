"""`python -m nlu.serve --model FILE --port N --actions-url URL`: Rasa on the loopback, quietly."""

from __future__ import annotations

import argparse
import ctypes
import os
import sys
from pathlib import Path
from typing import Any, Awaitable, Callable, List, Optional, Sequence

from nlu import quiet
from nlu.fingerprint import CONFIG


def rasa_arguments(options: argparse.Namespace) -> List[str]:
    """The HTTP API stays shut unless somebody gave a token for it."""
    command = ["rasa", "run", "--model", str(options.model)]
    command += ["--interface", options.interface, "--port", str(options.port)]
    command += ["--endpoints", str(CONFIG / "endpoints.yml")]
    command += ["--credentials", str(CONFIG / "credentials.yml"), "--quiet"]
    if token := os.environ.get("LINLI_RASA_TOKEN"):
        command += ["--enable-api", "--auth-token", token]
    return command


def give_back() -> None:
    """What loading a model took and serving it does not need: a twentieth of the memory.

    The C library of Linux keeps it otherwise; others do not, and have no such function.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def or_end(load: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    """Rasa serves on without the model it could not load, and answers every text with nothing.

    Whoever started us has to know: they would take it for healthy.
    """

    async def loaded(*arguments: Any) -> Any:
        agent = await load(*arguments)
        if not agent.is_ready():
            raise SystemExit("serve: the model cannot be loaded")
        give_back()
        return agent

    return loaded


def main(arguments: Optional[Sequence[str]] = None) -> None:
    parser = argparse.ArgumentParser(prog="nlu.serve", description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument(
        "--actions-url",
        default=os.environ.get("LINLI_ACTIONS_URL"),
        help="the action server's webhook; in the variable LINLI_ACTIONS_URL if it holds a token",
    )
    parser.add_argument(
        "--interface", default="127.0.0.1", help="other than loopback: compose only"
    )
    options = parser.parse_args(arguments)
    if not options.model.is_file():
        raise SystemExit(f"serve: there is no model at {options.model}")
    if not options.actions_url:
        raise SystemExit("serve: --actions-url or LINLI_ACTIONS_URL is missing")
    quiet.settle()
    os.environ["LINLI_ACTIONS_URL"] = options.actions_url
    from rasa.__main__ import main as rasa_main  # slow import
    from rasa.core import run  # slow import

    run.load_agent_on_start = or_end(run.load_agent_on_start)
    sys.argv = rasa_arguments(options)
    rasa_main()


if __name__ == "__main__":
    main()
