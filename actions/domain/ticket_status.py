"""The life of a ticket: its states and the one table of allowed changes (lifecycle.csv)."""

from dataclasses import dataclass
from enum import StrEnum


class TicketStatus(StrEnum):
    """Where a ticket stands (mission 6.2)."""

    DRAFT = "draft"  #: being gathered
    SUBMITTED = "submitted"  #: filed, number given
    TRIAGE = "triage"  #: a person decides where it goes
    NEEDS_INFO = "needs_info"  #: waiting for the reporter
    MERGED = "merged"  #: follows another ticket
    NOT_ACCEPTED = "not_accepted"  #: refused with a reason and the right door
    DISPATCHED = "dispatched"  #: offered to an assignee
    ACCEPTED = "accepted"  #: taken by the assignee
    RETURNED = "returned"  #: disputed by the assignee
    TRANSFERRED = "transferred"  #: handed to another, not yet taken
    IN_PROGRESS = "in_progress"  #: being worked on
    SCHEDULED = "scheduled"  #: a date is set
    ON_HOLD = "on_hold"  #: paused with a reason and a review date
    EXTERNAL = "external"  #: with an outside body
    DELIBERATION = "deliberation"  #: with the committee
    RESOLVED = "resolved"  #: settled, waiting for the rating
    REOPENED = "reopened"  #: not settled after all
    CLOSED_FIXED = "closed_fixed"  #: closed, solved
    CLOSED_PARTLY = "closed_partly"  #: closed, partly solved
    CLOSED_UNFIXED = "closed_unfixed"  #: closed, not solved, explained
    CLOSED_UNRATED = "closed_unrated"  #: closed after silence, never counted as satisfied
    WITHDRAWN = "withdrawn"  #: taken back by the reporter
    ARCHIVED = "archived"  #: kept for the record only


class Verb(StrEnum):
    """What can be done to a ticket. The second group leaves the status as it is."""

    BEGIN = "begin"
    SUBMIT = "submit"
    ABANDON = "abandon"
    EXPIRE = "expire"
    TRIAGE = "triage"
    DISPATCH = "dispatch"
    ASK = "ask"
    MERGE = "merge"
    DECLINE = "decline"
    HAND_OUT = "hand_out"
    DELIBERATE = "deliberate"
    ANSWER = "answer"
    GIVE_UP = "give_up"
    ACCEPT = "accept"
    RETURN = "return"
    TRANSFER = "transfer"
    ESCALATE = "escalate"
    START = "start"
    RESOLVE = "resolve"
    RULE = "rule"
    SCHEDULE = "schedule"
    HOLD = "hold"
    RESCHEDULE = "reschedule"
    RESUME = "resume"
    REPORT = "report"
    TAKE_BACK = "take_back"
    MILESTONE = "milestone"
    SATISFIED = "satisfied"
    PARTLY = "partly"
    DISSATISFIED = "dissatisfied"
    LAPSE = "lapse"
    EXPLAIN = "explain"
    UNMERGE = "unmerge"
    FOLLOW = "follow"
    REOPEN = "reopen"
    APPEAL = "appeal"
    WITHDRAW = "withdraw"
    RAISE_TIER = "raise_tier"
    LOWER_TIER = "lower_tier"
    ARCHIVE = "archive"

    NOTE = "note"  #: progress, told to the reporter or not
    PHOTO = "photo"
    CONTACT = "contact"  #: first human word to the reporter
    SAY = "say"  #: one relayed line between reporter and assignee
    URGE = "urge"  #: the reporter chases; a signal, never a penalty
    JOIN = "join"  #: me too
    LEAVE = "leave"
    ADD = "add"  #: the reporter adds a detail
    RECATEGORISE = "recategorise"
    RELOCATE = "relocate"
    CLIMB = "climb"  #: a rung of the escalation ladder was reached
    PROPOSE = "propose"  #: the assignee asks a lead's approval (to pause, to extend)
    REFUSE = "refuse"  #: the lead says no to it
    EXTEND = "extend"  #: the lead grants the one extension
    PROMISE = "promise"  #: the other party promised something
    RECHECK = "recheck"  #: the reporter says whether the promise is kept
    VERIFY = "verify"  #: somebody looked on site
    TEMPORARY = "temporary"  #: the temporary step is done, the lasting remedy is not
    SPLIT = "split"  #: a part was handed to another body
    PART = "part"  #: news of a part
    RECUSE = "recuse"  #: somebody it is about is kept away from it
    TAKE_OVER = "take_over"  #: somebody else takes the assignee's place where it stands
    CHANGED = "changed"  #: what changed because of it, even months later


