"""Fail points: which there are, what they do, and that nobody serves people with one."""

import os
import re
import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from actions import failpoints
from actions.application.environment import SettingsError
from actions.failpoints import NAMES, FailpointError, FailpointMistake, arm, failpoint
from bot.settings import read_settings

ROOT = Path(__file__).parents[2]
STEP = re.compile(r"""(?:failpoint|Acknowledgement)\(\s*"([a-z.]+)\"""")


@pytest.fixture(autouse=True)
def nothing_armed() -> Iterator[None]:
    yield
    arm("")


def test_every_name_is_one_step_of_the_code_and_every_step_has_a_name() -> None:
    code = [
        path.read_text(encoding="utf-8")
        for room in ("actions", "bot")
        for path in (ROOT / room).rglob("*.py")
        if path.name != "failpoints.py"
    ]

    assert Counter(name for text in code for name in STEP.findall(text)) == Counter(NAMES)


def test_nothing_happens_where_nothing_is_armed() -> None:
    for name in NAMES:
        failpoint(name)


def test_it_breaks_at_the_nth_time_and_only_then() -> None:
    arm("turn.leased:3:exc")
    failpoint("turn.leased")
    failpoint("turn.released")
    failpoint("turn.leased")

    with pytest.raises(FailpointError, match=r"turn\.leased"):
        failpoint("turn.leased")

    failpoint("turn.leased")


@pytest.mark.parametrize(("deed", "number"), [("kill", signal.SIGKILL), ("hang", signal.SIGSTOP)])
def test_it_ends_or_stops_its_own_process(
    monkeypatch: pytest.MonkeyPatch, deed: str, number: signal.Signals
) -> None:
    signals: list[tuple[int, signal.Signals]] = []
    monkeypatch.setattr(failpoints.os, "kill", lambda *sent: signals.append(sent))
    arm(f"turn.leased:1:{deed}")

    failpoint("turn.leased")

    assert signals == [(os.getpid(), number)]


@pytest.mark.parametrize(
    "wanted", ["nowhere:1:kill", "turn.leased", "turn.leased:0:kill", "turn.leased:1:bang", ":"]
)
def test_what_is_no_fail_point_is_refused(wanted: str) -> None:
    with pytest.raises(FailpointMistake):
        arm(wanted)
    with pytest.raises(SettingsError, match="FP"):
        read_settings({"LINLI_MODE": "trial", "FP": wanted})


@pytest.mark.parametrize(
    "variables",
    [{}, {"LINLI_MODE": "production", "LINLI_PUBLIC_URL": "https://linli.example"}],
)
def test_nobody_starts_with_one_unless_it_is_said_to_be_a_trial(variables: dict[str, str]) -> None:
    wanted = {"FP": "turn.leased:1:kill"}
    with pytest.raises(SettingsError, match="FP is for tests"):
        read_settings({**variables, **wanted})

    trial = read_settings({"LINLI_MODE": "trial", **wanted})
    assert trial.house.failpoints == wanted["FP"]
