"""A community's switches and limits: what it decided for itself, with sensible defaults."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, kw_only=True)
class Policy:
    """Every value may be set under `policy:` of the community file; the default is the field's."""

    life_at_risk_alerts_without_consent: bool = True
    emergency_reply_within: timedelta = timedelta(minutes=15)

    draft_resumes_for: timedelta = timedelta(hours=72)
    draft_nudge_after: timedelta = timedelta(hours=24)
    needs_info_for: timedelta = timedelta(days=7)
    unrated_closes_after: timedelta = timedelta(days=7)
    reopen_within: timedelta = timedelta(days=10)
    on_hold_review_within: timedelta = timedelta(days=14)
    triage_within: timedelta = timedelta(hours=2)
    dispute_ruling_within: timedelta = timedelta(hours=4)  #: and a lead's word to a proposal
    ask_outside_after: timedelta = timedelta(days=3)  #: working days without news from outside
    dispute_told_after: timedelta = timedelta(hours=24)
    still_working_every: timedelta = timedelta(days=7)
    deliberation_update_every: timedelta = timedelta(days=30)
    recheck_after: timedelta = timedelta(days=7)
    duplicate_window: timedelta = timedelta(days=14)  #: so long a closed matter may be meant again
    same_matter_from: float = 0.7  #: likeness from which a matter told before is offered
    archived_after: timedelta = timedelta(days=365)
    transcript_kept_for: timedelta = timedelta(days=365)

    nudge_worker_at: float = 0.5  #: shares of the clock at which a matter climbs the ladder
    tell_lead_at: float = 0.8
    tell_committee_at: float = 1.0
    tell_dispatcher_at: float = 1.5
    tier_rises_at_households: int = 3
    urgent_contact_within: timedelta = timedelta(hours=24)  #: what rises to 急事; 0: as before
    urge_again_after: timedelta = timedelta(hours=4)  #: of the matter's own hours, between pushes
    chases_tell_lead: int = 3

    invitation_lifetime: timedelta = timedelta(hours=72)
    named_invitations_bind_at_once: bool = True
    max_open_tickets: int = 10
    max_photos: int = 6
    max_text: int = 2000

    matter_from: float = 0.85  #: likelihood below which it is asked whether to file anything
    category_from: float = 0.45  #: likelihood from which a category needs no question
    either_from: float = 0.65  #: of the two likeliest together, from which only they are offered
    guess_from: float = 0.25  #: of the three likeliest together, below which a person sorts it
    alarm_from: float = 0.5  #: likelihood of danger from which it is asked about
    rule_yields_from: float = 0.7  #: likelihood of another kind than a rule of danger filed under
    answer_from: float = 0.9  #: likelihood from which an answer is given without asking
    suggest_answers_from: float = 0.12  #: below it, nothing known fits the question

    notice_before_vote: timedelta = timedelta(days=7)
    agenda_within: timedelta = timedelta(days=30)
    minutes_within: timedelta = timedelta(days=3)
    seconds_needed: int = 1
    quorum: float = 0.5

    notice_version: str = "1"  #: of the privacy notice and consent text shown at first contact
