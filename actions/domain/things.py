"""What a matter is about, as things and troubles that have a name in every language here.

Two people who tell of the same lift use no common word, 𨋢壞咗 and "elevator stuck", and two who
tell of a lamp and a lock at one door use many. So matters are compared by what is named. Where
words overlap the earlier row is meant: the rarer things come first.
"""

import re
from functools import lru_cache
from typing import Final

from actions.domain import things_at_home, things_of_people, things_outside
from actions.domain.folding import fold
from actions.domain.script import SIMPLIFIED

_ROWS: Final = (*things_at_home.ROWS, *things_outside.ROWS, *things_of_people.ROWS)
#: A word may go on a little: LEAK, LEAKING, LEAKAGE; not BAR of BARBECUE.
_ENGLISH_END: Final = r"(?![A-Z]{5})"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    rows = (
        rf"(?P<t{index}>{chinese}|(?<![A-Z])(?:{english}){_ENGLISH_END})"
        for index, (_, chinese, english) in enumerate(_ROWS)
    )
    return re.compile("|".join(rows))


def things_in(text: str) -> tuple[str, ...]:
    """The things and troubles a text names, each once, in alphabetical order."""
    found = _pattern().finditer(fold(text, SIMPLIFIED).text)
    return tuple(sorted({_ROWS[int(match.lastgroup[1:])][0] for match in found if match.lastgroup}))
