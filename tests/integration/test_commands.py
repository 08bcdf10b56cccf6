"""`python -m bot …` as an administrator uses it."""

import asyncio
import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from actions.adapters.database.people import code_hash
from actions.application.arrivals import Arrival
from actions.application.environment import Environment, HouseSettings, house_settings
from actions.application.web_records import Picture
from actions.bootstrap import House, open_house
from actions.domain.identifiers import ConversationId
from actions.domain.people import Role
from actions.domain.seating import GIVEN
from bot.media import Workshop
from tests.integration.web_house import jpeg


def settings_of(data: Path, **variables: str) -> HouseSettings:
    return house_settings(Environment({"LINLI_DATA": str(data), **variables}))


def run(data: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        env={"PATH": "/usr/bin:/bin", "LINLI_DATA": str(data), **variables},
        capture_output=True, text=True, check=False, timeout=60, stdin=subprocess.DEVNULL,
    )  # fmt: skip


def change(data: Path, statement: str) -> None:
    with closing(sqlite3.connect(data / "linli.db")) as conn:
        conn.execute(statement)
        conn.commit()


async def test_a_code_for_a_named_person_is_kept_hashed_and_works_once(tmp_path: Path) -> None:
    async with open_house(settings_of(tmp_path)) as house:
        printed = run(tmp_path, "invite", "--role", "GWF", "--area", "BL", "--name", "阿梅")
        code = printed.stdout.strip()

        joined = await join(house, code)

        assert (joined.actor.has_role(Role.GWF), joined.display_name) == (True, "阿梅")
        assert {grant.area for grant in joined.grants} == {"RT/LJ/BL"}
        with pytest.raises(Exception, match="not valid"):
            await join(house, code)
    rows = (
        (tmp_path / "linli.db").read_bytes() + (tmp_path / "linli.db-wal").read_bytes()
        if (tmp_path / "linli.db-wal").exists()
        else (tmp_path / "linli.db").read_bytes()
    )
    assert (code_hash(code).encode() in rows, code.encode() in rows) == (True, False)


async def join(house: House, code: str):
    opened = await house.accounts.open("zh-CN")
    return (await house.accounts.join(opened.account, code)).opened.account


async def test_a_code_for_nobody_in_particular_waits_for_a_person(tmp_path: Path) -> None:
    printed = run(tmp_path, "invite", "--role", "GWF")

    async with open_house(settings_of(tmp_path)) as house:
        assert (await join(house, printed.stdout.strip())).grants == frozenset()


async def test_an_entry_of_the_roster_brings_its_name_and_area(tmp_path: Path) -> None:
    printed = run(tmp_path, "invite", "--role", "PRM", "--key", "prm-bl")

    async with open_house(settings_of(tmp_path)) as house:
        joined = await join(house, printed.stdout.strip())
    assert (joined.display_name, {grant.area for grant in joined.grants}) == (
        "白鹭物业服务处", {"RT/LJ/BL"},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("key", "role", "area"), [("gwf-1", "GWF", "RT/LJ/RY"), ("gwp-4", "VOL", "RT/LJ/BL/G4")]
)
async def test_the_grids_of_an_entry_together_are_its_area(
    tmp_path: Path, key: str, role: str, area: str
) -> None:
    async with open_house(settings_of(tmp_path)) as house:
        assert (await house.invitations.invite(role, roster_key=key)).area == area


async def test_a_seat_has_one_holder(tmp_path: Path) -> None:
    async with open_house(settings_of(tmp_path)) as house:
        codes = [
            (await house.invitations.invite("GWF", name="demo", seat="demo")).code for _ in range(2)
        ]
        first = await join(house, codes[0])
        second = await join(house, codes[1])

        assert not (await house.turns.actor(first.person_id)).is_worker
        assert (await house.turns.actor(second.person_id)).is_worker


async def test_every_role_can_be_invited(tmp_path: Path) -> None:
    async with open_house(settings_of(tmp_path)) as house:
        areas = {}
        for role in GIVEN:
            invited = await house.invitations.invite(role, name="somebody")
            assert (await join(house, invited.code)).actor.has_role(role)
            areas[role] = invited.area

    assert {role for role, area in areas.items() if area == "RT"} == {Role.DSP, Role.SUP, Role.PRV}
    assert set(areas.values()) == {"RT", "RT/LJ"}


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--role", "KING"], "there is no role KING"),
        (["--role", "GWF", "--area", "XX"], "the community has no area XX"),
        (["--role", "GWF", "--key", "nobody"], "the roster has no entry nobody"),
        (["--role", "ADM", "--key", "gwf-1"], "the roster does not give gwf-1 the role ADM"),
        (["--role", "ANO"], "ANO is given to nobody"),
        (["--role", "PRV", "--area", "G3"], "PRV sees across everybody"),
    ],
)
def test_what_does_not_exist_cannot_be_invited(
    tmp_path: Path, arguments: list[str], complaint: str
) -> None:
    printed = run(tmp_path, "invite", *arguments)

    assert (printed.returncode, printed.stdout) == (1, "")
    assert printed.stderr.startswith(complaint)


