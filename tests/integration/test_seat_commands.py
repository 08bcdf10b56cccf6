"""Seats at the terminal: looked up, and taken back at once."""

import sqlite3
from contextlib import closing
from pathlib import Path

from actions.bootstrap import open_house
from tests.integration.test_commands import join, run, settings_of


async def test_who_works_here_is_listed_and_one_role_is_taken_back(tmp_path: Path) -> None:
    async with open_house(settings_of(tmp_path)) as house:
        codes = [
            (await house.invitations.invite("GWF", area="G3", name="阿梅")).code,
            (await house.invitations.invite("VOL", area="BL", name="阿梅")).code,
        ]
        first = await join(house, codes[0])
        both = (await house.accounts.join(first, codes[1])).opened.account
    listed = run(tmp_path, "seats")
    assert listed.stdout.splitlines() == [
        f"GWF  RT/LJ/BL/G3  {both.participant_id}  阿梅",
        f"VOL  RT/LJ/BL  {both.participant_id}  阿梅",
    ]

    taken = run(tmp_path, "revoke", "--participant", both.participant_id, "--role", "GWF")

    assert taken.returncode == 0
    assert "GWF" in taken.stdout
    assert run(tmp_path, "seats").stdout.count("\n") == 1
    with closing(sqlite3.connect(tmp_path / "linli.db")) as conn:
        noted = conn.execute("SELECT action, reason FROM audit WHERE action = 'revoke'").fetchall()
        told = conn.execute("SELECT template FROM outbox").fetchall()
    assert noted == [("revoke", "at the terminal")]
    assert told == [("seat_taken",)]


async def test_every_role_goes_when_none_is_named(tmp_path: Path) -> None:
    async with open_house(settings_of(tmp_path)) as house:
        code = (await house.invitations.invite("ADM", name="管理员")).code
        account = await join(house, code)

    done = run(tmp_path, "revoke", "--participant", account.participant_id, "--reason", "left")

    assert done.returncode == 0
    assert run(tmp_path, "seats").stdout == ""
    async with open_house(settings_of(tmp_path)) as house:
        assert (await house.turns.actor(account.person_id)).grants == frozenset()


async def test_nobody_and_nothing_to_take_is_said_so(tmp_path: Path) -> None:
    async with open_house(settings_of(tmp_path)) as house:
        opened = await house.accounts.open("zh-CN")

    for participant in ("nobody", opened.account.participant_id):
        printed = run(tmp_path, "revoke", "--participant", participant)
        assert (printed.returncode, printed.stdout) == (1, "")
        assert "no such" in printed.stderr
