"""Say of evaluated pairs whether they are of one matter, as it is said at intake (interfaces 4).

Two residents write `a` and `b`; the first has filed theirs when the second writes. What the model
understood of both stands in the row; what is compared, and how, is the live code.
"""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from actions.adapters.community_file import load_community
from actions.conversation.turn import understood_from
from actions.domain.community import Community
from actions.domain.likeness import features, likeness
from actions.domain.place import Location
from actions.domain.place_detail import is_only_detail
from actions.domain.places_named import find_places
from actions.domain.placing import at_place, place_called
from actions.domain.telling import Telling, gist_of, spot_of, telling_of
from actions.domain.understood import Understood
from bot.cli.rows import apply_to_rows, community_file

#: When the first of two is told; the second so many `days` later.
_TOLD: Final = datetime(2026, 11, 20, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Heard:
    """One side of a pair, with the places its words may mean."""

    parse: Understood
    codes: tuple[str, ...]
    label: str
    detail: str


def heard(parse: Understood, community: Community) -> Heard:
    named = find_places(parse.text, community)
    said = (e.text for e in parse.entities if e.kind == "location")
    entities = [text for text in said if not is_only_detail(text)]
    fuller = next((text for text in entities if named.unknown and named.unknown in text), "")
    label = fuller or named.unknown or next(iter(entities), "")
    return Heard(parse, named.places, label, named.detail)


def place_of(side: Heard, other: Heard, community: Community) -> Location:
    """Of several meanings the one both share: whoever is asked picks it."""
    codes = [code for code in side.codes if code in other.codes] or list(side.codes)
    place = place_called(codes[0], community) if codes else None
    if place is None:
        return Location(label=side.label, detail=side.detail)
    return at_place(place, community, detail=side.detail)


def told(side: Heard, place: Location, at: datetime, community: Community) -> Telling:
    parse = side.parse
    category = parse.leaves[0][0] if parse.leaves else ""
    gist = gist_of(parse.text, parse.leaves, category, community)
    return telling_of(gist, category, spot_of(place, community), at, parse.vector)


def tellings(row: Mapping[str, Any], community: Community) -> tuple[Telling, Telling]:
    one, other = (
        heard(understood_from(row["understood"][side], row[side]), community) for side in "ab"
    )
    later = _TOLD + timedelta(days=float(row.get("days", 0)))
    return (
        told(one, place_of(one, other, community), _TOLD, community),
        told(other, place_of(other, one, community), later, community),
    )


def compared(row: dict[str, Any], community: Community, *, show: bool) -> dict[str, Any]:
    """The row with `same` and `score`, and with the features if they are asked for."""
    if not isinstance(row.get("understood"), dict) or "a" not in row["understood"]:
        return row
    one, other = tellings(row, community)
    score = likeness(one, other)
    rest = {key: value for key, value in row.items() if key != "understood"}
    same = score >= community.policy.same_matter_from
    found = {"features": features(one, other)} if show else {}
    return rest | {"same": same, "score": round(score, 4)} | found


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="scripts.apply_likeness", description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--features", action="store_true", help="what it was weighed by, as well")
    options = parser.parse_args(arguments)
    community = load_community(community_file())
    apply_to_rows(options.path, lambda row: compared(row, community, show=options.features))


if __name__ == "__main__":
    main()
