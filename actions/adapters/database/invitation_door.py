"""`SqlInvitationDoor`: codes redeemed by somebody whom a platform knows; no session is made."""

from actions.adapters.database.engine import Database
from actions.adapters.database.people import SqlPeople
from actions.adapters.database.seats import SqlSeats
from actions.application.ports import Clock
from actions.application.ports_channels import Seated
from actions.application.records import Invitation
from actions.domain.community import Community
from actions.domain.errors import InvitationError
from actions.domain.identifiers import PersonId


class SqlInvitationDoor:
    def __init__(self, database: Database, clock: Clock, community: Community) -> None:
        self._database = database
        self._clock = clock
        self._community = community

    async def redeem(self, code: str, person_id: PersonId) -> Seated:
        now = self._clock.now()
        async with self._database.write() as conn:
            seats = SqlSeats(conn, SqlPeople(conn, self._community))
            invitation = await seats.invitation(code)
            if invitation is None:
                raise InvitationError
            if invitation.redeemed_by == person_id:
                return _seated(invitation)
            if invitation.expires_at <= now or not await seats.redeem(invitation, person_id, now):
                raise InvitationError
            if not invitation.needs_confirming:
                await seats.seat(invitation, person_id, invitation.created_by, now)
            await conn.commit()
        return _seated(invitation)


def _seated(invitation: Invitation) -> Seated:
    roles = () if invitation.needs_confirming else (invitation.role,)
    return Seated(invitation_id=invitation.id, roles=roles)
