"""The model to serve: the current one while it fits; else a new one, taken if it may be."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.conversation.current_model import ModelFolder
from bot.launcher.stopping import Stop
from bot.launcher.welcome import say
from bot.launcher.workbench import Stopped, Verdict, Workbench, nlu_python, notes_of

__all__ = ["ModelMissing", "fitting_model", "nlu_python", "tell_how_good", "train_and_take"]


class ModelMissing(Exception):
    """There is no model, and none could be trained."""


@asynccontextmanager
async def _nothing_more() -> AsyncIterator[None]:
    yield


@dataclass(frozen=True)
class Fitting:
    """The model to serve. `is_untried` when it was just trained and is taken unmeasured."""

    model: Path
    is_untried: bool = False


async def fitting_model(
    root: Path,
    folder: Path,
    stop: Stop,
    examples: Callable[[], AbstractAsyncContextManager[None]] = _nothing_more,
) -> Fitting | None:
    """The model to start with, or None when a stop was wanted. Training takes minutes.

    `examples` holds ready what this house has to learn from, for as long as it is open.

    Raises:
        ModelMissing: with a sentence for the person who started us.
    """
    bench, models = _bench(root, folder, stop), ModelFolder(folder)
    try:
        current = models.current()
        if current is not None:
            base = (await bench.state())["base"]
            if notes_of(current).get("base") == base:
                return Fitting(current)
        async with examples():
            return await _new_one(bench, models)
    except Stopped:
        return None


async def _new_one(bench: Workbench, models: ModelFolder) -> Fitting:
    """Where nothing else could serve it serves at once: people wait, and a figure can wait."""
    wanted = models.path / (await bench.state())["model"]
    was_there = wanted in models.models()
    candidate = await bench.train()
    other = await _usable(bench, models, candidate)
    if other is None:
        models.make_current(candidate)
        return Fitting(candidate, is_untried=not was_there)
    return Fitting(candidate if await _take(bench, models, candidate) else other)


async def tell_how_good(root: Path, fitting: Fitting, stop: Stop) -> None:
    """Measure a first model while it serves already, and say what it misses."""
    model = fitting.model
    bench = _bench(root, model.parent, stop, gently=True)
    try:
        if fitting.is_untried and await bench.measure(model):
            verdict = await bench.judge(model, None)
            _say_missed(verdict)
    except Stopped:
        return


async def train_and_take(
    root: Path, folder: Path, stop: Stop, *, provisional: bool = False, force: bool = False
) -> bool:
    """Whether the model of the present data and corrections is the current one now.

    Raises:
        ModelMissing: with a sentence for the person who asked.
    """
    bench, models = _bench(root, folder, stop), ModelFolder(folder)
    try:
        return await _take(bench, models, await bench.train(force=force), provisional=provisional)
    except Stopped:
        say("Stopped; the model that was current still is.")
        return False


def _bench(root: Path, folder: Path, stop: Stop, *, gently: bool = False) -> Workbench:
    python = nlu_python(root)
    if not python.exists():
        raise ModelMissing(
            f"{python} is missing: `python3 scripts/bootstrap.py nlu` makes it, "
            "or name a running Rasa in LINLI_RASA_URL"
        )
    return Workbench(root, folder, stop, fail=ModelMissing, gently=gently)


async def _take(
    bench: Workbench, models: ModelFolder, candidate: Path, *, provisional: bool = False
) -> bool:
    """Make it current if it clears the bar and loses nowhere, or if nothing else could serve."""
    current = await _usable(bench, models, candidate)
    if not await bench.measure(candidate):
        return _unmeasured(models, candidate, current)
    verdict = await bench.judge(candidate, await _comparable(bench, current))
    if current is None or verdict.ships or (provisional and not verdict.lost):
        models.make_current(candidate)
        _say_taken(candidate, verdict)
        return True
    _say_refused(candidate, current, verdict)
    return False


def _unmeasured(models: ModelFolder, candidate: Path, current: Path | None) -> bool:
    if current is None:
        models.make_current(candidate)
        say(f"{candidate.name} could not be measured; it serves because there is no other.")
        return True
    say(f"{candidate.name} could not be measured and is not taken; {current.name} goes on.")
    return False


async def _usable(bench: Workbench, models: ModelFolder, candidate: Path) -> Path | None:
    """The current model, if it is another one and the present code can still run it."""
    current = models.current()
    if current is None or current == candidate:
        return None
    if notes_of(current).get("code") != (await bench.state())["code"]:
        say(f"{current.name} was made by other code and cannot go on with this one.")
        return None
    return current


async def _comparable(bench: Workbench, current: Path | None) -> Path | None:
    if current is None or await bench.measure(current):
        return current
    say(f"{current.name} cannot be measured any more, so nothing is compared with it.")
    return None


def _say_taken(model: Path, verdict: Verdict) -> None:
    say(f"{model.name} is the model to serve; a running Linli goes over to it within seconds.")
    _say_missed(verdict)


def _say_missed(verdict: Verdict) -> None:
    if verdict.missed:
        say("The model is below the bar of nlu/evaluation/thresholds.yml:")
        _list(verdict.missed)


def _say_refused(model: Path, current: Path, verdict: Verdict) -> None:
    say(f"{model.name} is not taken:")
    _list((*verdict.missed, *verdict.lost))
    say(f"{current.name} goes on.")
    if not verdict.lost:
        say("It loses nowhere: `make train ARGS=--provisional` takes it all the same.")


def _list(sentences: tuple[str, ...]) -> None:
    for sentence in sentences:
        say(f"  {sentence}")
