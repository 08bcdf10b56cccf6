"""`doctor`, `audit` and the legal holds, as whoever runs the house types them."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from actions.application.examined import ELSEWHERE
from actions.bootstrap import open_house
from actions.domain.identifiers import PersonId
from bot.cli.commands import build_parser
from bot.settings import Settings, read_settings

Type = Callable[..., tuple[int, str, str]]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings({"LINLI_DATA": str(tmp_path)})


@pytest.fixture
def typed(settings: Settings, capsys: pytest.CaptureFixture[str]) -> Type:
    """The exit code, and what was printed on either side."""

    def type_(*words: str) -> tuple[int, str, str]:
        options = build_parser().parse_args(words)
        code = options.serve(settings, options)
        return (code, *capsys.readouterr())

    return type_


@pytest.fixture
def participant(settings: Settings) -> str:
    async def open_one() -> str:
        async with open_house(settings.house) as house:
            await house.trail.note("look", "ticket:1", by=PersonId(1), reason="one")
            await house.trail.note("look", "ticket:2", by=PersonId(1), reason="two")
            return (await house.accounts.open("en")).account.participant_id

    return asyncio.run(open_one())


def change(settings: Settings, *statements: str) -> None:
    with closing(sqlite3.connect(settings.house.data / "linli.db")) as conn:
        for statement in statements:
            conn.execute(statement)
        conn.commit()


def test_the_doctor_says_a_line_for_each_invariant(
    typed: Type, settings: Settings, participant: str
) -> None:
    healthy, told, beside = typed("doctor")
    change(settings, "UPDATE conversations SET next_seq = 7")
    ill, found, rows = typed("doctor")

    assert (healthy, beside, ill) == (0, "", 1)
    assert told.endswith("\nviolations 0\n")
    assert all(f"\n{id_} " in told for id_ in ("I9", "I18", "I21", "I26", *ELSEWHERE))
    assert "\nI3   none   a conversation's messages" in told
    assert "\nI3   1      a conversation's messages" in found
    assert found.endswith("\nviolations 1\n")
    assert rows == "a conversation's messages are not numbered 1 to n (I3): 1, 0, None, 7\n"


def test_the_trail_is_verified_also_against_a_head_kept_elsewhere(
    typed: Type, settings: Settings, participant: str
) -> None:
    _, head, _ = typed("audit", "head")
    sound = typed("audit", "verify", "--head", head.strip())
    change(
        settings,
        "DROP TRIGGER audit_refuses_UPDATE",
        "UPDATE audit SET reason = 'nothing' WHERE reason = 'two'",
    )
    changed, _, what = typed("audit", "verify")

    assert sound[0] == 0
    assert sound[1].startswith(f"rows {head.partition(':')[0]} violations 0")
    assert (changed, "is not what was written" in what) == (1, True)
    assert typed("audit", "verify", "--head", "2:short")[0] == 2


def test_a_hold_is_placed_listed_and_lifted(typed: Type, participant: str) -> None:
    held = typed("hold", "--participant", participant, "--reason", "case 17")
    refused = typed("erase", "--participant", participant, "--yes")
    listed = typed("holds")[1]
    lifted = typed("lift-hold", "--participant", participant, "--reason", "settled")
    erased = typed("erase", "--participant", participant, "--yes")

    assert (held[0], refused[0], lifted[0], erased[0]) == (0, 1, 0, 0)
    assert "a legal hold lies on it" in refused[2]
    assert listed.endswith(f"  {participant}  case 17\n")
    assert typed("lift-hold", "--participant", participant, "--reason", "x")[0] == 1
    assert typed("hold", "--participant", "p_nobody", "--reason", "x")[0] == 1
