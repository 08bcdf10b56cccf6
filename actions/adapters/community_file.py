"""Read a community from its YAML files; a wrong file is refused with everything wrong in it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from actions.adapters.area_file import read_areas, read_landmarks
from actions.adapters.category_file import overridden, read_categories
from actions.adapters.community_checks import check
from actions.adapters.settings_content import as_content
from actions.adapters.yaml_node import Node
from actions.domain.community import Community, Door, Office, PhoneNumber
from actions.domain.identifiers import AreaCode, LeafCode
from actions.domain.people import Role
from actions.domain.policy import Policy
from actions.domain.quiet_hours import QuietHours
from actions.domain.roster import DutyTurn, RosterEntry, Shift
from actions.domain.working_hours import WorkingHours

_LOCALES: Final = ("zh-CN", "zh-HK", "en")
_KEYS: Final = (
    "timezone", "locales", "categories", "street", "community", "estates", "landmarks", "hours",
    "holidays", "workdays", "quiet_hours", "office", "policy", "emergency_numbers", "doors",
    "shifts", "roster", "duty_roster", "overrides", "retired", "texts",
)  # fmt: skip
_LONGEST_HOLIDAY: Final = 31
_READ: Final[Mapping[type, Callable[[Node], Any]]] = {
    bool: Node.boolean,
    int: Node.integer,
    float: Node.number,
    str: Node.text,
    timedelta: Node.duration,
}


class CommunityFileError(Exception):
    """The community's files cannot be used; `problems` names each place and what is wrong."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, kw_only=True)
class CommunityFile:
    """A community and the plain data it was read from, its categories included."""

    community: Community
    content: dict[str, Any]


def load_community(path: Path) -> Community:
    """The community a file describes; raises `CommunityFileError` with all problems at once."""
    return read_community_file(path).community


def read_community_file(path: Path) -> CommunityFile:
    """Strictly: raises `CommunityFileError` with everything that is wrong."""
    problems: list[str] = []
    root = Node.of_file(path, problems)
    if problems:
        raise CommunityFileError(problems)
    listed = root.child("categories")
    if not listed.is_mapping:
        listed = Node.of_file(path.parent / listed.text(), problems)
    community = _community(root, listed)
    if not problems:
        problems += [f"{path.name}: {what}" for what in check(community)]
    if problems:
        raise CommunityFileError(problems)
    return CommunityFile(community=community, content=as_content(root.raw, listed.raw, community))


def read_stored(content: Mapping[str, Any], where: str) -> tuple[Community, tuple[str, ...]]:
    """A community out of a stored version, and what this product cannot read in it any more.

    Leniently: it was checked when it came in, and tickets stand under it; what it lacks takes
    the usual value, what nobody reads any more is passed over.
    """
    problems: list[str] = []
    root = Node(dict(content), f"{where}: ", problems)
    community = _community(root, root.child("categories"))
    return community, tuple(problems)


def _community(root: Node, listed: Node) -> Community:
    root.only(*_KEYS)
    locales = root.texts("locales") or _LOCALES
    hours = _working_hours(root)
    areas = read_areas(root, locales)
    return Community(
        code=AreaCode(root.child("community").child("code").text()),
        locales=locales,
        areas=areas,
        landmarks=read_landmarks(root.child("landmarks"), locales),
        categories=overridden(read_categories(listed, locales), root.maybe("overrides")),
        roster=_keyed(root.child("roster"), _entry, locales),
        shifts=MappingProxyType(
            {code: _shift(code, node) for code, node in root.child("shifts").entries()}
        ),
        duty=tuple(_turn(node) for node in root.child("duty_roster").each()),
        hours=hours,
        quiet_hours=QuietHours(timezone=hours.timezone, spans=_spans(root.child("quiet_hours"))),
        policy=_policy(root.maybe("policy")),
        office=_office(root.child("office"), locales),
        emergency_numbers=MappingProxyType(
            {
                key: _phone(key, node, node.names("name", locales))
                for key, node in root.child("emergency_numbers").entries()
            }
        ),
        doors=tuple(_keyed(root.child("doors"), _door, locales).values()),
        retired=MappingProxyType(
            {LeafCode(old): LeafCode(new.text()) for old, new in _entries(root, "retired")}
        ),
        texts=MappingProxyType(dict(_own_texts(root, locales))),
    )


def _entries(root: Node, key: str) -> list[tuple[str, Node]]:
    node = root.maybe(key)
    return list(node.entries()) if node else []


