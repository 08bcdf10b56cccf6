"""An invitation as its maker sees it, once; afterwards only the code's hash is known."""

from dataclasses import dataclass
from datetime import datetime

from actions.domain.people import CONSOLE_ROLES, Role


@dataclass(frozen=True, kw_only=True)
class Invited:
    code: str
    role: Role
    area: str  #: path
    display_name: str
    expires_at: datetime
    needs_confirming: bool

    @property
    def opens_console(self) -> bool:
        """Whether the code is for the console; others are for the chat."""
        return self.role in CONSOLE_ROLES


class UnknownInvitee(ValueError):
    """The role, the area or the roster entry does not exist in this community."""
