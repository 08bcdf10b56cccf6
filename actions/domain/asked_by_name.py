"""Things people ask for by their name, outright and with nothing else in the message."""

import re
import unicodedata
from typing import Final

_PATROL: Final = r"(?:巡查|巡逻|巡邏|巡楼|巡樓|巡一圈|行楼|行樓|巡楼道|巡小区)"
_VISIT: Final = r"(?:走访|走訪|入户|入戶|上门走访|上門走訪|家访|家訪|探访|探訪|敲门|敲門)"
_ROUNDS: Final = (
    (
        "end",
        (
            rf"(?:我)?(?:结束|結束|完成|停止)(?:{_PATROL}|{_VISIT})"
            rf"|(?:我)?(?:{_PATROL}|{_VISIT}|巡|走|行)(?:完|结束|結束|好)(?:了|咗|喇|啦)*"
            r"|(?:end|finish|stop)(?: (?:the|my))? (?:patrol|round|visits?)"
            r"|(?:patrol|round|visits?) (?:is |are )?(?:over|done|finished)"
        ),
    ),
    (
        "patrol",
        (
            rf"(?:我)?(?:现在|而家|宜家)?(?:开始|開始|去|出去|出发|出發){_PATROL}(?:了|喇|啦|下)*"
            rf"|{_PATROL}(?:开始|開始)|我?去巡(?:下|一下|楼|樓)?(?:了|喇|啦)*"
            r"|(?:start|begin)(?: (?:a|the|my))? (?:patrol|round)|going on (?:patrol|my rounds?)"
        ),
    ),
    (
        "visit",
        (
            rf"(?:我)?(?:现在|而家|宜家)?(?:开始|開始|去|出去|出发|出發){_VISIT}(?:了|喇|啦|下)*"
            rf"|{_VISIT}(?:开始|開始)"
            r"|(?:start|begin)(?: (?:the|my|home))* visits?|going on (?:home )?visits?"
        ),
    ),
    (
        "letter",
        (
            r"(?:录入|登记|输入|錄入|登記|輸入|录|打|代录)(?:一封)?(?:来信|來信|信件|信|纸信|意见箱的信)"
            r"|type in a letter|enter a letter"
        ),
    ),
    ("firm", r"/(?:企业|企業|单位|單位|公司|company|firm)|(?:我是)?(?:企业|企業)用户"),
)
_PATTERNS: Final = tuple((name, re.compile(words, re.IGNORECASE)) for name, words in _ROUNDS)


def asked_by_name(text: str) -> str:
    """patrol, visit, end, letter or firm, where the message says just that; else empty."""
    folded = " ".join(unicodedata.normalize("NFKC", text).split()).strip("。.!?~, ")
    return next((name for name, words in _PATTERNS if words.fullmatch(folded)), "")
