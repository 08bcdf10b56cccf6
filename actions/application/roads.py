"""The words of each road: one table from the plain text or button to that road's own.

What is not in it is said as for a repair; an empty one is not said or offered at all.
"""

from collections.abc import Mapping
from typing import Any, Final

from actions.application import values
from actions.domain.road import Road, road_of
from actions.domain.timeline import TimelineEntry

#: Nothing was broken: there is nothing to make safe meanwhile.
_NOT_MENDED: Final = {"button_temporary": ""}
_ANSWERED: Final = {
    **_NOT_MENDED,
    "button_partly": "",
    "button_reopen": "button_say_more",
    "push_lapsed": "push_lapsed_answered",
    "push_reopened": "push_reopened_answered",
}
_SUGGESTED: Final = {
    **_ANSWERED,
    "button_resolve": "button_answer_suggestion",
    "button_satisfied": "button_satisfied_suggestion",
    "button_dissatisfied": "button_dissatisfied_suggestion",
    "ask_what_remains": "remains_suggestion",
    "ask_verdict": "verdict_suggestion",
    "rated_satisfied": "thanks_suggestion",
    "rated_dissatisfied": "again_suggestion",
    "push_closed_fixed": "push_closed_suggestion",
    "push_changed": "push_changed_suggestion",
    "status_resolved": "status_resolved_suggestion",
    "status_closed_fixed": "status_closed_suggestion",
    "work_satisfied": "work_satisfied_suggestion",
    "work_dissatisfied": "work_dissatisfied_suggestion",
}

WORDS: Final[Mapping[Road, Mapping[str, str]]] = {
    Road.NEED: {
        **_NOT_MENDED,
        "draft_card_N": "draft_card_need",
        "draft_card_D": "draft_card_need",
        "draft_card_Q": "draft_card_need",
        "ticket_filed": "ticket_filed_need",
        "push_resolved": "push_resolved_need",
        "push_resolved_for_follower": "push_resolved_need_for_follower",
        "push_closed_fixed": "push_closed_need",
        "push_lapsed": "push_lapsed_need",
        "push_reopened": "push_reopened_need",
        "push_changed": "push_changed_need",
        "button_satisfied": "button_satisfied_need",
        "button_partly": "",
        "button_dissatisfied": "button_dissatisfied_need",
        "ask_what_remains": "remains_need",
        "ask_verdict": "verdict_need",
        "rated_satisfied": "thanks_need",
        "rated_dissatisfied": "again_need",
        "status_resolved": "status_resolved_need",
        "status_closed_fixed": "status_closed_need",
        "work_satisfied": "work_satisfied_need",
        "work_dissatisfied": "work_dissatisfied_need",
    },
    Road.PRAISE: {
        **dict.fromkeys(
            (
                "push_triage", "push_dispatched", "push_transferred", "push_reassigned",
                "push_accepted", "push_started", "push_closed_fixed", "push_lapsed",
                "work_satisfied", "work_lapsed",
                "button_partly", "button_dissatisfied", "button_urge", "button_reopen",
                "button_changed", "button_temporary", "button_extend", "button_hold",
                "button_schedule", "button_reschedule", "button_hand_out", "button_split",
                "button_deliberate", "button_ask_captain", "button_raise_tier",
                "button_lower_tier",
            ),
            "",
        ),
        "accepted": "accepted_praise",
        "ticket_filed": "praise_filed",
        "ticket_filed_unassigned": "praise_filed",
        "push_resolved": "push_resolved_praise",
        "push_resolved_for_follower": "push_resolved_praise",
        "work_dispatched": "work_dispatched_praise",
        "work_transferred": "work_dispatched_praise",
        "work_added": "work_added_praise",
        "button_resolve": "button_pass_praise",
        "button_satisfied": "button_satisfied_praise",
        "ask_verdict": "verdict_praise",
        "rated_satisfied": "thanks_praise",
        "status_resolved": "status_resolved_praise",
        "status_closed_fixed": "status_resolved_praise",
        "status_closed_unrated": "status_resolved_praise",
    },
    Road.SUGGESTION: {
        **_SUGGESTED,
        "draft_card_D": "draft_card_suggestion",
        "ticket_filed": "ticket_filed_suggestion",
        "push_resolved": "push_resolved_suggestion",
        "push_resolved_for_follower": "push_resolved_suggestion_for_follower",
    },
    Road.LEGISLATIVE: {
        **_SUGGESTED,
        "draft_card_D": "draft_card_legislative",
        "ticket_filed": "ticket_filed_legislative",
        "push_resolved": "push_resolved_legislative",
        "push_resolved_for_follower": "push_resolved_legislative_for_follower",
    },
    Road.QUESTION: {
        **_ANSWERED,
        "draft_card_Q": "draft_card_question",
        "ticket_filed": "ticket_filed_question",
        "push_dispatched": "push_dispatched_question",
        "push_resolved": "push_resolved_question",
        "button_resolve": "button_answer_question",
        "button_satisfied": "button_satisfied_question",
        "button_dissatisfied": "button_dissatisfied_question",
        "ask_what_remains": "remains_question",
        "ask_verdict": "verdict_question",
        "rated_satisfied": "thanks_question",
        "rated_dissatisfied": "again_question",
        "status_resolved": "status_resolved_question",
        "status_closed_fixed": "status_closed_question",
        "work_satisfied": "work_satisfied_question",
        "work_dissatisfied": "work_dissatisfied_question",
    },
    Road.STAFF: {
        **_NOT_MENDED,
        "draft_card_C": "draft_card_staff",
        "ticket_filed": "ticket_filed_staff",
        "ticket_filed_unassigned": "ticket_filed_unassigned_staff",
        "push_triage": "push_triage_staff",
        "push_dispatched": "push_dispatched_staff",
        "push_accepted": "push_accepted_staff",
        "push_resolved": "push_resolved_staff",
        "push_lapsed": "push_lapsed_answered",
        "button_reopen": "button_say_more",
        "button_satisfied": "button_satisfied_staff",
        "button_partly": "",
        "button_dissatisfied": "button_dissatisfied_staff",
        "ask_what_remains": "remains_staff",
        "ask_verdict": "verdict_staff",
        "rated_satisfied": "thanks_staff",
        "rated_dissatisfied": "again_staff",
        "status_resolved": "status_resolved_staff",
        "status_closed_fixed": "status_closed_staff",
        "work_satisfied": "work_satisfied_staff",
        "work_dissatisfied": "work_dissatisfied_staff",
    },
}  # fmt: skip


def worded(leaf: str, key: str) -> str:
    """The text or button of this matter's road in place of the plain one; empty for none."""
    return WORDS.get(road_of(leaf), {}).get(key, key)


def status_of(leaf: str, status: str) -> Any:
    """What a status is called on the matter's road."""
    key = worded(leaf, f"status_{status}")
    return values.text(key) if key != f"status_{status}" else values.status(status)


def road_params(entry: TimelineEntry) -> dict[str, Any]:
    """What the end of a road says besides: how a suggestion fared, to whom praise went."""
    params: dict[str, Any] = {}
    outcome, praised = entry.data.get("outcome"), entry.data.get("praised")
    if outcome:
        params["outcome"] = values.text(f"outcome_{outcome}")
        params["next"] = values.text(f"outcome_next_{outcome}")
    if praised:
        params["praised"] = praised
    return params
