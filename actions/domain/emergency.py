"""Emergencies, told by rules before any model looks (D8): a learned detector may only add to them.

Text is folded (full-width, traditional, capitals), the words of danger are looked for, and each
hit must survive the guards: drills and news, what is over, what is only feared or denied.
"""

from dataclasses import dataclass
from typing import Final

from actions.domain.emergency_guards import (
    clause_around,
    is_about_something_else,
    is_denied,
    is_feared,
    is_habit,
    is_long_ago,
    is_over,
)
from actions.domain.emergency_lexicon import CHINESE_RULES
from actions.domain.emergency_lexicon_en import ENGLISH_RULES
from actions.domain.emergency_rule import Rule
from actions.domain.folding import fold
from actions.domain.identifiers import LeafCode
from actions.domain.script import SIMPLIFIED


@dataclass(frozen=True, kw_only=True)
class EmergencyKind:
    """A kind of danger: whom to call first, what it is filed as, and what to say at once."""

    key: str
    numbers: tuple[str, ...]  #: keys of the community's emergency numbers, the first one first
    leaf: LeafCode
    life_at_risk: bool = True

    @property
    def advice(self) -> str:
        """The template of the first sentence."""
        return f"emergency_{_SAME_ADVICE.get(self.key, self.key)}"

    @classmethod
    def named(cls, key: str) -> "EmergencyKind":
        """Raises KeyError if there is no such kind."""
        return KINDS[key]


#: Kinds that share the first sentence of another.
_SAME_ADVICE: Final = {"collapse": "falling", "no_answer": "missing_person"}


#: Danger of which nobody knows more yet.
UNNAMED: Final = "danger"
#: What somebody who says "yes, there is danger" speaks of, by what was told.
_BY_LEAF: Final = {
    "BLD02": "trapped_in_lift",
    "BLD03": "trapped_in_lift",
    "UTL03": "gas",
    "PUB02": "manhole",
    "BLD06": "falling",
    "SAF05": "violence",
}


def _kinds() -> dict[str, EmergencyKind]:
    table = (
        ("self_harm", "110 120", "SAF07"),
        ("domestic_violence", "110", "SAF07"),
        ("violence", "110 120", "SAF05"),
        ("trapped_in_lift", "lift 119", "BLD02"),
        ("electric_shock", "120 power 119", "SAF06"),
        ("fire", "119", "SAF06"),
        ("gas", "119 gas", "UTL03"),
        ("drowning", "119 120 110", "SAF06"),
        ("manhole", "119 120", "PUB02"),
        ("falling", "120 119", "BLD06"),
        ("collapse", "119 120", "SAF06"),
        ("injury", "120", "SAF06"),
        ("missing_person", "110", "SAF07"),
        ("no_answer", "110 120", "SAF07"),
        (UNNAMED, "110 119 120", "SAF06"),
    )
    return {
        key: EmergencyKind(key=key, numbers=tuple(numbers.split()), leaf=LeafCode(leaf))
        for key, numbers, leaf in table
    }


#: In the order in which a message that speaks of several is filed.
KINDS: Final = _kinds()


def kind_of(leaf: LeafCode | None) -> EmergencyKind:
    """The danger that a matter of this leaf becomes when somebody says it is one."""
    return KINDS[_BY_LEAF.get(leaf or "", UNNAMED)]


#: No less urgent a day later, nor when it is only feared.
_LASTING: Final = frozenset({"self_harm", "domestic_violence", "missing_person", "no_answer"})
_RULES: Final = tuple(
    sorted((*CHINESE_RULES, *ENGLISH_RULES), key=lambda rule: list(KINDS).index(rule.kind))
)


def detect(text: str) -> EmergencyKind | None:
    """The danger a message reports as going on, if any."""
    plain = fold(text, SIMPLIFIED).text.lower()
    if is_about_something_else(plain):
        return None
    ended, habit = is_over(plain), is_habit(plain)
    for rule in _RULES:
        if (ended or habit) and rule.kind not in _LASTING:
            continue
        if _holds(rule, plain):
            return KINDS[rule.kind]
    return None


def _holds(rule: Rule, text: str) -> bool:
    """Whether any hit of the rule survives its own exceptions and the guards of its clause."""
    if rule.is_wide and rule.unless and rule.unless.search(text):
        return False
    return any(_stands(rule, text, *match.span()) for match in rule.says.finditer(text))


def _stands(rule: Rule, text: str, start: int, end: int) -> bool:
    first, last = clause_around(text, start, end)
    clause, start, end = text[first:last], start - first, end - first
    if rule.unless and not rule.is_wide and rule.unless.search(clause):
        return False
    if is_denied(clause, start) or is_long_ago(clause):
        return False
    return rule.kind in _LASTING or not is_feared(clause, start, end)
