"""Commands about who works here: invite, look round, take a seat back, go on leave, come back."""

from dataclasses import dataclass

from actions.application.commands.base import Command, Pressable


@dataclass(frozen=True, kw_only=True)
class InviteColleague(Pressable):
    """A one-time code for a role and an area; what is left empty is asked for.

    `named` is true once the name was asked for; an unnamed code waits for a second look.
    """

    role: str = ""
    area: str = ""
    named: bool = False


@dataclass(frozen=True, kw_only=True)
class ShowColleagues(Pressable):
    """Who works here whose seat is mine to decide on? `skip` leaves out the first so many."""

    skip: int = 0


@dataclass(frozen=True, kw_only=True)
class ShowColleague(Pressable):
    """One of them: their seats and whether they are away."""

    person_id: int


@dataclass(frozen=True, kw_only=True)
class ShowSeat(Pressable):
    """Somebody who redeemed a code and waits: is it really them?"""

    invitation_id: int


@dataclass(frozen=True, kw_only=True)
class TakeSeat(Pressable):
    """Take a role back, at once; `confirmed` after the question whether really."""

    person_id: int
    role: str
    area: str
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True)
class RevokeSeats(Command):
    """At the terminal or in the console: take back one seat of a person, or all (both empty)."""

    person_id: int
    role: str = ""
    area: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class GoAway(Pressable):
    """I am away, or (`person_id`) a colleague is; `until` is a day (ISO), empty asks for it."""

    person_id: int = 0
    until: str = ""


@dataclass(frozen=True, kw_only=True)
class ComeBack(Pressable):
    """I am here again, or (`person_id`) a colleague is."""

    person_id: int = 0


@dataclass(frozen=True, kw_only=True)
class HandAllOver(Pressable):
    """Whatever a colleague who is away has on hand goes to another."""

    of: int
    to: int
