"""How alike two tellings are: what counts, and in which direction."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from actions.domain.likeness import family_of, likeness
from actions.domain.spot import Spot
from actions.domain.telling import Telling, settled, telling_of

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
HERE = Spot(code="BL-45", path="RT/LJ/BL/BL-45", lat=22.5911, lon=113.0930)
LAMP = Telling(
    at=NOON,
    leaves=(("BLD04", 0.9), ("BLD01", 0.05)),
    things=frozenset({"light"}),
    marks=frozenset({"floor:3"}),
    spot=HERE,
    vector=(1.0, 0.0),
)


def bare(telling: Telling) -> Telling:
    return replace(telling, vector=())


@pytest.mark.parametrize("told", [LAMP, bare(LAMP)])
def test_the_same_told_twice_is_the_same(told: Telling) -> None:
    assert likeness(told, replace(told, at=NOON + timedelta(hours=1))) > 0.9


@pytest.mark.parametrize(
    "other",
    [
        replace(LAMP, spot=Spot(code="BL-50", path="RT/LJ/BL/BL-50", lat=22.5941, lon=113.0934)),
        replace(LAMP, marks=frozenset({"floor:6"})),
        replace(LAMP, things=frozenset({"dog"}), leaves=(("GRN04", 0.9),), vector=(0.0, 1.0)),
    ],
    ids=["elsewhere", "another floor", "another thing"],
)
def test_another_place_floor_or_thing_is_another_matter(other: Telling) -> None:
    assert likeness(LAMP, other) < 0.3
    assert likeness(bare(LAMP), bare(other)) < 0.3


def test_what_passes_by_itself_has_come_anew_after_days() -> None:
    outage = replace(LAMP, things=frozenset({"power"}), leaves=(("UTL02", 1.0),))
    weeks = replace(outage, at=NOON + timedelta(days=20))

    assert likeness(outage, weeks) < likeness(outage, outage) - 0.2
    lasting = replace(LAMP, at=NOON + timedelta(days=20))
    assert likeness(LAMP, lasting) == pytest.approx(likeness(LAMP, LAMP), abs=0.15)


def test_who_says_it_goes_on_more_likely_means_what_was_told() -> None:
    vague = replace(LAMP, things=frozenset(), marks=frozenset(), vector=(0.3, 0.954))

    assert likeness(LAMP, replace(vague, goes_on=True)) > likeness(LAMP, vague)


def test_flies_and_stench_are_nearer_than_flies_and_a_lamp() -> None:
    def of(thing: str) -> Telling:
        return replace(LAMP, things=frozenset({thing}), vector=(), leaves=(("SAN01", 1.0),))

    assert likeness(of("flies"), of("smell")) > likeness(of("flies"), of("light"))


def test_vectors_of_two_encoders_are_not_compared() -> None:
    longer = replace(LAMP, vector=(0.0, 1.0, 0.0))

    assert likeness(LAMP, longer) == likeness(bare(LAMP), bare(longer))


def test_a_ranking_counts_until_somebody_says_it_is_another_kind() -> None:
    ranking = (("BLD04", 0.6), ("BLD01", 0.3))

    assert settled(ranking, "BLD04") == ranking
    assert settled(ranking, "PUB03") == (("PUB03", 1.0),)


def test_an_old_ticket_without_a_gist_is_compared_by_its_kind() -> None:
    told = telling_of({}, "BLD04", HERE, NOON)

    assert (told.leaves, told.things, told.vector) == ((("BLD04", 1.0),), frozenset(), ())


def test_a_class_with_hardly_a_share_is_not_looked_through() -> None:
    assert family_of((("BLD04", 0.6), ("PUB03", 0.3), ("SAN01", 0.01))) == {"BLD", "PUB"}
