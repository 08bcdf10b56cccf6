"""How often one may do something: refused with the seconds to wait."""

from aiohttp import web

from bot import keys
from bot.ports import Allowance
from bot.problem import too_many


async def limit(request: web.Request, allowance: Allowance, who: object) -> None:
    wait = await request.config_dict[keys.THROTTLE].take(allowance, str(who))
    if wait:
        raise too_many(wait)
