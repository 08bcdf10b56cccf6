"""Emergencies, told by rules before any model looks (D8): a learned detector may only add to them.

Text is made plain, figures of speech are blanked out, and the rules of the lexicon look for words
of danger or for quiet signs that stand together. A hit counts unless a guard speaks against it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from actions.domain.emergency_guards import Surroundings
from actions.domain.emergency_lexicon import lexicon
from actions.domain.emergency_rule import Rule, Within
from actions.domain.emergency_text import BLANK, Message, Span, plain
from actions.domain.identifiers import LeafCode


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
#: How far from a hit, in characters, anything can still be evidence for it.
_FAR: Final = 120
_RANK: Final = {key: rank for rank, key in enumerate(KINDS)}


def kind_of(leaf: LeafCode | None) -> EmergencyKind:
    """The danger that a matter of this leaf becomes when somebody says it is one."""
    return KINDS[_BY_LEAF.get(leaf or "", UNNAMED)]


def detect(text: str) -> EmergencyKind | None:
    """The danger a message reports as going on, if any."""
    rule = ringing(text)
    return KINDS[rule.kind] if rule else None


def ringing(text: str) -> Rule | None:
    """The rule a message rings, of the kind that stands first among those it speaks of."""
    book = lexicon()
    message = Message(book.idioms.sub(lambda found: BLANK * len(found[0]), plain(text)))
    around: Surroundings | None = None
    best: Rule | None = None
    for rule in book.rules:
        if best and _RANK[best.kind] <= _RANK[rule.kind]:
            continue
        for hit in _hits(rule, message):
            around = around or Surroundings.of(message, book.guards)
            if around.against(rule, hit) is None:
                best = rule
                break
    return best


def _hits(rule: Rule, message: Message) -> Iterator[Span]:
    """Where a rule finds all of its evidence and none of its exceptions."""
    for found in rule.says.finditer(message.text):
        hit = Span(*found.span())
        window = _window(rule, message, hit)
        bounds = (message.text, window.start, window.end)
        if all(each.search(*bounds) for each in rule.also) and not (
            rule.unless and rule.unless.search(*bounds)
        ):
            yield hit


def _window(rule: Rule, message: Message, hit: Span) -> Span:
    match rule.within:
        case Within.CLAUSE:
            wide = message.clause(hit)
        case Within.SENTENCE:
            wide = message.sentence(hit)
        case Within.MESSAGE:
            wide = message.whole
    return Span(max(wide.start, hit.start - _FAR), min(wide.end, hit.end + _FAR))
