"""What takes the danger out of a sentence: drills, notices, news, what is over, what might be."""

# ruff: noqa: E501 - lists of words read best unbroken

import re
from typing import Final

#: A cry for help or a word for this very moment: what is going on now outweighs most guards.
NOW: Final = re.compile(
    r"救命|快来|快啲嚟|快d嚟|赶紧来|来人啊|现在|正在|此刻|刚刚|刚才|刚(?!好|需)|而家|依家|宜家|今朝|"
    r"\bhelp me\b|\bplease help\b|\bright now\b|\bnow\b|\bhurry\b|\bjust now\b"
)
_CRY: Final = re.compile(r"救命|快来人|快啲嚟|来人啊|\bhelp me\b|\bplease help\b")

#: The whole message is about something else: practice, announcements, lessons, stories.
_ABOUT: Final = re.compile(
    r"演练|演习|模拟|培训|讲座|宣传|知识|课程|竞赛|海报|横幅|标语|温馨提示|各位(?:居民|业主|住户)|尊敬的|特此通知|通告|谨防"
    r"|新闻|电视剧?|电影|小说|游戏|视频里|报道|梦见|做梦|歌词|剧情|有什么区别|免费(?:的)?吗"
    r"|\bdrills?\b|\btraining\b|\bseminar\b|\bin the news\b|\bon tv\b|\bmovie\b|\bfilm\b|\bawareness\b|\bvideo game\b"
)
#: Asking what one would do, not what to do.
_IF: Final = re.compile(
    r"如果|假如|万一|要是|倘若|遇到|遇火情|一旦|(?:应该|应当)(?:怎么|点)|怎么(?:预防|避免|防)|如何(?:预防|防|逃生)|有没有规定|逃生路线|怎么走|火烛点走|点走|点样预防"
    r"|(?:消防|走火)通道[^。!?\n]{0,14}怎么办"
    r"|\bif (?:there|a|an|the|someone|we|i)\b|\bin case\b|\bwhat should (?:i|we) do\b|\bhow (?:do|can) (?:i|we) prevent\b"
)
_THANKS: Final = re.compile(
    r"感谢|谢谢[^,。!?]{0,8}(?:救|昨|上次|帮|扑|送|及时|之前)|多谢[^,。!?]{0,8}(?:救|尋|琴|寻|上次|帮)|表扬|点赞|锦旗|\bthank(?:s| you) for\b"
)
_PAST: Final = re.compile(
    r"昨(?:天|晚|日|夜)|前(?:天|晚|几天|两天|阵|段时间|几日)|上(?:周|星期|个?礼拜|个?月|次|年|回|半年)|去年|前年|旧年|以前|之前|曾经?|那(?:次|天|晚)|当时|嗰(?:次|日|晚|场)"
    r"|噚(?:日|晚)|寻(?:日|晚)|琴(?:日|晚)|早排|前排|[0-9一二三四五六七八九十两几]+(?:天|日|年|个?月|周|个?星期)(?:之)?前|起过|漏过|困过|摔过|着过"
    r"|\byesterday\b|\blast (?:night|week|month|year|time|summer|winter)\b|\bago\b|\bused to\b|\bpreviously\b|\btwice last\b"
)
_STILL: Final = re.compile(
    r"还在|还有人|仍|到现在|至今|又(?!不)|一直|今天(?!早上?已)|今日|更浓|更大|现在|而家|依家|宜家|正在|不敢|\bstill\b|\bagain\b|\bsince\b|\bnow\b"
)
#: A past danger whose traces are what is complained about.
_AFTERMATH: Final = re.compile(
    r"没人(?:来)?(?:修|整改|处理|管)|没(?:有)?整改|几时维修|维修|赔|整改|换了没有|监控|repaint|compensat|apologi[sz]ed"
)
_OVER: Final = re.compile(
    r"(?:已经?|都|终于)?(?:扑灭|灭(?:了|咗)火?(?!器)|救(?:了|咗)?出|救返出|解除|控制住|脱险|修好|处理好|送(?:了|咗|去|到)?(?:医院|医|院))"
    r"|(?<!没)(?<!未)(?<!没有)(?<!还没)找(?:到|回)(?:了|来)|(?<!未)(?<!冇)搵(?:返|到返|到咗)|没事了|冇事(?:了|啦)|平安|虚惊|误报|误会一场|一场误会"
    r"|\bfalse alarm\b|\bput out\b|\b(?:been|was|were) rescued\b|\bfound (?:him|her|them|safe)\b|\ball clear\b|\b(?:safe|ok|okay|fine) now\b|\bno ?(?:one|body) (?:was|is|got|were)? ?(?:hurt|injured)\b"
)
_HABIT: Final = re.compile(
    r"经常|老是|总是|成日|时不时|三天两头|每次|(?<!一)动不动|隔三差五|\boften\b|\balways\b|\bkeeps?\b|\bevery (?:week|month)\b"
)
#: Before the words, in the same clause: denied.
_DENIED: Final = re.compile(
    r"(?:没有?(?!反应|呼吸|心跳|人(?:来|理|管|救)|意)|冇(?!反应|呼吸|心跳|人(?:来|嚟|理|救))"
    r"|无(?!人|故)|未(?!必)|不是|不系|唔系|并非|幸好没|幸好冇|好彩冇"
    r"|\b(?:no|not|nobody|never|without|isn't|wasn't|don't|do not)\b)[^,。!?\n]{0,6}$"
)
#: Before the words, in the same clause: feared, prevented or nearly so.
_FEARED: Final = re.compile(
    r"(?:容易|好易|易|会(?!的)|怕|担心|惊|恐怕|可能会|随时(?:会|可能|都)|避免|以免|免得|防止|防|预防"
    r"|引起|引发|导致|造成|杜绝|减少|万一|想问|小心|注意|迟早|早晚|总有一天|哪天|不要|别|禁止|勿|隐患"
    r"|差点|差啲|差一点|险些|几乎|差不多"
    r"|\b(?:almost|nearly|could|might|may|would|risk of|afraid|worried|prevent\w*|avoid|before|so)\b)"
    r"[^,。!?\n]{0,6}$"
)
_AFTER: Final = re.compile(
    r"^[^,。!?\n]{0,6}(?:隐患|风险|危险源|的可能|怎么预防|\brisk\b|\bhazard\b)"
)
_AGAIN: Final = re.compile(r"又(?!不)|今天|今日|\btoday\b|\bagain\b")
_LONG_AGO: Final = re.compile(r"\b(?:years?|months?|decades?) ago\b")
_REACH: Final = 16
_LONGEST_CLAUSE: Final = 80
_CLAUSE_END: Final = ",。!?;\n…~"


