"""The command line: which words there are, and what serves each of them."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TextIO, TypeAlias

from actions.application.environment import SettingsError
from actions.bootstrap import HouseError
from actions.domain.correction import ReviewState
from actions.domain.people import Role
from bot.cli.copies import backup, restore
from bot.cli.corrections import (
    accept_correction,
    edit_correction,
    export_corrections,
    list_corrections,
    reject_correction,
    show_correction,
)
from bot.cli.demo import demo
from bot.cli.demo_stories import STORIES
from bot.cli.doctor import doctor
from bot.cli.examining import check_config
from bot.cli.holds import hold, holds, lift
from bot.cli.indexing import reindex
from bot.cli.models import models, train, use
from bot.cli.people import erase, export_transcripts, invite
from bot.cli.rotating import KEYS, rotate
from bot.cli.seats import revoke, seats
from bot.cli.settings_versions import (
    compare_versions,
    export_version,
    import_settings,
    list_versions,
    show_version,
    withdraw_version,
)
from bot.cli.trail import show_head, verify
from bot.launcher.launch import launch, run_gateway
from bot.launcher.welcome import complain
from bot.log_setup import set_up_logging
from bot.settings import Settings, read_settings

#: Whatever we write holds what people told us.
_OWNER_ONLY = 0o077

Serve = Callable[[Settings, argparse.Namespace], int]
_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001


def main(arguments: Sequence[str]) -> int:
    """The exit code: 0 done, 1 not done, 2 not understood."""
    options = build_parser().parse_args(arguments)
    os.umask(_OWNER_ONLY)
    try:
        settings = read_settings(os.environ)
        level = settings.log_level or options.log_level
        set_up_logging(settings.secrets(), level=level.upper(), stream=options.log_to())
        serve: Serve = options.serve
        return serve(settings, options)
    except (SettingsError, HouseError) as error:
        for problem in error.problems:
            complain(problem)
        return 1
    except KeyboardInterrupt:
        return 130


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot", description="Linli 邻里. Without a command: start everything."
    )
    parser.set_defaults(
        serve=lambda settings, _: launch(settings), log_level="warning", log_to=_stderr
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    _add_gateway(commands)
    _add_invite(commands)
    _add_seats(commands)
    _add_plain(commands)
    _add_people(commands)
    _add_keeping(commands)
    _add_settings(commands)
    _add_corrections(commands)
    _add_models(commands)
    _add_demo(commands)
    return parser


def _add_gateway(commands: _Commands) -> None:
    gateway = commands.add_parser("gateway", help="the gateway alone: no training, no Rasa child")
    gateway.set_defaults(
        serve=lambda settings, _: run_gateway(settings), log_level="info", log_to=_stdout
    )


def _add_invite(commands: _Commands) -> None:
    command = commands.add_parser("invite", help="print a one-time code that gives a role")
    command.add_argument("--role", required=True, help=f"one of {', '.join(Role)}")
    command.add_argument("--area", default="", help="code of an area of the community")
    command.add_argument("--name", default="", help="whom it is for; binds at once")
    command.add_argument("--key", default="", help="an entry of the roster: name, area and skills")
    command.set_defaults(serve=invite)


def _add_seats(commands: _Commands) -> None:
    lists = commands.add_parser("seats", help="who works here: role, area, participant, name")
    lists.set_defaults(serve=seats)
    takes = commands.add_parser("revoke", help="take a person's roles back, at once")
    takes.add_argument("--participant", required=True, metavar="ID", help="as `seats` shows it")
    takes.add_argument("--role", default="", choices=["", *Role], help="one; every role if absent")
    takes.add_argument("--reason", default="", help="for the audit trail")
    takes.set_defaults(serve=revoke)


def _add_plain(commands: _Commands) -> None:
    checks = commands.add_parser("check-config", help="check settings, community and texts")
    checks.set_defaults(serve=check_config)
    examines = commands.add_parser("doctor", help="check every invariant on the live database")
    examines.set_defaults(serve=doctor)
    indexes = commands.add_parser("reindex", help="make the search find matters it does not know")
    indexes.add_argument("--all", action="store_true", help="those it knows as well")
    indexes.set_defaults(serve=reindex)
    rotates = commands.add_parser("rotate", help="change a key, in three steps")
    rotates.add_argument("key", choices=[*KEYS])
    rotates.set_defaults(serve=rotate)
    copies = commands.add_parser("backup", help="copy the database and the photos to a file")
    copies.add_argument("file", type=Path)
    copies.set_defaults(serve=backup)
    returns = commands.add_parser("restore", help="put a backup in place of what is there")
    returns.add_argument("file", type=Path)
    returns.add_argument("--yes", action="store_true", help="also over a database that exists")
    returns.set_defaults(serve=restore)


def _add_people(commands: _Commands) -> None:
    erases = commands.add_parser("erase", help="erase a person; their matters stay, without them")
    erases.add_argument("--participant", required=True, metavar="ID")
    erases.add_argument("--yes", action="store_true", help="do not ask")
    erases.set_defaults(serve=erase)
    exports = commands.add_parser("export-transcripts", help="masked transcripts, one JSON a line")
    exports.add_argument("--since", metavar="YYYY-MM-DD", default="")
    exports.add_argument("--out", type=Path, default=None, help="a file; standard output if absent")
    exports.set_defaults(serve=export_transcripts)


def _add_keeping(commands: _Commands) -> None:
    group = commands.add_parser("audit", help="the trail of who looked at and changed what")
    ways = group.add_subparsers(title="audit", metavar="WHAT", required=True)
    verifies = ways.add_parser("verify", help="find rows changed, removed, added or moved")
    verifies.add_argument(
        "--head", action="append", default=[], metavar="N:HASH", help="as `audit head` printed it"
    )
    verifies.set_defaults(serve=verify)
    heads = ways.add_parser("head", help="where it ends now: one line to be kept elsewhere")
    heads.set_defaults(serve=show_head)
    keeps = commands.add_parser("hold", help="keep what a person said, for a legal matter")
    keeps.set_defaults(serve=hold)
    lets_go = commands.add_parser("lift-hold", help="end such a hold")
    lets_go.set_defaults(serve=lift)
    for way in (keeps, lets_go):
        way.add_argument("--participant", required=True, metavar="ID", help="as `seats` shows it")
        way.add_argument("--reason", required=True, help="for the audit trail")
    lists = commands.add_parser("holds", help="whose words are held, since when and why")
    lists.set_defaults(serve=holds)


def _add_settings(commands: _Commands) -> None:
    group = commands.add_parser("settings", help="the community's settings as versions")
    ways = group.add_subparsers(title="settings", metavar="WHAT", required=True)
    imports = ways.add_parser("import", help="check a file and keep it as a new version")
    imports.add_argument("file", type=Path, nargs="?", help="the community's own if left out")
    imports.add_argument(
        "--from", dest="valid_from", metavar="MOMENT", default="", help='"2026-12-01 08:00"; or now'
    )
    imports.add_argument("--note", default="", help="why, for the history")
    imports.set_defaults(serve=import_settings)
    lists = ways.add_parser("list", help="the history: * is in force, > is scheduled")
    lists.set_defaults(serve=list_versions)
    for name, serve, what in (
        ("show", show_version, "print a version as a file"),
        ("withdraw", withdraw_version, "drop a version that is not in force yet"),
    ):
        way = ways.add_parser(name, help=what)
        way.add_argument("version", metavar="HASH")
        way.set_defaults(serve=serve)
    compares = ways.add_parser("diff", help="what two versions say differently")
    compares.add_argument("one", metavar="HASH")
    compares.add_argument("other", metavar="HASH", nargs="?", help="the file if left out")
    compares.set_defaults(serve=compare_versions)
    exports = ways.add_parser("export", help="write a version to a new file")
    exports.add_argument("version", metavar="HASH")
    exports.add_argument("file", type=Path)
    exports.set_defaults(serve=export_version)


def _add_corrections(commands: _Commands) -> None:
    group = commands.add_parser("corrections", help="what was understood wrongly: read and decide")
    ways = group.add_subparsers(title="corrections", metavar="WHAT", required=True)
    lists = ways.add_parser("list", help="those whose words may be learned from")
    lists.add_argument("--state", choices=[*ReviewState], default="open")
    lists.add_argument("--limit", type=int, default=50, metavar="N")
    lists.set_defaults(serve=list_corrections)
    shows = ways.add_parser("show", help="one of them, and what the model thought")
    shows.set_defaults(serve=show_correction)
    accepts = ways.add_parser("accept", help="learn from it with the next `make train`")
    accepts.add_argument("--label", default="", help="as in nlu/data/nlu: report/BLD01")
    accepts.set_defaults(serve=accept_correction)
    rejects = ways.add_parser("reject", help="do not learn from it")
    rejects.add_argument("--reason", default="", help="for whoever looks again")
    rejects.set_defaults(serve=reject_correction)
    edits = ways.add_parser("edit", help="take out what the mask did not see")
    edits.add_argument("--words", required=True, help="the whole sentence as it shall be")
    edits.set_defaults(serve=edit_correction)
    for way in (shows, accepts, rejects, edits):
        way.add_argument("id", type=int)
    exports = ways.add_parser("export", help="print the accepted ones as training examples")
    exports.set_defaults(serve=export_corrections)
    for way in (lists, shows, accepts, rejects, edits, exports):
        way.add_argument("--by", default="", metavar="NAME", help="who reads or decides")


def _add_models(commands: _Commands) -> None:
    trains = commands.add_parser("train", help="train on the data and the accepted corrections")
    trains.add_argument("--force", action="store_true", help="even if a model fits")
    trains.add_argument(
        "--provisional", action="store_true", help="take it below the bar, if it loses nowhere"
    )
    trains.set_defaults(serve=train)
    lists = commands.add_parser("models", help="the trained models: * is the one to serve")
    lists.set_defaults(serve=models)
    ways = lists.add_subparsers(title="models", metavar="WHAT")
    uses = ways.add_parser("use", help="serve this one: a running Linli goes over to it")
    uses.add_argument("model", metavar="NAME", help="as `models` shows it")
    uses.set_defaults(serve=use)


def _add_demo(commands: _Commands) -> None:
    plays = commands.add_parser("demo", help="play the stories against the running instance")
    plays.add_argument("--story", action="append", choices=[*STORIES], help="all if left out")
    plays.add_argument("--pace", type=float, default=2.0, metavar="S", help="seconds a sentence")
    plays.add_argument("--stay", action="store_true", help="keep the windows open at the end")
    plays.set_defaults(serve=demo)


def _stdout() -> TextIO:
    return sys.stdout


def _stderr() -> TextIO:
    return sys.stderr
