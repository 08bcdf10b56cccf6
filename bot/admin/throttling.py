"""How often a password may be tried. Strangers wear out their own allowance, never the owner's.

A browser that signed in before holds a signed mark for that login. It has an allowance of its
own, so that whoever knows the login and fails on purpose keeps only strangers out (S25).
"""

import hashlib
import hmac
import secrets
from typing import Final

from aiohttp import web

from bot import keys
from bot.admin.sessions import set_strict
from bot.gateway.throttle import (
    SIGN_IN_FROM_ADDRESS,
    SIGN_IN_FROM_ADDRESS_AS,
    SIGN_IN_FROM_ANYWHERE_AS,
    SIGN_IN_FROM_DEVICE,
)
from bot.ports import Allowance
from bot.problem import too_many

_COOKIE: Final = "linli-admin-device"
_YEAR: Final = 365 * 24 * 3600
_LONGEST: Final = 200


async def allow_try(request: web.Request, login: str) -> bool:
    """Count one try. Returns whether the device is known to this login.

    Raises:
        Refusal: 429 with the seconds to wait.
    """
    device = _known_device(request, login)
    if device:
        await take(request, SIGN_IN_FROM_DEVICE, device)
        return True
    address = request[keys.CLIENT_IP]
    await take(request, SIGN_IN_FROM_ADDRESS, address)
    await take(request, SIGN_IN_FROM_ADDRESS_AS, f"{address}/{login}")
    await take(request, SIGN_IN_FROM_ANYWHERE_AS, login)
    return False


async def take(request: web.Request, allowance: Allowance, who: str) -> None:
    wait = await request.config_dict[keys.THROTTLE].take(allowance, who)
    if wait:
        raise too_many(wait)


def remember_device(request: web.Request, answer: web.Response, login: str) -> None:
    """After a success: a mark that is good for this login alone."""
    device = secrets.token_urlsafe(18)
    mark = f"{device}.{_mac(request, device, login)}"
    set_strict(request, answer, _COOKIE, mark, _YEAR)


def _known_device(request: web.Request, login: str) -> str:
    """The device's own id, if it holds a mark for this login."""
    name = request.config_dict[keys.WEB].cookie(_COOKIE)
    device, _, mac = request.cookies.get(name, "")[:_LONGEST].partition(".")
    expected = _mac(request, device, login)
    is_ours = hmac.compare_digest(mac.encode("utf-8", "replace"), expected.encode())
    return device if is_ours else ""


def _mac(request: web.Request, device: str, login: str) -> str:
    told = f"console device/{device}/{login}".encode("utf-8", "replace")
    return hmac.new(request.config_dict[keys.SIGNING_KEY], told, hashlib.sha256).hexdigest()
