"""`python -m bot`: train if need be, start everything, say where to look, stop it all cleanly."""

import asyncio
import os
import time
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from aiohttp import web

from actions.application.environment import HouseSettings
from actions.bootstrap import HouseError, prepare_data, read_answers, read_community
from bot.app import create_app
from bot.conversation.rasa_process import RasaPlan, free_port
from bot.launcher.doorway import AlreadyRunning, DoorTaken, only_one, take_port
from bot.launcher.examples import learned_from
from bot.launcher.model import ModelMissing, fitting_model, nlu_python, tell_how_good
from bot.launcher.serving import serve
from bot.launcher.stopping import Stop
from bot.launcher.welcome import Welcome, complain, say
from bot.lifecycle import ROOT
from bot.settings import Settings


def launch(settings: Settings) -> int:
    """Everything in one process with Rasa as its child; the exit code."""
    return _explained(_launch(settings))


def run_gateway(settings: Settings) -> int:
    """The gateway alone: no training, no Rasa of our own."""
    return _explained(_gateway(settings))


def _explained(work: Coroutine[Any, Any, int]) -> int:
    """What a person can mend is said in a sentence; any other fault keeps its trace."""
    try:
        return asyncio.run(work)
    except (HouseError, DoorTaken, ModelMissing, AlreadyRunning) as error:
        complain(str(error))
        return 1


async def _gateway(settings: Settings) -> int:
    stop = Stop()
    stop.listen()
    prepare_data(settings.house)
    with take_port(settings) as door, only_one(settings.house.data, shared=True):
        return await serve(create_app(settings, is_alone=False), door, stop)


async def _launch(settings: Settings) -> int:
    stop, began = Stop(), time.monotonic()
    stop.listen()
    read_answers(settings.house, read_community(settings.house))
    prepare_data(settings.house)
    with take_port(settings) as door, only_one(settings.house.data):
        plan, found = None, None
        if not settings.rasa_urls:
            folder = settings.house.data / "models"
            found = await fitting_model(ROOT, folder, stop, lambda: learned_from(settings))
            if found is None:
                return 0
            plan = rasa_plan(settings, found.model)
        say("Starting …")
        welcome = Welcome(settings, began)

        async def opened(app: web.Application) -> None:
            await welcome.speak(app)
            if found is not None:
                await tell_how_good(ROOT, found, stop)

        code = await serve(create_app(settings, plan), door, stop, opened)
    say("Stopped." if code == 0 else "Stopped: a part of it failed, the lines above say which.")
    return code


def community_files(house: HouseSettings) -> dict[str, str]:
    """What Rasa reads of the community: it runs in another folder, so by their full names."""
    return {
        "LINLI_COMMUNITY": str(house.community_file),
        "LINLI_KNOWLEDGE": str(house.knowledge_folder),
    }


def rasa_plan(settings: Settings, model: Path) -> RasaPlan:
    return RasaPlan(
        python=nlu_python(ROOT),
        model=model,
        root=ROOT,
        port=free_port(),
        folder=settings.house.data,
        variables=os.environ | community_files(settings.house),
        token=settings.rasa_token.reveal() if settings.rasa_token else "",
    )
