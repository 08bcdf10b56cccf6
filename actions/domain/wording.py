"""Words people use that need no model: verdicts, home, and a summary in their own words."""

import re
import unicodedata
from typing import Final

from actions.domain.masking import mask

SUMMARY_LENGTH: Final = 80

_UNHAPPY: Final = re.compile(
    r"没(?:有)?(?:解决|修好|弄好|好)|未(?:解决|搞掂)|(?:不|唔)(?:满意|滿意|得|行|掂)|冇(?:搞掂|整好|改善)"
    r"|(?:还|仲|還)(?:是|係|系|在|喺)|又(?:坏|壞|来|嚟)|差评|失望|\bnot\b|n't\b|\bstill\b|\bworse\b|unhappy"
)
_PARTLY: Final = re.compile(r"一部分|部分|一半|半成|partly|partial|half", re.IGNORECASE)
_HAPPY: Final = re.compile(
    r"满意|滿意|解决了|解決咗|搞掂|修好|整好|好了|好咗|谢谢|多谢|唔該|多謝|感谢|点赞"
    r"|\b(?:good|great|thanks?|fixed|solved|happy|satisfied)\b",
    re.IGNORECASE,
)
_HOME: Final = re.compile(
    r"(?:我|我们|我哋|咱)(?:家|屋企|们楼|哋樓|栋|棟|楼|樓)|楼上|樓上|楼下|樓下|隔壁|隔籬|隔篱"
    r"|\b(?:upstairs|downstairs|next door|my (?:building|block|flat|floor|home))\b",
    re.IGNORECASE,
)


def verdict_in(text: str) -> str | None:
    """satisfied, partly or dissatisfied, as far as the words say so."""
    folded = unicodedata.normalize("NFKC", text)
    if _PARTLY.search(folded):
        return "partly"
    if _UNHAPPY.search(folded):
        return "dissatisfied"
    if _HAPPY.search(folded):
        return "satisfied"
    return None


def speaks_of_home(text: str) -> bool:
    """Whether the place is said relative to where the person lives."""
    return bool(_HOME.search(unicodedata.normalize("NFKC", text)))


def summary_of(text: str) -> str:
    """The matter in the person's own words, masked and short enough for a card."""
    words = mask(" ".join(text.split()))
    return words if len(words) <= SUMMARY_LENGTH else words[: SUMMARY_LENGTH - 1] + "…"
