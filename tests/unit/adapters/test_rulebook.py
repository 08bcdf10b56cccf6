"""Which version is in force, what earlier ones had, and a content that comes out as it went in."""

from copy import deepcopy
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.adapters.community_file import read_community_file, read_stored
from actions.adapters.current import current
from actions.adapters.rulebook import Rulebook
from actions.adapters.settings_content import as_yaml, packed, unpacked, version_hash
from actions.domain.identifiers import AreaCode, LeafCode

ROOT = Path(__file__).parents[3]
BEGINNING = datetime(2026, 3, 2, tzinfo=UTC)
DAY = timedelta(days=1)
CONTENT = read_community_file(ROOT / "config" / "community.yml").content


def without(*leaves: str) -> dict[str, Any]:
    content = deepcopy(CONTENT)
    for leaf in leaves:
        del content["categories"]["categories"][leaf]
    return content


def arranged(
    book: Rulebook, floor: datetime | None, **contents: tuple[int, dict[str, Any]]
) -> None:
    book.arrange(
        floor,
        {version: BEGINNING + DAY * day for version, (day, _) in contents.items()},
        {version: packed(content) for version, (_, content) in contents.items()},
    )


@pytest.fixture
def book() -> Rulebook:
    """Three versions, a day each: all kinds, without one, without another as well."""
    book = Rulebook()
    arranged(book, None, a=(0, CONTENT), b=(1, without("NOI02")), c=(2, without("NOI02", "NOI03")))
    return book


@pytest.mark.parametrize(
    ("after", "version"),
    [
        (-DAY, "a"),
        (0 * DAY, "a"),
        (DAY - timedelta(microseconds=1), "a"),
        (DAY, "b"),
        (9 * DAY, "c"),
    ],
)
def test_a_version_is_in_force_from_its_moment_to_the_next(
    book: Rulebook, after: timedelta, version: str
) -> None:
    assert book.at(BEGINNING + after).community.version == version


def test_every_version_remembers_what_the_ones_before_it_had(book: Rulebook) -> None:
    a, b, c = (book.at(BEGINNING + DAY * day).community for day in range(3))

    assert [set(each.former.categories) for each in (a, b, c)] == [
        set(), {"NOI02"}, {"NOI02", "NOI03"},
    ]  # fmt: skip
    assert c.category(LeafCode("NOI02")) == a.category(LeafCode("NOI02"))
    assert c.in_use(LeafCode("NOI02")) is None
    assert c.category(LeafCode("XXX77")).code == "OTH99"
    with pytest.raises(KeyError):
        c.category(LeafCode(""))
    assert c.area(AreaCode("BL-45")).name["zh-CN"] == "45栋"


def test_a_withdrawn_version_is_gone_and_a_later_one_forgets_it(book: Rulebook) -> None:
    arranged(book, BEGINNING + DAY, b=(1, {}))

    assert book.at(BEGINNING + 9 * DAY).community.version == "b"
    assert book.rules("c") is None
    assert book.lacks(["a", "b", "c"]) == ["c"]


def test_whoever_holds_the_current_one_sees_the_next(book: Rulebook) -> None:
    now = BEGINNING
    community = current(lambda: book.at(now).community)

    assert "NOI02" in community.categories
    now += DAY
    assert "NOI02" not in community.categories


def test_a_content_comes_out_as_it_went_in(tmp_path: Path) -> None:
    (tmp_path / "out.yml").write_text(as_yaml(CONTENT, "x"), "utf-8")
    again = read_community_file(tmp_path / "out.yml")

    assert packed(again.content) == packed(CONTENT)
    assert list(again.community.categories) == list(CONTENT["categories"]["categories"])
    assert yaml.safe_load(as_yaml(CONTENT, "x"))["policy"]["emergency_reply_within"] == "15m"
    stored, unread = read_stored(unpacked(packed(CONTENT)), "x")
    assert unread == ()
    assert stored.hours.holidays == again.community.hours.holidays


def test_the_same_content_on_another_day_is_another_version() -> None:
    text = packed(CONTENT)
    assert version_hash(text, BEGINNING) != version_hash(text, BEGINNING + DAY)
