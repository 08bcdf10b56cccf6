"""Which examples may be learned from: the same thing once, nothing that contradicts, no number."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from actions.domain.correction import LONGEST
from actions.domain.folding import fold
from actions.domain.masking import mask
from actions.domain.script import SIMPLIFIED

#: Intents that open a ticket; together they stand against talk.
TICKETS: Final = frozenset({"report", "request", "suggest", "praise", "complain_staff"})
#: The same few words come to anybody; a whole sentence is only the same when it was copied.
_COPIED: Final = 12
#: What training would read as something else than words.
_MARKUP: Final = ("](", '{"')


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is there already: labels by folded text, and the texts that are kept for measuring."""

    labels: Mapping[str, str]
    measured: frozenset[str] = frozenset()

    @property
    def all_labels(self) -> frozenset[str]:
        return frozenset(self.labels.values())


def folded(text: str) -> str:
    """The same for two texts that differ in script, case, width or punctuation only."""
    return "".join(letter for letter in fold(text, SIMPLIFIED).text if letter.isalnum())


def objection(words: str, label: str, known: Known) -> str:
    """Why this must not be learned from; empty when it may."""
    plain = folded(words)
    checks = (
        (not plain, "it has no words"),
        (len(words) > LONGEST, f"it is longer than {LONGEST} characters"),
        (mask(words) != words, "there is a private number in it"),
        (words.startswith("/") or any(mark in words for mark in _MARKUP), "it holds markup"),
        (
            len(plain) > _COPIED and plain in known.measured,
            "it stands among the messages kept for measuring",
        ),
    )
    return next((why for fails, why in checks if fails), "") or _against(plain, label, known)


def _against(plain: str, label: str, known: Known) -> str:
    there = known.labels.get(plain)
    if there is None:
        return ""
    if there == label:
        return "it is there already"
    return "" if _meaning(there) == _meaning(label) else f"it contradicts {there}"


def sift(
    examples: Iterable[tuple[int, str, str]], known: Known
) -> Iterator[tuple[int, str, str, str]]:
    """Each (id, words, label) with its objection, also against those before it."""
    labels = dict(known.labels)
    for number, words, label in examples:
        against = Known(labels=labels, measured=known.measured)
        why = objection(words, label, against)
        if not why:
            labels[folded(words)] = label
        yield number, words, label, why


def _meaning(label: str) -> str:
    """A text has one leaf, and it files or does not; which kind of ticket may differ."""
    intent, _, leaf = label.partition("/")
    return leaf or ("ticket" if intent in TICKETS else intent)


def suggested(leaf: str, intent: str, ranking: Iterable[str], known: Known) -> str:
    """The label a reviewer most likely wants: of talk the likeliest intent that is talk."""
    if not leaf:
        return next((each for each in (intent, *ranking) if each and each not in TICKETS), "other")
    usual = [label for label in known.all_labels if label.endswith(f"/{leaf}")]
    for wanted in (intent, *sorted(TICKETS)):
        if f"{wanted}/{leaf}" in usual:
            return f"{wanted}/{leaf}"
    return f"report/{leaf}"
