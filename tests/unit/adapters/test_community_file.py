"""The demo community loads, and a broken file is refused with everything wrong in it."""

import csv
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from actions.adapters.community_file import CommunityFileError, load_community
from actions.domain.category import Urgency
from actions.domain.community import Community
from actions.domain.identifiers import AreaCode, LeafCode
from actions.domain.people import Role
from actions.domain.place import AreaKind

ROOT = Path(__file__).parents[3]
DEMO = ROOT / "config/community.yml"
LOCALES = ("zh-CN", "zh-HK", "en")


@pytest.fixture(scope="module")
def community() -> Community:
    return load_community(DEMO)


def test_the_demo_community_has_three_estates_and_six_grids(community: Community) -> None:
    assert len(community.of_kind(AreaKind.ESTATE)) == 3
    assert len(community.of_kind(AreaKind.GRID)) == 6
    assert len(community.of_kind(AreaKind.BUILDING)) == 14
    assert len(community.landmarks) >= 12


def test_every_role_of_the_field_is_on_the_roster(community: Community) -> None:
    listed = {role for entry in community.roster.values() for role in entry.roles}
    assert listed == set(Role) - {Role.RES, Role.ANO}


def test_areas_know_their_grids_and_estates(community: Community) -> None:
    assert [grid.code for grid in community.grids_for(AreaCode("BL-45"))] == ["G3"]
    assert [grid.code for grid in community.grids_for(AreaCode("BL"))] == ["G3", "G4"]
    assert [grid.code for grid in community.grids_for(AreaCode("G6"))] == ["G6"]
    assert len(community.grids_for(AreaCode("RT"))) == 6
    assert community.within(AreaCode("RY-6"), AreaCode("RY"))
    assert not community.within(AreaCode("RY-6"), AreaCode("XT"))


def test_a_building_is_named_with_its_estate_only_where_needed(community: Community) -> None:
    assert community.label(AreaCode("BL-45"), "zh-CN") == "45栋"
    assert community.label(AreaCode("XT-3"), "zh-HK") == "新汀花園 3座"


def test_holidays_and_shifted_workdays_are_known(community: Community) -> None:
    assert not community.hours.is_working_day(date(2026, 10, 1))
    assert community.hours.is_working_day(date(2026, 10, 10))
    assert not community.hours.is_working_day(date(2027, 2, 8))
    assert community.hours.is_working_day(date(2026, 11, 20))


