"""The runbook: its commands are commands, and every metric has a line that says what to do."""

import re
import shlex

import pytest

from bot.cli.commands import build_parser
from bot.metrics import Metrics

from check_secrets import ROOT

PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
#: In a block, or between backticks in a line.
COMMANDS = sorted(
    set(re.findall(r"^python -m bot (.+)$|`python -m bot ([^`…]+)`", PAGE, re.MULTILINE))
)
#: Named without what it has to be given.
NAMED_ONLY = {"revoke"}


def test_there_are_commands() -> None:
    assert len(COMMANDS) > 10


@pytest.mark.parametrize("command", [one or other for one, other in COMMANDS])
def test_a_command_of_the_runbook_is_understood(command: str) -> None:
    if command in NAMED_ONLY:
        assert command in build_parser().format_help()
        return

    build_parser().parse_args(shlex.split(command))


def test_what_is_counted_is_explained_and_nothing_else() -> None:
    counted = {
        line.split()[2].removesuffix("_total").removesuffix("_created")
        for line in Metrics().page().decode().splitlines()
        if line.startswith("# HELP linli_")
    }

    assert set(re.findall(r"`(linli_[a-z_]+)`", PAGE)) == counted
