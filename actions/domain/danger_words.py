"""Words around a danger that need no model: is anybody inside, is it over, something else."""

# ruff: noqa: E501 - lists of words read best unbroken

import re
from enum import Enum, auto
from typing import Final

from actions.domain.folding import fold
from actions.domain.script import SIMPLIFIED


class Inside(Enum):
    """What words answer to "is anybody stuck inside?"."""

    YES = auto()
    NO = auto()
    UNSURE = auto()


_CLAUSE: Final = re.compile(r"[,。!?;.\n~…]+")
_UNSURE: Final = re.compile(
    r"不(?:太|是很|大)?(?:知道|清楚|确定|肯定|晓得)|唔(?:系好|多|太)?(?:知|清楚|肯定|确定)|说不准|讲唔准|没注意|没留意|冇留意"
    r"|(?:没|冇)(?:有)?(?:看|见|听|睇)(?:到|见|清)?|看不(?:到|见|清)|睇唔(?:到|清)|听不(?:到|清)|听唔(?:到|清)"
    r"|(?:应该|可能|大概|估计|好像|好似|或者)(?:是|系|都)?(?:没|冇|无)|有没有人?|有冇人?|(?:吗|咩|么)$"
    r"|\bnot sure\b|\bunsure\b|\bno idea\b|\bi don'?t know\b|\bdo not know\b|\bdunno\b|\bmaybe not\b|\bcan'?t (?:see|hear|tell)\b"
)
_NO: Final = re.compile(
    r"(?:没有?|冇|无|未有?)(?=[啊呀吧哦喔的嘅了呢啦喇哈 ]*$|(?:任何)?人(?!来|嚟|管|理|修|救|应)|被|困|事)"
    r"|^(?:不是|不系|唔系)|^否$|空(?:的|嘅)|冇晒人"
    r"|^ *(?:no|nope|none)\b|\b(?:nobody|no ?one|nobody's|not (?:stuck|trapped|inside)|empty|isn'?t any(?:one|body)|aren'?t any)\b|\bno people\b"
)
_YES: Final = re.compile(
    r"(?<![没冇])有(?=[啊呀的嘅呢哦喔啦喇吖 ]*$|人|[一二两三四五六七八九十几0-9]*(?:个(?!问题)|位|名|老|小|婆|阿|我|佢|他|她|孩|细|bb))"
    r"|^(?:是|对|系|嗯|啱|恩)(?:[的啊呀啦嘅喔 ]*$|我|他|她|佢|老|小|有)|困(?!难|扰|惑)|(?:里|入)(?:面|边|头)(?!的|嘅|灯|味|按|个灯|好臭|很臭)"
    r"|被关|关(?:住|在|喺)|出(?:不|唔)(?:来|去|到|返)|救(?!护车通)|我们?(?:就|都|还|仲)?(?:在|喺)(?!外|家|屋|楼|等|门|大堂|上班|公司|[0-9])|我哋(?:就|都|仲)?喺(?!外|屋|楼|等|门|大堂|[0-9])"
    r"|\b(?:yes|yeah|yep|yup|somebody|someone|there (?:is|are))\b|\binside\b|\b(?<!door is )(?<!doors are )(?<!button is )stuck\b|\btrapped\b|\bi'?m in\b|\bi am in\b|\bhelp\b"
)


def _plain(text: str) -> str:
    return fold(text, SIMPLIFIED).text.lower().strip()


def anybody_inside(text: str) -> Inside | None:
    """What words say to the question whether anybody is stuck; a yes in any clause counts."""
    found = {_of_clause(clause.strip()) for clause in _CLAUSE.split(_plain(text))}
    return next((each for each in (Inside.YES, Inside.UNSURE, Inside.NO) if each in found), None)


def _of_clause(clause: str) -> Inside | None:
    if not clause:
        return None
    if _UNSURE.search(clause):
        return Inside.UNSURE
    if _NO.search(clause):
        return Inside.NO
    return Inside.YES if _YES.search(clause) else None
