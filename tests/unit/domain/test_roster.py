"""Shifts and duty turns know who is at work, across midnight and holidays."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from actions.domain.day_span import DaySpan
from actions.domain.identifiers import AreaCode
from actions.domain.people import Role
from actions.domain.roster import DutyTurn, RosterEntry, Shift, on_duty
from actions.domain.working_hours import WorkingHours

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY = DaySpan(8 * 60 + 30, 17 * 60 + 30)
NIGHT = DaySpan(22 * 60, 7 * 60)
HOURS = WorkingHours(timezone=SHANGHAI, spans=(DAY,), holidays=frozenset({date(2026, 10, 1)}))
SHIFTS = {
    "office": Shift(code="office", spans=(DAY,)),
    "daily": Shift(code="daily", spans=(DAY,), every_day=True),
    "nights": Shift(code="nights", spans=(NIGHT,)),
}
ROSTER = {
    key: RosterEntry(key=key, roles=(Role.GWF,), areas=(AreaCode("G1"),), name={}, shift=shift)
    for key, shift in (("an", "office"), ("bo", "daily"), ("ce", "nights"), ("du", "office"))
}
#: du is on call in the night that begins on a Friday.
TURNS = (DutyTurn(weekdays=frozenset({4}), span=NIGHT, people=("du",)),)


@pytest.mark.parametrize(
    ("at", "present"),
    [
        ("2026-11-20 09:00", {"an", "bo", "du"}),
        ("2026-11-20 17:30", set()),
        ("2026-11-20 23:00", {"ce", "du"}),
        ("2026-11-21 06:59", {"ce", "du"}),
        ("2026-11-21 07:00", set()),
        ("2026-11-21 09:00", {"bo"}),
        ("2026-11-21 23:00", set()),
        ("2026-11-23 05:00", set()),
        ("2026-11-24 05:00", {"ce"}),
        ("2026-10-01 09:00", {"bo"}),
        ("2026-10-02 05:00", set()),
    ],
)
def test_who_is_at_work(at: str, present: set[str]) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=SHANGHAI)
    assert on_duty(moment, ROSTER, SHIFTS, TURNS, HOURS) == present
