"""Whether words answer the question a draft has put, or tell something else."""

from typing import Final

from actions.domain.decision import sure_leaf
from actions.domain.draft import Draft, Lack
from actions.domain.understood import Understood
from actions.domain.wording import yes_or_no

#: A longer message than this tells a matter, even while a place is asked for.
PLACE_LENGTH: Final = 40


def answers(draft: Draft, parse: Understood) -> bool:
    """Yes or no to danger; a short message that is no clearer matter where a place is asked for."""
    if draft.asking is Lack.EMERGENCY:
        return len(parse.text) <= PLACE_LENGTH and yes_or_no(parse.text) is not None
    if draft.asking not in (Lack.PLACE, Lack.WHICH_PLACE):
        return False
    leaf = sure_leaf(parse.leaves)
    is_same = leaf is None or leaf == draft.category
    return is_same and len(parse.text) <= PLACE_LENGTH
