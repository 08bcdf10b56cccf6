"""Dispatch: which worker a matter goes to. Pure policy; the caller brings the candidates.

Rungs of the ladder are tried in turn: the owner's role, then who stands in for it. On a rung the
order is: on duty, nearest area (grid, then estate, then community), lightest load, full-time
before part-time, lowest id. Nobody who is away is ever chosen.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from actions.domain.category import IssueCategory, Urgency, WorkCalendar
from actions.domain.identifiers import PersonId
from actions.domain.people import Role
from actions.domain.place import is_inside

_GRID: Final = (Role.GWF, Role.GWP)
_UPWARDS: Final = ((Role.GLD,), (Role.CMT,), (Role.DSP,))

#: Who stands in for whom, first rung first. A complaint about staff never goes to the staff.
LADDER: Final[Mapping[Role, tuple[tuple[Role, ...], ...]]] = {
    Role.GWF: (_GRID, *_UPWARDS),
    Role.GWP: ((Role.GWP, Role.GWF), *_UPWARDS),
    Role.GLD: _UPWARDS,
    Role.CMT: ((Role.CMT,), (Role.DSP,)),
    Role.PRM: ((Role.PRM,), _GRID, *_UPWARDS),
    Role.OWC: ((Role.OWC,), (Role.CMT,), (Role.DSP,)),
    Role.VOL: ((Role.VOL,), _GRID, *_UPWARDS),
    Role.POL: ((Role.POL,), (Role.CMT,), (Role.DSP,)),
    Role.CHR: ((Role.CHR,), (Role.CMT,), (Role.DSP,)),
    Role.DEP: ((Role.DEP,), (Role.CMT,), (Role.DSP,)),
    Role.DPT: ((Role.DPT,), (Role.CMT,), (Role.DSP,)),
    Role.SUP: ((Role.SUP,), (Role.DSP,)),
    Role.DSP: ((Role.DSP,),),
}


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One person in one role, as they stand at this moment. No skills means every skill."""

    person_id: PersonId
    role: Role
    areas: frozenset[str]  #: paths, each good for everything inside it
    skills: frozenset[str] = frozenset()
    load: int = 0
    load_cap: int = 20
    on_duty: bool = True
    away: bool = False

    @property
    def has_room(self) -> bool:
        return self.load < self.load_cap

    def can_do(self, category: IssueCategory) -> bool:
        return not self.skills or bool(self.skills & {category.code, category.top})

    def nearness(self, places: Collection[str]) -> int:
        """Depth of the closest of their areas around any of the places; 0 if none is."""
        covering = (
            area.count("/") + 1 for area in self.areas for place in places if is_inside(place, area)
        )
        return max(covering, default=0)


def choose_worker(
    candidates: Sequence[Candidate],
    category: IssueCategory,
    places: Collection[str],
    *,
    excluding: Collection[PersonId] = (),
) -> Candidate | None:
    """The worker for a matter at `places`, the paths of its grid and of its area if known.

    Round-the-clock matters look for somebody on duty on every rung before anybody off duty, and
    an emergency would rather overload a person than wait. `excluding` holds who must not get it:
    whoever returned it, or whom it is about.
    """
    able = [
        candidate
        for candidate in candidates
        if not candidate.away
        and candidate.person_id not in excluding
        and candidate.can_do(category)
        and candidate.nearness(places)
    ]
    for pool in _pools(able, category):
        for rung in LADDER.get(category.owner_role, ((category.owner_role,), *_UPWARDS)):
            chosen = _best(pool, rung, places)
            if chosen:
                return chosen
    return None


def _pools(able: list[Candidate], category: IssueCategory) -> Iterator[list[Candidate]]:
    """Whom to consider, in falling order of preference."""
    free = [candidate for candidate in able if candidate.has_room]
    if category.calendar is WorkCalendar.ALWAYS:
        yield [candidate for candidate in free if candidate.on_duty]
    if category.urgency is Urgency.E:
        yield [candidate for candidate in able if candidate.on_duty]
        yield able
    yield free


def _best(
    pool: Sequence[Candidate], rung: tuple[Role, ...], places: Collection[str]
) -> Candidate | None:
    def order(candidate: Candidate) -> tuple[bool, int, int, int, PersonId]:
        return (
            not candidate.on_duty,
            -candidate.nearness(places),
            candidate.load,
            rung.index(candidate.role),
            candidate.person_id,
        )

    return min((c for c in pool if c.role in rung), key=order, default=None)
