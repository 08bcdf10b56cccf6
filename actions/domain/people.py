"""People: who may act, in which role, for which area."""

from dataclasses import dataclass
from enum import StrEnum

from actions.domain.identifiers import PersonId


class Role(StrEnum):
    """The roles of the field (mission 6.1), by their code."""

    RES = "RES"  #: resident: owner, tenant, newcomer
    ANO = "ANO"  #: protected reporter: as RES, identity sealed
    REP = "REP"  #: estate or community representative
    CAP = "CAP"  #: building captain
    VOL = "VOL"  #: volunteer
    GWF = "GWF"  #: full-time grid worker
    GWP = "GWP"  #: part-time grid worker
    GLD = "GLD"  #: grid lead
    CMT = "CMT"  #: community committee
    PBR = "PBR"  #: party branch
    OWC = "OWC"  #: owners' committee
    PRM = "PRM"  #: property manager
    CHR = "CHR"  #: deliberation chair
    DEP = "DEP"  #: people's-congress deputy
    ADV = "ADV"  #: lawyer, expert, social worker
    POL = "POL"  #: police-grid officer
    DPT = "DPT"  #: department or utility
    DSP = "DSP"  #: street dispatcher
    SUP = "SUP"  #: supervisor, citizen assessor
    RVW = "RVW"  #: transcript reviewer
    PRV = "PRV"  #: privacy officer
    ADM = "ADM"  #: administrator


#: Roles that may hold a ticket and work on it.
WORKING_ROLES = frozenset(
    {
        Role.GWF, Role.GWP, Role.GLD, Role.CMT, Role.PRM, Role.OWC, Role.POL, Role.DPT,
        Role.CHR, Role.DEP, Role.SUP, Role.VOL, Role.DSP,
    }
)  # fmt: skip

#: Roles that open the console.
CONSOLE_ROLES = frozenset(
    {Role.ADM, Role.RVW, Role.PRV, Role.DSP, Role.CMT, Role.GLD, Role.SUP}
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class RoleGrant:
    """One role of a person, good for one area (a path) and everything inside it."""

    role: Role
    area: str


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who is doing something right now, with every grant that is alive."""

    person_id: PersonId
    grants: frozenset[RoleGrant] = frozenset()

    def has_role(self, *roles: Role) -> bool:
        return any(grant.role in roles for grant in self.grants)

    @property
    def is_worker(self) -> bool:
        return any(grant.role in WORKING_ROLES for grant in self.grants)


#: Person id 0 never names a row: it is the system, acting on a timer or a rule.
SYSTEM = Actor(person_id=PersonId(0))
