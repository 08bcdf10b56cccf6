"""The message matrix (mission 6.6): who hears what when a ticket changes. Data, no rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from actions.domain.ticket_status import Verb


@dataclass(frozen=True, kw_only=True)
class News:
    """Template keys by listener; empty means they hear nothing.

    `buttons` names what the raisers may press; `reporter` replaces `raised` for the reporter.
    """

    raised: str = ""
    reporter: str = ""
    reporter_buttons: str = ""
    buttons: str = ""
    assignee: str = ""
    card: str = ""  #: the new assignee's card
    kept: str = ""  #: instead of it, when it stays with whoever had it
    former: str = ""  #: the assignee before, when the ticket changes hands


MATRIX: Final[Mapping[Verb, News]] = {
    Verb.TRIAGE: News(raised="push_triage"),
    Verb.DISPATCH: News(raised="push_dispatched", card="work_dispatched", former="work_gone"),
    Verb.RULE: News(
        raised="push_reassigned",
        card="work_dispatched",
        kept="work_ruled_stays",
        former="work_ruled",
    ),
    Verb.TRANSFER: News(raised="push_transferred", card="work_transferred", former="work_gone"),
    Verb.TAKE_OVER: News(raised="push_transferred", card="work_taken_over", former="work_gone"),
    Verb.ESCALATE: News(
        raised="push_reassigned", card="work_escalated", former="work_escalated_away"
    ),
    Verb.ACCEPT: News(raised="push_accepted"),
    Verb.START: News(raised="push_started"),
    Verb.SCHEDULE: News(raised="push_scheduled"),
    Verb.RESCHEDULE: News(raised="push_rescheduled"),
    Verb.HOLD: News(raised="push_on_hold"),
    Verb.RESUME: News(raised="push_resumed", assignee="work_resumed"),
    Verb.REFUSE: News(assignee="work_refused"),
    Verb.EXTEND: News(raised="push_extended", assignee="work_extended"),
    Verb.TEMPORARY: News(raised="push_temporary"),
    Verb.HAND_OUT: News(raised="push_external", card="work_external", former="work_handed_out"),
    Verb.REPORT: News(raised="push_external_news", assignee="work_outside_news"),
    Verb.TAKE_BACK: News(raised="push_taken_back", assignee="work_taken_back", former="work_gone"),
    Verb.DELIBERATE: News(raised="push_deliberation"),
    Verb.MILESTONE: News(raised="push_milestone"),
    Verb.MERGE: News(raised="push_merged"),
    Verb.UNMERGE: News(raised="push_unmerged"),
    # Whoever waits for a merged ticket hears the news of the whole.
    Verb.FOLLOW: News(),
    Verb.DECLINE: News(
        raised="push_declined_for_follower", reporter="push_declined", reporter_buttons="appeal"
    ),
    # The question itself reaches the reporter by the relay.
    Verb.ASK: News(raised="push_waiting", reporter="-"),
    Verb.ANSWER: News(raised="push_answered"),
    Verb.GIVE_UP: News(raised="push_given_up", buttons="reopen", assignee="work_given_up"),
    Verb.RESOLVE: News(
        raised="push_resolved_for_follower", reporter="push_resolved", reporter_buttons="rate"
    ),
    Verb.SATISFIED: News(raised="push_closed_fixed", buttons="reopen", assignee="work_satisfied"),
    Verb.PARTLY: News(raised="push_closed_partly", buttons="reopen", assignee="work_partly"),
    Verb.DISSATISFIED: News(raised="push_reopened", assignee="work_dissatisfied"),
    Verb.LAPSE: News(raised="push_lapsed", buttons="reopen", assignee="work_lapsed"),
    Verb.EXPLAIN: News(raised="push_unfixed", buttons="reopen", assignee="work_explained"),
    Verb.REOPEN: News(raised="push_reopened", assignee="work_reopened"),
    Verb.PROMISE: News(raised="push_promised"),
    Verb.VERIFY: News(assignee="work_verified"),
    Verb.APPEAL: News(raised="push_appealed"),
    Verb.WITHDRAW: News(raised="push_withdrawn", assignee="work_withdrawn"),
    Verb.URGE: News(assignee="work_urged"),
    Verb.JOIN: News(assignee="work_joined"),
    Verb.ADD: News(assignee="work_added"),
    Verb.RELOCATE: News(assignee="work_relocated"),
    Verb.RECATEGORISE: News(raised="push_recategorised", assignee="work_recategorised"),
    Verb.SPLIT: News(raised="push_joint"),
    Verb.RAISE_TIER: News(raised="push_tier_raised", assignee="work_tier_raised"),
    Verb.LOWER_TIER: News(assignee="work_tier_lowered"),
}

#: Said by `reporter` when the reporter hears it some other way.
SAID_ELSEWHERE: Final = "-"

#: Where there is another side, or a small house would know whose flat it is: that anybody else
#: spoke is not said to those who raised it.
WITHOUT_NEIGHBOURS: Final[Mapping[str, str]] = {
    "push_merged": "push_merged_sealed",
    "push_waiting": "push_waiting_sealed",
    "push_resolved_for_follower": "push_resolved_sealed",
    "push_closed_fixed": "push_closed_sealed",
    "push_withdrawn": "push_withdrawn_sealed",
    "push_appealed": "push_appealed_sealed",
    "push_reopened": "push_reopened_sealed",
}