def _own_texts(root: Node, locales: tuple[str, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    """Whether the keys exist and their placeholders fit is known to whoever renders them."""
    for locale, node in _entries(root, "texts"):
        if locale not in locales:
            node.report(f"no such language; known here: {', '.join(locales)}")
        yield locale, {key: text.text() for key, text in node.entries()}


def _keyed(node: Node, read: Any, locales: tuple[str, ...]) -> MappingProxyType[str, Any]:
    found: dict[str, Any] = {}
    for entry in node.each():
        value = read(entry, locales)
        if value.key in found:
            entry.report(f"{value.key} is listed twice")
        found[value.key] = value
    return MappingProxyType(found)


def _working_hours(root: Node) -> WorkingHours:
    node = root.child("hours")
    node.only("weekdays", "spans")
    spans, weekdays = _spans(node.child("spans")), node.child("weekdays").weekdays()
    workdays = root.maybe("workdays")
    try:
        return WorkingHours(
            timezone=_timezone(root.child("timezone")),
            spans=spans,
            weekdays=weekdays,
            holidays=frozenset(_holidays(root.child("holidays"))),
            workdays=frozenset(day.day() for day in workdays.each()) if workdays else frozenset(),
        )
    except ValueError as error:
        node.report(str(error))
        return WorkingHours(timezone=ZoneInfo("UTC"), spans=(Node("00:00-24:00", "", []).span(),))


def _timezone(node: Node) -> ZoneInfo:
    try:
        return ZoneInfo(node.text())
    except (ZoneInfoNotFoundError, ValueError):
        node.report(f"no such time zone: {node.text()!r}")
        return ZoneInfo("UTC")


def _holidays(node: Node) -> set[date]:
    days: set[date] = set()
    for entry in node.each():
        entry.only("name", "from", "to")
        first, last = entry.child("from").day(), entry.child("to").day()
        length = (last - first).days + 1
        if not 0 < length <= _LONGEST_HOLIDAY:
            entry.report(f"from {first} to {last} is not a holiday")
        else:
            days.update(first + timedelta(days=n) for n in range(length))
    return days


def _spans(node: Node) -> tuple[Any, ...]:
    return tuple(entry.span() for entry in node.each())


def _policy(node: Node | None) -> Policy:
    known = {field.name: _READ[type(field.default)] for field in fields(Policy)}
    known |= {name: Node.likelihood for name in known if name.endswith("_from")}
    if node is None:
        return Policy()
    node.only(*known)
    return Policy(**{key: known[key](child) for key, child in node.entries() if key in known})


def _office(node: Node, locales: tuple[str, ...]) -> Office:
    node.only("phone", "hours", "address")
    return Office(
        phone=_phone("office", node.child("phone"), dict.fromkeys(locales, "")),
        hours=node.names("hours", locales),
        address=node.names("address", locales),
    )


def _phone(key: str, node: Node, name: dict[str, str]) -> PhoneNumber:
    node.only("dial", "name", "fictional")
    fictional = node.maybe("fictional")
    return PhoneNumber(
        key=key,
        dial=node.child("dial").text(),
        name=name,
        is_fictional=fictional.boolean() if fictional else False,
    )


def _door(node: Node, locales: tuple[str, ...]) -> Door:
    node.only("key", "dial", "leaves", "words", "name", "what_for", "how")
    dial = node.maybe("dial")
    return Door(
        key=node.child("key").text(),
        name=node.names("name", locales),
        what_for=node.names("what_for", locales),
        how=node.names("how", locales),
        dial=dial.text() if dial else "",
        leaves=tuple(LeafCode(leaf) for leaf in node.texts("leaves")),
        words=node.texts("words"),
    )


def _shift(code: str, node: Node) -> Shift:
    node.only("spans", "every_day")
    every_day = node.maybe("every_day")
    return Shift(
        code=code,
        spans=_spans(node.child("spans")),
        every_day=every_day.boolean() if every_day else False,
    )


def _entry(node: Node, locales: tuple[str, ...]) -> RosterEntry:
    node.only("key", "roles", "areas", "name", "skills", "load_cap", "shift")
    load_cap, shift = node.maybe("load_cap"), node.maybe("shift")
    node.child("roles"), node.child("areas")
    roles = node.maybe("roles")
    return RosterEntry(
        key=node.child("key").text(),
        roles=tuple(role.choice(Role) for role in roles.each()) if roles else (),
        areas=tuple(AreaCode(area) for area in node.texts("areas")),
        name=node.names("name", locales),
        skills=frozenset(node.texts("skills")),
        load_cap=load_cap.integer() if load_cap else RosterEntry.load_cap,
        shift=shift.text() if shift else RosterEntry.shift,
    )


def _turn(node: Node) -> DutyTurn:
    node.only("weekdays", "span", "people")
    node.child("people")
    return DutyTurn(
        weekdays=node.child("weekdays").weekdays(),
        span=node.child("span").span(),
        people=node.texts("people"),
    )
