"""Every address of the console, on one page."""

from typing import Final

from aiohttp import web

from bot.admin import (
    account,
    assets,
    audit,
    dead_letters,
    health,
    invitations,
    join,
    people,
    sign_in,
)
from bot.admin.board_routes import BOARD_ROUTES
from bot.admin.frame import in_frame
from bot.admin.page import ENVIRONMENT, build_environment
from bot.admin.signed import Handler, Served, staff

PREFIX: Final = "/admin"

#: Open to strangers; each that changes something asks for the secret of its form itself.
OPEN_ROUTES: Final[tuple[tuple[str, str, Handler], ...]] = (
    ("GET", "/sign-in", sign_in.show),
    ("POST", "/sign-in", sign_in.sign_in),
    ("GET", "/join", join.show),
    ("POST", "/join", join.join),
    ("GET", "/static/{name}", assets.asset),
)

#: All of these need a session.
STAFF_ROUTES: Final[tuple[tuple[str, str, Served], ...]] = (
    ("POST", "/sign-out", sign_in.sign_out),
    ("POST", "/sign-out-everywhere", sign_in.sign_out_everywhere),
    ("GET", "/account", account.show),
    ("POST", "/account/locale", account.set_locale),
    ("POST", "/account/password", account.set_password),
    ("POST", "/account/sessions/end", account.end_session),
    ("GET", "/people", people.listed),
    ("GET", "/people/invite", invitations.show),
    ("POST", "/people/invite", invitations.invite),
    ("POST", "/people/invitations/withdraw", invitations.withdraw),
    ("POST", "/people/confirm", people.confirm),
    ("GET", "/people/{person}", people.one),
    ("POST", "/people/{person}/revoke", people.revoke),
    ("GET", "/letters", dead_letters.listed),
    ("GET", r"/letters/{kind}/{number:\d{1,18}}", dead_letters.one),
    ("POST", r"/letters/{kind}/{number:\d{1,18}}/again", dead_letters.try_again),
    ("POST", r"/letters/{kind}/{number:\d{1,18}}/settle", dead_letters.settle),
    ("GET", "/health", health.show),
    ("GET", "/audit", audit.show),
    *BOARD_ROUTES,
)


def add_console(app: web.Application) -> None:
    """Needs the keys of `bot.keys` in the application before it starts."""
    console = web.Application(middlewares=[in_frame])
    console[ENVIRONMENT] = build_environment()
    for method, path, handler in OPEN_ROUTES:
        console.router.add_route(method, path, handler)
    for method, path, served in STAFF_ROUTES:
        console.router.add_route(method, path, staff(served))
    app.router.add_get(PREFIX, _to_console)
    app.add_subapp(PREFIX, console)


async def _to_console(_request: web.Request) -> web.StreamResponse:
    raise web.HTTPFound(f"{PREFIX}/")