#: Verbs that add to the record of an open ticket and move nothing.
IN_PLACE = frozenset(
    {
        Verb.NOTE, Verb.PHOTO, Verb.CONTACT, Verb.SAY, Verb.URGE, Verb.JOIN, Verb.LEAVE,
        Verb.ADD, Verb.RECATEGORISE, Verb.RELOCATE, Verb.CLIMB, Verb.PROPOSE, Verb.REFUSE,
        Verb.EXTEND, Verb.PROMISE, Verb.RECHECK, Verb.VERIFY, Verb.TEMPORARY, Verb.SPLIT,
        Verb.PART, Verb.RECUSE, Verb.CHANGED, Verb.TAKE_OVER,
    }
)  # fmt: skip
#: Leaves the status as it is, and those who raised the matter hear nothing of it.
UNHEARD = frozenset(
    {
        Verb.CLIMB, Verb.NOTE, Verb.PHOTO, Verb.PROPOSE, Verb.REFUSE, Verb.URGE, Verb.JOIN,
        Verb.LEAVE, Verb.ADD, Verb.RELOCATE, Verb.VERIFY, Verb.RECHECK, Verb.RECUSE, Verb.PART,
        Verb.LOWER_TIER,
    }
)  # fmt: skip
#: In place, and allowed when the ticket is closed as well.
AFTERWARDS = frozenset({Verb.CHANGED, Verb.RECHECK})

#: Wildcards of the table's first and third column.
NOTHING = "-"
ANY_OPEN = "any open"
ANY_CLOSED = "closed_*"
WHERE_IT_CAME_FROM = "(where it came from)"
AS_THE_MASTER = "(the master's closing state)"
SAME = "(same)"

CLOSED = frozenset(
    {
        TicketStatus.NOT_ACCEPTED, TicketStatus.CLOSED_FIXED, TicketStatus.CLOSED_PARTLY,
        TicketStatus.CLOSED_UNFIXED, TicketStatus.CLOSED_UNRATED, TicketStatus.WITHDRAWN,
        TicketStatus.ARCHIVED,
    }
)  # fmt: skip
OPEN = frozenset(TicketStatus) - CLOSED - {TicketStatus.DRAFT}
#: States in which the clocks stand still.
PAUSED = frozenset({TicketStatus.NEEDS_INFO, TicketStatus.ON_HOLD})
#: States in which somebody must say who gets it.
UNDECIDED = frozenset({TicketStatus.TRIAGE, TicketStatus.RETURNED, TicketStatus.REOPENED})
#: States in which it is offered to an assignee who has not said yes.
OFFERED = frozenset({TicketStatus.DISPATCHED, TicketStatus.TRANSFERRED})
#: Somebody is on it, or was until a ruling: what presses can be made safe.
AT_WORK = frozenset(
    {
        TicketStatus.ACCEPTED, TicketStatus.IN_PROGRESS, TicketStatus.SCHEDULED,
        TicketStatus.ON_HOLD, TicketStatus.EXTERNAL, TicketStatus.RETURNED,
    }
)  # fmt: skip
#: Work is owed by an assignee.
WITH_ASSIGNEE = frozenset(
    {
        TicketStatus.DISPATCHED, TicketStatus.ACCEPTED, TicketStatus.TRANSFERRED,
        TicketStatus.IN_PROGRESS, TicketStatus.SCHEDULED, TicketStatus.ON_HOLD,
        TicketStatus.EXTERNAL, TicketStatus.NEEDS_INFO,
    }
)  # fmt: skip


@dataclass(frozen=True)
class Transition:
    """One allowed change. `who` holds role codes or RES, ANO, follower, assignee, system."""

    source: str
    verb: Verb
    target: str
    who: frozenset[str]

    def starts_at(self, status: TicketStatus | None) -> bool:
        if self.source == NOTHING:
            return status is None
        if status is None:
            return False
        if self.source == ANY_OPEN:
            return status in OPEN
        if self.source == ANY_CLOSED:
            return status.value.startswith("closed_")
        return self.source == status.value


def _row(source: str, verb: Verb, target: str, who: str) -> Transition:
    return Transition(source, verb, target, frozenset(who.split()))


