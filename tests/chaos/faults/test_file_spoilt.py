"""The SQLite file is missing, cut short, damaged, not ours to write, or of a newer version (B6, B7)."""

import asyncio
import os
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from actions.adapters.database.engine import Database
from actions.application.environment import HouseSettings
from actions.bootstrap import HouseError, open_house
from bot.settings import read_settings

#: The house is opened by somebody who may write nothing that is not theirs to write; for root
#: that means to do without its powers.
POWERLESS = """
import asyncio, ctypes, sys
from actions.bootstrap import HouseError, open_house
from bot.settings import read_settings
header = (ctypes.c_uint32 * 2)(0x20080522, 0)
assert ctypes.CDLL(None).capset(header, (ctypes.c_uint32 * 6)()) == 0
async def main():
    async with open_house(read_settings({"LINLI_DATA": sys.argv[1]}).house, starting=True):
        pass
try:
    asyncio.run(main())
except HouseError as error:
    print(error)
    sys.exit(3)
"""


def settings_of(data: Path, url: str = "") -> HouseSettings:
    more = {"DATABASE_URL": url} if url else {}
    return read_settings({"LINLI_DATA": str(data), **more}).house


async def opens(settings: HouseSettings) -> None:
    async with open_house(settings, starting=True):
        pass


async def complaint(settings: HouseSettings) -> str:
    with pytest.raises(HouseError) as refused:
        await opens(settings)
    return str(refused.value)


def cut_short(file: Path) -> None:
    """By one page, as a copy that was interrupted."""
    os.truncate(file, file.stat().st_size - 4096)


def turn_bits(file: Path) -> None:
    """In the middle of every eighth page."""
    whole = bytearray(file.read_bytes())
    for start in range(8 * 4096, len(whole), 8 * 4096):
        for place in range(start, start + 200):
            whole[place] ^= 0xFF
    file.write_bytes(bytes(whole))


def fill_with_rubbish(file: Path) -> None:
    file.write_bytes(b"not a database at all " * 4096)


@pytest.mark.parametrize("spoil", [cut_short, turn_bits, fill_with_rubbish])
async def test_a_damaged_file_is_told_and_left_as_it_is(
    tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    settings = settings_of(tmp_path)
    await opens(settings)
    file = tmp_path / "linli.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    spoil(file)
    before = file.read_bytes()

    said = await complaint(settings)

    assert "is damaged" in said
    assert "backup" in said
    assert file.read_bytes() == before


async def test_nothing_is_begun_where_a_database_has_been(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    await opens(settings)
    (tmp_path / "linli.db").unlink()

    said = await complaint(settings)

    assert "is missing, though there was one" in said
    assert not (tmp_path / "linli.db").exists()


@pytest.mark.parametrize("what", ["file", "folder"])
async def test_what_may_not_be_written_is_told_plainly(tmp_path: Path, what: str) -> None:
    data = tmp_path / "data"
    await opens(settings_of(data))
    for path in (data / "linli.db", *([data] if what == "folder" else [])):
        path.chmod(0o555)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", POWERLESS, str(data)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    data.chmod(0o755)

    assert process.returncode == 3, said.decode()
    assert "the database cannot be used" in said.decode()
    assert "may not be written" in said.decode()
    assert "Traceback" not in said.decode()


async def test_a_newer_schema_is_refused_and_left_as_it_is(store_url: str, tmp_path: Path) -> None:
    database = Database(store_url)
    async with database.write() as conn:
        was = (await conn.execute(text("SELECT version_num FROM alembic_version"))).scalar_one()
        await conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        await conn.commit()

    said = await complaint(settings_of(tmp_path, store_url))

    assert "it is at revision 9999" in said
    async with database.write() as conn:
        await conn.execute(text("UPDATE alembic_version SET version_num = :was"), {"was": was})
        await conn.commit()
    await database.close()
