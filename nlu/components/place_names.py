"""Names of estates, roads and houses that no list holds: by LAC, and by how such names end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import FrozenSet, List, Optional, Sequence

from nlu.components.entity import Entity
from nlu.components.segmenter import Word
from nlu.components.word_lists import any_of, word_lists

_SHORTEST, _LONGEST, _LONGEST_UNKNOWN = 2, 12, 8
_SHORTEST_WITHOUT_LAC, _SHORTEST_BY_ENDING = 3, 4
#: What LAC calls a name, what may be one by its ending, and what may stand before an ending.
_NAMING = frozenset({"LOC", "ORG", "PER", "nz", "nw"})
_MAY_NAME = _NAMING | {"n", "s"}
_MAY_PRECEDE = frozenset({"n", "a", "an", "vn"})
_PRECEDING_LENGTHS = (2, 3)
#: Words that stand before 小区 or 公园 without giving it a name.
_GENERIC = re.compile(
    r"^(?:居民|住宅|老旧|别的|其他|其它|隔壁|附近|我们|你们|咱们|本|这|那|整|全|各|每|某|封闭|开放|大|小|新|旧"
    r"|个|条|间|座|成|一)"
)
_NO_NAME = re.compile(
    r"^(?:条|个|部|块|成|间|只|张|股|阵|架|啲|些|的|了|在|是|有|去|到|落|由|从)|[,。!?]"
    r"|^(?:清|大|旧|江|法|铲|通渠|东西|地台|港澳|内地|大陆|国外|外地|本地|当地"
    r"|中国|香港|澳门|台湾|广东|广州|深圳|北京|上海)$"
)
#: LAC takes the number of a house for a part of the road's name.
_NUMBERED = re.compile(r"\d+[A-Za-z]?(?:号.*)?$|[A-Z]?\d.*$")
_GOES_ON = re.compile(
    r"(?:涌|河|江|湖|大桥|桥|水库|大道|横路|公园|广场|小区|村|路|街|道|巷|里|站|新村|花园"
    r"|(?<=[道路街])[东西南北中](?![面边侧门头方]))*"
)
#: Endings that any noun may stand before.
_LOOSE = frozenset({"大道", "中路", "东路", "西路", "南路", "北路", "横路", "大桥", "路口", "街口"})
_BEGINS = frozenset(",。!:; ") | {"在", "住", "去", "到", "是", "的", "和", "与", "住在", "我住"}


#: Words behind which people say where they are.
_TOLD = re.compile(
    r"(?:住在|(?<=[我们家妈爸奶爷她他])住|地址(?:是|在)?:?|地点(?:是|在)?:?|位置(?:是|在)?:?)\s?(?P<name>[\u3400-\u9fff]{2,8})(?=[,。!;\s\d]|$)"
)
#: Parts of speech a name that nobody knows may be made of.
_NAME_LIKE = frozenset({"n", "nz", "nw", "LOC", "ORG", "PER", "a", "an", "s", "nr"})
_BLOCK_FOLLOWS = re.compile(
    r"\d{1,4}(?:栋|座|幢|号楼|期)|[A-Z]座|[一二三四五六七八九十]{1,3}(?:栋|座|期)"
)


@dataclass(frozen=True)
class _Endings:
    estates: FrozenSet[str]
    long: FrozenSet[str]
    estate: re.Pattern[str]
    any: re.Pattern[str]
    kinds: FrozenSet[str]  #: kinds of place, which LAC often takes for the name of one
    never: FrozenSet[str]

    def are_on(self, name: str) -> bool:
        return any(name.endswith(ending) for ending in self.long)


@lru_cache(maxsize=1)
def _endings() -> _Endings:
    lists = word_lists("places")
    estates, others = lists["estate"], lists["road"] | lists["facility"] | _LOOSE
    return _Endings(
        estates=estates,
        long=frozenset(word for word in estates | others if len(word) > 1),
        estate=re.compile(any_of(estates) + "$"),
        any=re.compile(any_of(estates, others) + "$"),
        kinds=frozenset().union(
            *(lists[kind] for kind in ("spot", "house", "thing", "never", "beside"))
        ),
        never=lists["never"],
    )


def find_names(text: str, words: List[Word], taken: Sequence[bool]) -> List[Entity]:
    """Runs of words that are a name: what LAC calls a place, and what ends like one."""
    names = [_name(text, words, i, taken) for i in range(len(words))]
    names += [_told(match, words) for match in _TOLD.finditer(text)]
    names += [_numbered(text, words, i, taken) for i in range(len(words))]
    # Of two that overlap the longer is meant.
    return sorted((name for name in names if name), key=lambda name: name.start - name.end)


def _name(text: str, words: List[Word], i: int, taken: Sequence[bool]) -> Optional[Entity]:
    start, word, _ = words[i]
    end = start + len(word)
    while start < end and taken[end - 1]:
        end -= 1  # LAC may swallow the building: 阳光花园3栋
    while start < end and taken[start]:
        start += 1
    called = text[start:end].rstrip()
    endings = _endings()
    if not called or any(taken[start:end]):
        return None
    if called in endings.kinds and called not in endings.long:
        return None
    first = _first(words, i, start, called, taken)
    if first is None:
        return None
    end = start + len(_NUMBERED.sub("", called))
    further = _GOES_ON.match(text, end)
    if further and not any(taken[end : further.end()]):
        end = further.end()
    whole = text[first:end].strip()
    if not _SHORTEST <= len(whole) <= _LONGEST or _NO_NAME.search(whole):
        return None
    return Entity("location", first, end, {"estate" if _is_estate(whole) else "landmark": whole})


def _told(match: "re.Match[str]", words: List[Word]) -> Optional[Entity]:
    """我住春江花月: whatever stands there is a name, if it is nothing that any home has."""
    start, end = match.span("name")
    inside = [word for word in words if start <= word[0] < end]
    return _unknown(match["name"], start, inside)


def _numbered(text: str, words: List[Word], i: int, taken: Sequence[bool]) -> Optional[Entity]:
    """春江花月3栋: nouns from the start of a clause up to a building are the name of its estate."""
    end = words[i][0] + len(words[i][1])
    if not _BLOCK_FOLLOWS.match(text, end) or any(taken[words[i][0] : end]):
        return None
    first = i
    while first > 0 and words[first][1] not in _BEGINS and words[first][2] in _NAME_LIKE:
        first -= 1
    if first < i and words[first][1] not in _BEGINS and words[first][2] not in ("r", "p", "v"):
        return None
    if words[first][1] in _BEGINS or words[first][2] not in _NAME_LIKE:
        first += 1
    start = words[first][0] if first <= i else end
    return _unknown(text[start:end], start, words[first : i + 1])


def _unknown(name: str, start: int, words: Sequence[Word]) -> Optional[Entity]:
    endings = _endings()
    plain = any(
        word in endings.kinds or word in endings.never or tag not in _NAME_LIKE
        for _, word, tag in words
    )
    fits = _SHORTEST <= len(name) <= _LONGEST_UNKNOWN and not _NO_NAME.search(name)
    if plain or not words or not fits:
        return None
    return Entity("location", start, start + len(name), {"estate": name})


def _first(
    words: List[Word], i: int, start: int, called: str, taken: Sequence[bool]
) -> Optional[int]:
    """Where the name begins that ends with word `i`, if it is one."""
    tag = words[i][2]
    endings = _endings()
    if called in endings.long:
        return None if i == 0 or taken[start - 1] else _named_before(words, i, called)
    if tag == "LOC" and len(called) >= _SHORTEST:
        return start
    if _GENERIC.match(called) or tag not in _MAY_NAME or not endings.any.search(called):
        return None
    if tag == "ORG":
        return start
    end = start + len(called)
    is_before_number = end < len(taken) and taken[end]
    is_sure = tag in _NAMING or is_before_number
    if len(called) >= _SHORTEST_WITHOUT_LAC and is_sure:
        return start
    return start if len(called) >= _SHORTEST_BY_ENDING and endings.are_on(called) else None


def _named_before(words: List[Word], i: int, ending: str) -> Optional[int]:
    """Where the word begins that gives the ending its name: 置富 in 置富花园, 人民 in 人民路口."""
    before, called, tag = words[i - 1]
    endings = _endings()
    if _GENERIC.match(called) or called in endings.never:
        return None
    if tag in _NAMING:
        return before
    if len(called) not in _PRECEDING_LENGTHS or ending not in _LOOSE | endings.estates:
        return None
    begins = i == 1 or words[i - 2][1] in _BEGINS
    return before if tag in _MAY_PRECEDE or (tag == "v" and begins) else None


def _is_estate(name: str) -> bool:
    return bool(_endings().estate.search(name))


def ends_like_a_name(name: str) -> bool:
    return bool(_endings().any.search(name))
