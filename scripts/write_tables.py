"""Write the reference tables from the code: `python scripts/write_tables.py [--check]`.

docs/commands.md lists actions/application/commands and what free text is awaited for;
docs/settings.md lists config/example.env; docs/roles.md says what each role may do;
docs/authorisation.md is tests/data/authorisation.csv. All are made
here from end to end.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from authorisation_page import authorisation_page  # noqa: E402
from roles_page import roles_page  # noqa: E402

from actions.application.commands import (  # noqa: E402 - after the path is set
    base,
    deciding,
    desk,
    drafting,
    following,
    intake,
    knowing,
    ladder,
    learning,
    linking,
    mediating,
    roads,
    seats,
    sharing,
    telling,
    tiers,
    timed,
    waiting,
    working,
)
from actions.application.commands.base import Command, Pressable  # noqa: E402
from actions.application.handlers.takers import takers  # noqa: E402
from actions.application.routes import build_routes  # noqa: E402
from actions.conversation.catalogue import ACTIONS  # noqa: E402
from bot.texts import Catalogue  # noqa: E402

THEMES = (
    telling, drafting, following, intake, working, waiting, sharing, deciding, mediating,
    ladder, tiers, roads, knowing, seats, learning, linking, timed, desk,
)  # fmt: skip
EXAMPLE = ROOT / "config" / "example.env"
MADE = "<!-- Made by scripts/write_tables.py; edits here are lost. -->"


def classes(module: ModuleType) -> list[type[Command]]:
    """The command classes a module defines, in the order of its lines."""
    return [
        thing
        for thing in vars(module).values()
        if isinstance(thing, type)
        and issubclass(thing, Command)
        and thing.__module__ == module.__name__
    ]


def is_parent(kind: type[Command]) -> bool:
    """Whether it only holds what others have in common."""
    return bool(kind.__subclasses__())


def purpose(kind: type[Command]) -> str:
    """The docstring; what a dataclass writes for itself says nothing."""
    said = kind.__doc__ or ""
    return "" if said.startswith(f"{kind.__name__}(") else " ".join(said.split())


def raised_by(kind: type[Command]) -> str:
    """Who makes such a command."""
    actions = [f"`{name}`" for name, command in ACTIONS.items() if command is kind]
    if actions:
        return ", ".join(actions)
    if kind.__module__ == timed.__name__:
        return "timer"
    if kind.__module__ == desk.__name__:
        return "console"
    return "button" if issubclass(kind, Pressable) else "gateway"


def fields_of(kind: type[Command]) -> str:
    return ", ".join(f"`{field.name}`" for field in dataclasses.fields(kind))


def served_by(function: Callable[..., object]) -> str:
    """A link to the module of a handler, looking through what wraps it."""
    inner = [
        cell.cell_contents
        for cell in getattr(function, "__closure__", None) or ()
        if callable(cell.cell_contents) and hasattr(cell.cell_contents, "__name__")
    ]
    served = inner[0] if inner else function
    path = served.__module__.replace(".", "/") + ".py"
    return f"[`{Path(path).stem}.{served.__name__}`](../{path})"


def commands_page() -> Iterator[str]:
    routes = build_routes().commands
    parents = [kind for module in (base, *THEMES) for kind in classes(module) if is_parent(kind)]
    yield MADE
    yield "# Commands"
    yield (
        "What people and timers can ask for. A command is a frozen dataclass in "
        "[`actions/application/commands/`](../actions/application/commands/__init__.py); the bus "
        "([`message_bus.py`](../actions/application/message_bus.py)) finds its one handler in "
        "[`routes.py`](../actions/application/routes.py). “Button” means that it can stand behind "
        "one and nobody can type it; an `action_…` is the Rasa action that makes it from free text."
    )
    yield "Parents of others, never sent: " + ", ".join(f"`{kind.__name__}`" for kind in parents)
    for module in THEMES:
        yield f"## {Path(module.__file__ or '').name}"
        yield module.__doc__ or ""
        yield "\n".join(_rows(module, routes))
    yield from _awaited()


def _rows(
    module: ModuleType, routes: Mapping[type[Command], Callable[..., object]]
) -> Iterator[str]:
    yield "| command | what it asks | fields | raised by | served by |"
    yield "|---|---|---|---|---|"
    for kind in classes(module):
        if not is_parent(kind):
            handler = routes.get(kind)
            served = served_by(handler) if handler else "nobody yet"
            yield (
                f"| `{kind.__name__}` | {purpose(kind)} | {fields_of(kind)} "
                f"| {raised_by(kind)} | {served} |"
            )


def _awaited() -> Iterator[str]:
    """What `awaiting["for"]` may hold."""
    yield "## What free text may be awaited for"
    yield (
        "When the bot has asked for words or a photo, `conversations.awaiting` names the taker "
        "([`awaited.py`](../actions/application/awaited.py))."
    )
    rows = [f"| `{name}` | {served_by(taker)} |" for name, taker in sorted(takers().items())]
    yield "\n".join(["| awaited | taken by |", "|---|---|", *rows])


def settings_page() -> Iterator[str]:
    yield MADE
    yield "# Settings"
    yield (
        "Environment variables, from [`config/example.env`](../config/example.env). None has to be "
        "set for `make run`. They are read once, by "
        "[`bot/settings.py`](../bot/settings.py) and "
        "[`environment.py`](../actions/application/environment.py); every mistake is reported at "
        "once and by name, never by value. What a community decides for itself stands in "
        "[`config/community.yml`](../config/community.yml)."
    )
    rows = [f"| `{name}` | {_code(value)} | {about} |" for name, value, about in settings()]
    yield "\n".join(["| setting | default or example | what it does |", "|---|---|---|", *rows])


def settings() -> Iterator[tuple[str, str, str]]:
    """(name, value, comment); a comment is good for the lines below it up to a blank one."""
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    for is_blank, block in groupby(lines, key=lambda line: not line.strip()):
        if not is_blank:
            yield from _settings_of(list(block))


def _settings_of(block: list[str]) -> Iterator[tuple[str, str, str]]:
    about: list[str] = []
    told = False
    for line in block:
        if line.startswith("#"):
            about = [] if told else about
            about.append(line.lstrip("# "))
            told = False
            continue
        name, _, value = line.partition("=")
        yield name, value, "as above" if told else " ".join(about)
        told = True


def _code(value: str) -> str:
    return f"`{value}`" if value else ""


def _roles() -> Iterator[str]:
    yield MADE
    yield from roles_page(Catalogue.load(ROOT / "config" / "texts"))


def _authorisation() -> Iterator[str]:
    yield MADE
    yield from authorisation_page(Catalogue.load(ROOT / "config" / "texts"))


def pages() -> dict[Path, str]:
    """What each file ought to hold."""
    made = {
        "commands.md": commands_page,
        "settings.md": settings_page,
        "roles.md": _roles,
        "authorisation.md": _authorisation,
    }
    return {ROOT / "docs" / name: "\n\n".join(make()) + "\n" for name, make in made.items()}


def stale() -> list[str]:
    """The files that do not hold it."""
    return [
        path.name
        for path, wanted in pages().items()
        if not path.exists() or path.read_text(encoding="utf-8") != wanted
    ]


def main(arguments: list[str]) -> int:
    if "--check" in arguments:
        for name in stale():
            print(f"docs/{name} is stale: python scripts/write_tables.py", file=sys.stderr)
        return 1 if stale() else 0
    for path, wanted in pages().items():
        path.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
