"""Settings as versions: valid from a moment, and whatever was filed before keeps its rules."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from actions.adapters.community_file import CommunityFileError
from actions.adapters.database.doctor import SqlDoctor
from actions.adapters.database.schema.matters import tickets
from actions.adapters.database.schema.people import role_grants
from actions.adapters.database.schema.records import audit, community_versions
from actions.adapters.settings_content import packed, version_hash
from actions.application.settings_version import LEAD, Source, VersionRefused
from actions.domain.identifiers import LeafCode, TicketId
from actions.domain.people import Role
from actions.domain.ticket import Ticket
from tests.builders import Someone, World
from tests.clock import FrozenClock
from tests.integration.settings_town import Process, Town
from tests.integration.test_plans import noting, plans

DAY = timedelta(days=1)
NOISE = LeafCode("NOI03")
WORKS = LeafCode("NOI02")


def quicker(content: dict[str, Any]) -> None:
    """Three working days instead of seven, by the property office, shown by a photo."""
    noise = content["categories"]["categories"][NOISE]
    noise["clock"]["settle"] = 4320
    noise |= {"owner_role": "PRM", "proof": "photo"}


def without_works(content: dict[str, Any]) -> None:
    del content["categories"]["categories"][WORKS]


def replaced_works(content: dict[str, Any]) -> None:
    without_works(content)
    content["retired"] = {WORKS: "NOI01"}


def shorter(content: dict[str, Any]) -> None:
    content["policy"] |= {"unrated_closes_after": "2d", "notice_version": "2026-12"}


@pytest.fixture
async def town(store_url: str, frozen_clock: FrozenClock, tmp_path: Path) -> AsyncIterator[Town]:
    """A Monday, half past two in the afternoon."""
    frozen_clock.set(frozen_clock.now().replace(hour=6, minute=30))
    one = Town(store_url, frozen_clock, tmp_path)
    yield one
    await one.close()


async def settle_day(ticket: Ticket, world: World) -> date:
    assert ticket.settle_due_at
    return ticket.settle_due_at.astimezone(world.community.timezone).date()


async def rules_for(ticket: Ticket, world: World) -> tuple[int, str, str, str]:
    """Settle clock, owner, proof and name, as a handler would find them."""
    async with world.reading() as uow:
        kept = await uow.tickets.get(TicketId(ticket.id or 0))
        category = uow.rules_of(kept).category(kept.category)
        return category.settle_min, category.owner_role, category.proof, category.label["zh-CN"]


async def works_on(worker: Someone, ticket: Ticket) -> None:
    for label in ("button_accept", "button_resolve"):
        for said in reversed(await worker.heard()):
            found = [
                b
                for b in said.buttons
                if b["label"] == label and b["command"]["ticket_id"] == ticket.id
            ]
            if found:
                await worker.world.press(found[0]["command"], worker)
                break
        else:
            raise AssertionError(f"nobody offered {label}")


async def test_what_is_filed_after_the_moment_has_the_new_rules_and_the_old_keeps_its_own(
    town: Town,
) -> None:
    one, two = await town.started(), await town.started()
    grid = await one.world.worker("阿梅", Role.GWF, "G3")
    await one.world.worker("物业", Role.PRM, "BL")
    resident = await one.world.resident("何姨")
    old = await one.world.filed(resident, NOISE, text="广场舞太吵")
    dropped = await one.world.filed(resident, WORKS, text="装修太吵")
    await town.imports(quicker, without_works, valid_from=town.tomorrow(), note="after the meeting")

    for process in (one, two):
        until_then = await process.world.filed(resident, NOISE, text="晚上又跳舞")
        assert await settle_day(until_then, process.world) == date(2026, 3, 11)
        assert until_then.assignee == grid.id
    town.clock.advance(DAY)
    for process in (one, two):
        new = await process.world.filed(resident, NOISE, text="还是太吵")
        assert await settle_day(new, process.world) == date(2026, 3, 6)
        assert new.assignee_role == Role.PRM
        assert await rules_for(new, process.world) == (4320, "PRM", "photo", "广场舞、外面太吵")
        assert await rules_for(old, process.world) == (10080, "GWF", "note", "广场舞、外面太吵")
        assert await rules_for(dropped, process.world) == (4320, "PRM", "note", "装修太吵")
        kept = await process.world.ticket(old)
        assert await settle_day(kept, process.world) == date(2026, 3, 11)

    restarted = await town.started()
    assert await rules_for(dropped, restarted.world) == (4320, "PRM", "note", "装修太吵")
    assert [(each.is_in_force, each.note) for each in await town.versions()] == [
        (False, "the file, at a start"),
        (True, "after the meeting"),
    ]
    assert [finding async for finding in SqlDoctor(one.world.database).findings()] == []


async def test_the_proof_asked_for_is_the_one_of_the_day_it_was_filed(town: Town) -> None:
    process = await town.started()
    grid = await process.world.worker("阿梅", Role.GWF, "G3")
    office = await process.world.worker("物业", Role.PRM, "BL")
    resident = await process.world.resident("何姨")
    old = await process.world.filed(resident, NOISE, text="广场舞太吵")
    await town.imports(quicker)
    town.clock.advance(LEAD)
    new = await process.world.filed(resident, NOISE, text="还是太吵")

    await works_on(grid, old)
    await works_on(office, new)

    assert (await grid.templates())[-1] == "proof_note"
    assert (await office.templates())[-1] == "proof_photo"


async def test_a_dropped_kind_is_still_called_by_its_name_everywhere(town: Town) -> None:
    process = await town.started()
    worker = await process.world.worker("物业", Role.PRM, "BL")
    resident = await process.world.resident("何姨")
    ticket = await process.world.filed(resident, WORKS, text="装修太吵")
    await town.imports(without_works)
    town.clock.advance(LEAD)

    await works_on(worker, ticket)
    await worker.answers("已经停了，约好时间")

    assert "装修太吵" in process.world.wording.value({"$category": WORKS}, "zh-CN")
    assert "噪声" in process.world.wording.value({"$top": "NOI"}, "zh-CN")
    assert (await process.world.ticket(ticket)).status == "resolved"
    restarted = await town.started()
    assert restarted.world.wording.value({"$category": WORKS}, "en") == "Renovation noise"


async def test_a_draft_of_a_dropped_kind_is_asked_about_again_or_goes_to_its_successor(
    town: Town,
) -> None:
    process = await town.started()
    resident = await process.world.resident("何姨")
    await process.world.filed(resident, WORKS, text="装修太吵")
    await town.imports(replaced_works)
    town.clock.advance(LEAD)

    followed = await process.world.filed(resident, WORKS, text="楼上装修")
    assert followed.category == "NOI01"
    await town.imports(without_works)
    town.clock.advance(LEAD)
    before = await process.world.every_ticket()
    await process.world.filed(resident, WORKS, text="又装修")
    assert await process.world.every_ticket() == before
    assert (await resident.templates())[-1] == "ask_category"


async def test_a_place_that_went_is_still_named_and_its_tickets_stay_where_they_are(
    town: Town,
) -> None:
    def without_the_house(content: dict[str, Any]) -> None:
        for estate in content["estates"]:
            estate["buildings"] = [b for b in estate["buildings"] if b["code"] != "BL-46"]

    process = await town.started()
    worker = await process.world.worker("物业", Role.PRM, "BL")
    resident = await process.world.resident("何姨")
    ticket = await process.world.filed(resident, "BLD01", "BL-46")
    await town.imports(without_the_house)
    town.clock.advance(LEAD)

    await process.world.filed(resident, "BLD01", "BL-45")
    await works_on(worker, ticket)

    assert (await process.world.ticket(ticket)).area == "RT/LJ/BL/BL-46"
    assert process.world.wording.value({"$place": "RT/LJ/BL/BL-46"}, "zh-HK") == "46座"


async def test_periods_promised_on_a_ticket_stay_as_they_were(town: Town) -> None:
    process = await town.started()
    worker = await process.world.worker("阿梅", Role.GWF, "G3")
    resident = await process.world.resident("何姨")
    old = await process.world.filed(resident, NOISE, text="广场舞太吵")
    await town.imports(shorter)
    town.clock.advance(LEAD)
    new = await process.world.filed(resident, NOISE, text="还是太吵")
    for ticket in (old, new):
        await works_on(worker, ticket)
        await worker.answers("谈好了，九点前结束")

    town.clock.advance(3 * DAY)
    await process.world.tick()

    assert (await process.world.ticket(new)).status == "closed_unrated"
    assert (await process.world.ticket(old)).status == "resolved"
    town.clock.advance(5 * DAY)
    await process.world.tick()
    assert (await process.world.ticket(old)).status == "closed_unrated"


# -- the roster --------------------------------------------------------------------------------


def moved(content: dict[str, Any]) -> None:
    entry = next(each for each in content["roster"] if each["key"] == "gwp-4")
    entry |= {"areas": ["G3"], "load_cap": 3, "skills": ["NOI"]}


async def grants_of(someone: Someone) -> set[tuple[str, str]]:
    async with someone.world.reading() as uow:
        actor = await uow.people.actor(someone.id)
    return {(grant.role, grant.area) for grant in actor.grants}


async def test_whoever_is_on_the_roster_works_where_the_new_version_says(town: Town) -> None:
    one, two = await town.started(), await town.started()
    huan = await one.world.worker("阿欢", Role.GWP, "G4", roster_key="gwp-4")
    lead = await one.world.worker("老区", Role.GLD, "LJ", roster_key="gld-1")
    await town.imports(moved, valid_from=town.tomorrow())
    await one.watch.once()
    assert await grants_of(huan) == {("GWP", "RT/LJ/BL/G4")}

    town.clock.advance(DAY)
    await asyncio.gather(one.watch.once(), two.watch.once())

    assert await grants_of(huan) == {("GWP", "RT/LJ/BL/G3")}
    assert "网格员（3号网格）" in (await huan.last("roster_changed")).text
    assert await lead.templates() == []
    assert await grants_of(lead) == {("GLD", "RT/LJ")}
    async with two.world.reading() as uow:
        (found,) = [
            each
            for each in await uow.people.candidates(town.clock.now())
            if each.person_id == huan.id
        ]
    assert (found.load_cap, found.skills) == (3, frozenset({"NOI"}))
    async with one.world.database.read() as conn:
        rows = (await conn.execute(select(role_grants.c.revoked_at))).scalars().all()
        notes = (await conn.execute(select(audit.c.action))).scalars().all()
    assert sum(each is not None for each in rows) == 1, "taken back once, by whichever was first"
    assert notes.count("settings-roster") == 1


async def test_a_role_given_by_hand_is_not_taken_by_the_roster(town: Town) -> None:
    process = await town.started()
    huan = await process.world.worker("阿欢", Role.GWP, "G4", roster_key="gwp-4")
    async with process.world.database.write() as conn:
        await conn.execute(
            insert(role_grants).values(
                person_id=huan.id, role="CAP", area="RT/LJ/BL/BL-50",
                granted_at=town.clock.now(), granted_by=0,
            )
        )  # fmt: skip
        await conn.commit()
    await town.imports(moved)
    town.clock.advance(LEAD)
    await process.watch.once()

    assert await grants_of(huan) == {("GWP", "RT/LJ/BL/G3"), ("CAP", "RT/LJ/BL/BL-50")}


async def test_an_entry_that_left_the_roster_has_no_powers_any_more(town: Town) -> None:
    def without(content: dict[str, Any]) -> None:
        content["roster"] = [each for each in content["roster"] if each["key"] != "gwp-4"]

    process = await town.started()
    huan = await process.world.worker("阿欢", Role.GWP, "G4", roster_key="gwp-4")
    await town.imports(without)
    town.clock.advance(LEAD)
    restarted = await town.started(without)

    assert await grants_of(huan) == set()
    assert "gwp-4" not in restarted.world.community.roster


async def test_what_somebody_off_the_roster_held_goes_to_others(town: Town) -> None:
    def without_mei(content: dict[str, Any]) -> None:
        content["roster"] = [each for each in content["roster"] if each["key"] != "gwf-3"]
        for each in content["roster"]:
            if each["key"] == "gwf-1":
                each["areas"] = ["G1", "G2", "G3", "G4"]
        for turn in content["duty_roster"]:
            turn["people"] = ["gwf-1" if key == "gwf-3" else key for key in turn["people"]]

    process = await town.started()
    chen = await process.world.worker("小陈", Role.GWF, "G1", "G2", roster_key="gwf-1")
    mei = await process.world.worker("阿梅", Role.GWF, "G3", "G4", roster_key="gwf-3")
    resident = await process.world.resident("何姨")
    ticket = await process.world.filed(resident, NOISE, text="广场舞太吵")
    assert ticket.assignee == mei.id
    await town.imports(without_mei)
    town.clock.advance(LEAD)
    await process.watch.once()
    await process.world.tick()

    assert await grants_of(mei) == set()
    told = (await mei.last("roster_left")).text
    assert "3号网格" in told
    assert "4号网格" in told
    assert (await process.world.ticket(ticket)).assignee == chen.id


# -- the file and the history --------------------------------------------------------------------


async def test_an_edited_file_comes_in_at_a_start_and_an_unchanged_one_does_not(town: Town) -> None:
    await town.started()
    await town.started()
    assert len(await town.versions()) == 1
    town.clock.advance(DAY)
    edited = await town.started(quicker)
    assert len(await town.versions()) == 2
    town.clock.advance(LEAD)
    assert edited.world.community.category(NOISE).proof == "photo"


async def test_a_start_undoes_no_import_and_keeps_what_is_scheduled(town: Town) -> None:
    await town.started()
    await town.imports(quicker)
    town.clock.advance(DAY)
    after = await town.started()
    assert after.world.community.category(NOISE).proof == "photo"
    await town.imports(shorter, valid_from=town.tomorrow(), source=Source.FILE)
    await town.started(shorter)
    await town.started(without_works)

    moments = [each.valid_from for each in await town.versions()]
    assert len(moments) == 4, "the edited file is new, the scheduled one was known"
    town.clock.advance(2 * DAY)
    late = await town.started(without_works)
    assert late.world.community.policy.unrated_closes_after == 2 * DAY


async def test_a_file_put_back_as_it_was_is_a_version_of_its_own(town: Town) -> None:
    await town.started()
    town.clock.advance(DAY)
    await town.started(quicker)
    town.clock.advance(DAY)
    back = await town.started()
    town.clock.advance(LEAD)

    assert len({each.hash for each in await town.versions()}) == 3
    assert back.world.community.category(NOISE).proof == "note"


async def test_two_processes_that_start_at_once_import_the_file_once(town: Town) -> None:
    await asyncio.gather(town.started(), town.started())
    assert len(await town.versions()) == 1


async def test_no_version_is_valid_from_a_past_or_taken_moment_or_changes_nothing(
    town: Town,
) -> None:
    await town.started()
    tomorrow = town.tomorrow()
    await town.imports(quicker, valid_from=tomorrow)
    for change, moment, why in (
        (shorter, town.clock.now() - DAY, "past"),
        (shorter, tomorrow, "that very moment"),
        (quicker, tomorrow + DAY, "nothing would change"),
    ):
        with pytest.raises(VersionRefused, match=why):
            await town.imports(change, valid_from=moment)
    with pytest.raises(VersionRefused, match="nothing would change"):
        await town.imports()
    assert len(await town.versions()) == 2


async def test_a_wrong_file_is_refused_with_everything_wrong_in_it(town: Town) -> None:
    def wrong(content: dict[str, Any]) -> None:
        del content["categories"]["categories"]["OTH99"]
        content["retired"] = {NOISE: "NOPE"}
        content["policy"]["reopen_wthin"] = "3d"

    with pytest.raises(CommunityFileError) as refused:
        await town.imports(wrong)
    assert any("reopen_wthin" in problem for problem in refused.value.problems)
    with pytest.raises(CommunityFileError) as refused:
        await town.imports(lambda c: c.update(retired={NOISE: "NOPE"}))
    assert len(refused.value.problems) == 2
    assert await town.versions() == []


async def test_a_scheduled_version_can_be_withdrawn_and_one_in_force_cannot(town: Town) -> None:
    process = await town.started()
    scheduled = await town.imports(quicker, valid_from=town.tomorrow())
    await process.watch.once()
    async with town.history() as history:
        first = (await history.of.list())[0]
        await history.of.withdraw(scheduled.short)
        with pytest.raises(VersionRefused, match="in force"):
            await history.of.withdraw(first.short)
        with pytest.raises(VersionRefused, match="no version"):
            await history.of.withdraw(scheduled.short)
    await process.watch.once()
    town.clock.advance(2 * DAY)

    assert process.world.community.category(NOISE).proof == "note"
    async with process.world.database.read() as conn:
        noted = (await conn.execute(select(audit.c.action).order_by(audit.c.id))).scalars().all()
    assert noted == ["settings-import", "settings-import", "settings-withdraw"]


async def test_a_version_put_before_a_scheduled_one_is_remembered_by_it(town: Town) -> None:
    def added(content: dict[str, Any]) -> None:
        listed = content["categories"]["categories"]
        listed["NOI09"] = listed[NOISE] | {"label": {"zh-CN": "鼓", "zh-HK": "鼓", "en": "Drums"}}

    process = await town.started()
    await town.imports(quicker, valid_from=town.tomorrow() + DAY)
    await process.watch.once()
    await town.imports(added)
    town.clock.advance(LEAD)
    resident = await process.world.resident("何姨")
    await process.world.filed(resident, "NOI09", text="打鼓")
    town.clock.advance(3 * DAY)

    assert process.world.community.category(NOISE).proof == "photo"
    assert process.world.wording.value({"$category": "NOI09"}, "en") == "Drums"


async def test_a_stored_version_of_an_older_product_is_still_read(town: Town) -> None:
    content = town.file().content
    del content["policy"]["reopen_within"]
    content["policy"]["dropped_rule"] = "3d"
    for entry in content["categories"]["categories"].values():
        del entry["proof"]
    settings, at = packed(content), town.clock.now() - DAY
    old = await town.started()
    async with old.world.database.write() as conn:
        await conn.execute(
            insert(community_versions).values(
                hash=version_hash(settings, at), area="RT/LJ", valid_from=at, imported_at=at,
                content={"settings": settings, "source": "file"},
            )
        )  # fmt: skip
        await conn.commit()
    process = await town.started()

    rules = process.rulebook.rules(version_hash(settings, at))
    assert rules is not None
    assert rules.policy.reopen_within == timedelta(days=10)
    assert rules.category(NOISE).settle_min == 10080


async def test_tickets_from_before_there_were_versions_stand_under_the_first(
    town: Town,
) -> None:
    process = await town.started()
    resident = await process.world.resident("何姨")
    ticket = await process.world.filed(resident, NOISE, text="广场舞太吵")
    async with process.world.database.write() as conn:
        await conn.execute(update(tickets).values(rules_version=""))
        await conn.execute(community_versions.delete())
        await conn.commit()
    later = await town.started(quicker)
    (first,) = await town.versions()

    assert (await later.world.ticket(ticket)).rules == first.hash


async def test_a_sentence_of_the_communitys_own_replaces_the_usual_one(town: Town) -> None:
    def own(content: dict[str, Any]) -> None:
        content["texts"] = {"zh-CN": {"anonymous": "街坊（不留名）", "day_today": "{bad}"}}

    process = await town.started()
    usual = process.world.wording.render("anonymous", {}, "zh-CN")
    await town.imports(own)
    town.clock.advance(LEAD)
    await process.watch.once()

    assert usual != process.world.wording.render("anonymous", {}, "zh-CN") == "街坊（不留名）"
    assert process.world.wording.render("day_today", {}, "zh-CN") == "今天"
    assert process.world.wording.render("anonymous", {}, "en") != "街坊（不留名）"


async def test_between_two_looks_a_turn_asks_nothing_about_settings(town: Town) -> None:
    process = await town.started(every=3600)
    await town.imports(quicker, valid_from=town.tomorrow())
    town.clock.advance(2 * DAY)
    with noting(process.world) as asked:
        assert await proof_in_force(process) == "note"
    assert not [statement for statement, _ in asked if "community_versions" in statement]

    await process.watch.once()
    assert await proof_in_force(process) == "photo"


async def test_a_look_reads_the_index_and_no_content_it_knows(town: Town) -> None:
    process = await town.started()
    for days in range(1, 30):
        await town.imports(
            lambda c, n=days: c["policy"].update(max_photos=n + 6),
            valid_from=town.clock.now() + DAY * days,
        )
    await process.watch.once()
    with noting(process.world) as asked:
        await proof_in_force(process)

    ((step, statement),) = [
        each for each in await plans(process.world, asked) if "community_versions" in each[1]
    ][:1]
    assert "content" not in statement
    if process.world.database.is_sqlite:
        assert "SEARCH community_versions USING COVERING INDEX" in step


async def test_the_doctor_misses_a_version_that_tickets_stand_under(town: Town) -> None:
    process = await town.started()
    resident = await process.world.resident("何姨")
    ticket = await process.world.filed(resident, NOISE, text="广场舞太吵")
    async with process.world.database.write() as conn:
        await conn.execute(update(tickets).values(rules_version="gone"))
        await conn.commit()

    (finding,) = [each async for each in SqlDoctor(process.world.database).findings()]
    wrong = "a ticket stands under settings that are not there (I26)"
    assert finding == f"{wrong}: {ticket.number}, gone"
    assert await rules_for(ticket, process.world) == (10080, "GWF", "note", "广场舞、外面太吵")


async def proof_in_force(process: Process) -> str:
    async with process.world.reading() as uow:
        return uow.community.category(NOISE).proof
