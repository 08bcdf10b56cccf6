"""Words people use that need no model: verdicts, home, and a summary in their own words."""

import re
import unicodedata
from typing import Final

from actions.domain.masking import mask

SUMMARY_LENGTH: Final = 80

_UNHAPPY: Final = re.compile(
    r"没(?:有)?(?:解决|修好|弄好|好)|未(?:解决|搞掂)|(?:不|唔)(?:满意|滿意|得|行|掂)|冇(?:搞掂|整好|改善)"
    r"|(?:还|還)(?:没|沒|未)|仲未|[没沒]答到|答唔到|[没沒冇]有?用|(?:不|唔)(?:认可|認可|认同|認同)"
    r"|(?:还|仲|還)(?:是|係|系|在|喺)|又(?:坏|壞|来|嚟)|差评|失望"
    r"|\bnot\b|n't\b|\bstill\b|\bworse\b|\bnever\b|\bunhappy\b|\bdissatisfied\b",
    re.IGNORECASE,
)
#: A happy word beside one of these may mean its opposite, so it is asked about.
_DOUBTED: Final = re.compile(
    r"不(?![错錯])|[没沒](?![问問事])|未|[冇唔](?!该|該)|但|可是|不过|[吗嗎咩?]|\b(?:but|no|only|hardly|un\w+)\b",
    re.IGNORECASE,
)
_PARTLY: Final = re.compile(r"一部分|部分|一半|半成|partly|partial|half", re.IGNORECASE)
_HAPPY: Final = re.compile(
    r"满意|滿意|对接上|對接到|有用|清楚了|清楚喇|认可|認可|认同|認同|解决了|解決咗|搞掂|修好|整好|好了|好咗|谢谢|多谢|唔該|多謝|感谢|点赞"
    r"|\b(?:good|great|thanks?|fixed|solved|happy|satisfied)\b",
    re.IGNORECASE,
)
_NO: Final = re.compile(
    r"(?:没有?|沒有?|冇|无|無)(?=人(?![管理来來嚟])|[,。!~、\s啊呀喔嘅的]|$)|不是|唔[係系]"
    r"|\b(?:no|nope|nobody|none)\b",
    re.IGNORECASE,
)
_YES: Final = re.compile(
    r"有(?![没沒冇])|[是对對](?!不)|[係系啱嗯]"
    r"|\b(?:yes|yeah|yep|somebody|someone|there (?:is|are))\b",
    re.IGNORECASE,
)
_BUT_SOMEBODY: Final = re.compile(r"(?<![没沒冇])有[人个個]")
_HOME: Final = re.compile(
    r"(?:我|我们|我哋|咱)(?:家|屋企|们楼|哋樓|栋|棟|楼|樓)|楼上|樓上|楼下|樓下|隔壁|隔籬|隔篱"
    r"|\b(?:upstairs|downstairs|next door|my (?:building|block|flat|floor|home))\b",
    re.IGNORECASE,
)


_ASKS_LANGUAGE: Final = re.compile(
    r"(?:请|請|唔該|可唔可以|可以|能不能|帮我|幫我|你|我要|想|please|can you|could you|\s)*"
    r"(?:切换|切換|转|轉|换|換|改|说|講|讲|用|speak|use|switch|change)?\s*(?:到|成|做|返|to|in)?\s*"
    r"(?:(?P<yue>粤语|粵語|广东话|廣東話|白话|白話|cantonese)"
    r"|(?P<zh>普通话|普通話|国语|國語|中文|mandarin|chinese)"
    r"|(?P<en>英文|英语|英語|english))"
    r"(?:吗|嗎|吧|啦|可以吗|得唔得|please|[?？!！。.\s])*",
    re.IGNORECASE,
)
_LOCALES: Final = {"yue": "zh-HK", "zh": "zh-CN", "en": "en"}


def language_asked(text: str) -> str | None:
    """The locale a message asks to be answered in, if it asks nothing else."""
    match = _ASKS_LANGUAGE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return _LOCALES[str(match.lastgroup)] if match else None


def verdict_in(text: str) -> str | None:
    """satisfied, partly or dissatisfied, as far as the words say so."""
    folded = unicodedata.normalize("NFKC", text)
    if _PARTLY.search(folded):
        return "partly"
    if _UNHAPPY.search(folded):
        return "dissatisfied"
    if _HAPPY.search(folded) and not _DOUBTED.search(folded):
        return "satisfied"
    return None


