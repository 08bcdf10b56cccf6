"""A little community, and the words it is spoken of with."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from pathlib import Path

from actions.domain.category import IssueCategory, Privacy, Tier, Urgency, WorkCalendar
from actions.domain.identifiers import AreaCode, LeafCode
from actions.domain.people import Role
from actions.domain.place import Area, AreaKind, Landmark
from bot.delivery.values import Wording
from bot.texts import Catalogue
from tests.clock import FrozenClock

ROOT = Path(__file__).resolve().parent.parent
SHANGHAI = timezone(timedelta(hours=8))
#: Friday, 20 November 2026, noon in Shanghai.
NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)


def named(zh: str, hk: str, en: str) -> dict[str, str]:
    return {"zh-CN": zh, "zh-HK": hk, "en": en}


HANDRAIL = IssueCategory(
    code=LeafCode("BLD01"),
    top="BLD",
    name=named("楼梯扶手/栏杆破损", "扶手爛咗", "Broken handrail or railing"),
    label=named("扶手松动", "扶手鬆咗", "Loose handrail"),
    top_name=named("楼栋", "樓宇", "Buildings"),
    urgency=Urgency.U,
    tier=Tier.HARD,
    accept_min=60,
    contact_min=1440,
    settle_min=10080,
    calendar=WorkCalendar.WORK,
    owner_role=Role.PRM,
    co_roles=(),
    deliberates=True,
    temporary_step={},
    privacy=Privacy.PUBLIC,
    needs_place=True,
    proof="photo",
)


class Nanting:
    """The little of a community that wording needs."""

    timezone: tzinfo = SHANGHAI
    categories: Mapping[LeafCode, IssueCategory] = {
        HANDRAIL.code: HANDRAIL,
        LeafCode("BLD02"): replace(HANDRAIL, code=LeafCode("BLD02"), label={}),
    }
    areas: Mapping[AreaCode, Area] = {
        AreaCode("b45"): Area(
            code=AreaCode("b45"),
            kind=AreaKind.BUILDING,
            name=named("45栋", "45座", "Building 45"),
            path="street/nanting/b45",
        )
    }
    landmarks: Mapping[str, Landmark] = {
        "gate": Landmark(
            code="gate",
            name=named("南门", "南門", "South gate"),
            aliases=(),
            area=AreaCode("b45"),
            grid=AreaCode("g3"),
        )
    }

    texts: Mapping[str, Mapping[str, str]] = {}

    def landmark(self, code: str) -> Landmark | None:
        return self.landmarks.get(code)

    def category(self, code: LeafCode) -> IssueCategory:
        return self.categories[code]

    def top_name(self, top: str) -> dict[str, str]:
        return {each.top: each.top_name for each in self.categories.values()}[top]

    def label(self, code: AreaCode, locale: str) -> str:
        return self.areas[code].name[locale]


def wording(now: datetime = NOON, **texts: str) -> Wording:
    catalogue = Catalogue.load(ROOT / "config" / "texts")
    if texts:
        catalogue = Catalogue(dict.fromkeys(("zh_CN", "zh_HK", "en"), texts))
    return Wording(catalogue, Nanting(), FrozenClock(now))
