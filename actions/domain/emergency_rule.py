"""The form of a rule of danger, and the small notation its patterns are written in.

A pattern may run over several lines. `<~8>` is a gap of up to eight characters inside a sentence,
`<,8>` inside a clause, and `<person>` or the like one of the word lists handed in. Gaps are short
and bounded, so that every pattern runs in linear time.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_SENTENCE_GAP = re.compile(r"<~(\d+)>")
_CLAUSE_GAP = re.compile(r"<,(\d+)>")


@dataclass(frozen=True)
class Rule:
    """What speaks of one kind of danger, and what beside it says otherwise."""

    kind: str
    says: re.Pattern[str]
    unless: re.Pattern[str] | None = None
    is_wide: bool = False  #: `unless` counts anywhere in the message, not only in the clause


def rule(
    kind: str, says: str, unless: str = "", *, words: Mapping[str, str], is_wide: bool = False
) -> Rule:
    """A rule from patterns in the notation of this module."""
    otherwise = re.compile(pattern(unless, words), re.ASCII) if unless else None
    return Rule(kind, re.compile(pattern(says, words), re.ASCII), otherwise, is_wide)


def pattern(text: str, words: Mapping[str, str]) -> str:
    """The regular expression a pattern stands for."""
    joined = "".join(line.strip() for line in text.splitlines())
    joined = _SENTENCE_GAP.sub(r"[^。!?\\n]{0,\1}?", joined)
    joined = _CLAUSE_GAP.sub(r"[^,。!?\\n]{0,\1}?", joined)
    for name, alternatives in words.items():
        joined = joined.replace(f"<{name}>", f"(?:{pattern(alternatives, {})})")
    return joined
