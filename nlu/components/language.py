"""Which language a message is written in: by script first, then by words only Cantonese has."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Dict, List

from opencc import OpenCC
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

LANGUAGE = "linli_language"

_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
URL = re.compile(r"(?:https?://|www\.)[^\s\u3000-\u9fff，。]+", re.IGNORECASE)
_LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z'’]+")
#: One of these is enough: written Mandarin does not use them.
_CANTONESE = re.compile(
    r"[嘅咗喺啲嘢冇佢哋嚟噉嗰嘥搵攞揸瞓冧𠮶氹掹揼嗌嘈噏諗谂畀咩乜咁㗎啩嘞喎囉啱冚]"
    r"|唔(?!知所)|係咪|系咪|點解|点解|點樣|边度|邊度|呢度|嗰度|呢個|呢个|而家|依家"
    r"|[琴尋寻噚][日晚]|聽日|听日|今朝|今晚黑|成日|成晚|好耐|幾時|几时"
    r"|幾多|边个|邊個|同埋|仲有|仲未|仲係|俾人|返屋|屋企|執垃圾|升降機|唔該|唔好|靚仔"
    r"|冷氣機|𨋢|(?<![關关聯联體体維维])係(?![數数統统列])|喇(?!叭|嘛)|得閒"
    r"|好似.{0,6}咁|(?<![直暴曝晾日西暖防太阳陽])晒(?=$|[啦了，。！? ])"
    r"|(?<![抑忧憂浓濃馥葱蔥沉阴陰])郁(?![闷悶金葱蔥结結])"
)
#: So many English words, and such a share of all words, make a message mixed.
_MIXED_FROM, _MIXED_SHARE = 2, 0.25
_CHARACTERS_A_WORD = 1.5


@lru_cache(maxsize=2)
def _converter(name: str) -> OpenCC:
    return OpenCC(name)


def is_cantonese(text: str) -> bool:
    """Whether the text holds a word or character that written Mandarin does not."""
    return bool(_CANTONESE.search(text))


def _is_traditional(text: str) -> bool:
    simplified, traditional = _converter("t2s").convert(text), _converter("s2t").convert(text)
    # Either may have another length; the few characters after that place do not matter.
    only_traditional = sum(a != b for a, b in zip(text, simplified, strict=False))
    only_simplified = sum(a != b for a, b in zip(text, traditional, strict=False))
    return only_traditional > only_simplified


def _share(words: int, han: int) -> float:
    """The share of English words among all."""
    return words / (words + han / _CHARACTERS_A_WORD)


def detect_language(text: str) -> str:
    """`zh`, `zh-Hant`, `yue`, `en` or `mix`."""
    text = URL.sub(" ", text)
    han = len(_HAN.findall(text))
    words = [word for word in _LATIN_WORD.findall(text) if not word.isupper()]
    if not han:
        return "en" if words or re.search("[A-Za-z]", text) else "zh"
    if len(words) >= _MIXED_FROM and _share(len(words), han) >= _MIXED_SHARE:
        return "mix"
    if is_cantonese(text):
        return "yue"
    return "zh-Hant" if _is_traditional(text) else "zh"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class LanguageDetector(GraphComponent):
    """Notes the language of the text as it was typed."""

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "LanguageDetector":
        return cls()

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            message.set(LANGUAGE, detect_language(message.get(TEXT) or ""))
        return messages