def test_the_demo_community_is_in_order(tmp_path: Path) -> None:
    printed = run(tmp_path, "check-config")

    assert (printed.returncode, printed.stderr) == (0, "")
    assert printed.stdout.startswith("All in order: 临江社区")


def test_everything_wrong_in_a_community_is_listed(tmp_path: Path) -> None:
    (tmp_path / "community.yml").write_text("timezone: Mars/Olympus\ncategories: none.yml\n")

    printed = run(tmp_path, "check-config", LINLI_COMMUNITY=str(tmp_path / "community.yml"))

    assert printed.returncode == 1
    assert "no such time zone: 'Mars/Olympus'" in printed.stderr
    assert len(printed.stderr.splitlines()) > 5
    assert "Traceback" not in printed.stderr


async def test_a_backup_brings_everything_back(tmp_path: Path) -> None:
    data, copy, file = tmp_path / "data", tmp_path / "copy", tmp_path / "backup.tar.gz"
    async with open_house(settings_of(data)) as house:
        opened = await house.accounts.open("en")
        house.media.mkdir()
        (house.media / "photo.webp").write_bytes(b"photo")
        made = run(data, "backup", str(file))
    assert (made.returncode, file.stat().st_mode & 0o777) == (0, 0o600)

    restored = run(copy, "restore", str(file))

    assert restored.returncode == 0, restored.stderr
    assert (copy / "media" / "photo.webp").read_bytes() == b"photo"
    assert not (copy / "keys").exists()
    async with open_house(replace(settings_of(copy))) as house:
        assert await house.accounts.find(opened.token) is not None


async def test_a_backup_goes_over_nothing_unasked(tmp_path: Path) -> None:
    async with open_house(settings_of(tmp_path)):
        run(tmp_path, "backup", str(tmp_path / "b.tar"))

    assert run(tmp_path, "restore", str(tmp_path / "b.tar")).returncode == 1
    assert run(tmp_path, "restore", str(tmp_path / "b.tar"), "--yes").returncode == 0


def test_a_torn_backup_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "torn.tar").write_bytes(b"torn")
    printed = run(tmp_path / "data", "restore", str(tmp_path / "torn.tar"))

    assert (printed.returncode, (tmp_path / "data" / "linli.db").exists()) == (1, False)
    assert printed.stderr.startswith("nothing was restored")


def test_a_server_that_is_away_is_not_backed_up_and_its_password_not_told(tmp_path: Path) -> None:
    url = "postgresql://linli:geheim@127.0.0.1:1/linli"
    printed = run(tmp_path, "backup", str(tmp_path / "x.tar"), DATABASE_URL=url)

    assert printed.returncode == 1
    assert printed.stderr.startswith("no backup was made")
    assert "geheim" not in printed.stderr


def a_photo(folder: Path) -> Path:
    path = folder / "photo.jpg"
    path.write_bytes(jpeg((30, 20)))
    return path


async def test_a_person_is_erased_after_a_yes(tmp_path: Path) -> None:
    async with open_house(settings_of(tmp_path)) as house:
        opened = await house.accounts.open("en")
        participant = opened.account.participant_id
        picture = await Workshop(house.media).keep(a_photo(tmp_path))
        facts = asdict(picture) | {"person_id": opened.account.person_id}
        await house.pictures.add(Picture(**facts), "")

        unasked = run(tmp_path, "erase", "--participant", participant)
        erased = run(tmp_path, "erase", "--participant", participant, "--yes")

        assert (unasked.returncode, erased.returncode) == (1, 0)
        assert await house.accounts.find(opened.token) is None
        assert not any(path.is_file() for path in house.media.rglob("*"))
    assert run(tmp_path, "erase", "--participant", participant, "--yes").returncode == 1


async def test_transcripts_leave_masked_and_the_audit_knows(tmp_path: Path) -> None:
    async with open_house(settings_of(tmp_path)) as house:
        opened = await house.accounts.open("en")
        conversation = opened.account.conversation_id
        change(tmp_path, "INSERT INTO messages (conversation_id, seq, area, direction, kind, text,"
               f" template, at) VALUES ({conversation}, 1, '', 'in', 'text',"
               " 'call 13800138000', '', '2026-11-20 00:00:00')")  # fmt: skip

        printed = run(tmp_path, "export-transcripts", "--since", "2026-11-01")

    [line] = [json.loads(each) for each in printed.stdout.splitlines()]
    assert "13800138000" not in line["text"]
    assert line["text"].startswith("call ")
    with closing(sqlite3.connect(tmp_path / "linli.db")) as conn:
        assert conn.execute("SELECT action FROM audit").fetchall() == [
            ("settings-import",),
            ("export-transcripts",),
        ]


