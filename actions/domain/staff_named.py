"""Which of the staff some words name: by name, or by what they are called."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from actions.domain.identifiers import PersonId
from actions.domain.people import Role

_TITLES: Final = re.compile(
    r"兼职网格员|兼職網格員|网格员|網格員|网格长|網格長|社区委员|社區委員|社区|社區|志愿者|義工|队长|隊長"
    r"|街道|小区|[（(].{0,40}?[)）]|grid worker|grid lead|part-time|volunteer|director"
    r"|captain of.*",
    re.IGNORECASE,
)
_CALLED: Final = (
    (re.compile(r"网格长|網格長|grid lead", re.IGNORECASE), frozenset({Role.GLD})),
    (
        re.compile(r"网格员|網格員|grid worker", re.IGNORECASE),
        frozenset({Role.GWF, Role.GWP}),
    ),
    (re.compile(r"物业|物業|管理处|管理處|property", re.IGNORECASE), frozenset({Role.PRM})),
    (
        re.compile(r"居委|主任|社区干部|社區幹部|两委|兩委|committee", re.IGNORECASE),
        frozenset({Role.CMT}),
    ),
    (re.compile(r"民警|警察|police", re.IGNORECASE), frozenset({Role.POL})),
    (re.compile(r"分拨|分派|派单|派單|dispatch", re.IGNORECASE), frozenset({Role.DSP})),
    (re.compile(r"督查|supervis", re.IGNORECASE), frozenset({Role.SUP})),
    (re.compile(r"城管|部门|部門|department", re.IGNORECASE), frozenset({Role.DPT})),
    (re.compile(r"管理员|管理員|administrator", re.IGNORECASE), frozenset({Role.ADM})),
)
_SHORTEST: Final = 2


@dataclass(frozen=True, kw_only=True)
class Colleague:
    """Somebody of the staff, with every name they are known by."""

    person_id: PersonId
    role: Role
    names: tuple[str, ...] = ()


def named_in(text: str, staff: Iterable[Colleague]) -> frozenset[PersonId]:
    """Those whose name stands in the words."""
    folded = text.casefold()
    return frozenset(
        each.person_id
        for each in staff
        if any(name in folded for full in each.names for name in _short_names(full))
    )


def called_in(text: str, staff: Iterable[Colleague]) -> frozenset[PersonId]:
    """Those of every role the words call by its name."""
    roles = frozenset[Role]().union(*(roles for pattern, roles in _CALLED if pattern.search(text)))
    return frozenset(each.person_id for each in staff if each.role in roles)


def _short_names(full: str) -> list[str]:
    """阿梅 of 网格员阿梅; 周主任 of 社区周主任; Mei of Grid worker Mei."""
    bare = _TITLES.sub("", full).strip(" ,").casefold()
    return [bare] if len(bare) >= _SHORTEST else []
