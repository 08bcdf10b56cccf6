"""Every address of the web chat, on one page."""

from typing import Final

from aiohttp import web

from bot import keys
from bot.channels.webchat import (
    attachments,
    events,
    linking,
    me,
    messages,
    pages,
    places,
    session,
    tickets,
)
from bot.channels.webchat.description import openapi
from bot.channels.webchat.session import Served, signed_in
from bot.media import Workshop

API: Final = "/chat/api"

#: All of these need a session.
ROUTES: Final[tuple[tuple[str, str, Served], ...]] = (
    ("PATCH", "/session", session.change_session),
    ("POST", "/messages", messages.post_message),
    ("GET", "/messages", messages.get_messages),
    ("GET", "/events", events.events),
    ("POST", "/attachments", attachments.post_attachment),
    ("GET", "/attachments/{id}", attachments.get_attachment),
    ("GET", "/tickets", tickets.my_tickets),
    ("GET", "/tickets/{number}", tickets.one_ticket),
    ("GET", "/todo", tickets.todo),
    ("GET", "/places", places.places),
    ("POST", "/link-code", linking.link_code),
    ("POST", "/consent", me.consent),
    ("POST", "/push-subscriptions", me.subscribe),
    ("DELETE", "/push-subscriptions", me.unsubscribe),
    ("GET", "/me", me.profile),
    ("DELETE", "/me", me.erase),
    ("GET", "/me/export", me.export),
)


def add_routes(app: web.Application) -> None:
    """Needs the keys of `bot.keys` in the application before it starts."""
    app.router.add_route("POST", f"{API}/session", session.open_session)
    for method, path, handler in ROUTES:
        app.router.add_route(method, API + path, signed_in(handler))
    app.router.add_get("/openapi.json", openapi)
    app.router.add_get("/", pages.to_page)
    app.router.add_get("/chat", pages.to_page)
    app.router.add_get("/chat/{path:(?!api/).*}", pages.page_file)
    app.on_startup.append(_open_workshop)
    app.on_shutdown.append(_let_go)


async def _open_workshop(app: web.Application) -> None:
    app[attachments.WORKSHOP] = Workshop(app[keys.WEB].media_dir)


async def _let_go(app: web.Application) -> None:
    """Streams and held lines end at once, so that the house can close."""
    app[keys.HUB].close()
