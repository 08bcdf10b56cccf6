"""Which road a category goes, and the words of each road in every language."""

import pytest

from actions.application.roads import WORDS, status_of, worded
from actions.domain.road import UNHURRIED, UNRATED, Road, road_of
from bot.texts import placeholders
from tests.builders import LOCALES, the_community, the_texts


@pytest.mark.parametrize(
    ("leaf", "road"),
    [
        ("BLD01", Road.REPAIR),
        ("SVC06", Road.NEED),
        ("OTH01", Road.QUESTION),
        ("OTH02", Road.PRAISE),
        ("OTH03", Road.STAFF),
        ("OTH04", Road.REPAIR),
        ("DEL01", Road.REPAIR),
        ("DEL04", Road.SUGGESTION),
        ("DEL05", Road.LEGISLATIVE),
        ("", Road.REPAIR),
    ],
)
def test_the_road_of_a_leaf(leaf: str, road: Road) -> None:
    assert road_of(leaf) is road


def test_every_road_is_somebodys() -> None:
    assert {road_of(leaf) for leaf in the_community().categories} == set(Road)
    assert frozenset({Road.PRAISE}) == UNRATED == UNHURRIED


@pytest.mark.parametrize("locale", LOCALES)
def test_every_word_of_a_road_is_a_text_and_replaces_one(locale: str) -> None:
    texts = the_texts()
    for words in WORDS.values():
        for plain, own in words.items():
            assert texts.template(plain, locale) is not None, plain
            assert not own or texts.template(own, locale), own


def test_what_settles_a_need_is_not_called_mended() -> None:
    assert worded("SVC01", "push_resolved") == "push_resolved_need"
    assert worded("BLD01", "push_resolved") == "push_resolved"
    assert worded("OTH02", "push_lapsed") == ""


def test_a_status_without_words_of_its_own_keeps_the_plain_ones() -> None:
    assert status_of("OTH02", "resolved") == {"$text": "status_resolved_praise", "params": {}}
    assert status_of("OTH02", "triage") == {"$status": "triage"}


def test_nothing_of_praise_asks_whether_anybody_is_satisfied() -> None:
    asked = [the_texts().template(own, "zh-CN") for own in WORDS[Road.PRAISE].values() if own]
    assert asked
    assert not any("满意" in (text or "") for text in asked)
    assert "number" in placeholders(the_texts().template("push_resolved_praise", "en") or "")
