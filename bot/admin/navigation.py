"""What stands at the side of every page, for whom, and by which keys it is reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from actions.application.ports_console import Staff
from actions.domain.people import CONSOLE_ROLES, Role


@dataclass(frozen=True)
class Entry:
    text: str  #: key of its name
    path: str
    key: str  #: pressed after g
    roles: frozenset[Role]


ENTRIES: Final = (
    Entry("console_board", "/admin/", "b", CONSOLE_ROLES),
    Entry(
        "console_transcripts", "/admin/transcripts", "t",
        frozenset({Role.RVW, Role.PRV, Role.ADM}),
    ),
    Entry("console_people", "/admin/people", "p", frozenset({Role.GLD, Role.CMT, Role.ADM})),
    Entry("console_letters", "/admin/letters", "l", frozenset({Role.ADM, Role.DSP})),
    Entry("console_health", "/admin/health", "h", frozenset({Role.ADM, Role.SUP})),
    Entry("console_audit", "/admin/audit", "a", frozenset({Role.PRV, Role.ADM})),
)  # fmt: skip


def entries_for(staff: Staff) -> Sequence[Entry]:
    return [entry for entry in ENTRIES if staff.has_role(*entry.roles)]
