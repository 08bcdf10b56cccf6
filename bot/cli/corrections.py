"""Commands about corrections: read what was understood wrongly, decide what is learned from it."""

import argparse
import asyncio
import getpass
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

from actions.application.reviewing import Reviewed, ReviewRefused
from actions.bootstrap import House, open_house
from actions.domain.learning import Known, objection, suggested
from bot.launcher.examples import accepted_ones
from bot.launcher.welcome import complain, say
from bot.settings import Settings

_Asked = Callable[[House, argparse.Namespace], Coroutine[Any, Any, None]]
_Served = Callable[[Settings, argparse.Namespace], int]


def _command(serve: _Asked) -> _Served:
    @wraps(serve)
    def served(settings: Settings, options: argparse.Namespace) -> int:
        async def in_the_house() -> None:
            async with open_house(settings.house) as house:
                await serve(house, options)

        try:
            asyncio.run(in_the_house())
        except ReviewRefused as error:
            complain(f"{error}. Nothing was changed.")
            return 1
        return 0

    return served


@_command
async def list_corrections(house: House, options: argparse.Namespace) -> None:
    """One line each; below, how many there are of which kind, also those without words."""
    for each in await house.review.list(options.state, by=_name(options), limit=options.limit):
        say(f"{each.id:>6}  {each.side:<8}  {_change(each):<24}  {each.words}")
    for state, kind, count in await house.review.counts():
        complain(f"{state:<9} {kind:<9} {count}")


@_command
async def show_correction(house: House, options: argparse.Namespace) -> None:
    each = await house.review.show(options.id, by=_name(options))
    shown = (
        ("said", each.words or f"(not kept: consent {each.consent})"),
        ("language", each.language),
        ("put right by", f"{each.side}, {each.at:%Y-%m-%d %H:%M} UTC"),
        ("what", f"{each.kind}: {_change(each)}"),
        ("ticket", f"{each.ticket}, now {each.category}" if each.ticket else ""),
        ("the model thought", _thought(each)),
        ("model, data", f"{each.model} {each.data[:12]}".strip()),
        ("state", " ".join(part for part in (each.state, each.label, _decided(each)) if part)),
        ("suggested label", _suggested(each, house.examples.known())),
    )
    for name, value in shown:
        if value:
            say(f"{name:<18} {value}")


@_command
async def accept_correction(house: House, options: argparse.Namespace) -> None:
    """With the label given, or the suggested one; refused where it must not be learned from."""
    known = await asyncio.to_thread(house.examples.known)
    each = await house.review.show(options.id, by=_name(options))
    label = options.label or _suggested(each, known)
    _require_label(label, known, house)
    why = objection(each.words, label, known) if each.words else ""
    if why:
        raise ReviewRefused(f"{each.id} cannot be learned as {label}: {why}")
    await house.review.accept(each.id, label, by=_name(options))
    say(f"{each.id} is learned as {label} with the next `make train`.")


@_command
async def reject_correction(house: House, options: argparse.Namespace) -> None:
    await house.review.reject(options.id, options.reason, by=_name(options))
    say(f"{options.id} is not learned from.")


@_command
async def edit_correction(house: House, options: argparse.Namespace) -> None:
    await house.review.edit(options.id, options.words, by=_name(options))
    say(f"{options.id} says that now.")


@_command
async def export_corrections(house: House, options: argparse.Namespace) -> None:
    """On standard output: words of residents lie in no file that nobody asked for."""
    say(house.examples.as_yaml(await accepted_ones(house, by=_name(options))).rstrip("\n"))


def _require_label(label: str, known: Known, house: House) -> None:
    _, _, leaf = label.partition("/")
    if known.all_labels and label not in known.all_labels:
        raise ReviewRefused(f"no example has the label {label}; see nlu/data/nlu")
    if leaf and leaf not in house.community.categories:
        raise ReviewRefused(f"there is no category {leaf}")


def _suggested(each: Reviewed, known: Known) -> str:
    ranking = [str(name) for name, _ in each.parse.get("ranking") or ()]
    return suggested(each.corrected, str(each.parse.get("intent") or ""), ranking, known)


def _change(each: Reviewed) -> str:
    return f"{each.thought or '–'} → {each.corrected or 'talk'} ({each.kind})"


def _thought(each: Reviewed) -> str:
    leaves = [f"{code} {share:.2f}" for code, share in each.parse.get("leaves") or ()]
    return ", ".join(leaves) or f"{each.thought} (a rule, no model)"


def _decided(each: Reviewed) -> str:
    if each.reviewed_at is None:
        return ""
    note = f": {each.note}" if each.note else ""
    return f"by {each.reviewed_by}, {each.reviewed_at:%Y-%m-%d %H:%M} UTC{note}"


def _name(options: argparse.Namespace) -> str:
    """Whoever decides is on record by name; the account of this machine if nothing is said."""
    given: str = options.by.strip()
    return (given or getpass.getuser())[:80]
