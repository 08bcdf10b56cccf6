"""Words to be found again: folded to plain characters, and the short pieces they are kept as.

Folding goes character by character, so that whatever is part of a text is part of the folded text.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Final

import opencc

from actions.domain.community import Community
from actions.domain.place import AreaKind
from actions.domain.sealing import detail_for_workers, spot_for_workers, words_for_workers
from actions.domain.ticket import Ticket

_LONGEST_QUERY: Final = 120
_MOST_WORDS: Final = 8
_PAIR: Final = 2


def folded(text: str) -> str:
    """Letters and digits alone: of one width, one case, one script."""
    return "".join(map(_plain, unicodedata.normalize("NFKC", text)))


@lru_cache(maxsize=65_536)
def _plain(letter: str) -> str:
    lower = unicodedata.normalize("NFKC", letter.casefold())
    return "".join(_simplified().convert(each) for each in lower if each.isalnum())


@cache
def _simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def words_wanted(query: str) -> tuple[str, ...]:
    """The words of a search, each folded; all of them have to be found."""
    words = map(folded, query[:_LONGEST_QUERY].split())
    return tuple(dict.fromkeys(filter(None, words)))[:_MOST_WORDS]


def places_called(word: str, community: Community) -> list[str]:
    """Paths of the estates and grids whose name begins so: all that lies in them may be meant."""
    if len(word) < _PAIR:
        return []
    return [
        area.path
        for area in community.areas.values()
        if area.kind is not AreaKind.BUILDING
        and any(folded(name).startswith(word) for name in (*area.name.values(), *area.aliases))
    ]


def pieces_of(fields: Iterable[str]) -> frozenset[str]:
    """What is kept of folded fields: each character and each pair of neighbours."""
    return frozenset(piece for field in fields for piece in _pieces(field))


def _pieces(field: str) -> Iterator[str]:
    yield from field
    yield from _pairs(field)


def _pairs(word: str) -> Iterator[str]:
    return (word[at : at + _PAIR] for at in range(len(word) - 1))


def pieces_wanted(words: Iterable[str]) -> frozenset[str]:
    """What a ticket has to have kept, at least, for every word to be in it."""
    wanted: set[str] = set()
    for word in words:
        wanted |= {word} if len(word) < _PAIR else set(_pairs(word))
    return frozenset(wanted)


def is_settled_by_pieces(words: Iterable[str]) -> bool:
    """Whether whatever has the pieces has the words: longer ones could stand there in parts."""
    return all(len(word) <= _PAIR for word in words)


def fields_of(ticket: Ticket) -> tuple[str, ...]:
    """What a ticket tells those who work on it, folded: nothing else can be searched for."""
    told = (
        words_for_workers(ticket, ticket.summary),
        spot_for_workers(ticket),
        detail_for_workers(ticket),
    )
    return tuple(filter(None, map(folded, told)))


def tells(ticket: Ticket, words: Iterable[str]) -> bool:
    """Whether every word is in one of the ticket's fields."""
    fields = fields_of(ticket)
    return all(any(word in field for field in fields) for word in words)
