"""The longest Chinese phrase that says where, put together from its parts."""

from __future__ import annotations

import re
from typing import Dict, List

from nlu.components.entity import Entity
from nlu.components.place_names import ends_like_a_name
from nlu.components.place_shapes import ADDRESS, HOUSE, NAME, SPOT, WHICH
from nlu.components.place_tokens import Token, runs, tokens
from nlu.components.segmenter import Word

#: Sides and "which" come first, then something that can be stood by, then whatever follows it.
_PHRASE = re.compile(
    r"O*[DFE]*(?:[ANSHT]|n(?=[BE])|O(?=[BE]))(?:[K ]{0,3}(?:[ANSHTMBDFE]|n(?=[BE])|(?<=[BED])n))*"
)
_PLACE = re.compile(r"[ANS]|[HTnO][BE]|D[K ]*[HT]|HH")
#: A number, a name or a shared ground is a place without more.
_SURE = re.compile(r"[ANS]|D[K ]*[HT]")
#: Behind these a shop or a school is where something happens, and not who does it.
_AT = re.compile(r"(?:在|到|去|停|往|喺|于|放|堆|摆)了?$")
_SHORT_BESIDE = frozenset("里上下内中间外度口底尾头位段")
#: "那个" points at nothing unless a word follows.
_POINTS_AT_NOTHING = re.compile(r"^[那这第].{0,3}[个条块棵根扇盏部台间口只道张支堵那这]$|^[那这]$")
#: A part of an estate: 北区, 西苑.
_PART = re.compile(r"^[东南西北中老新A-Z][区苑期座园]$")
#: 我家门口 says where, 我旁边 does not.
_HOMES = ("家", "屋")
_BARE_SIDE = frozenset("前后新旧老大小高低")
_KEPT_OWN = frozenset({"小区", "社区", "村里"})
_DOWNSTAIRS = "楼下"
_LONGEST = 40
_SHORTEST_NAME = 3
_SEVERAL = 2


def find_phrases(text: str, words: List[Word], own: List[Entity], busy: List[bool]) -> List[Entity]:
    """Every place phrase of a text; a bare kind of place only where nothing more is said."""
    found, weak = [], []
    for run in runs(tokens(text, words, own, busy)):
        for match in _PHRASE.finditer(_letters(run)):
            phrase = _without_edges(run[match.start() : match.end()], text)
            if phrase and _is_place(text, phrase):
                (weak if _is_bare(text, phrase) else found).append(_entity(text, phrase))
    return found or weak or _downstairs(text)


def _downstairs(text: str) -> List[Entity]:
    """Where nothing else is said it is at least the ground around one's own building."""
    start = text.find(_DOWNSTAIRS)
    if start < 0:
        return []
    return [Entity("location", start, start + len(_DOWNSTAIRS), {"landmark": _DOWNSTAIRS})]


def _letters(phrase: List[Token]) -> str:
    return "".join(token.letter for token in phrase)


def _said(text: str, token: Token) -> str:
    return text[token.start : token.end]


def _without_edges(phrase: List[Token], text: str) -> List[Token]:
    while phrase and _ends_in_nothing(text, phrase):
        phrase = phrase[:-1]
    while phrase and _begins_with_nothing(text, phrase):
        phrase = phrase[1:]
    return phrase


def _ends_in_nothing(text: str, phrase: List[Token]) -> bool:
    last = phrase[-1]
    if last.letter in "FK O":
        return True
    if last.letter == WHICH:
        return bool(_POINTS_AT_NOTHING.match(_said(text, last)))
    # The last word only tells a direction: 往外.
    return len(phrase) > 1 and last.letter == "E" and phrase[-2].letter == "K"


def _begins_with_nothing(text: str, phrase: List[Token]) -> bool:
    first, rest = phrase[0], _letters(phrase[1:])
    if first.letter == "O":
        return _said(text, first) not in _KEPT_OWN and rest[:1] not in tuple("FSTBE")
    if first.letter == "F" and rest[:1] in ("N", "A"):
        return _said(text, first) in _BARE_SIDE
    return first.letter in "K "


def _is_place(text: str, phrase: List[Token]) -> bool:
    letters, first = _letters(phrase), phrase[0]
    if re.fullmatch("O[BE]+", letters):
        return _said(text, first).endswith(_HOMES)
    if letters == NAME:
        said = _said(text, first)
        is_known = bool({"code", "building", "estate"} & first.value.keys() or _PART.match(said))
        return is_known or (ends_like_a_name(said) and len(said) >= _SHORTEST_NAME)
    if letters in (ADDRESS, SPOT):
        return True
    if not _PLACE.search(letters):
        return first.letter == HOUSE and bool(_AT.search(text[: first.start]))
    return (
        bool(_SURE.search(letters))
        or HOUSE in letters
        or any(token.letter in "BE" and _said(text, token) not in _SHORT_BESIDE for token in phrase)
    )


def _is_bare(text: str, phrase: List[Token]) -> bool:
    """A kind of place without anything that tells which: 楼道, 草坪上, 快递柜."""
    letters = _letters(phrase)
    if re.search("[AN]", letters):
        return len(phrase) == 1 and "landmark" in phrase[0].value
    if SPOT not in letters:
        return True
    telling = [
        token
        for token in phrase
        if token.letter in "SHT"
        or (token.letter in "BE" and _said(text, token) not in _SHORT_BESIDE)
        or (token.letter in "DF" and HOUSE not in letters)
    ]
    return len(telling) < _SEVERAL


def _entity(text: str, phrase: List[Token]) -> Entity:
    start, end = phrase[0].start, phrase[-1].end
    if "(" in text[start:end] and text[end : end + 1] == ")":
        end += 1
    return Entity("location", start, end, _value(text[start:end].strip(), phrase))


def _value(said: str, phrase: List[Token]) -> Dict[str, str]:
    parts = [token.value for token in phrase if token.letter in (ADDRESS, NAME)]
    return agreed(parts) or {"landmark": said[:_LONGEST]}


def agreed(parts: List[Dict[str, str]]) -> Dict[str, str]:
    """What the parts of a place say together; between two buildings it is in neither."""
    value: Dict[str, str] = {}
    torn = set()
    for part in parts:
        for key, named in part.items():
            if value.setdefault(key, named) != named:
                torn.add(key)
    if torn & {"building", "estate"}:
        torn |= {"code", "unit", "floor", "room"}
    return {key: named for key, named in value.items() if key not in torn}
