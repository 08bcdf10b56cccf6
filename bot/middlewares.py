"""What holds for every request: an id, safe headers, one origin, bounds, and plain refusals."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import urlsplit

from aiohttp import web

from actions.domain.errors import CommunityError, StoreAway
from bot import keys
from bot.edge.lines import line_of
from bot.gateway.throttle import ALL, FROM_EVERYBODY, FROM_ONE_ADDRESS
from bot.problem import KEYS, Refusal, problem, problem_of, too_many

log = logging.getLogger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
ALLOWED: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"})
#: Pages of ours may say how they are fetched; both mean: not from another site.
_OWN_SITE: Final = frozenset({"same-origin", "none"})
_THIS_MACHINE: Final = frozenset({"127.0.0.1", "localhost", "::1"})
_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(self), microphone=(self)",
    "Content-Security-Policy": (
        "default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
}
#: Seconds a request may take; a photo over a poor line takes longer, and a stream has no end.
LONGEST: Final = 60.0
_LONGER: Final[dict[str, float | None]] = {
    "/chat/api/attachments": 180.0,
    "/chat/api/events": None,
}
_ENFORCE_TLS: Final = "max-age=63072000; includeSubDomains"


def install(app: web.Application) -> None:
    """Put everything in place, the outermost first."""
    app.middlewares.extend([name_request, explain, end_in_time, require_own_site, hold_back])
    app.on_response_prepare.append(protect)


async def protect(request: web.Request, response: web.StreamResponse) -> None:
    """Headers of every answer, streams and failures included; a handler's own ones stand."""
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if request.config_dict[keys.WEB].is_production:
        response.headers.setdefault("Strict-Transport-Security", _ENFORCE_TLS)
    response.headers.popall("Server", None)
    if keys.REQUEST_ID in request:
        response.headers["X-Request-ID"] = request[keys.REQUEST_ID]


@web.middleware
async def name_request(request: web.Request, handler: Handler) -> web.StreamResponse:
    request[keys.REQUEST_ID] = secrets.token_hex(8)
    request[keys.CLIENT_IP] = _client_ip(request)
    line = line_of(request)
    if line is None:
        return await handler(request)
    line.begins(request.content)
    try:
        return await handler(request)
    finally:
        line.ends()


def _client_ip(request: web.Request) -> str:
    """The peer; behind our own proxy, the address that proxy saw."""
    peer = request.remote or ""
    if peer not in request.config_dict[keys.WEB].trusted_proxies:
        return peer
    return request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or peer


@web.middleware
async def explain(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Whatever goes wrong becomes a problem; what nobody expected is logged once."""
    try:
        return await handler(request)
    except Refusal as refusal:
        return problem(request, refusal.code, refusal.key, **refusal.extensions)
    except CommunityError as error:
        return problem_of(request, error)
    except web.HTTPException as error:
        return _of_http(request, error)
    except (asyncio.CancelledError, ConnectionResetError):
        raise
    except StoreAway as error:
        log.warning(
            "the store is away",
            extra={"action": "store_away", "error": str(error), "route": _route(request)},
        )
        return problem(request, 503, "error_unavailable", retry_after=1)
    except Exception:
        log.exception(
            "request failed",
            extra={
                "action": "request_failed",
                "request_id": request.get(keys.REQUEST_ID, ""),
                "method": request.method,
                "route": _route(request),
            },
        )
        return problem(request, 500, "error_general")


def _of_http(request: web.Request, error: web.HTTPException) -> web.StreamResponse:
    if error.status < 400 or error.content_type == "text/html":  # noqa: PLR2004
        raise error
    answer = problem(request, error.status, KEYS.get(error.status, "error_bad_request"))
    if "Allow" in error.headers:
        answer.headers["Allow"] = error.headers["Allow"]
    return answer


def _route(request: web.Request) -> str:
    """The pattern, so that no number or id of anybody reaches the log."""
    resource = request.match_info.route.resource
    return resource.canonical if resource else "unknown"


@web.middleware
async def end_in_time(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Whoever waits longer than this has gone; whoever sent a message sends it again."""
    limit = asyncio.timeout(_LONGER.get(request.path, LONGEST))
    try:
        async with limit:
            return await handler(request)
    except TimeoutError:
        if limit.expired():
            raise Refusal(503, retry_after=5) from None
        raise


@web.middleware
async def require_own_site(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse what another site's page sends in somebody's name (S30).

    Programs send neither header and carry no cookies of a browser.
    """
    if request.method not in ALLOWED | SAFE:
        raise Refusal(405)
    if not _is_own_host(request):
        raise Refusal(421, "error_forbidden_origin")
    if request.method not in SAFE:
        _require_own_site(request)
    return await handler(request)


def _is_own_host(request: web.Request) -> bool:
    """In a trial: by a name of this machine, so that no other site's name may point here."""
    settings = request.config_dict[keys.WEB]
    given = request.headers.get("Host")
    if settings.is_production or given is None:
        return True
    try:
        name = urlsplit(f"//{given}").hostname
    except ValueError:
        return False
    return name is not None and name in {*_THIS_MACHINE, urlsplit(settings.public_url).hostname}


def _require_own_site(request: web.Request) -> None:
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if site is not None and site not in _OWN_SITE:
        raise Refusal(403, "error_forbidden_origin")
    if origin is not None and origin != _own_origin(request, origin):
        raise Refusal(403, "error_forbidden_origin")


def _own_origin(request: web.Request, origin: str) -> str:
    settings = request.config_dict[keys.WEB]
    if settings.is_production:
        return settings.public_url.rstrip("/")
    scheme = urlsplit(origin).scheme
    return f"{scheme if scheme == 'https' else 'http'}://{request.host}"


#: Where platforms call.
_PLATFORMS: Final = "/channels/"


@web.middleware
async def hold_back(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Bounds before any work: no packed bodies, and no flood from one address."""
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise Refusal(415)
    throttle = request.config_dict[keys.THROTTLE]
    # A platform speaks for many people from few addresses, and shows who it is.
    is_platform = request.path.startswith(_PLATFORMS)
    address = request[keys.CLIENT_IP]
    wait = 0.0 if is_platform else await throttle.take(FROM_ONE_ADDRESS, address)
    wait = wait or await throttle.take(FROM_EVERYBODY, ALL)
    if wait:
        raise too_many(wait)
    return await handler(request)
