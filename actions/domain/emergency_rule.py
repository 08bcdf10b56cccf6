"""The form of the rules of danger and of what speaks against them, and the notation of both.

`<~8>` is a gap of up to eight characters inside a sentence, `<,8>` inside a clause, and `<person>`
or the like one of the word lists. Gaps are short and bounded and nothing that repeats is repeated,
so that every pattern runs in linear time. Either script may be written.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from actions.domain.script import SIMPLIFIED

_SENTENCE_GAP = re.compile(r"<~(\d+)>")
_CLAUSE_GAP = re.compile(r"<,(\d+)>")
_WORD = re.compile(r"<([a-z_]+)>")


class Within(StrEnum):
    """How far from a hit the rest of a rule's evidence may lie."""

    CLAUSE = "clause"
    SENTENCE = "sentence"
    MESSAGE = "message"


class Scope(StrEnum):
    """Where a guard has to stand to take the danger out of a hit."""

    MESSAGE = "message"  #: anywhere
    SENTENCE = "sentence"
    CLAUSE = "clause"
    BEFORE = "before"  #: shortly before it, in the same clause
    AFTER = "after"  #: shortly behind it, in the same clause
    ONWARD = "onward"  #: anywhere before it in the same sentence
    LATER = "later"  #: anywhere behind it
    RUNNING = "running"  #: the last word on the matter before it, until a word to the contrary


@dataclass(frozen=True)
class Rule:
    """What speaks of one kind of danger: words, other words beside them, and words against it."""

    name: str
    kind: str
    says: re.Pattern[str]
    also: tuple[re.Pattern[str], ...] = ()
    unless: re.Pattern[str] | None = None
    within: Within = Within.SENTENCE
    is_lasting: bool = False  #: no less urgent a day later, nor when it is only feared
    despite: frozenset[str] = frozenset()  #: guards that do not speak to it
    rings: tuple[str, ...] = ()  #: messages it is there for
    silent: tuple[str, ...] = ()  #: messages that only sound like them


@dataclass(frozen=True)
class Guard:
    """What takes the danger out of a hit."""

    name: str
    scope: Scope
    says: re.Pattern[str]
    but: re.Pattern[str] | None = None  #: what outweighs it, anywhere in the message
    until: re.Pattern[str] | None = None  #: what ends one that runs on
    reach: int = 0
    is_inside: bool = False  #: one that stands before may also stand in the hit itself
    spares_lasting: bool = False
    kinds: frozenset[str] = frozenset()  #: the only kinds it speaks to, if any are named


def compiled(patterns: Iterable[str], words: Mapping[str, str]) -> re.Pattern[str]:
    """The regular expression a list of patterns stands for."""
    return re.compile("|".join(pattern(each, words) for each in patterns), re.ASCII)


def pattern(text: str, words: Mapping[str, str]) -> str:
    """One pattern as a regular expression, its words put in; KeyError names an unknown word."""
    text = _SENTENCE_GAP.sub(r"[^。!?\\n]{0,\1}?", text)
    text = _CLAUSE_GAP.sub(r"[^,。!?\\n]{0,\1}?", text)
    text = _WORD.sub(lambda found: f"(?:{words[found[1]]})", text)
    return "".join(SIMPLIFIED.get(letter, letter) for letter in text)
