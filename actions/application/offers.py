"""Offers: what a person can do with a ticket now, as buttons, the likeliest first.

One table for everybody: who may is asked of `permissions` alone, never answered here.
"""

from collections.abc import Collection, Iterable
from typing import Final

from actions.application.commands.deciding import (
    AppealTicket,
    CorrectCategory,
    CorrectPlace,
    DeclineTicket,
    DeliberateTicket,
    ExplainTicket,
    MergeTicket,
    TakeFromAgenda,
    TellMilestone,
    UnmergeTicket,
)
from actions.application.commands.following import (
    AddToTicket,
    AnswerTicket,
    RateTicket,
    ReopenTicket,
    UrgeTicket,
    WithdrawTicket,
)
from actions.application.commands.intake import ShowContact
from actions.application.commands.ladder import EscalateTicket
from actions.application.commands.mediating import (
    AskCaptain,
    RecordPromise,
    ReleaseContact,
    ShowEvidence,
    ShowTalkingPoints,
    StepAside,
)
from actions.application.commands.roads import TellChanged
from actions.application.commands.sharing import SplitTicket
from actions.application.commands.tiers import LowerTier, RaiseTier
from actions.application.commands.working import (
    AcceptTicket,
    AskReporter,
    DispatchTicket,
    MessageReporter,
    NoteProgress,
    ResolveTicket,
    ReturnTicket,
    StartTicket,
    TransferTicket,
)
from actions.application.evidence import LOOKING
from actions.application.notification import Button
from actions.application.offer import Offer
from actions.application.offers_waiting import WAITING
from actions.application.part_words import said_of
from actions.application.work_cards import next_buttons, press
from actions.domain.category import FOR_FEW
from actions.domain.origin import FOR_ANOTHER
from actions.domain.people import Actor
from actions.domain.permissions import STEPS_ASIDE, capacity_among_raisers
from actions.domain.sealing import has_other_side, hides_reporter
from actions.domain.talking_points import MEDIATED
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import OPEN, WITH_ASSIGNEE, TicketStatus, Verb
from actions.domain.tier import one_down, one_up

RAISED: Final = frozenset({"RES", "ANO", "follower"})


def is_mediated(ticket: Ticket) -> bool:
    return ticket.category in MEDIATED


def _rate(verdict: Verb) -> Offer:
    return Offer(verdict, f"button_{verdict.value}", RateTicket, params={"verdict": verdict.value})


_ASSIGNEE: Final = frozenset({"assignee"})
_RESOLVED: Final = frozenset({TicketStatus.RESOLVED})
_EXTERNAL: Final = frozenset({TicketStatus.EXTERNAL})
_MERGED: Final = frozenset({TicketStatus.MERGED})
_DELIBERATED: Final = frozenset({TicketStatus.DELIBERATION})

#: Where somebody has a ticket that cannot be transferred as it stands.
_GOING_ON_ITS_WAY: Final = frozenset(
    {
        TicketStatus.TRANSFERRED, TicketStatus.SCHEDULED, TicketStatus.ON_HOLD,
        TicketStatus.EXTERNAL, TicketStatus.NEEDS_INFO,
    }
)  # fmt: skip