def test_somebody_is_on_duty_in_the_night(community: Community) -> None:
    night = datetime(2026, 11, 21, 3, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert {"cmt-2", "gwf-5", "prm-bl", "pol-1"} <= community.on_duty(night)
    assert "cmt-1" not in community.on_duty(night)


def test_local_numbers_are_marked_as_fictional(community: Community) -> None:
    numbers = community.emergency_numbers.values()
    assert {n.key for n in numbers if n.is_fictional} == {"gas", "water", "power", "lift"}
    assert community.office.phone.is_fictional


def test_matters_beyond_the_remit_find_a_door(community: Community) -> None:
    doors = community.doors_for(LeafCode("OTH04"), "老板拖欠工资三个月")
    assert doors[0].key == "labour"
    assert doors[-1].key == "hotline" or "hotline" in {door.key for door in doors}


def test_no_leaf_of_the_taxonomy_is_lost_and_clocks_agree(community: Community) -> None:
    with (ROOT / "tests/data/taxonomy.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert [row["code"] for row in rows] == list(community.categories)
    for row in rows:
        leaf = community.category(LeafCode(row["code"]))
        assert (leaf.name["zh-CN"], leaf.name["en"]) == (row["zh"], row["en"])
        assert (leaf.top, leaf.top_name["zh-CN"], leaf.top_name["en"]) == (
            row["top_code"],
            row["top_zh"],
            row["top_en"],
        )
        assert (leaf.urgency, leaf.tier, leaf.calendar) == (
            row["urgency"],
            row["tier"],
            row["calendar"],
        )
        assert [leaf.accept_min, leaf.contact_min, leaf.settle_min] == [
            int(row[f"{k}_min"]) for k in ("accept", "contact", "settle")
        ]
        assert (leaf.owner_role, " ".join(leaf.co_roles)) == (row["owner_role"], row["co_roles"])
        assert (leaf.deliberates, leaf.privacy) == (row["deliberates"] == "1", row["privacy"])
        assert leaf.temporary_step.get("zh-CN", "") == row["temporary_step"]


def test_every_leaf_has_plain_words_in_every_language(community: Community) -> None:
    for leaf in community.categories.values():
        assert set(leaf.label) == set(leaf.name) == set(LOCALES)
        assert len(leaf.label["zh-CN"]) <= 12
        assert len(leaf.label["en"]) <= 30
    labels = [leaf.label[locale] for leaf in community.categories.values() for locale in LOCALES]
    assert all(labels)


def test_emergencies_run_round_the_clock(community: Community) -> None:
    emergencies = [leaf for leaf in community.categories.values() if leaf.urgency is Urgency.E]
    assert {leaf.calendar for leaf in emergencies} == {"24x7"}


def _broken(tmp_path: Path, change: Callable[[dict[str, Any]], object]) -> tuple[str, ...]:
    described = yaml.safe_load(DEMO.read_text("utf-8"))
    change(described)
    path = tmp_path / "community.yml"
    path.write_text(yaml.safe_dump(described, allow_unicode=True), "utf-8")
    (tmp_path / "categories.yml").write_text(
        (ROOT / "config/categories.yml").read_text("utf-8"), "utf-8"
    )
    with pytest.raises(CommunityFileError) as refused:
        load_community(path)
    return refused.value.problems


def _drop(key: str) -> Callable[[dict[str, Any]], object]:
    return lambda described: described.pop(key)


BROKEN: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "a missing part": (_drop("landmarks"), "community.yml: landmarks is missing"),
    "a misspelt key": (lambda d: d.update(quiet_hour=[]), "community.yml: quiet_hour: unknown key"),
    "a missing translation": (
        lambda d: d["estates"][1]["name"].pop("zh-HK"),
        "community.yml: estates[1].name: no text in zh-HK",
    ),
    "an unknown role": (
        lambda d: d["roster"][0].update(roles=["GWX"]),
        "community.yml: roster[0].roles[0]: 'GWX' is not one of RES, ANO",
    ),
    "an unknown area": (
        lambda d: d["roster"][0].update(areas=["G9"]),
        "community.yml: roster gwf-1: no such area: G9",
    ),
    "an unknown skill": (
        lambda d: d["roster"][0].update(skills=["XYZ01"]),
        "community.yml: roster gwf-1: no such skill: XYZ01",
    ),
    "an unknown shift": (
        lambda d: d["roster"][0].update(shift="night"),
        "community.yml: roster gwf-1: no such shift: night",
    ),
    "a building without a grid": (
        lambda d: d["estates"][0]["buildings"][0].update(grid="BL"),
        "community.yml: building RY-2: no such grid: BL",
    ),
    "a landmark nowhere": (
        lambda d: d["landmarks"][0].update(area="nowhere"),
        "community.yml: landmark south-gate: no such area: nowhere",
    ),
    "a code used twice": (
        lambda d: d["estates"][0]["buildings"][1].update(code="RY-2"),
        "community.yml: estates[0].buildings[1]: RY-2 is used twice",
    ),
    "a name used twice": (
        lambda d: d["estates"][0]["buildings"][1].update(aliases=["二栋"]),
        "community.yml: estate RY: RY-2 and RY-3 are both called 二栋",
    ),
    "a person listed twice": (
        lambda d: d["roster"].append(d["roster"][0]),
        "community.yml: roster[36]: gwf-1 is listed twice",
    ),
    "overlapping grids": (
        lambda d: d["estates"][0]["grids"][0]["polygon"].__setitem__(1, [113.0930, 22.5900]),
        "community.yml: grids G1 and G3 overlap",
    ),
    "a crossing polygon": (
        lambda d: (
            d["estates"][0]["grids"][0]["polygon"].reverse()
            or d["estates"][0]["grids"][0]["polygon"].insert(
                0, d["estates"][0]["grids"][0]["polygon"].pop(1)
            )
        ),
        "community.yml: grid G1: the polygon crosses itself or is empty",
    ),
    "swapped coordinates": (
        lambda d: d["landmarks"][0].update(at=[113.091, 22.5901]),
        "community.yml: landmarks[0].at: latitude comes first here",
    ),
    "half a pair": (
        lambda d: d["landmarks"][0].update(at=[22.5901]),
        "community.yml: landmarks[0].at: expected two numbers",
    ),
    "an owner nobody is": (
        lambda d: d["roster"].remove(next(e for e in d["roster"] if e["key"] == "prm-xt")),
        "community.yml: roster: nobody is PRM for NOI02 in G5",
    ),
    "a night without duty": (
        lambda d: d["duty_roster"].pop(1),
        "community.yml: duty_roster: no CMT on duty on Tuesday at 00:00",
    ),
    "an unknown person on duty": (
        lambda d: d["duty_roster"][0]["people"].append("ghost"),
        "community.yml: duty_roster: nobody is called ghost",
    ),
    "a holiday that ends before it starts": (
        lambda d: d["holidays"][0].update(to=date(2025, 12, 30)),
        "community.yml: holidays[0]: from 2026-01-01 to 2025-12-30 is not a holiday",
    ),
    "a day that is none": (
        lambda d: d["workdays"].append("someday"),
        "community.yml: workdays[6]: expected a day such as 2026-10-01, found 'someday'",
    ),
    "hours that are none": (
        lambda d: d["quiet_hours"].append("late"),
        'community.yml: quiet_hours[2]: expected hours such as "08:30-12:00"',
    ),
    "a duration that is none": (
        lambda d: d["policy"].update(reopen_within="ten days"),
        "community.yml: policy.reopen_within: expected a duration such as 15m, 24h or 7d",
    ),
    "a switch that is none": (
        lambda d: d["policy"].update(life_at_risk_alerts_without_consent="maybe"),
        "community.yml: policy.life_at_risk_alerts_without_consent: expected true or false, found 'maybe'",
    ),
    "an unknown time zone": (
        lambda d: d.update(timezone="Asia/Jiangmen"),
        "community.yml: timezone: no such time zone: 'Asia/Jiangmen'",
    ),
    "working hours past midnight": (
        lambda d: d["hours"].update(spans=["22:00-07:00"]),
        "community.yml: hours: working hours need at least one span within a day",
    ),
    "an override of nothing": (
        lambda d: d.update(overrides={"NOI77": {"tier": "小事"}}),
        "community.yml: overrides.NOI77: no such category",
    ),
    "an override nobody reads": (
        lambda d: d.update(overrides={"NOI01": {"color": "red"}}),
        "community.yml: overrides.NOI01.color: unknown key",
    ),
    "a door to nowhere": (
        lambda d: d["doors"][0].update(leaves=["OTH77"]),
        "community.yml: door labour: no such category: OTH77",
    ),
    "no fire brigade": (
        lambda d: d["emergency_numbers"].pop("119"),
        "community.yml: emergency_numbers: 119 is missing",
    ),
    "a number that is a text": (
        lambda d: d["policy"].update(max_photos="six"),
        "community.yml: policy.max_photos: expected a whole number, found 'six'",
    ),
    "a likelihood in percent": (
        lambda d: d["policy"].update(alarm_from=50),
        "community.yml: policy.alarm_from: expected a number from 0 to 1, found 50",
    ),
}


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_a_broken_file_is_refused_by_name_and_place(tmp_path: Path, name: str) -> None:
    change, expected = BROKEN[name]
    problems = _broken(tmp_path, change)
    assert any(problem.startswith(expected) for problem in problems), problems


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    def change(described: dict[str, Any]) -> None:
        described["timezone"] = "Moon"
        described["roster"][0]["roles"] = ["GWX"]
        described["policy"]["max_photos"] = -1

    assert len(_broken(tmp_path, change)) == 3


def test_a_key_written_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "community.yml"
    path.write_text("timezone: UTC\ntimezone: Asia/Shanghai\n", "utf-8")
    with pytest.raises(
        CommunityFileError, match=r"community.yml: line 2: timezone is written twice"
    ):
        load_community(path)


@pytest.mark.parametrize("content", ["", "[]", "just words", "{", "\x00"])
def test_a_file_that_is_no_community_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "community.yml"
    path.write_text(content, "utf-8")
    with pytest.raises(CommunityFileError):
        load_community(path)


def test_an_absent_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommunityFileError, match=r"nowhere.yml"):
        load_community(tmp_path / "nowhere.yml")


def test_a_community_may_change_a_category(tmp_path: Path) -> None:
    described = yaml.safe_load(DEMO.read_text("utf-8"))
    described["overrides"] = {"NOI01": {"contact_min": 60, "co_roles": ["PRM"]}}
    described["categories"] = str(ROOT / "config/categories.yml")
    path = tmp_path / "community.yml"
    path.write_text(yaml.safe_dump(described, allow_unicode=True), "utf-8")
    leaf = load_community(path).category(LeafCode("NOI01"))
    assert (leaf.contact_min, leaf.settle_min, leaf.co_roles) == (60, 10080, (Role.PRM,))


def test_policy_values_are_read_in_their_own_units(community: Community) -> None:
    assert community.policy.draft_resumes_for == timedelta(hours=72)
    assert community.policy.reopen_within == timedelta(days=10)
    assert community.policy.life_at_risk_alerts_without_consent is True
    assert community.policy.notice_version == "2026-11"
