"""The drill: a backup made while people write is put back elsewhere, and everything is in order."""

import asyncio
import json
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from actions.adapters.database.counting import next_of
from actions.adapters.database.schema.people import people
from actions.application.environment import HouseSettings, Secret
from actions.bootstrap import House, HouseError, back_up, open_house, put_back
from tests.servers.postgres import PostgresServer
from tests.servers.schema import migrate

TODAY = "2026-11-20"


def settings_for(data: Path, url: str) -> HouseSettings:
    data.mkdir(exist_ok=True)
    return HouseSettings(
        data=data, database_url=Secret(url), community_file=Path("config/community.yml").resolve()
    )


@pytest.fixture
def elsewhere(
    request: pytest.FixtureRequest, store_url: str, tmp_path: Path
) -> Iterator[HouseSettings]:
    """An installation with nothing in it yet, on the same kind of store."""
    if store_url.startswith("sqlite"):
        yield settings_for(tmp_path / "elsewhere", f"sqlite:///{tmp_path / 'elsewhere.db'}")
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    url = server.clone(migrate)
    yield settings_for(tmp_path / "elsewhere", url)
    server.drop(url)


async def counted(house: House) -> int:
    async with house.database.read() as conn:
        return int((await conn.execute(select(func.count()).select_from(people))).scalar_one())


async def next_number(house: House) -> int:
    async with house.database.write() as conn:
        number = await next_of(conn, TODAY)
        await conn.commit()
    return number


async def test_a_backup_made_under_load_is_whole_when_it_is_put_back(
    store_url: str, elsewhere: HouseSettings, tmp_path: Path
) -> None:
    settings, file = settings_for(tmp_path / "here", store_url), tmp_path / "backup.tar.gz"
    async with open_house(settings) as house:
        house.media.mkdir()
        (house.media / "photo.webp").write_bytes(b"photo")
        first = await house.accounts.open("en")
        given = await next_number(house)
        before = await counted(house)
        writing = asyncio.create_task(_keep_opening(house))
        await asyncio.to_thread(back_up, settings, file)
        writing.cancel()
        await asyncio.gather(writing, return_exceptions=True)
        after = await counted(house)
        newest = (await house.accounts.open("en")).account.person_id

    await asyncio.to_thread(put_back, elsewhere, file, over=True)

    async with open_house(elsewhere) as restored:
        assert before <= await counted(restored) <= after
        assert await restored.accounts.find(first.token) is not None
        assert (restored.media / "photo.webp").read_bytes() == b"photo"
        assert [each async for each in restored.doctor.findings()] == []
        assert await next_number(restored) > given + 1
        assert (await restored.accounts.open("en")).account.person_id > newest


async def _keep_opening(house: House) -> None:
    while True:
        await house.accounts.open("zh-CN")


def _names(file: Path) -> set[str]:
    with tarfile.open(file) as tar:
        return {name.partition("/")[0] for name in tar.getnames()}


async def test_the_keys_and_what_is_not_ours_stay_out(store_url: str, tmp_path: Path) -> None:
    settings, file = settings_for(tmp_path / "here", store_url), tmp_path / "backup.tar.gz"
    async with open_house(settings):
        await asyncio.to_thread(back_up, settings, file)

    assert _names(file) == {"manifest.json", "rows"}
    assert file.stat().st_mode & 0o777 == 0o600


async def test_what_was_changed_in_a_backup_is_found_before_anything_is_touched(
    store_url: str, tmp_path: Path
) -> None:
    settings, file = settings_for(tmp_path / "here", store_url), tmp_path / "backup.tar.gz"
    async with open_house(settings) as house:
        token = (await house.accounts.open("en")).token
        await asyncio.to_thread(back_up, settings, file)
    _spoil(file, tmp_path / "spoilt")

    with pytest.raises(HouseError, match="is damaged"):
        await asyncio.to_thread(put_back, settings, tmp_path / "spoilt", over=True)

    async with open_house(settings) as house:
        assert await house.accounts.find(token) is not None


def _spoil(file: Path, target: Path) -> None:
    folder = target.with_name("unpacked")
    with tarfile.open(file) as tar:
        tar.extractall(folder, filter="data")
    name = next(iter(json.loads((folder / "manifest.json").read_text())["digests"]))
    with (folder / "rows" / name).open("ab") as changed:
        changed.write(b"x")
    with tarfile.open(target, "w:gz") as tar:
        for each in ("manifest.json", "rows"):
            tar.add(folder / each, each)


async def test_nothing_is_put_over_a_server_database_that_is_used_or_not_empty(
    postgres_url: str, tmp_path: Path
) -> None:
    settings, file = settings_for(tmp_path / "here", postgres_url), tmp_path / "backup.tar.gz"
    async with open_house(settings) as house:
        token = (await house.accounts.open("en")).token
        await asyncio.to_thread(back_up, settings, file)
        with pytest.raises(HouseError, match="stop every gateway"):
            await asyncio.to_thread(put_back, settings, file, over=True)
    with pytest.raises(HouseError, match="say --yes"):
        await asyncio.to_thread(put_back, settings, file, over=False)

    async with open_house(settings) as house:
        assert await house.accounts.find(token) is not None


async def test_a_restore_that_fails_half_way_leaves_what_was_there(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, file = settings_for(tmp_path / "here", postgres_url), tmp_path / "backup.tar.gz"
    async with open_house(settings) as house:
        token = (await house.accounts.open("en")).token
        await asyncio.to_thread(back_up, settings, file)
    folder = tmp_path / "torn"
    with tarfile.open(file) as tar:
        tar.extractall(folder, filter="data")
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["columns"]["people"].append("no_such_column")
    (folder / "manifest.json").write_text(json.dumps(manifest))
    with tarfile.open(tmp_path / "torn.tar", "w") as tar:
        for each in ("manifest.json", "rows"):
            tar.add(folder / each, each)

    with pytest.raises(HouseError, match="no_such_column"):
        await asyncio.to_thread(put_back, settings, tmp_path / "torn.tar", over=True)

    async with open_house(settings) as house:
        assert await house.accounts.find(token) is not None
        async with house.database.read() as conn:
            aside = await conn.execute(text("SELECT to_regnamespace('linli_before_restore')"))
            assert aside.scalar() is None


async def test_a_backup_of_the_other_store_says_so(
    sqlite_url: str, postgres_url: str, tmp_path: Path
) -> None:
    here, there = (
        settings_for(tmp_path / name, url)
        for name, url in (("here", sqlite_url), ("there", postgres_url))
    )
    async with open_house(here):
        await asyncio.to_thread(back_up, here, tmp_path / "b.tar.gz")

    with pytest.raises(HouseError, match="is of sqlite"):
        await asyncio.to_thread(put_back, there, tmp_path / "b.tar.gz", over=True)
