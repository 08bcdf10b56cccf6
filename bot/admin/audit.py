"""Who looked at what: noted before it leaves, and shown to those who watch over it."""

from aiohttp import web

from actions.application.ports_console import Staff
from bot import keys


async def looked(
    request: web.Request, staff: Staff, action: str, about: str, *, reason: str = ""
) -> None:
    """Note a look at what is about others. Await it before anything is read, let alone shown.

    Where the trail cannot be written nothing leaves.
    """
    await request.config_dict[keys.TRAIL].note(
        action, about[:80], by=staff.person_id, reason=reason
    )
