"""`Ticket`: the aggregate. Its verbs are the only way a status changes; its state is a fold."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from actions.domain.asked import still_looking, still_pending
from actions.domain.carried import CARRIED, restored
from actions.domain.errors import IllegalTransition
from actions.domain.identifiers import LeafCode, PersonId, TicketId
from actions.domain.road import UNHURRIED, road_of
from actions.domain.ticket_status import (
    AFTERWARDS,
    AS_THE_MASTER,
    CLOSED,
    IN_PLACE,
    OPEN,
    PAUSED,
    SAME,
    UNDECIDED,
    WHERE_IT_CAME_FROM,
    TicketStatus,
    Verb,
    transitions,
)
from actions.domain.timeline import TimelineEntry


@dataclass(frozen=True, kw_only=True)
class Deed:
    """What every verb needs to know about the one who does it."""

    actor: PersonId
    role: str
    at: datetime
    cause: str = ""


@dataclass
class Ticket:
    """One matter. Fields are written by `_apply` only, so that entries rebuild them."""

    id: TicketId | None = None
    number: str = ""
    status: TicketStatus | None = None
    category: LeafCode = field(default_factory=lambda: LeafCode(""))
    urgency: str = ""
    tier: str = ""
    privacy: str = ""
    summary: str = ""
    location: Mapping[str, Any] = field(default_factory=dict)
    area: str = ""  #: path of the estate or building
    grid: str = ""  #: path of the grid that serves it
    reporter: PersonId | None = None
    anonymous: bool = False
    assignee: PersonId | None = None
    assignee_role: str = ""
    filed_at: datetime | None = None
    accept_due_at: datetime | None = None
    contact_due_at: datetime | None = None
    settle_due_at: datetime | None = None
    paused_at: datetime | None = None
    contacted_at: datetime | None = None
    came_from: TicketStatus | None = None
    closed_at: datetime | None = None
    resolved_at: datetime | None = None
    reopenings: int = 0
    chases: int = 0
    rating: str = ""
    rules: str = field(default="", compare=False)  #: version of the settings it was filed under
    origin: str = ""  #: how it came in when not by the resident's own word, see `Origin`
    parent: str = ""  #: number of the ticket this one is a part or the rest of
    master: str = ""  #: number of the ticket this one is merged into
    recused: Sequence[int] = ()  #: people it is about: they neither see nor handle it
    body: str = ""  #: the outside body that has it
    receipt: str = ""  #: what the outside body calls it
    proposal: str = ""  #: number under which the committee has it
    review_at: datetime | None = None  #: when somebody must look again while it waits
    recheck_at: datetime | None = None  #: when the reporter is asked whether a promise was kept
    clock_from: datetime | None = None  #: the contact and settle clocks started here
    #: Whoever is to take it, or to say who does, has had it since.
    accept_from: datetime | None = None
    rung: int = 0  #: of the ladder, reached last, for the clock named in `rung_clock`
    rung_clock: str = ""
    rungs: Mapping[str, int] = field(default_factory=dict)  #: the highest so far, by clock
    pending: str = ""  #: what the assignee asked a lead's word for and has not heard: hold, extend
    looking: Mapping[str, int] = field(
        default_factory=dict
    )  #: who is asked to look, by which entry
    #: When the next rung is due: derived from the rules when the ticket is kept, not folded.
    next_rung_at: datetime | None = None
    version: int = 0
    new_entries: list[TimelineEntry] = field(default_factory=list)

    # -- reading -----------------------------------------------------------------------------

    @classmethod
    def fold(cls, entries: Iterable[TimelineEntry]) -> "Ticket":
        """Rebuild a ticket from its whole timeline."""
        ticket = cls()
        for entry in entries:
            ticket._apply(entry)
        return ticket

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def is_settled(self) -> bool:
        """Closed as a ticket that was worked on; what was refused or taken back is not."""
        return (self.status or "").startswith("closed_")

    @property
    def is_supervised(self) -> bool:
        """Twice not settled: the supervisor follows it (mission 6.2)."""
        return self.reopenings >= SUPERVISED_FROM

    @property
    def promise(self) -> tuple[str, datetime | None]:
        """The clock that runs now (accept, contact, settle or '') and its date."""
        if not self.is_open or self.status in _WITHOUT_CLOCK:
            return "", None
        if self.status in (TicketStatus.DISPATCHED, TicketStatus.TRANSFERRED):
            return "accept", self.accept_due_at
        if self.contacted_at is None:
            return "contact", self.contact_due_at
        return "settle", self.settle_due_at

    def next_date(self, now: datetime) -> datetime | None:
        """The soonest date those who wait can count on; a promise already broken is none."""
        _, due_at = self.promise
        contact = None if self.contacted_at else self.contact_due_at
        return contact if due_at and contact and now < contact < due_at else due_at

    def is_late(self, now: datetime) -> bool:
        """The date those who wait were given for what comes next has passed."""
        _, due_at = self.promise
        return due_at is not None and due_at <= now

    def allows(self, verb: Verb) -> bool:
        """Whether the table lets anybody at all do this now."""
        if verb in IN_PLACE:
            return self.is_open or (verb in AFTERWARDS and self.is_settled)
        return bool(transitions(self.status, verb))

    # -- verbs -------------------------------------------------------------------------------

    def begin(self, deed: Deed, **data: Any) -> None:
        self.record(Verb.BEGIN, deed, **data)

    def submit(self, deed: Deed, *, number: str, **data: Any) -> None:
        self.record(Verb.SUBMIT, deed, number=number, **data)

    def dispatch(self, deed: Deed, *, assignee: PersonId, role: str, **data: Any) -> None:
        self.record(Verb.DISPATCH, deed, assignee=assignee, assignee_role=role, **data)

    def transfer(self, deed: Deed, *, assignee: PersonId, role: str, reason: str) -> None:
        self.record(Verb.TRANSFER, deed, reason=reason, assignee=assignee, assignee_role=role)

    def record(self, verb: Verb, deed: Deed, *, reason: str = "", **data: Any) -> TimelineEntry:
        """Append one entry if the table allows it here.

        Raises:
            IllegalTransition: the status does not allow the verb.
        """
        entry = TimelineEntry(
            seq=self.version + 1,
            verb=verb,
            source=self.status,
            target=self._target(verb, data),
            actor=deed.actor,
            role=deed.role,
            at=deed.at,
            reason=reason,
            data=data,
            cause=deed.cause,
        )
        self._apply(entry)
        self.new_entries.append(entry)
        return entry

    def _target(self, verb: Verb, data: Mapping[str, Any]) -> TicketStatus:
        if verb in IN_PLACE and self.status is not None and self.allows(verb):
            return self.status
        rows = transitions(self.status, verb)
        if not rows:
            raise IllegalTransition(verb=verb.value, status=self.status or "")
        target = rows[0].target
        if target == SAME and self.status is not None:
            return self.status
        if target == AS_THE_MASTER:
            return _closing(data.get("closing"))
        if target == WHERE_IT_CAME_FROM and self.came_from is not None:
            return self.came_from
        return TicketStatus(target)

    # -- fold --------------------------------------------------------------------------------

    def _apply(self, entry: TimelineEntry) -> None:
        self._keep_clock(entry)
        self.version = entry.seq
        if entry.target is TicketStatus.NEEDS_INFO and entry.moves:
            self.came_from = entry.source
        self.status = entry.target
        if entry.moves:
            self.review_at = None
        for name in CARRIED & entry.data.keys():
            setattr(self, name, restored(name, entry.data[name]))
        if road_of(self.category) in UNHURRIED:
            self.accept_due_at = self.contact_due_at = self.settle_due_at = None
        self._count(entry)
        self.pending = still_pending(self.pending, entry)
        self.looking = still_looking(self.looking, entry)
        self._keep_ladder(entry)

    def _keep_clock(self, entry: TimelineEntry) -> None:
        """Dates move on by the time a ticket was paused, unless the entry brings better ones."""
        if entry.target in PAUSED and self.paused_at is None:
            self.paused_at = entry.at
        elif entry.target not in PAUSED and self.paused_at is not None:
            pause = entry.at - self.paused_at
            self.contact_due_at = self.contact_due_at and self.contact_due_at + pause
            self.settle_due_at = self.settle_due_at and self.settle_due_at + pause
            self.accept_due_at = self.accept_due_at and self.accept_due_at + pause
            self.paused_at = None

    def _count(self, entry: TimelineEntry) -> None:
        match entry.verb:
            case Verb.SUBMIT:
                self.filed_at = self.clock_from = entry.at
                reporter = entry.data["reporter"]  # None once the person was forgotten
                self.reporter = None if reporter is None else PersonId(reporter)
            case Verb.CONTACT:
                self.contacted_at = self.contacted_at or entry.at
            case Verb.URGE:
                self.chases += 1
            case Verb.REOPEN | Verb.DISSATISFIED:
                self.reopenings += 1
                self.contacted_at = self.closed_at = None
                self.clock_from = entry.at
            case Verb.DISPATCH | Verb.TRANSFER | Verb.ESCALATE | Verb.RULE | Verb.TAKE_OVER:
                self.accept_from = entry.at
            case Verb.RESOLVE:
                self.resolved_at = entry.at
            case Verb.SATISFIED | Verb.PARTLY:
                self.rating = entry.verb.value
            case _:
                pass
        if entry.moves and entry.target in CLOSED and entry.verb is not Verb.ARCHIVE:
            self.closed_at = entry.at

    def _keep_ladder(self, entry: TimelineEntry) -> None:
        """A clock that starts again has its ladder before it."""
        clocks = _STARTS_AGAIN.get(entry.verb, frozenset())
        if entry.moves and entry.target in UNDECIDED:
            self.accept_from = entry.at
            clocks |= _TAKING
        climbed = entry.data.get("rungs", {}) if entry.verb is Verb.CLIMB else {}
        self.rungs = {**self.rungs, **climbed}
        self.rungs = {clock: rung for clock, rung in self.rungs.items() if clock not in clocks}
        if self.rung_clock in clocks:
            self.rung, self.rung_clock = 0, ""


def stands_with(ticket: Ticket, leading: Ticket | None) -> Ticket:
    """Where a ticket stands: with the one it is merged into, unless it was taken back."""
    if leading is None or ticket.status is TicketStatus.WITHDRAWN:
        return ticket
    return leading


#: Statuses in which no date of its own is owed.
_WITHOUT_CLOCK = frozenset(
    {TicketStatus.RESOLVED, TicketStatus.MERGED, TicketStatus.DELIBERATION, *PAUSED}
)

_TAKING = frozenset({"accept", "decide"})
_ALL_CLOCKS = _TAKING | {"contact", "settle"}
#: Which clocks of the ladder start again with a verb.
_STARTS_AGAIN = {
    **dict.fromkeys(
        (Verb.DISPATCH, Verb.TRANSFER, Verb.ESCALATE, Verb.RULE, Verb.TAKE_OVER), _TAKING
    ),
    **dict.fromkeys((Verb.REOPEN, Verb.DISSATISFIED), _ALL_CLOCKS),
    Verb.EXTEND: frozenset({"settle"}),
}

#: After so many reopenings the supervisor follows.
SUPERVISED_FROM = 2


def _closing(status: Any) -> TicketStatus:
    """The closing state a merged ticket takes over from its master."""
    if status not in CLOSED:
        raise IllegalTransition(verb=Verb.FOLLOW.value, status=str(status))
    return TicketStatus(status)
