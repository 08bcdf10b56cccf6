"""Typed values become words; what cannot be said is left out and logged, the message stays."""

import logging
from datetime import UTC, datetime
from typing import Any

import pytest

from actions.application import values
from actions.domain.people import Role
from actions.domain.ticket_status import TicketStatus
from tests.nanting import NOON, SHANGHAI, wording


def said(value: Any, locale: str = "zh-CN", now: datetime = NOON) -> str:
    return wording(now).value(value, locale)


def local(month: int, day: int, hour: int, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("at", "chinese", "cantonese", "english"),
    [
        (local(11, 20, 16, 30), "今天 16:30", "今日 16:30", "today 16:30"),
        (local(11, 20, 0), "今天 00:00", "今日 00:00", "today 00:00"),
        (local(11, 21, 9), "明天 09:00", "聽日 09:00", "tomorrow 09:00"),
        (local(11, 19, 23, 59), "昨天 23:59", "尋日 23:59", "yesterday 23:59"),
        (local(11, 22, 10), "11月22日 周日 10:00", "11月22日 星期日 10:00", "Sun 22 Nov, 10:00"),
        (
            local(1, 3, 10, year=2027),
            "2027年1月3日 周日 10:00",
            "2027年1月3日 星期日 10:00",
            "Sun 3 Jan 2027, 10:00",
        ),
    ],
)
def test_a_moment_is_told_as_people_tell_it(
    at: datetime, chinese: str, cantonese: str, english: str
) -> None:
    told = [said(values.moment(at.astimezone(UTC)), each) for each in ("zh-CN", "zh-HK", "en")]

    assert told == [chinese, cantonese, english]


def test_today_is_the_community_s_today_not_greenwich_s() -> None:
    late_evening_utc = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)

    assert said(values.moment(local(11, 21, 8)), now=late_evening_utc) == "今天 08:00"


def test_a_date_without_a_time_is_a_day() -> None:
    assert said({"$moment": "2026-11-21"}) == "明天"
    assert said({"$moment": "2026-11-22"}, "en") == "Sun 22 Nov"


def test_a_category_is_told_by_its_few_plain_words() -> None:
    assert said(values.category("BLD01"), "zh-HK") == "扶手鬆咗"


def test_a_category_without_plain_words_is_told_by_its_name() -> None:
    assert said(values.category("BLD02"), "en") == "Broken handrail or railing"


@pytest.mark.parametrize("code", ["b45", "street/nanting/b45"])
def test_a_place_is_told_by_its_code_or_path(code: str) -> None:
    assert said(values.place(code), "en") == "Building 45"


def test_a_landmark_is_a_place() -> None:
    assert said(values.place("gate"), "zh-HK") == "南門"


@pytest.mark.parametrize("locale", ["zh-CN", "zh-HK", "en"])
def test_every_role_and_status_has_words(locale: str, caplog: pytest.LogCaptureFixture) -> None:
    told = [said(values.role(role), locale) for role in Role]
    told += [said(values.status(status), locale) for status in TicketStatus]

    assert all(told)
    assert caplog.records == []


def test_a_number_stands_out_and_stays_whole() -> None:
    assert said(values.number("LL-261120-0007-K")) == "**LL-261120-0007-K**"


def test_parts_stand_side_by_side_without_the_empty_ones() -> None:
    assert said(values.joined("45栋", None, "", "楼梯")) == "45栋 · 楼梯"


@pytest.mark.parametrize(
    ("locale", "told"), [("zh-CN", "甲、乙和丙"), ("zh-HK", "甲、乙及丙"), ("en", "甲, 乙 and 丙")]
)
def test_a_list_is_told_as_the_language_lists(locale: str, told: str) -> None:
    assert said(["甲", "乙", "丙"], locale) == told


def test_lines_are_numbered() -> None:
    assert said(values.numbered("2座𨋢壞咗", values.category("BLD01")), "zh-HK") == (
        "① 2座𨋢壞咗\n② 扶手鬆咗"
    )


def test_a_text_stands_in_a_text() -> None:
    words = wording(outer="({inner})", inner="hello {who}")

    assert words.render("outer", {"inner": values.text("inner", who="you")}, "en") == "(hello you)"


def test_people_s_words_stay_as_they_are() -> None:
    words = wording(echo="「{said}」")
    hostile = "{said} **{{7*7}}** %s {0.__class__} $moment"

    assert words.render("echo", {"said": hostile}, "zh-CN") == f"「{hostile}」"


def test_a_count_is_plain_and_a_year_has_no_comma() -> None:
    assert said(2026, "en") == "2026"


def test_a_missing_value_is_left_out_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    words = wording(filed="编号 {number},{due} 前联系您")

    text = words.render("filed", {"number": values.number("LL-1")}, "zh-CN")

    assert text == "编号 **LL-1**, 前联系您"
    assert [record.levelno for record in caplog.records] == [logging.ERROR]


def test_an_unknown_text_says_so_and_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    text = wording().render("no_such_text", {}, "zh-HK")

    assert "暫時顯示唔到" in text
    assert [record.levelno for record in caplog.records] == [logging.ERROR]


@pytest.mark.parametrize(
    "value",
    [
        {"$moment": "soon"},
        {"$moment": "2026-11-20T10:00:00"},
        {"$moment": None},
        {"$category": "XXX99"},
        {"$place": "nowhere"},
        {"$joined": 5},
        {"$unheard_of": 1},
        {},
    ],
)
def test_a_value_that_cannot_be_said_is_left_out_and_logged(
    value: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    words = wording(line="<{value}>")

    assert words.render("line", {"value": value}, "en") == "<>"
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
