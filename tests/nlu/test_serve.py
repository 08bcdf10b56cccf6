"""A Rasa that could not load its model does not pretend to understand."""

import asyncio
import inspect

import pytest
from rasa.core import run
from rasa.core.agent import Agent

from nlu.serve import or_end


def test_it_ends_where_the_model_could_not_be_loaded():
    async def load(*_):
        return Agent()

    with pytest.raises(SystemExit, match="cannot be loaded"):
        asyncio.run(or_end(load)("model", None, None, None, None))


def test_a_loaded_one_serves():
    class Loaded(Agent):
        def is_ready(self):
            return True

    async def load(*_):
        return Loaded()

    assert isinstance(asyncio.run(or_end(load)()), Loaded)


def test_rasa_still_loads_through_the_function_we_wrap():
    assert list(inspect.signature(run.load_agent_on_start).parameters) == [
        "model_path", "endpoints", "remote_storage", "app", "loop",
    ]  # fmt: skip
    assert "partial(load_agent_on_start" in inspect.getsource(run.serve_application)
