"""Commands about models: train one, see which there are, put another one to service."""

import argparse
import asyncio
from pathlib import Path

from bot.conversation.current_model import ModelFolder
from bot.launcher.examples import learned_from
from bot.launcher.model import ModelMissing, train_and_take
from bot.launcher.stopping import Stop
from bot.launcher.welcome import complain, say
from bot.launcher.workbench import notes_of
from bot.lifecycle import ROOT
from bot.settings import Settings

_SHOWN = ("leaf_top1", "leaf_top3", "intent", "false_tickets", "emergencies_caught")


def train(settings: Settings, options: argparse.Namespace) -> int:
    """The exit code: 0 where the model of the present data is the current one, else 1."""
    try:
        return 0 if asyncio.run(_train(settings, options)) else 1
    except ModelMissing as error:
        complain(str(error))
        return 1


async def _train(settings: Settings, options: argparse.Namespace) -> bool:
    stop = Stop()
    stop.listen()
    async with learned_from(settings):
        return await train_and_take(
            ROOT,
            settings.house.data / "models",
            stop,
            provisional=options.provisional,
            force=options.force,
        )


def models(settings: Settings, _options: argparse.Namespace) -> int:
    """One line a model, the newest first: * is current; its data, its examples, its figures."""
    folder = ModelFolder(settings.house.data / "models")
    current = folder.current()
    for model in folder.models():
        say(_line(model, is_current=model == current))
    return 0


def _line(model: Path, *, is_current: bool) -> str:
    notes = notes_of(model)
    figures = notes.get("figures") or {}
    said = [f"{name} {figures[name]:.3f}" for name in _SHOWN if name in figures]
    parts = (
        "*" if is_current else " ",
        model.name,
        str(notes.get("trained_at", "")),
        f"code {notes['version']} data {notes['data'][:12]}" if "version" in notes else "",
        f"{notes['corrections']} corrections" if notes.get("corrections") else "",
        ", ".join(said) or "not measured",
    )
    return "  ".join(part for part in parts if part)


def use(settings: Settings, options: argparse.Namespace) -> int:
    """A running Linli goes over to it; one that does not come up there is set back by itself."""
    folder = ModelFolder(settings.house.data / "models")
    try:
        folder.make_current(folder.path / options.model)
    except (OSError, ValueError) as error:
        complain(f"{error}. Nothing was changed.")
        return 1
    say(f"{options.model} is the model to serve; a running Linli goes over to it within seconds.")
    return 0
