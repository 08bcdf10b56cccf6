"""A secret of the session in every form: what another site's page sends cannot hold it (S30).

Before anybody is signed in the secret hangs on a cookie of the visit, so that nobody can be
signed in as somebody else either.
"""

import hashlib
import hmac
import secrets
from typing import Final

from aiohttp import web

from actions.application.signing import every, is_any
from bot import keys
from bot.admin.sent_form import sent_form
from bot.problem import Refusal

#: The hidden field of every form.
FIELD: Final = "csrf"
#: A cookie for this visit that `page` still has to give.
VISIT = web.RequestKey("visit", str)
COOKIE: Final = "linli-admin-visit"


def token(request: web.Request) -> str:
    return _mac(request.config_dict[keys.SIGNING_KEY], _basis(request))


async def check(request: web.Request) -> None:
    """Raises Refusal when the form is not one of ours."""
    given = (await sent_form(request)).get(FIELD, "")
    basis, key = _basis(request), request.config_dict[keys.SIGNING_KEY]
    good = [_mac(each, basis).encode() for each in every(key)]
    if not is_any(given.encode("utf-8", "replace"), good):
        raise Refusal(403, "error_form")


def _basis(request: web.Request) -> str:
    staff = request.get(keys.STAFF)
    return f"session:{staff.session}" if staff else f"visit:{_visit(request)}"


def _mac(key: bytes, basis: str) -> str:
    return hmac.new(key, f"console form/{basis}".encode(), hashlib.sha256).hexdigest()


def _visit(request: web.Request) -> str:
    name = request.config_dict[keys.WEB].cookie(COOKIE)
    known = request.cookies.get(name, "")[:100]
    if known:
        return known
    if VISIT not in request:
        request[VISIT] = secrets.token_urlsafe(18)
    return request[VISIT]
