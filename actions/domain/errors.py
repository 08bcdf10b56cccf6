"""Errors people can cause. The docstring is the default message; `key` names the text shown.

CommunityError
├── NotAllowed
├── IllegalTransition
├── NotFound
├── OutOfDate
├── ChangedMeanwhile
├── Missing
├── InvitationError
├── TooMany
├── TooManyOpen
├── BadUpload
└── OnHold
StaleLease, RaceLost, StoreAway and StoreBroken are ours, never shown.
"""

from typing import Any, ClassVar


class CommunityError(Exception):
    """That did not work."""

    key: ClassVar[str] = "error_general"

    def __init__(self, **params: Any) -> None:
        super().__init__(self.__doc__)
        self.params = params


class NotAllowed(CommunityError):
    """You may not do this to this matter."""

    key = "error_not_allowed"


class IllegalTransition(CommunityError):
    """The matter has moved on; this step is no longer possible."""

    key = "error_moved_on"


class NotFound(CommunityError):
    """There is no such matter."""

    key = "error_not_found"


class OutOfDate(CommunityError):
    """This button belongs to something that has changed since."""

    key = "error_out_of_date"


class ChangedMeanwhile(CommunityError):
    """Somebody changed it meanwhile: look at it as it stands now."""

    key = "error_conflict"


class Missing(CommunityError):
    """Something is still missing."""

    key = "error_missing"


class InvitationError(CommunityError):
    """This code is not valid, or no longer."""

    key = "error_invitation"


class TooMany(CommunityError):
    """Too many at once; please wait a little."""

    key = "error_too_many"


class TooManyOpen(CommunityError):
    """So many of your matters are still open; one more has to wait."""

    key = "error_too_many_open"


class BadUpload(CommunityError):
    """This file cannot be taken."""

    key = "error_bad_upload"


class OnHold(CommunityError):
    """This has to be kept for now, because a legal matter depends on it."""

    key = "error_on_hold"


class StaleLease(Exception):
    """Another process has taken over this conversation."""


class RaceLost(Exception):
    """Somebody else changed the row first; the transaction is to be repeated."""


class StoreAway(Exception):
    """The store takes and gives nothing for now; nobody knows what became of a commit."""

    @property
    def noted(self) -> dict[str, str]:
        """What a line of the log adds; the reason holds no words of anybody."""
        return {"action": "store_away", "error": str(self)}


class StoreBroken(StoreAway):
    """What was to be kept for good may not be; only a new start tells what is left."""
