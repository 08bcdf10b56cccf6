"""`SqlInvitations`: one-time codes that give a role; the code itself is kept nowhere."""

from collections.abc import Sequence

from sqlalchemy import insert, select

from actions.adapters.database.audit import SqlAudit
from actions.adapters.database.engine import Database
from actions.adapters.database.people import SqlPeople, code_hash, new_code
from actions.adapters.database.schema.people import invitations, people
from actions.application.invited import Invited, UnknownInvitee
from actions.application.ports import Clock
from actions.application.records import Seated
from actions.domain.community import Community
from actions.domain.identifiers import AreaCode, PersonId
from actions.domain.people import Role
from actions.domain.place import AreaKind, shared_path
from actions.domain.roster import RosterEntry
from actions.domain.seating import GIVEN, is_wide_enough, usual_area

_SYSTEM = PersonId(0)
#: More seats than any street has.
_ALL = 2000


class SqlInvitations:
    def __init__(self, database: Database, clock: Clock, community: Community) -> None:
        self._database = database
        self._clock = clock
        self._community = community

    async def invite(
        self, role: str, *, area: str = "", name: str = "", roster_key: str = "", seat: str = "",
        by: PersonId = _SYSTEM, where: str = "at the terminal",
    ) -> Invited:  # fmt: skip
        """Make a code for a role. A roster entry or a name binds it to one person.

        Args:
            role: its code.
            area: the code of an area; the roster's, or the whole community, if left out.
            name: what the person is called.
            roster_key: their entry in the roster; whoever held it before loses its powers.
            seat: the same for a place the roster does not list.
            by: who invites.
            where: what the trail says of it.

        Raises:
            UnknownInvitee: there is no such role, area or roster entry.
        """
        invited = self._plan(role, area, name, roster_key)
        async with self._database.write() as conn:
            await conn.execute(
                insert(invitations).values(
                    code_hash=code_hash(invited.code),
                    role=invited.role.value,
                    area=invited.area,
                    display_name=invited.display_name,
                    roster_key=roster_key or seat or None,
                    created_by=by,
                    created_at=self._clock.now(),
                    expires_at=invited.expires_at,
                    needs_confirming=invited.needs_confirming,
                )
            )
            await SqlAudit(conn, self._clock.now()).append(
                "invite", f"role:{invited.role}", by=by, area=invited.area, reason=where
            )
            await conn.commit()
        return invited

    async def seats(self) -> Sequence[tuple[str, Seated]]:
        """Who sits where, each with their participant id, by name."""
        async with self._database.read() as conn:
            street = self._community.root.partition("/")[0]
            found = await SqlPeople(conn, self._community).seated([street], limit=_ALL)
            ids = [each.person_id for each in found]
            query = select(people.c.id, people.c.participant_id).where(people.c.id.in_(ids))
            participants = {row.id: row.participant_id for row in await conn.execute(query)}
        return [(participants[each.person_id], each) for each in found]

    def _plan(self, role: str, area: str, name: str, roster_key: str) -> Invited:
        policy = self._community.policy
        entry = self._community.roster.get(roster_key)
        if roster_key and entry is None:
            raise UnknownInvitee(f"the roster has no entry {roster_key}")
        if role not in Role.__members__:
            raise UnknownInvitee(f"there is no role {role}; known are {', '.join(Role)}")
        if entry and Role(role) not in entry.roles:
            raise UnknownInvitee(f"the roster does not give {roster_key} the role {role}")
        if Role(role) not in GIVEN:
            raise UnknownInvitee(f"{role} is given to nobody; it is what a sealed report makes one")
        path = self._listed(entry) if entry and not area else self._path(Role(role), area)
        if not is_wide_enough(Role(role), path, self._community):
            raise UnknownInvitee(f"{role} sees across everybody; it is given for the community")
        display_name = name or (entry.name[self._community.locales[0]] if entry else "")
        return Invited(
            code=new_code(),
            role=Role(role),
            area=path,
            display_name=display_name,
            expires_at=self._clock.now() + policy.invitation_lifetime,
            needs_confirming=not (display_name and policy.named_invitations_bind_at_once),
        )

    def _listed(self, entry: RosterEntry) -> str:
        """The area of an entry: its only one, or the one that its grids are together."""
        paths = [self._community.path(area) for area in entry.areas]
        if len(paths) == 1:
            return paths[0]
        shared = shared_path(paths)
        inside = self._community.of_kind(AreaKind.GRID, inside=AreaCode(shared.rpartition("/")[2]))
        if {area.path for area in inside} != set(paths):
            raise UnknownInvitee(f"{entry.key} has several areas; name one of them")
        return shared

    def _path(self, role: Role, area: str) -> str:
        if not area:
            return usual_area(role, self._community)
        if area not in self._community.areas:
            raise UnknownInvitee(f"the community has no area {area}")
        return self._community.path(AreaCode(area))