def is_about_something_else(text: str) -> bool:
    """Whether a whole message only talks about danger."""
    if _CRY.search(text):
        return False
    if _ABOUT.search(text) or _THANKS.search(text):
        return True
    return bool(_IF.search(text)) and not NOW.search(text)


def is_over(text: str) -> bool:
    """Whether what a message tells of lies behind it, with nothing to say it goes on."""
    if _OVER.search(text):
        return not re.search(
            r"又|还在|仍|\bstill\b|\bagain\b|(?:没|未|冇)(?:有)?(?:被)?(?:救|扑灭|控制)", text
        )
    if _STILL.search(text) and not _AFTERMATH.search(text):
        return False
    return bool(_PAST.search(text))


def is_habit(text: str) -> bool:
    return bool(_HABIT.search(text)) and not (NOW.search(text) or _AGAIN.search(text))


def is_denied(clause: str, start: int) -> bool:
    """Whether the words at `start` of a clause are said not to be so."""
    return bool(_DENIED.search(clause[max(0, start - _REACH) : start]))


def is_long_ago(clause: str) -> bool:
    """Whether a clause tells an old story, whatever the rest of the message says of today."""
    return bool(_LONG_AGO.search(clause)) and not _STILL.search(clause)


def is_feared(clause: str, start: int, end: int) -> bool:
    """Whether the words at `start:end` of a clause only might come, nearly came or are a risk."""
    before, after = clause[max(0, start - _REACH) : start], clause[end : end + _REACH]
    return bool(_FEARED.search(before) or _AFTER.search(after))


def clause_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause in which a match lies, as far as it can matter."""
    lowest, highest = max(0, start - _LONGEST_CLAUSE), min(len(text), end + _LONGEST_CLAUSE)
    first = max((text.rfind(mark, lowest, start) + 1 for mark in _CLAUSE_END), default=0)
    ends = [at for mark in _CLAUSE_END if (at := text.find(mark, end, highest)) >= 0]
    return max(first, lowest), min(ends, default=highest)
