"""A worker says when: in written Chinese, Cantonese or English, exact or vague."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.domain.day_named import DayNamed, day_from, day_named
from tests.nanting import SHANGHAI

#: Friday, 20 November 2026, ten in the morning in Shanghai.
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


def read(text: str) -> DayNamed | None:
    return day_named(text, NOW, SHANGHAI)


def of(month: int, day: int, part: str = "", at: str = "", year: int = 2026) -> DayNamed:
    return DayNamed(date(year, month, day), part, time.fromisoformat(at) if at else None)


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("明天", of(11, 21)),
        ("明天下午3点", of(11, 21, at="15:00")),
        ("明天下午", of(11, 21, "afternoon")),
        ("明早", of(11, 21, "morning")),
        ("聽日朝早", of(11, 21, "morning")),
        ("听日下昼三点半", of(11, 21, at="15:30")),
        ("聽晚8點", of(11, 21, at="20:00")),
        ("后天上午10:30", of(11, 22, at="10:30")),
        ("後日", of(11, 22)),
        ("大后天", of(11, 23)),
        ("今天下午", of(11, 20, "afternoon")),
        ("今晚七点", of(11, 20, at="19:00")),
        ("下午3点", of(11, 20, at="15:00")),
        ("上午9点", of(11, 21, at="09:00")),
        ("两小时后", of(11, 20, at="12:00")),
        ("周二", of(11, 24)),
        ("周五", of(11, 27)),
        ("下周二", of(11, 24)),
        ("下下周一", of(11, 30)),
        ("下個禮拜三下晝", of(11, 25, "afternoon")),
        ("這個星期日", of(11, 22)),
        ("周末", of(11, 21)),
        ("下周", of(11, 23)),
        ("月底", of(11, 30)),
        ("三天后", of(11, 23)),
        ("两个星期后", of(12, 4)),
        ("过10天", of(11, 30)),
        ("12月3日", of(12, 3)),
        ("12月3号上午九点", of(12, 3, at="09:00")),
        ("十二月三号", of(12, 3)),
        ("25号", of(11, 25)),
        ("这个月25号", of(11, 25)),
        ("下個月3號下晝", of(12, 3, "afternoon")),
        ("明天周六上午", of(11, 21, "morning")),
        ("下下个星期五", of(12, 4)),
        ("3号", of(12, 3)),
        ("1月5日", of(1, 5, year=2027)),
        ("2026-12-03 15:00", of(12, 3, at="15:00")),
        ("2026年12月3日", of(12, 3)),
        ("11/30", of(11, 30)),
        ("30/11", of(11, 30)),
        ("一个半小时后", of(11, 20, at="11:30")),
        ("12月3日周四", of(12, 3)),
        ("明天3点", of(11, 21, at="15:00")),
        ("明天中午12点", of(11, 21, at="12:00")),
        ("明天中午", of(11, 21, "noon")),
        ("tomorrow 3pm", of(11, 21, at="15:00")),
        ("tomorrow 9.30am", of(11, 21, at="09:30")),
        ("tomorrow at 3:30 pm", of(11, 21, at="15:30")),
        ("tomorrow morning", of(11, 21, "morning")),
        ("day after tomorrow", of(11, 22)),
        ("next Tuesday", of(11, 24)),
        ("on Friday afternoon", of(11, 27, "afternoon")),
        ("Dec 3", of(12, 3)),
        ("3 December, 9am", of(12, 3, at="09:00")),
        ("in 3 days", of(11, 23)),
        ("in two weeks", of(12, 4)),
        ("约好了师傅明天上午过来", of(11, 21, "morning")),
    ],
)
def test_a_day_is_read_as_it_is_meant(words: str, meant: DayNamed) -> None:
    assert read(words) == meant


@pytest.mark.parametrize(
    "words",
    [
        "",
        "看情况",
        "等师傅有空",
        "明天或者后天",
        "明天不行",
        "聽日唔得",
        "3/12",
        "今天周一",
        "11.30",
        "后天来不了",
        "我后天来不了,改到周一",
        "明天25点",
        "明后天",
        "晚上12点",
        "13月40日",
        "2026-02-30",
        "45栋3号楼",
        "12月3日周五",
        "I don't know, maybe tomorrow",
        "as soon as possible",
        "修了3个小时",
    ],
)
def test_what_names_no_single_day_is_not_guessed(words: str) -> None:
    assert read(words) is None


@pytest.mark.parametrize(
    "words", ["昨天", "今天上午9点", "11月3日", "上周二", "2025-12-01", "今早8点"]
)
def test_what_lies_behind_is_seen_as_past(words: str) -> None:
    named = read(words)

    assert named is not None
    assert named.is_past(NOW, SHANGHAI)


@given(
    st.text(alphabet="明后天下周一二三上午点半月日号年0123456789:/-. ٣〇廿ampmtorw", max_size=24)
)
def test_whatever_is_written_is_read_or_asked_again(words: str) -> None:
    named = read(words)

    if named is not None and not named.is_too_far(NOW, SHANGHAI):
        named.is_past(NOW, SHANGHAI)
        assert day_from(named.stored(SHANGHAI), SHANGHAI) == named


def test_this_morning_is_not_past_before_noon_and_today_not_before_night() -> None:
    late = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)

    assert not of(11, 20, "morning").is_past(NOW, SHANGHAI)
    assert of(11, 20, "morning").is_past(late, SHANGHAI)
    assert not of(11, 20).is_past(late, SHANGHAI)


def test_more_than_a_year_ahead_is_too_far() -> None:
    assert of(11, 21, year=2027).is_too_far(NOW, SHANGHAI)
    assert not of(11, 20, year=2027).is_too_far(NOW, SHANGHAI)


@pytest.mark.parametrize("named", [of(11, 21), of(11, 21, "noon"), of(11, 21, at="15:30")])
def test_what_is_stored_is_read_back(named: DayNamed) -> None:
    assert day_from(named.stored(SHANGHAI), SHANGHAI) == named


@pytest.mark.parametrize("stored", ["", "soon", "2026-11-21/teatime", "2026-13-01"])
def test_what_was_never_stored_is_refused(stored: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        day_from(stored, SHANGHAI)


def test_a_whole_day_begins_at_eight() -> None:
    assert of(11, 21).begins(SHANGHAI) == datetime(2026, 11, 21, 0, 0, tzinfo=UTC)
    assert of(11, 21, at="15:30").begins(SHANGHAI) == datetime(2026, 11, 21, 7, 30, tzinfo=UTC)
