"""`python -m bot corrections …`: a person reads, edits and decides; only that is learned from."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.bootstrap import open_house
from bot.launcher.examples import learned_from
from bot.settings import read_settings
from tests.integration.test_commands import run, settings_of

PARSE = (
    '{"intent": "report", "ranking": [["report", 0.7], ["thanks", 0.2]],'
    ' "leaves": [["PUB04", 0.61], ["BLD01", 0.2]]}'
)


@pytest.fixture
async def data(tmp_path: Path) -> Path:
    """A house in which somebody was misunderstood."""
    async with open_house(settings_of(tmp_path)) as house:
        await house.accounts.open("zh-CN")
    return tmp_path


def tell(data: Path, draft: int, words: str, corrected: str = "BLD01", **more: str) -> None:
    row: dict[str, Any] = {
        "person_id": 1, "draft_id": draft, "side": "resident",
        "kind": "category" if corrected else "talk", "words": words, "thought": "PUB04",
        "corrected": corrected, "consent": "given", "state": "open", "parse": PARSE,
        "model": "c0de", "data": "d" * 64, "at": "2026-11-20 08:00:00.000000", **more,
    }  # fmt: skip
    marks = ", ".join(f":{name}" for name in row)
    with closing(sqlite3.connect(data / "linli.db")) as conn:
        conn.execute(f"INSERT INTO corrections ({', '.join(row)}) VALUES ({marks})", row)
        conn.commit()


def asked(data: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(data / "linli.db")) as conn:
        return conn.execute(query).fetchall()


def state_of(data: Path, number: int = 1) -> tuple[Any, ...]:
    query = f"SELECT state, label, reviewed_by, words FROM corrections WHERE id = {number}"
    return asked(data, query)[0]


def examples_in(content: str) -> dict[str, list[str]]:
    read = yaml.safe_load(content)
    assert read["version"] == "3.1"
    return {
        block["intent"]: [line.removeprefix("- ") for line in block["examples"].splitlines()]
        for block in read["nlu"]
    }


async def test_they_are_listed_with_what_was_thought_and_the_look_is_on_record(data: Path) -> None:
    tell(data, 1, "45栋那根扶手又晃了谁来看看")
    tell(data, 2, "", consent="unasked")

    listed = run(data, "corrections", "list", "--by", "阿梅")

    assert listed.returncode == 0
    (line,) = listed.stdout.splitlines()
    assert "PUB04 → BLD01" in line
    assert line.endswith("45栋那根扶手又晃了谁来看看")
    assert "open      category  2" in listed.stderr
    noted = asked(data, "SELECT action, reason FROM audit WHERE action LIKE 'read%'")
    assert noted == [("read-corrections", "at the terminal, by 阿梅")]


async def test_one_is_shown_with_its_model_and_a_label_to_take(data: Path) -> None:
    tell(data, 1, "45栋那根扶手又晃了谁来看看")

    shown = run(data, "corrections", "show", "1", "--by", "阿梅").stdout

    assert "PUB04 0.61, BLD01 0.20" in shown
    assert "c0de dddddddddddd" in shown
    assert "report/BLD01" in shown
    assert asked(data, "SELECT object FROM audit WHERE action = 'read-correction'") == [
        ("correction:1",)
    ]


async def test_an_accepted_one_becomes_an_example_under_the_name_of_who_accepted(
    data: Path,
) -> None:
    tell(data, 1, "45栋那根扶手又晃了谁来看看")

    accepted = run(data, "corrections", "accept", "1", "--by", "阿梅")
    assert accepted.returncode == 0, accepted.stderr
    printed = run(data, "corrections", "export").stdout

    assert state_of(data)[:3] == ("accepted", "report/BLD01", "阿梅")
    assert examples_in(printed) == {"report/BLD01": ["45栋那根扶手又晃了谁来看看"]}
    assert not (data / "corrections").exists()
    noted = asked(data, "SELECT action, reason FROM audit WHERE action = 'accept-correction'")
    assert noted == [("accept-correction", "at the terminal, by 阿梅")]


async def test_of_talk_the_likeliest_talk_is_taken_or_what_the_reviewer_says(data: Path) -> None:
    tell(data, 1, "哎呀这扶手可算弄好啦真不容易呢", corrected="")
    tell(data, 2, "哎呀这路灯可算弄好啦真不容易呢", corrected="")

    run(data, "corrections", "accept", "1")
    run(data, "corrections", "accept", "2", "--label", "smalltalk")

    assert [state_of(data, n)[1] for n in (1, 2)] == ["thanks", "smalltalk"]


@pytest.mark.parametrize(
    ("words", "label", "complaint"),
    [
        ("45栋那根扶手又晃了谁来看看", "report/XXX99", "no example has the label"),
        ("你好", "report/BLD01", "contradicts greet"),
        ("打13812345678说扶手松了", "report/BLD01", "private number"),
    ],
)
async def test_what_must_not_be_learned_is_refused_and_stays_open(
    data: Path, words: str, label: str, complaint: str
) -> None:
    tell(data, 1, words)

    refused = run(data, "corrections", "accept", "1", "--label", label)

    assert refused.returncode == 1
    assert complaint in refused.stderr
    assert state_of(data)[0] == "open"


async def test_what_was_said_of_danger_stands_with_the_example(data: Path) -> None:
    tell(data, 1, "楼下大排档又在烧烤烟好大", kind="calm", state="accepted", label="report/SAF06")
    tell(
        data, 2, "我爸靠在沙发上怎么叫都不应", kind="danger", state="accepted", label="report/SAF06"
    )

    printed = yaml.safe_load(run(data, "corrections", "export").stdout)

    told = [(each["metadata"]["danger"], each["examples"].strip()) for each in printed["nlu"]]
    assert told == [
        ("none", "- 楼下大排档又在烧烤烟好大"), ("now", "- 我爸靠在沙发上怎么叫都不应"),
    ]  # fmt: skip


@pytest.mark.parametrize("consent", ["unasked", "refused", "never"])
async def test_without_consent_nothing_is_accepted_or_edited(data: Path, consent: str) -> None:
    tell(data, 1, "", consent=consent)

    for way in (["accept", "1"], ["edit", "1", "--words", "扶手又晃了"]):
        refused = run(data, "corrections", *way)
        assert refused.returncode == 1
        assert "has not agreed" in refused.stderr

    assert state_of(data)[0] == "open"


async def test_a_name_is_taken_out_by_hand_and_no_number_put_in(data: Path) -> None:
    tell(data, 1, "陈小明家门口那根扶手又晃了")

    assert run(data, "corrections", "edit", "1", "--words", "打13812345678").returncode == 1
    edited = run(data, "corrections", "edit", "1", "--words", "邻居门口那根扶手又晃了")

    assert edited.returncode == 0
    assert state_of(data)[3] == "邻居门口那根扶手又晃了"


async def test_a_rejected_one_is_not_learned_from_though_it_was_accepted_before(
    data: Path,
) -> None:
    tell(data, 1, "45栋那根扶手又晃了谁来看看")
    run(data, "corrections", "accept", "1")

    run(data, "corrections", "reject", "1", "--reason", "unclear", "--by", "阿梅")

    assert state_of(data)[:3] == ("rejected", "", "阿梅")
    assert run(data, "corrections", "export").stdout.strip() == ""
    assert "unclear" in run(data, "corrections", "show", "1").stdout


async def test_one_that_is_not_there_is_said_so(data: Path) -> None:
    for way in ("show", "accept", "reject"):
        refused = run(data, "corrections", way, "99")
        assert (refused.returncode, refused.stdout) == (1, "")
        assert "there is no correction 99" in refused.stderr


async def test_what_contradicts_an_example_accepted_before_is_left_out_and_named(
    data: Path,
) -> None:
    tell(data, 1, "45栋那根扶手又晃了谁来看看", state="accepted", label="report/BLD01")
    tell(data, 2, "45栋那根扶手又晃了,谁来看看", state="accepted", label="report/PUB04")

    said = run(data, "corrections", "export")

    assert "correction 2 is left out: it contradicts report/BLD01" in said.stderr
    assert examples_in(said.stdout) == {"report/BLD01": ["45栋那根扶手又晃了谁来看看"]}


async def test_while_a_model_learns_the_words_lie_there_and_afterwards_not(data: Path) -> None:
    tell(data, 1, "45栋那根扶手又晃了谁来看看", state="accepted", label="report/BLD01")
    tell(data, 2, "", state="accepted", label="report/BLD01", consent="refused")
    settings = read_settings({"LINLI_DATA": str(data)})

    async with learned_from(settings):
        file = data / "corrections" / "corrections.yml"
        assert examples_in(file.read_text("utf-8")) == {
            "report/BLD01": ["45栋那根扶手又晃了谁来看看"]
        }
        assert file.stat().st_mode & 0o077 == 0

    assert list((data / "corrections").iterdir()) == []


async def test_a_house_without_a_database_has_nothing_to_teach(tmp_path: Path) -> None:
    settings = read_settings({"LINLI_DATA": str(tmp_path / "new")})
    async with learned_from(settings):
        assert not (tmp_path / "new").exists()
