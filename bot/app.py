"""`create_app(settings)`: the gateway, its resources in order, its doors."""

from aiohttp import web

from bot.admin.routes import add_console
from bot.channels.webchat.routes import add_routes
from bot.conversation.rasa_process import RasaPlan
from bot.health import measured
from bot.lifecycle import Lifecycle
from bot.middlewares import install
from bot.settings import Settings

LIFECYCLE = web.AppKey("lifecycle", Lifecycle)

#: A photo is the largest thing anybody may send.
MAX_BODY = 12 * 1024 * 1024


def create_app(
    settings: Settings, rasa: RasaPlan | None = None, *, is_alone: bool = True
) -> web.Application:
    """Nothing is opened before the application starts.

    `is_alone`: no other gateway works on the same database.
    """
    app = web.Application(client_max_size=MAX_BODY)
    life = app[LIFECYCLE] = Lifecycle(settings, rasa, is_alone=is_alone)
    app.cleanup_ctx.extend(
        [
            life.open_house,
            life.take_in,
            life.open_http,
            life.serve_actions,
            life.run_rasa,
            life.open_platforms,
            life.deliver,
            life.take_turns,
            life.run_timers,
            life.open_doors,
            life.receive,
            life.report_health,
        ]
    )
    app.middlewares.append(measured(life.metrics))
    install(app)
    add_routes(app)
    add_console(app)
    return app
