"""The knowledge base as whoever writes it sees it: checked, read when started, heard by Rasa."""

import sqlite3
from contextlib import closing
from pathlib import Path

from actions.application.commands.knowing import ShowAnswer
from actions.application.turn import Turn
from actions.bootstrap import open_house
from actions.domain.people import Actor
from bot.launcher.launch import rasa_plan
from bot.settings import read_settings
from tests.integration.test_commands import run, settings_of

ANSWER = """
entries:
  - id: bins
    title: {zh-CN: 垃圾, zh-HK: 掉垃圾, en: Bins}
    questions: {zh-CN: [几点收], zh-HK: [幾點收], en: [when]}
    answer: {zh-CN: 八点, zh-HK: 八點, en: at eight}
    source: notice
    checked: 2020-01-02
"""
SOURCES = (
    "sources: {notice: {name: {zh-CN: 通, zh-HK: 通, en: n}, where: {zh-CN: 堂, zh-HK: 堂, en: l}}}"
)


def knowing(folder: Path, *entries: str) -> str:
    folder.mkdir()
    (folder / "sources.yml").write_text(SOURCES)
    for number, entry in enumerate(entries):
        (folder / f"theme{number}.yml").write_text(entry)
    return str(folder)


def test_what_is_wrong_in_the_knowledge_base_is_listed_with_file_and_entry(tmp_path: Path) -> None:
    folder = knowing(tmp_path / "known", ANSWER.replace(", en: at eight", ""), "entries: [{}]")

    printed = run(tmp_path, "check-config", LINLI_KNOWLEDGE=folder)

    assert printed.returncode == 1
    assert "theme0.yml: bins: answer: no text in en" in printed.stderr
    assert "theme1.yml: entries[0]: id is missing" in printed.stderr
    assert "Traceback" not in printed.stderr


def test_answers_nobody_confirmed_for_long_are_named(tmp_path: Path) -> None:
    outdated = ANSWER.replace("bins", "lamps").replace("几点收", "几点亮").replace("幾點收", "著")
    outdated = outdated.replace("when", "lit").replace("垃圾", "灯").replace("Bins", "Lamps")
    folder = knowing(tmp_path / "known", ANSWER, f"{outdated}    valid_until: 2020-02-01\n")

    printed = run(tmp_path, "check-config", LINLI_KNOWLEDGE=folder)

    assert printed.returncode == 0, printed.stderr
    assert "look at it again: bins, checked 2020-01-02" in printed.stdout
    assert "confirm again or take out: lamps, valid until 2020-02-01" in printed.stdout


def test_a_named_folder_that_is_not_there_is_a_mistake(tmp_path: Path) -> None:
    printed = run(tmp_path, "check-config", LINLI_KNOWLEDGE=str(tmp_path / "nowhere"))

    assert printed.returncode == 1
    assert "LINLI_KNOWLEDGE must name a folder" in printed.stderr


async def test_a_house_answers_from_what_stands_beside_its_community(tmp_path: Path) -> None:
    async with open_house(settings_of(tmp_path)) as house:
        account = (await house.accounts.open("en")).account
        turn = Turn(
            cause="asked",
            actor=Actor(person_id=account.person_id),
            conversation_id=account.conversation_id,
        )
        await house.bus.handle(ShowAnswer(entry="parking-space", inbox_id=0), turn)

    with closing(sqlite3.connect(tmp_path / "linli.db")) as conn:
        assert conn.execute("SELECT template FROM outbox").fetchall() == [("knowledge_answer",)]


def test_rasa_reads_the_same_files(tmp_path: Path) -> None:
    folder = knowing(tmp_path / "known", ANSWER)
    settings = read_settings({"LINLI_DATA": str(tmp_path), "LINLI_KNOWLEDGE": folder})

    heard = rasa_plan(settings, tmp_path / "model").environment("http://actions")

    assert heard["LINLI_KNOWLEDGE"] == folder
    assert heard["LINLI_COMMUNITY"] == str(settings.house.community_file)
