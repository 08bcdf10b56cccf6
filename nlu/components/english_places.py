"""Where, in English: names, numbers and shared grounds, strung together by words of place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Dict, FrozenSet, List, Sequence

from nlu.components.english_addresses import ID, address, names
from nlu.components.entity import Entity
from nlu.components.place_patterns import find_addresses
from nlu.components.place_phrases import agreed
from nlu.components.word_lists import any_of, either, word_lists

_LONGEST = 80
_LATIN = re.compile(r"[A-Za-z]{2}|\d[A-Za-z]|[A-Z]/F|#\d")
_ARTICLE = r"(?:the|a|an|our|my|that|this|their|every|each|both|these|those|some|your|one)\s"
_COUNT = r"(?:two|three|four|five|six|\d{1,2})\s"
#: Between a place and the word that leads on: "somewhere near", "right behind".
_LEADING_ON = r"(?:(?:right|just|somewhere|and|up|down|out|over|directly|immediately|all)\s)?"

#: A shared ground by its bare name: anywhere in the neighbourhood, if nothing else is said.
_BARE = re.compile(
    r"^(?:(?:in|on|at|near|from|over|onto|into|off|around|across|by|inside|outside)\s)?"
    r"(?:(?:the|a|an|our|my|your|this|that|any|every)\s)?[a-z-]+(?:\s[a-z-]+)?$"
)


@dataclass(frozen=True)
class _Patterns:
    phrase: re.Pattern[str]
    sure: re.Pattern[str]
    beside: re.Pattern[str]
    none: re.Pattern[str]  #: "at the end", "from the flat", "outside the estate"
    acts: re.Pattern[str]  #: verbs as well, unless an article or a number stands by them


def _nouns(words: Dict[str, FrozenSet[str]]) -> str:
    """The disused pump room, our shared corridor, bin room B1."""
    kinds = any_of(words["ground"], words["spot"]) + "(?:e?s)?"
    mod, stop = any_of(words["mod"]), any_of(words["stop"])
    filler = rf"(?!{stop}\b|{any_of(words['side'])}\b|{any_of(words['link'])}\b)[a-z][a-z'’-]+\s"
    number = rf"(?:\s#?{ID}(?!\s(?:times|days|weeks|months|people|men|of)\b))?"
    return either(
        rf"{_ARTICLE}(?:{_COUNT})?(?:(?:{mod}|{filler})\s?){{0,3}}{kinds}\b{number}",
        rf"(?:{mod}\s){{0,3}}{kinds}\b{number}(?!['’](?!s\s))",
    )


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    words = word_lists("places_en")
    side, link, spot = any_of(words["side"]), any_of(words["link"]), any_of(words["spot"])
    stop, kinds = any_of(words["stop"]), any_of(words["spot"], words["ground"])
    numbered, name, noun = address(words), names(words), _nouns(words)
    proper = rf"(?!{stop}\b)(?-i:[A-Z][A-Za-z'’]+|\d-Eleven)(?:\s(?-i:[A-Z][a-z'’]+))?\b"
    before = ("opposite", "outside", "behind", "near", "facing", "next to", "beside")
    owned = "|".join(
        rf"(?<={word}\s)" for word in ("\\bat", "of", *before, *(f"{word} the" for word in before))
    )
    unit = either(name, rf"(?:the\s|our\s|my\s)?{numbered}", noun, rf"(?:{owned}){proper}")
    glue = either(
        rf"\s{_LEADING_ON}(?:{side}|{link})\s(?=\S)",
        rf",\s?(?={name}|(?:the\s)?{numbered}|{side}\s)",
        rf"\s(?={name}|{numbered}|{noun})",
        r"\sand\s|['’]s\s",
    )
    flags = re.IGNORECASE | re.ASCII
    return _Patterns(
        re.compile(
            rf"(?<![\w/'’])(?:{side}\s(?:the\s(?=(?-i:[A-Z0-9])))?)?{unit}"
            rf"(?:{glue}(?:{side}\s|{link}\s)?{unit})*",
            flags,
        ),
        re.compile(rf"{name}|{numbered}|{any_of(words['ground'])}\b|(?:{owned}){proper}", flags),
        re.compile(
            rf"^{side}\s.*\b{spot}\b|\b{spot}\s{side}\s.*\b{kinds}\b",
            flags,
        ),
        re.compile(
            rf"^(?:{any_of(words['before_none'], words['side'])}\s)*{any_of(words['none'])}s?$",
            flags,
        ),
        re.compile(
            rf"^{any_of(words['acts'])}\s(?!\d|no\b|(?-i:[A-Z])\b|(?-i:[A-Z])\d"
            r"|(?:of|in|at|by|near|next|behind|outside|between|beside)\s)\w+\s",
            flags,
        ),
    )


def find_english(text: str, own: Sequence[Entity], others: Sequence[Entity]) -> List[Entity]:
    """Every English place phrase that is no part of what was found already."""
    if not _LATIN.search(text):
        return []
    characters = list(text)
    for entity in others:
        for i in range(entity.start, min(entity.end, len(characters))):
            characters[i] = "\0"
    readable = "".join(characters)
    patterns = _patterns()
    found, weak = [], []
    for match in patterns.phrase.finditer(readable):
        start = match.start()
        acts = patterns.acts.match(match.group())
        if acts:
            start += acts.end()
        said = readable[start : match.end()].rstrip(" ,.")
        named = [e for e in own if start < e.end and e.start < start + len(said)]
        is_place = named or patterns.sure.search(readable, start, start + len(said))
        if patterns.none.match(said) or not (is_place or patterns.beside.search(said)):
            continue
        place = Entity("location", start, start + len(said), _value(said, named))
        (weak if _BARE.match(said) else found).append(place)
    return found or weak


def _value(said: str, named: Sequence[Entity]) -> Dict[str, str]:
    """What the community's names and the numbers say, as far as they agree."""
    parts = [entity.value for entity in (*named, *find_addresses(said))]
    return agreed(parts) or {"landmark": said[:_LONGEST]}
