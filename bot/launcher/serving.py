"""Serve an application on a socket until it is told to stop, or one of its tasks dies."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any, cast

from aiohttp import web

from bot.app import LIFECYCLE
from bot.edge.lines import Lines, Patience
from bot.edge.reader import reading_for
from bot.launcher.leaving import close_lines, leave
from bot.launcher.stopping import Stop
from bot.launcher.watchdog import watched
from bot.lifecycle import Lifecycle
from bot.settings import Settings

log = logging.getLogger(__name__)

#: Seconds open requests may take when the process stops.
OPEN_REQUESTS = 1.5
BACKLOG = 1024

Opened = Callable[[web.Application], Coroutine[Any, Any, None]]


async def serve(
    app: web.Application,
    door: socket.socket,
    stop: Stop,
    opened: Opened | None = None,
) -> int:
    """The exit code: 0 after a stop, 1 when a part of us died and a new start is wanted."""
    app.on_response_prepare.append(close_lines)
    runner = web.AppRunner(
        app, access_log=None, shutdown_timeout=OPEN_REQUESTS, handler_cancellation=True
    )
    try:
        await runner.setup()
        async with (
            _open(runner, door, app[LIFECYCLE].settings),
            _beside(opened(app) if opened else None),
        ):
            with watched():
                code = await _end(app[LIFECYCLE], stop)
            await leave(app)
            return code
    finally:
        await runner.cleanup()


@asynccontextmanager
async def _open(
    runner: web.AppRunner, door: socket.socket, settings: Settings
) -> AsyncIterator[None]:
    """Listen, with a bound for every line (`web.SockSite` knows none)."""
    patience = Patience(
        head=settings.head_seconds,
        body=settings.body_seconds,
        lines=settings.lines,
        lines_of_one=settings.lines_of_one,
    )
    lines = Lines(patience, settings.trusted_proxies)
    reading = reading_for(cast("web.Server", runner.server), idle=patience.idle)
    server = await asyncio.get_running_loop().create_server(
        lines.guarding(reading), sock=door, backlog=BACKLOG
    )
    async with _beside(lines.run()):
        try:
            yield
        finally:
            server.close()


async def _end(life: Lifecycle, stop: Stop) -> int:
    stopping = asyncio.create_task(stop.wait())
    dying = asyncio.create_task(life.watch.wait_for_death())
    try:
        await asyncio.wait({stopping, dying}, return_when=asyncio.FIRST_COMPLETED)
        return 0 if stopping.done() else 1
    finally:
        stopping.cancel()
        dying.cancel()


@asynccontextmanager
async def _beside(work: Coroutine[Any, Any, None] | None) -> AsyncIterator[None]:
    """Run something while we serve; that it fails is no reason to stop."""
    task = asyncio.create_task(work or asyncio.sleep(0))
    try:
        yield
    finally:
        task.cancel()
        for error in await asyncio.gather(task, return_exceptions=True):
            if isinstance(error, Exception):
                log.error("could not say what there is", exc_info=error)
