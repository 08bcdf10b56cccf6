"""Which other kind a ticket could be of, and what is owed once it is."""

from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from actions.adapters.community_file import load_community
from actions.domain.amending import kept, likely, matching, rules_for
from actions.domain.identifiers import LeafCode
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb
from actions.domain.timeline import TimelineEntry

NOW = datetime(2026, 3, 2, 6, 30, tzinfo=UTC)
BLD01 = LeafCode("BLD01")


@cache
def categories():  # type: ignore[no-untyped-def]
    return load_community(Path("config/community.yml")).categories


def test_what_the_words_were_ranked_as_comes_first_then_the_neighbours() -> None:
    found = likely((("NOI01", 0.4), ("BLD01", 0.2)), BLD01, categories())

    assert found[0] == "NOI01"
    assert BLD01 not in found
    assert "OTH99" not in found
    assert {"BLD02"} <= set(found)


def test_a_ranking_of_kinds_that_are_gone_is_passed_over() -> None:
    assert "XYZ01" not in likely((("XYZ01", 0.9),), BLD01, categories())


@pytest.mark.parametrize("words", ["BLD01", "bld01", " ＢＬＤ01 "])
def test_a_code_is_taken_however_it_was_typed(words: str) -> None:
    assert matching(words, categories()) == [BLD01]


@pytest.mark.parametrize("locale", ["zh-CN", "zh-HK", "en"])
def test_a_whole_name_is_taken_in_any_language(locale: str) -> None:
    for code, each in categories().items():
        assert code in matching(each.name[locale], categories())


@pytest.mark.parametrize("words", ["", "?", "某某某"])
def test_words_that_name_nothing_find_nothing(words: str) -> None:
    assert matching(words, categories()) == []


def test_only_dates_that_come_sooner_count() -> None:
    ticket = Ticket(contact_due_at=NOW, settle_due_at=NOW + timedelta(days=2))
    sooner, later = NOW + timedelta(days=1), NOW + timedelta(hours=1)

    found = kept(ticket, {"contact_due_at": later, "settle_due_at": sooner})

    assert found == {"settle_due_at": sooner}


def test_a_tier_that_was_raised_and_not_lowered_stays() -> None:
    category = categories()[BLD01]

    assert "tier" in rules_for(category, [], Ticket())
    assert "tier" not in rules_for(category, [_entry(Verb.RAISE_TIER)], Ticket())
    assert "tier" in rules_for(
        category, [_entry(Verb.RAISE_TIER), _entry(Verb.LOWER_TIER)], Ticket()
    )


def _entry(verb: Verb) -> TimelineEntry:
    status = TicketStatus.TRIAGE
    return TimelineEntry(
        seq=1,
        verb=verb,
        source=status,
        target=status,
        actor=1,
        role="GLD",
        at=NOW,  # type: ignore[arg-type]
    )
