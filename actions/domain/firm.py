"""Words by which somebody says that they speak for a firm or a shop."""

import re
import unicodedata
from typing import Final

_OURS: Final = re.compile(
    r"(?:我们|我們|我哋|咱们|本|我)(?:间|間|家)?(?:的|嘅)?"
    r"(?:(?<!我)店|商铺|商鋪|铺头|鋪頭|舖頭|铺子|店铺|店舖|公司|单位|單位|企业|企業|工厂|工廠|厂里|门店|門店|餐厅|餐廳|食肆|档口|檔口"
    r"|商会|幼儿园|诊所|診所)|(?:我们|我們|我哋|本|咱)(?:间|間|家)?店|我司|敝司|我店"
    r"|\b(?:our|my) (?:shop|store|company|firm|business|restaurant|factory|clinic|office)\b",
    re.IGNORECASE,
)
_KINDS: Final = (
    r"(?:公司|店|铺|鋪|舖|厂|廠|餐厅|餐廳|饭店|酒楼|酒樓|超市|药房|藥房|诊所|診所"
    r"|幼儿园|幼稚園|工作室|商行|档|檔)"
)
_NAMED: Final = re.compile(
    r"(?:我(?:们|們|哋)?(?:是|係|系)|这里是|呢度係|代表)\s*[\"“「]?"
    rf"(?P<name>[一-鿿A-Za-z0-9·&]{{2,24}}?{_KINDS})[\"”」]?"
    r"(?=的|嘅|[,。!?:;、\s]|负责|老板|老闆|员工|店长|店長|$)"
)
_NAMED_EN: Final = re.compile(
    r"\b(?:[Ii] am|[Ii]'m|[Ww]e are|[Ww]e're|[Tt]his is) (?:from|with) "
    r"(?P<name>[A-Z][\w&'. -]{1,40}?)(?=[,.;!?]|$)"
)
_NO_NAME: Final = re.compile(r"^(?:这|那|呢|嗰|一|哪|做|开|開|你|您|个|個)")
LONGEST: Final = 60


def speaks_for_firm(text: str) -> bool:
    """Whether a matter of a firm or shop is told."""
    folded = unicodedata.normalize("NFKC", text)
    return bool(_OURS.search(folded)) or bool(firm_named(text))


def firm_named(text: str) -> str:
    """The name of the firm, where the words give it."""
    folded = unicodedata.normalize("NFKC", text)
    for pattern in (_NAMED, _NAMED_EN):
        match = pattern.search(folded)
        if match and not _NO_NAME.match(match["name"]):
            return match["name"].strip()[:LONGEST]
    return ""
