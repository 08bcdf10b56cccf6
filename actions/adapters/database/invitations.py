"""`SqlInvitations`: one-time codes that give a role; the code itself is kept nowhere."""

import base64
import secrets
from collections.abc import Iterable

from sqlalchemy import insert

from actions.adapters.database.engine import Database
from actions.adapters.database.people import code_hash
from actions.adapters.database.schema.people import invitations
from actions.application.invited import Invited, UnknownInvitee
from actions.application.ports import Clock
from actions.domain.community import Community
from actions.domain.identifiers import AreaCode, PersonId
from actions.domain.people import Role

_SYSTEM = PersonId(0)
#: 17 bytes are 136 bits; in base32 they can be read aloud.
_CODE_BYTES = 17
_GROUP = 4


class SqlInvitations:
    def __init__(self, database: Database, clock: Clock, community: Community) -> None:
        self._database = database
        self._clock = clock
        self._community = community

    async def invite(
        self, role: str, *, area: str = "", name: str = "", roster_key: str = "",
        by: PersonId = _SYSTEM,
    ) -> Invited:  # fmt: skip
        """Make a code for a role. A roster entry or a name binds it to one person.

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
                    roster_key=roster_key or None,
                    created_by=by,
                    created_at=self._clock.now(),
                    expires_at=invited.expires_at,
                    needs_confirming=invited.needs_confirming,
                )
            )
            await conn.commit()
        return invited

    def _plan(self, role: str, area: str, name: str, roster_key: str) -> Invited:
        policy = self._community.policy
        entry = self._community.roster.get(roster_key)
        if roster_key and entry is None:
            raise UnknownInvitee(f"the roster has no entry {roster_key}")
        if role not in Role.__members__:
            raise UnknownInvitee(f"there is no role {role}; known are {', '.join(Role)}")
        if entry and Role(role) not in entry.roles:
            raise UnknownInvitee(f"the roster does not give {roster_key} the role {role}")
        areas = entry.areas if entry else ()
        display_name = name or (entry.name[self._community.locales[0]] if entry else "")
        return Invited(
            code=new_code(),
            role=Role(role),
            area=self._path(area) if area or not areas else _common(map(self._path, areas)),
            display_name=display_name,
            expires_at=self._clock.now() + policy.invitation_lifetime,
            needs_confirming=not (display_name and policy.named_invitations_bind_at_once),
        )

    def _path(self, area: str) -> str:
        if not area:
            return self._community.root
        if area not in self._community.areas:
            raise UnknownInvitee(f"the community has no area {area}")
        return self._community.path(AreaCode(area))


def new_code() -> str:
    """Letters and digits in groups of four, none of them easily taken for another."""
    text = base64.b32encode(secrets.token_bytes(_CODE_BYTES)).decode().rstrip("=")
    return "-".join(text[i : i + _GROUP] for i in range(0, len(text), _GROUP))


def _common(paths: Iterable[str]) -> str:
    """The smallest area that holds them all: a grant has one area."""
    parts = [path.split("/") for path in paths]
    shared = []
    for steps in zip(*parts, strict=False):
        if len(set(steps)) > 1:
            break
        shared.append(steps[0])
    return "/".join(shared)
