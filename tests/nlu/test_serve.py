"""A Rasa that could not load its model does not pretend to understand."""

import asyncio
import ctypes
import inspect
from pathlib import Path

import pytest
from rasa.core import run
from rasa.core.agent import Agent

from nlu.serve import give_back, or_end


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


def kilobytes_held():
    fields = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(fields["VmRSS"].split()[0])


def test_what_only_loading_needed_is_given_back():
    if not hasattr(ctypes.CDLL(None), "malloc_trim"):
        give_back()  # nothing to do, and no error
        return
    needed = [bytes(1000) for _ in range(60_000)]
    kept = needed[::500]  # without these the C library would notice by itself
    del needed
    before = kilobytes_held()
    give_back()
    assert before - kilobytes_held() > 20_000
    assert len(kept) == 120
