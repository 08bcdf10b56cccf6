"""How likely two tellings are of one matter: features, weighed by what was learned from pairs."""

from collections.abc import Iterable, Mapping
from math import exp, log1p
from typing import Final

from actions.domain.likeness_weights import WITH_VECTORS, WITHOUT_VECTORS
from actions.domain.marks import compare_marks
from actions.domain.spot import Nearness, nearness
from actions.domain.telling import Telling
from actions.domain.understood import Ranking

#: Troubles that pass by themselves: told again days later, they have come anew.
_PASSING: Final = frozenset(
    {"new water", "power", "flood", "fight", "fire", "thrown", "falling", "hurt", "party"}
)
#: Named for what a thing belongs to: flies and stench are told of one heap of rubbish.
_KIN: Final[Mapping[str, frozenset[str]]] = {
    "any noise": frozenset(
        {"noise", "piano", "drums", "singing", "mahjong", "shouting", "footsteps", "furniture",
         "music", "ball games", "fan", "renovation", "building site", "square dance", "bell",
         "top spinning", "barking", "chopping", "television", "party", "loudspeaker",
         "traffic noise", "firecrackers", "washing machine", "prompt"}
    ),
    "any dirt": frozenset(
        {"rubbish", "flies", "smell", "rats", "bulky rubbish", "clutter", "cleaning", "sorting",
         "waste water", "insects", "cockroaches"}
    ),
    "any entrance": frozenset({"access", "door", "gate", "barrier", "intercom", "guards"}),
    "any vehicle": frozenset(
        {"parked", "wreck", "fire lane", "e-bike", "charging", "bicycle", "speeding"}
    ),
    "any water": frozenset({"leak", "drain", "flood", "burst pipe", "new water", "waste water"}),
    "any dog": frozenset({"dog", "barking", "leash", "stray", "dog dirt"}),
    "any plant": frozenset({"tree", "plants"}),
    "any fall": frozenset({"thrown", "falling"}),
    "any money": frozenset({"fee", "parking fee", "accounts", "invoice", "shared cost", "fund"}),
}  # fmt: skip
#: Said of very many matters: to share them says little.
_GENERAL: Final = frozenset(
    {"noise", "smell", "stairs", "door", "parked", "adverts", "classes", "fee", "roof", "leak",
     "drain", "rubbish", "clutter", "staff", "app", *_KIN}
)  # fmt: skip
_LITTLE: Final = 0.4
#: A class of matters with less than this share of the ranking is not looked through.
_IN_THE_FAMILY: Final = 0.04
_LONGEST_DAYS: Final = 60.0


def likeness(before: Telling, now: Telling) -> float:
    """The calibrated probability that it is the same matter at the same place."""
    found = features(before, now)
    weights = WITH_VECTORS if _speak_alike(before, now) else WITHOUT_VECTORS
    total = sum(weight * found.get(name, 0.0) for name, weight in weights.items())
    return 1.0 / (1.0 + exp(-(total + weights["bias"])))


def _speak_alike(one: Telling, other: Telling) -> bool:
    """Whether both have a vector, and of one encoder."""
    return bool(one.vector) and len(one.vector) == len(other.vector)


def family_of(leaves: Ranking) -> frozenset[str]:
    """The classes looked through around a place; at the place itself every kind is."""
    return frozenset(top for top, share in _tops(leaves) if share >= _IN_THE_FAMILY)


def features(before: Telling, now: Telling) -> dict[str, float]:
    """What speaks for it and against it."""
    place = nearness(before.spot, now.spot)
    same, different = compare_marks(before.marks, now.marks)
    days = min(abs((before.at - now.at).total_seconds()) / 86_400.0, _LONGEST_DAYS)
    shared = before.things & now.things
    across = float(before.is_english != now.is_english)
    meaning = _cosine(before.vector, now.vector) if _speak_alike(before, now) else 0.0
    return {
        **{f"place_{each.value}": float(place is each) for each in _TOLD},
        "leaves": _shared_leaves(before.leaves, now.leaves),
        "class": _shared_leaves(_tops(before.leaves), _tops(now.leaves)),
        **_things(before.things, now.things),
        "marks_same": float(min(same, 2)),
        "marks_differ": float(min(different, 2)),
        "days": log1p(days),
        "days_passing": log1p(days) if shared & _PASSING else 0.0,
        "money_differs": float(before.is_about_money != now.is_about_money),
        "goes_on": float(now.goes_on),
        "languages": across,
        "meaning": meaning,
        "meaning_across": meaning * across,
    }


#: Against which of these places an unknown one is measured.
_TOLD: Final = tuple(each for each in Nearness if each is not Nearness.UNKNOWN)


def _things(one: frozenset[str], other: frozenset[str]) -> dict[str, float]:
    """How much of the shorter list, and of both together, is named on both sides."""
    first, second = _spread(one), _spread(other)
    if not first or not second:
        return {"things_unknown": 1.0}
    shared = _weight(first & second)
    return {
        "things_within": shared / min(_weight(first), _weight(second)),
        "things_both": shared / _weight(first | second),
        "things_none": float(not shared),
        "things_unknown": 0.0,
    }


def _spread(things: frozenset[str]) -> frozenset[str]:
    """With what each belongs to."""
    return things | {name for name, kin in _KIN.items() if things & kin}


def _weight(things: Iterable[str]) -> float:
    return sum(_LITTLE if thing in _GENERAL else 1.0 for thing in things)


def _shared_leaves(one: Ranking, other: Ranking) -> float:
    """One where both are sure of the same, none where they have nothing in common."""
    shares: Mapping[str, float] = dict(other)
    return float(sum((share * shares.get(code, 0.0)) ** 0.5 for code, share in one))


def _tops(leaves: Ranking) -> Ranking:
    sums: dict[str, float] = {}
    for code, share in leaves:
        sums[code[:3]] = sums.get(code[:3], 0.0) + share
    return tuple(sums.items())


def _cosine(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """The vectors are of length one."""
    return sum(a * b for a, b in zip(one, other, strict=True))