def yes_or_no(text: str) -> bool | None:
    """What words say to "is anybody in danger?", as far as they begin with a yes or a no."""
    folded = unicodedata.normalize("NFKC", text).strip()
    denied = _NO.match(folded)
    if denied:
        return None if _BUT_SOMEBODY.search(folded, denied.end()) else False
    return True if _YES.match(folded) else None


_EXPLICIT: Final = re.compile(
    r"(?<![不唔没沒冇未])(?:对|對|没错|沒錯|冇错|冇錯|是的|是啊|是呀|是$|好|可以|交|確認|确认|确定|確定|係|啱|就这样|就咁)"
    r"|\b(?:submit|yes|yeah|yep|correct|right|confirm|go ahead|file it|send it)\b",
    re.IGNORECASE,
)
_TURNED: Final = re.compile(
    r"^(?:不|唔|没有|沒有|冇(?![错錯])|别|別|no\b|don't|do not)", re.IGNORECASE
)
_GIVES_UP: Final = re.compile(
    r"(?:哦|噢|嗯|那|那就|咁|oh|ok|okay|,|\s)*"
    r"(?:算了|算啦|算数|不用了|不用啦|不报了|不弄了|不必了|唔使了|唔使喇|唔使啦|唔使|唔報喇|唔報啦|唔報了"
    r"|never ?mind|forget it|forget about it)"
    r"(?:算了|不报了|不用了|唔報喇|唔報啦|吧|啦|喇|了|谢谢|唔該|多謝|thanks|,|\s)*",
    re.IGNORECASE,
)


_NAMED: Final = re.compile(
    r"(?:不要?|不想|唔使?|唔想|无需|取消)匿名"
    r"|\b(?:not|no need to be|don't need to be|stop being) anonymous|with my name",
    re.IGNORECASE,
)
_UNNAMED: Final = re.compile(
    r"(?:我?(?:想|要|请|請|可以)?(?:要|用)?)匿名(?:提交|反映|举报|舉報|处理|處理)?"
    r"|(?:不要|别|別|请勿|唔好|咪|千万别)(?:让人|让别人)?(?:说|說|讲|講|告诉|告訴|话|話|让|俾|畀)"
    r"[^,。!?]{0,6}?(?:知道?)?(?:系|係|是)?(?:我|谁|誰|邊個)(?:说的|说|讲的|讲|講嘅|講|反映的|反映嘅)?"
    r"|(?:stay|remain|be|submit|report|file)? ?\banonym\w*",
    re.IGNORECASE,
)


def anonymity_asked(text: str) -> bool | None:
    """Without a name (True), with it again (False), or nothing said of it."""
    folded = unicodedata.normalize("NFKC", text)
    if _NAMED.search(folded):
        return False
    return True if _UNNAMED.search(folded) else None


def besides_anonymity(text: str) -> str:
    """What is left of the words once the wish for no name is taken out."""
    left = _UNNAMED.sub("", _NAMED.sub("", unicodedata.normalize("NFKC", text)))
    return "".join(letter for letter in left if letter.isalnum())


def agrees(text: str) -> bool:
    """Whether a yes is plain enough to file by: a hum, an ok or a digit is not."""
    folded = unicodedata.normalize("NFKC", text).strip()
    return bool(_EXPLICIT.search(folded)) and not _TURNED.match(folded)


def gives_up(text: str) -> bool:
    """Never mind, and nothing besides."""
    folded = unicodedata.normalize("NFKC", text).strip().rstrip(".!。~")
    return bool(_GIVES_UP.fullmatch(folded.replace("，", ",").replace("、", ",")))


def speaks_of_home(text: str) -> bool:
    """Whether the place is said relative to where the person lives."""
    return bool(_HOME.search(unicodedata.normalize("NFKC", text)))


def summary_of(text: str) -> str:
    """The matter in the person's own words, masked and short enough for a card."""
    words = mask(" ".join(text.split()))
    return words if len(words) <= SUMMARY_LENGTH else words[: SUMMARY_LENGTH - 1] + "…"
