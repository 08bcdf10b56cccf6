"""`python -m bot settings …` beside a running house, as an administrator uses it."""

import asyncio
import time
from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from actions.bootstrap import House, open_house
from actions.domain.identifiers import LeafCode
from tests.builders import ROOT
from tests.integration.test_commands import run, settings_of

#: Seconds after which a process that does not follow an import is given up.
SOON = 120.0


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A community's own folder."""
    folder = tmp_path / "config"
    folder.mkdir()
    for name in ("community.yml", "categories.yml"):
        (folder / name).write_text((ROOT / "config" / name).read_text("utf-8"), "utf-8")
    return folder / "community.yml"


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def settings(data: Path, file: Path, *arguments: str) -> tuple[int, str]:
    done = run(data, "settings", *arguments, LINLI_COMMUNITY=str(file))
    return done.returncode, done.stdout + done.stderr


def hashes(data: Path, file: Path) -> list[str]:
    _, said = settings(data, file, "list")
    return [line[2:14] for line in said.splitlines()]


async def follows(house: House, days: int) -> None:
    began = time.monotonic()
    while house.community.policy.reopen_within != timedelta(days=days):
        assert time.monotonic() - began < SOON, "the running house did not follow"
        await asyncio.sleep(0.05)


async def test_a_running_house_follows_an_import_without_a_restart(
    tmp_path: Path, file: Path
) -> None:
    data = tmp_path / "data"
    async with open_house(settings_of(data, LINLI_COMMUNITY=str(file)), starting=True) as house:
        watch = asyncio.create_task(house.settings_watch.run())
        await follows(house, 10)
        edit(file, "reopen_within: 10d", "reopen_within: 5d")
        code, said = await asyncio.to_thread(
            settings, data, file, "import", "--note", "decided on Monday"
        )
        assert code == 0, said
        await follows(house, 5)
        watch.cancel()
        await asyncio.gather(watch, return_exceptions=True)

    code, said = settings(data, file, "list")
    first, second = said.splitlines()
    assert first.startswith("  ")
    assert second.startswith("* ")
    assert "decided on Monday" in second
    assert settings(data, file, "diff", *hashes(data, file))[1].strip() == (
        "~ policy.reopen_within: 10d → 5d"
    )
    assert settings(data, file, "diff", hashes(data, file)[1]) == (0, "They say the same.\n")


async def test_a_version_comes_out_as_a_file_and_goes_in_again(tmp_path: Path, file: Path) -> None:
    data, out = tmp_path / "data", tmp_path / "out.yml"
    assert settings(data, file, "import")[0] == 0
    (first,) = hashes(data, file)

    assert settings(data, file, "export", first, str(out))[0] == 0
    assert settings(data, file, "export", first, str(out))[0] == 1, "never over another file"
    content = yaml.safe_load(out.read_text("utf-8"))
    content["policy"]["max_photos"] = 3
    out.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")
    code, said = settings(data, file, "import", str(out), "--from", "2036-12-01 08:00")

    assert (code, "2036-12-01 08:00:00" in said) == (0, True)
    later = hashes(data, file)[1]
    _, shown = settings(data, file, "show", later)
    assert yaml.safe_load(shown)["policy"]["max_photos"] == 3
    assert settings(data, file, "withdraw", later)[0] == 0
    assert hashes(data, file) == [first]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("reopen_within: 10d", "reopen_wthin: 10d", "reopen_wthin: unknown key"),
        ("overrides: {}", "overrides: {}\ntexts: {en: {no_such: hi}}", "no_such: no such text"),
        (
            "overrides: {}",
            "overrides: {}\ntexts: {en: {ticket_filed: hi}}",
            "has to hold {contact}",
        ),
        ("overrides: {}", "overrides: {}\nretired: {BLD01: BLD04}", "still among the categories"),
    ],
)
def test_a_wrong_file_is_refused_by_check_and_import_alike(
    tmp_path: Path, file: Path, old: str, new: str, why: str
) -> None:
    edit(file, old, new)
    checked = run(tmp_path / "data", "check-config", LINLI_COMMUNITY=str(file))
    code, said = settings(tmp_path / "data", file, "import")

    assert (checked.returncode, code) == (1, 1)
    assert why in checked.stdout + checked.stderr
    assert why in said
    assert not (tmp_path / "data" / "linli.db").exists(), "nothing was even opened"


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("import", "--from", "2020-01-01 08:00"), "past"),
        (("import", "--from", "tomorrow"), "expected a moment"),
        (("show", "ffff"), "no version ffff"),
        (("withdraw", "ff"), "no version ff"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    tmp_path: Path, file: Path, arguments: tuple[str, ...], why: str
) -> None:
    code, said = settings(tmp_path / "data", file, *arguments)
    assert (code, why in said, "Traceback" in said) == (1, True, False)


async def test_the_codes_that_paths_begin_with_cannot_change(tmp_path: Path, file: Path) -> None:
    data = tmp_path / "data"
    assert settings(data, file, "import")[0] == 0
    edit(file, "  code: RT\n", "  code: RX\n")
    edit(file, "areas: [RT]", "areas: [RX]")

    code, said = settings(data, file, "import")
    assert (code, "stay RT/LJ" in said) == (1, True)


async def test_a_backup_holds_the_history(tmp_path: Path, file: Path) -> None:
    data, other = tmp_path / "data", tmp_path / "other"
    assert settings(data, file, "import")[0] == 0
    assert settings(data, file, "import", "--from", "2036-12-01")[0] == 1, "nothing would change"
    edit(file, "max_photos: 6", "max_photos: 4")
    assert settings(data, file, "import", "--from", "2036-12-01")[0] == 0
    copy = tmp_path / "copy.linli"
    assert run(data, "backup", str(copy), LINLI_COMMUNITY=str(file)).returncode == 0
    assert run(other, "restore", str(copy), LINLI_COMMUNITY=str(file)).returncode == 0

    assert hashes(other, file) == hashes(data, file)
    assert run(other, "doctor", LINLI_COMMUNITY=str(file)).stdout.endswith("\nviolations 0\n")
    async with open_house(settings_of(other, LINLI_COMMUNITY=str(file))) as house:
        assert house.community.policy.max_photos == 6, "the scheduled one waits"
        assert house.community.category(LeafCode("NOI01")).settle_min == 10080
