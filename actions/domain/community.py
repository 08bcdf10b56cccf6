"""A community as its own file describes it: places, people, hours, numbers and rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from functools import cached_property

from actions.domain.category import IssueCategory
from actions.domain.decision import UNCLASSIFIED
from actions.domain.identifiers import AreaCode, LeafCode
from actions.domain.people import Role
from actions.domain.place import Area, AreaKind, Landmark, is_inside
from actions.domain.policy import Policy
from actions.domain.quiet_hours import QuietHours
from actions.domain.roster import DutyTurn, RosterEntry, Shift, on_duty
from actions.domain.working_hours import WorkingHours


@dataclass(frozen=True, kw_only=True)
class PhoneNumber:
    """A number to call, and whose it is; a fictional one must be replaced before real use."""

    key: str
    dial: str
    name: dict[str, str]
    is_fictional: bool = False


@dataclass(frozen=True, kw_only=True)
class Door:
    """The right place for what is not the community's to settle."""

    key: str
    name: dict[str, str]
    what_for: dict[str, str]
    how: dict[str, str]
    dial: str = ""
    leaves: tuple[LeafCode, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Office:
    """Where and when people can be met in person."""

    phone: PhoneNumber
    hours: dict[str, str]
    address: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Former:
    """What earlier versions of the settings had and this one has not: old tickets still name it."""

    categories: Mapping[LeafCode, IssueCategory] = field(default_factory=dict)
    areas: Mapping[AreaCode, Area] = field(default_factory=dict)
    landmarks: Mapping[str, Landmark] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, eq=False)
class Community:
    """Everything a community edits, checked and frozen; two are equal only if the same object."""

    code: AreaCode
    locales: tuple[str, ...]
    areas: Mapping[AreaCode, Area]
    landmarks: Mapping[str, Landmark]
    categories: Mapping[LeafCode, IssueCategory]
    roster: Mapping[str, RosterEntry]
    shifts: Mapping[str, Shift]
    duty: tuple[DutyTurn, ...]
    hours: WorkingHours
    quiet_hours: QuietHours
    policy: Policy
    office: Office
    emergency_numbers: Mapping[str, PhoneNumber]
    doors: tuple[Door, ...]
    retired: Mapping[LeafCode, LeafCode] = field(default_factory=dict)  #: dropped code: successor
    #: Sentences this community says in its own way, by locale and key.
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    former: Former = field(default_factory=Former)
    version: str = ""  #: hash of the version; tickets keep the one they were filed under

    @property
    def root(self) -> str:
        """The path of the community itself."""
        return self.areas[self.code].path

    @property
    def timezone(self) -> tzinfo:
        return self.hours.timezone

    @property
    def name(self) -> dict[str, str]:
        return self.areas[self.code].name

    def area(self, code: AreaCode) -> Area:
        """Also one that was dropped. Raises KeyError if there never was one of this code."""
        return self.areas.get(code) or self.former.areas[code]

    def landmark(self, code: str) -> Landmark | None:
        """Also one that was dropped."""
        return self.landmarks.get(code) or self.former.landmarks.get(code)

    def category(self, code: LeafCode) -> IssueCategory:
        """Also one that was dropped; one from before any version we know is unclassified."""
        known = self.categories.get(code) or self.former.categories.get(code)
        return known or self.categories[UNCLASSIFIED if code else code]

    def in_use(self, code: LeafCode) -> IssueCategory | None:
        """The category new matters are filed under: itself, its successor, or none any more."""
        return self.categories.get(code) or self.categories.get(self.retired.get(code, code))

    def top_name(self, top: str) -> dict[str, str]:
        """Raises KeyError if there never was such a class."""
        every = [*self.categories.values(), *self.former.categories.values()]
        return {category.top: category.top_name for category in reversed(every)}[top]

    def path(self, code: AreaCode) -> str:
        return self.area(code).path

    def within(self, inner: AreaCode, outer: AreaCode) -> bool:
        """Whether one area is, or lies in, the other."""
        return is_inside(self.path(inner), self.path(outer))

    def of_kind(self, kind: AreaKind, inside: AreaCode | None = None) -> tuple[Area, ...]:
        """Areas of one level, perhaps only those within an area, in the order of the file."""
        outer = self.path(inside) if inside else ""
        return tuple(
            area
            for area in self.areas.values()
            if area.kind is kind and (not outer or is_inside(area.path, outer))
        )

    def grids_for(self, code: AreaCode) -> tuple[Area, ...]:
        """The grids that serve an area: one for a building, several for an estate."""
        area = self.area(code)
        if area.kind is AreaKind.GRID:
            return (area,)
        if area.grid:
            return (self.area(area.grid),)
        return self.of_kind(AreaKind.GRID, inside=code)

    def estate_of(self, code: AreaCode) -> Area | None:
        """The estate an area is, or lies in."""
        return next((area for area in self._upwards(code) if area.kind is AreaKind.ESTATE), None)

    def label(self, code: AreaCode, locale: str) -> str:
        """A building with its estate when another estate has one of the same name."""
        area = self.area(code)
        name = area.name[locale]
        estate = self.estate_of(code)
        if area.kind is not AreaKind.BUILDING or estate is None or name not in self._shared_names:
            return name
        return f"{estate.name[locale]} {name}"

    def entries(self, role: Role) -> tuple[RosterEntry, ...]:
        return tuple(entry for entry in self.roster.values() if role in entry.roles)

    def on_duty(self, at: datetime) -> frozenset[str]:
        """Keys of the roster entries at work or on call at a moment."""
        return on_duty(at, self.roster, self.shifts, self.duty, self.hours)

    def doors_for(self, leaf: LeafCode, text: str = "") -> tuple[Door, ...]:
        """Doors that serve a leaf; those whose words occur in the text come first."""
        serving = [door for door in self.doors if leaf in door.leaves]
        return tuple(sorted(serving, key=lambda door: not any(w in text for w in door.words)))

    @cached_property
    def _shared_names(self) -> frozenset[str]:
        names = [
            name for area in self.of_kind(AreaKind.BUILDING) for name in set(area.name.values())
        ]
        return frozenset(name for name in names if names.count(name) > 1)

    def _upwards(self, code: AreaCode) -> list[Area]:
        return [self.area(AreaCode(step)) for step in reversed(self.path(code).split("/"))]
