"""`leave`: before the door closes, whoever sends requests here is told to send them elsewhere.

A proxy that keeps its connections would otherwise send one into a door that is just closing, and
does not send it again: it cannot know whether it was taken.
"""

import asyncio
from typing import Final

from aiohttp import web

from bot.app import LIFECYCLE

#: Seconds between our saying so and the door; the proxy asks every second (deploy/Caddyfile).
NOTICE: Final = 2.0


async def leave(app: web.Application) -> None:
    """Where a proxy stands in front of us; other clients find a closed door by themselves."""
    life = app[LIFECYCLE]
    if life.is_alone or not life.settings.trusted_proxies:
        return
    life.health.leave()
    await asyncio.sleep(NOTICE)


async def close_lines(request: web.Request, response: web.StreamResponse) -> None:
    """Signal of the application: while we leave, an answer is the last on its connection."""
    if request.config_dict[LIFECYCLE].health.is_leaving:
        # The headers are made by now, so both are to be told.
        response.force_close()
        response.headers["Connection"] = "close"