async def test_transcripts_tell_by_which_model_a_message_was_understood(tmp_path: Path) -> None:
    async with open_house(settings_of(tmp_path)) as house:
        opened = await house.accounts.open("en")
        await arrive(house, opened.account.conversation_id)
    change(tmp_path, "INSERT INTO understood (inbox_id, area, language, intent, confidence,"
           " parse, model, data, at) VALUES (1, '', 'en', 'greet', 1, '{}', 'c0de', 'da7a',"
           " '2026-11-20 00:00:00')")  # fmt: skip

    (line,) = run(tmp_path, "export-transcripts").stdout.splitlines()

    assert (json.loads(line)["model"], json.loads(line)["data"]) == ("c0de", "da7a")


DAMAGES = {
    "UPDATE conversations SET next_seq = 7": "not numbered 1 to n",
    "UPDATE messages SET seq = 9": "not numbered 1 to n",
    "UPDATE inbox SET state = 'lost'": "an arrival is in no known state",
    "INSERT INTO understood (inbox_id, area, language, intent, confidence, parse, model, at) VALUES"
    " (1, '', 'zh', 'greet', 1, '{}', '', '2026-11-20 00:00:00')": "by a model that is not named",
    "DELETE FROM messages": "an arrival is not in the transcript",
    "UPDATE messages SET conversation_id = 99": "a reference to nothing",
    "INSERT INTO ticket_events (ticket_id, seq, area, verb, target, actor_id, role, at, reason,"
    " data, cause) VALUES (1, 1, '', 'BEGIN', 'draft', 0, '', '2026-11-20 00:00:00', '', '{}',"
    " 'nothing')": "a step on a ticket has no cause",
}


async def test_the_doctor_finds_what_is_wrong(tmp_path: Path) -> None:
    async with open_house(settings_of(tmp_path)) as house:
        opened = await house.accounts.open("en")
        await arrive(house, opened.account.conversation_id)
        healthy = [finding async for finding in house.doctor.findings()]
    assert healthy == []
    sound = (tmp_path / "linli.db").read_bytes()

    for damage, expected in DAMAGES.items():
        (tmp_path / "linli.db").write_bytes(sound)
        change(tmp_path, damage)
        async with open_house(settings_of(tmp_path)) as house:
            findings = [finding async for finding in house.doctor.findings()]
        assert any(expected in finding for finding in findings), damage

    examined = run(tmp_path, "doctor")
    assert (examined.returncode, "has no cause" in examined.stderr) == (1, True)


async def arrive(house: House, conversation_id: ConversationId) -> None:
    taking = asyncio.create_task(house.intake.run())
    await house.intake.remember(
        Arrival(
            channel="webchat", account="default", external_id="1", area="", kind="text",
            conversation_id=conversation_id, payload={"text": "hello"}, text="hello",
            at=house.clock.now(),
        )
    )  # fmt: skip
    taking.cancel()


async def test_a_lost_database_is_not_replaced_by_an_empty_one(tmp_path: Path) -> None:
    async with open_house(settings_of(tmp_path)):
        pass
    (tmp_path / "linli.db").unlink()

    printed = run(tmp_path, "doctor")

    assert (printed.returncode, (tmp_path / "linli.db").exists()) == (1, False)
    assert "linli.db is missing, though there was one" in printed.stderr


async def test_a_database_of_a_later_release_is_refused(tmp_path: Path) -> None:
    async with open_house(settings_of(tmp_path)):
        pass
    change(tmp_path, "UPDATE alembic_version SET version_num = '9999'")

    printed = run(tmp_path, "doctor")

    assert (printed.returncode, len(printed.stderr.splitlines())) == (1, 1)
    assert "9999" in printed.stderr


async def test_a_torn_database_is_refused(tmp_path: Path) -> None:
    async with open_house(settings_of(tmp_path)):
        pass
    whole = (tmp_path / "linli.db").read_bytes()
    (tmp_path / "linli.db").write_bytes(whole[: len(whole) // 2])

    printed = run(tmp_path, "doctor")

    assert (printed.returncode, len(printed.stderr.splitlines())) == (1, 1)
    assert "is damaged" in printed.stderr


def test_an_unreachable_server_is_told_without_its_password(tmp_path: Path) -> None:
    printed = run(tmp_path, "doctor", DATABASE_URL="postgresql://linli:geheim@127.0.0.1:9/linli")

    assert (printed.returncode, len(printed.stderr.splitlines())) == (1, 1)
    assert "geheim" not in printed.stderr