# fmt: off
TRANSITIONS: tuple[Transition, ...] = (
    _row("-", Verb.BEGIN, "draft", "RES ANO GWF GWP CAP"),
    _row("draft", Verb.SUBMIT, "submitted", "RES ANO GWF GWP CAP"),
    _row("draft", Verb.ABANDON, "withdrawn", "RES ANO"),
    _row("draft", Verb.EXPIRE, "withdrawn", "system"),
    _row("submitted", Verb.TRIAGE, "triage", "system"),
    _row("submitted", Verb.DISPATCH, "dispatched", "system"),
    _row("triage", Verb.DISPATCH, "dispatched", "DSP GLD CMT system"),
    _row("triage", Verb.ASK, "needs_info", "DSP GLD GWF"),
    _row("triage", Verb.MERGE, "merged", "DSP GLD CMT RVW"),
    _row("triage", Verb.DECLINE, "not_accepted", "DSP CMT"),
    _row("triage", Verb.HAND_OUT, "external", "DSP CMT"),
    _row("triage", Verb.DELIBERATE, "deliberation", "DSP CMT CHR"),
    _row("needs_info", Verb.ANSWER, "(where it came from)", "RES ANO"),
    _row("needs_info", Verb.GIVE_UP, "closed_unfixed", "system"),
    _row("dispatched", Verb.ACCEPT, "accepted", "assignee"),
    _row("dispatched", Verb.RETURN, "returned", "assignee"),
    _row("dispatched", Verb.TRANSFER, "dispatched", "assignee GLD DSP"),
    _row("dispatched", Verb.ESCALATE, "dispatched", "system GLD"),
    _row("accepted", Verb.START, "in_progress", "assignee"),
    _row("accepted", Verb.RETURN, "returned", "assignee"),
    _row("accepted", Verb.TRANSFER, "transferred", "assignee GLD DSP"),
    _row("accepted", Verb.ASK, "needs_info", "assignee"),
    _row("accepted", Verb.RESOLVE, "resolved", "assignee"),
    _row("returned", Verb.RULE, "dispatched", "DSP GLD"),
    _row("transferred", Verb.ACCEPT, "accepted", "assignee"),
    _row("in_progress", Verb.SCHEDULE, "scheduled", "assignee"),
    _row("in_progress", Verb.HOLD, "on_hold", "assignee"),
    _row("in_progress", Verb.HAND_OUT, "external", "assignee CMT"),
    _row("in_progress", Verb.ASK, "needs_info", "assignee"),
    _row("in_progress", Verb.DELIBERATE, "deliberation", "assignee CMT CHR"),
    _row("in_progress", Verb.TRANSFER, "transferred", "assignee GLD DSP"),
    _row("in_progress", Verb.RESOLVE, "resolved", "assignee"),
    _row("scheduled", Verb.START, "in_progress", "assignee"),
    _row("scheduled", Verb.RESCHEDULE, "scheduled", "assignee"),
    _row("scheduled", Verb.RESOLVE, "resolved", "assignee"),
    _row("on_hold", Verb.RESUME, "in_progress", "assignee GLD system"),
    _row("external", Verb.REPORT, "external", "assignee CMT system"),
    _row("external", Verb.TAKE_BACK, "in_progress", "assignee CMT"),
    _row("external", Verb.RESOLVE, "resolved", "assignee CMT"),
    _row("deliberation", Verb.MILESTONE, "deliberation", "CHR system"),
    _row("deliberation", Verb.RESOLVE, "resolved", "CHR CMT"),
    _row("deliberation", Verb.TAKE_BACK, "in_progress", "CHR CMT"),
    _row("resolved", Verb.SATISFIED, "closed_fixed", "RES ANO"),
    _row("resolved", Verb.PARTLY, "closed_partly", "RES ANO"),
    _row("resolved", Verb.DISSATISFIED, "reopened", "RES ANO"),
    _row("resolved", Verb.LAPSE, "closed_unrated", "system"),
    _row("resolved", Verb.EXPLAIN, "closed_unfixed", "CMT SUP"),
    _row("reopened", Verb.DISPATCH, "dispatched", "GLD CMT SUP system"),
    _row("merged", Verb.UNMERGE, "triage", "DSP GLD RVW"),
    _row("merged", Verb.FOLLOW, "(the master's closing state)", "system"),
    _row("closed_fixed", Verb.REOPEN, "reopened", "RES ANO follower"),
    _row("closed_partly", Verb.REOPEN, "reopened", "RES ANO follower"),
    _row("closed_unfixed", Verb.REOPEN, "reopened", "RES ANO follower"),
    _row("closed_unrated", Verb.REOPEN, "reopened", "RES ANO follower"),
    _row("not_accepted", Verb.APPEAL, "triage", "RES ANO"),
    _row("any open", Verb.WITHDRAW, "withdrawn", "RES ANO"),
    _row("any open", Verb.RAISE_TIER, "(same)", "system GLD CMT"),
    _row("any open", Verb.LOWER_TIER, "(same)", "GLD"),
    _row("closed_*", Verb.ARCHIVE, "archived", "system"),
    _row("withdrawn", Verb.ARCHIVE, "archived", "system"),
)
# fmt: on


def transitions(status: TicketStatus | None, verb: Verb) -> tuple[Transition, ...]:
    """The rows that allow `verb` at `status`, most specific first."""
    found = [row for row in TRANSITIONS if row.verb is verb and row.starts_at(status)]
    return tuple(sorted(found, key=lambda row: row.source in (ANY_OPEN, ANY_CLOSED)))
