"""Whether words answer the question a draft has put, or tell something else."""

from typing import Final

from actions.domain.danger_words import Inside, anybody_in_danger, anybody_inside
from actions.domain.decision import ASK_DANGER, sure_leaf
from actions.domain.draft import Draft, Lack
from actions.domain.policy import Policy
from actions.domain.understood import Understood
from actions.domain.wording import yes_or_no

#: A longer message than this tells a matter, even while a place is asked for.
PLACE_LENGTH: Final = 40


def answers(draft: Draft, parse: Understood, policy: Policy) -> bool:
    """Yes or no to danger or to filing it; where a place is asked for, a short message.

    One that is a clearer matter than the draft is no answer.
    """
    if draft.asking is Lack.EMERGENCY:
        return (
            len(parse.text) <= PLACE_LENGTH and plain_word_on_danger(draft, parse.text) is not None
        )
    if draft.asking is Lack.MATTER:
        return len(parse.text) <= PLACE_LENGTH and yes_or_no(parse.text) is not None
    if draft.asking not in (Lack.PLACE, Lack.WHICH_PLACE):
        return False
    leaf = sure_leaf(parse.leaves, policy)
    is_same = leaf is None or leaf == draft.category
    return is_same and len(parse.text) <= PLACE_LENGTH


def said_of_danger(draft: Draft, text: str) -> Inside | None:
    """What words say to the question about danger that this draft puts."""
    if draft.category in ASK_DANGER:
        return anybody_inside(text)
    return anybody_in_danger(text)


def plain_word_on_danger(draft: Draft, text: str) -> bool | None:
    """The same, long after it was asked, when words may as well be about something else."""
    if draft.category in ASK_DANGER:
        return yes_or_no(text)
    said = anybody_in_danger(text)
    return None if said in (None, Inside.UNSURE) else said is Inside.YES