#: In the order of the buttons. A verb may stand here twice, worded for different people.
OFFERS: Final[tuple[Offer, ...]] = (
    _rate(Verb.SATISFIED),
    _rate(Verb.PARTLY),
    _rate(Verb.DISSATISFIED),
    Offer(Verb.ANSWER, "button_answer", AnswerTicket),
    Offer(Verb.DISPATCH, "button_hand_to_other", DispatchTicket),
    Offer(Verb.RULE, "button_hand_to_other", DispatchTicket),
    Offer(
        Verb.TAKE_OVER,
        "button_hand_to_other",
        DispatchTicket,
        but_at=frozenset(TicketStatus) - _GOING_ON_ITS_WAY,
    ),
    Offer(Verb.ACCEPT, "button_accept", AcceptTicket),
    Offer(Verb.START, "button_go_there", StartTicket),
    Offer(Verb.RESOLVE, "button_resolve", ResolveTicket, but_at=_EXTERNAL),
    *WAITING,
    Offer(Verb.NOTE, "button_note", NoteProgress, _ASSIGNEE),
    Offer(Verb.SAY, "button_message_reporter", MessageReporter, _ASSIGNEE, _RESOLVED),
    Offer(
        Verb.PROMISE, "button_talking_points", ShowTalkingPoints, but_at=_RESOLVED, when=is_mediated
    ),
    Offer(Verb.PROMISE, "button_promised", RecordPromise, but_at=_RESOLVED, when=is_mediated),
    Offer(
        Verb.VERIFY,
        "button_ask_captain",
        AskCaptain,
        _ASSIGNEE,
        _RESOLVED,
        when=lambda ticket: ticket.privacy not in FOR_FEW,
    ),
    Offer(
        LOOKING,
        "button_evidence",
        ShowEvidence,
        but_at=_RESOLVED,
        when=hides_reporter,  # their photos are not on its card
    ),
    Offer(Verb.RECUSE, "button_step_aside", StepAside, STEPS_ASIDE, when=has_other_side),
    Offer(Verb.SAY, "button_release", ReleaseContact, frozenset({"RES", "ANO"}), _RESOLVED),
    Offer(Verb.ASK, "button_ask_reporter", AskReporter),
    Offer(Verb.CONTACT, "button_show_contact", ShowContact, _ASSIGNEE, came=FOR_ANOTHER),
    Offer(Verb.RETURN, "button_not_mine", ReturnTicket),
    Offer(Verb.TRANSFER, "button_transfer", TransferTicket),
    Offer(
        Verb.ESCALATE,
        "button_take_it",
        EscalateTicket,
        frozenset({"GLD"}),
        params={"to_me": True},
        when=lambda ticket: ticket.assignee_role != "GLD",
    ),
    Offer(Verb.ESCALATE, "button_pass_up", EscalateTicket, frozenset({"GLD"})),
    Offer(
        Verb.SPLIT,
        "button_split",
        SplitTicket,
        but_at=frozenset(TicketStatus) - WITH_ASSIGNEE - {TicketStatus.TRIAGE},
    ),
    Offer(Verb.RECATEGORISE, "button_recategorise", CorrectCategory, but_at=_RESOLVED | _MERGED),
    Offer(Verb.RELOCATE, "button_relocate", CorrectPlace, but_at=_RESOLVED | _MERGED),
    Offer(Verb.MERGE, "button_merge", MergeTicket),
    Offer(Verb.UNMERGE, "button_unmerge", UnmergeTicket),
    Offer(Verb.DELIBERATE, "button_deliberate", DeliberateTicket),
    Offer(
        Verb.MILESTONE,
        "button_milestone",
        TellMilestone,
        but_at=frozenset(TicketStatus) - _DELIBERATED,
    ),
    Offer(
        Verb.TAKE_BACK,
        "button_take_from_agenda",
        TakeFromAgenda,
        but_at=frozenset(TicketStatus) - _DELIBERATED,
    ),
    Offer(Verb.DECLINE, "button_decline", DeclineTicket),
    Offer(Verb.EXPLAIN, "button_explain", ExplainTicket),
    Offer(Verb.APPEAL, "button_appeal", AppealTicket),
    Offer(
        Verb.RAISE_TIER,
        "button_raise_tier",
        RaiseTier,
        when=lambda ticket: bool(ticket.tier) and one_up(ticket.tier) is not None,
    ),
    Offer(
        Verb.LOWER_TIER,
        "button_lower_tier",
        LowerTier,
        when=lambda ticket: bool(ticket.tier) and one_down(ticket.tier) is not None,
    ),
    Offer(Verb.URGE, "button_urge", UrgeTicket, but_at=_RESOLVED),
    Offer(Verb.ADD, "button_add_detail", AddToTicket, but_at=_RESOLVED),
    Offer(Verb.REOPEN, "button_reopen", ReopenTicket),
    Offer(
        Verb.CHANGED,
        "button_changed",
        TellChanged,
        but_at=OPEN - {TicketStatus.RESOLVED, TicketStatus.DELIBERATION, TicketStatus.EXTERNAL},
    ),
    Offer(Verb.WITHDRAW, "button_withdraw", WithdrawTicket),
)


def offers(
    actor: Actor,
    ticket: Ticket,
    followers: Iterable[int] = (),
    *,
    short: bool = True,
    only: Collection[Verb] = frozenset(Verb),
) -> tuple[Button, ...]:
    """Buttons for what the actor may do with the ticket as it stands; the first stands out.

    `short` gives whoever has it the few likeliest, with a button for the rest.
    """
    if ticket.id is None:
        return ()
    if short and ticket.assignee == actor.person_id and ticket.is_open and next_buttons(ticket):
        return next_buttons(ticket)
    known = frozenset(followers)
    found = [
        (said_of(ticket, each.label), each)
        for each in OFFERS
        if each.verb in only and _may(each, actor, ticket, known)
    ]
    return tuple(
        press(label, each.make(ticket.id), "default" if rank else "primary")
        for rank, (label, each) in enumerate((label, each) for label, each in found if label)
    )


def _fits(offer: Offer, ticket: Ticket) -> bool:
    came = ticket.origin in offer.came
    return came and ticket.status not in offer.but_at and offer.when(ticket)


def _may(offer: Offer, actor: Actor, ticket: Ticket, followers: frozenset[int]) -> bool:
    if not _fits(offer, ticket) or not ticket.allows(offer.verb):
        return False
    held = capacity_among_raisers(actor, offer.verb, ticket, followers)
    return held is not None and (not offer.who or held in offer.who)
