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
    return _weightiest(found)


def _weightiest(found: set[Inside | None]) -> Inside | None:
    """A yes in one clause outweighs doubt in another, and doubt a no."""
    return next((each for each in (Inside.YES, Inside.UNSURE, Inside.NO) if each in found), None)


def _of_clause(clause: str) -> Inside | None:
    if not clause:
        return None
    if _UNSURE.search(clause):
        return Inside.UNSURE
    if _NO.search(clause):
        return Inside.NO
    return Inside.YES if _YES.search(clause) else None


_TURN: Final = re.compile(rf"{_CLAUSE.pattern}|但是?|不过|\bbut\b")
_PERSON: Final = "人(?!说|话|讲|管|负责|投诉)|老|小孩|小朋|孩|细路|婴|阿|婆|病|邻|街坊|佢|他|她|我"
_MAYBE: Final = re.compile(
    rf"{_UNSURE.pattern}|会(?:不|唔)会|哪|边度|\bwhere\b|危(?:不|唔)危|有(?:没|冇)有?"
)
_SAFE: Final = re.compile(
    r"(?:不|唔|冇|没|无|未)(?:有|会|算|是|系|太|怎么|乜|咩|什么|任何|生命|人|好|很|到|觉得){0,4}(?:危险|受伤|伤)"
    r"|(?:没有?|冇|无|未有?)(?:任何|咩|乜|什么)?(?:人(?!来|嚟|管|理|修|救|应|知|看|睇)|老|小孩|小朋|孩|细路|事)|(?<![不唔])安全(?!隐患|门|帽|带|出口)"
    r"|^(?:暂时|目前|现在|而家|应该|还|都|仲)*(?:没有?|冇|无|未有?|(?:不|唔)会|不是|唔系|不|否)(?=[啊呀吧哦喔的嘅了呢啦喇 ]*$)"
    r"|^ *(?:no|nope|nah|none|n)\b|\bno(?:body| ?one)\b|\bnot (?:really|yet|now|at the moment|at all)\b"
    r"|(?:\bnot|n't) (?:\w+ ){0,3}(?:danger|dangerous|hurt|injured)\b|(?<!not )\bsafe\b"
    r"|^(?! *ok(?:ay)?$) *(?:(?:it|all|every(?:one|body)|we|i|is|are|am|'s|'re|'m)(?: |(?=')))*(?:(?:is|are|am|'s|'re|'m) )?(?:fine|ok|okay|good|alright)\b"
)
_UNSAFE: Final = re.compile(
    rf"危险|受伤|(?:不|唔)安全|(?<![没冇无])有(?=[啊呀的嘅呢哦喔啦喇吖 ]*$|(?:[一二两三四五六七八九十几0-9]*[个位名])?(?:{_PERSON}))"
    r"|^(?:是|对|系|嗯|啱|恩)(?:[的啊呀啦嘅喔嗯 ]*$|我|他|她|佢|老|小|有)|救(?:命|我|人)|快(?:来|点来|啲嚟|嚟)|不行了|唔得喇"
    r"|^我(?:自己|们|哋|阿?(?:妈|爸|爷|奶|公|婆|嫲|仔|女|姐|哥|弟|妹)|老(?:公|婆|豆|母|爸|妈)|儿子|女儿|孩子)?[啊呀啦]*$"
    r"|^ *(?:yes|yeah|yep|yup|y|me|i am|help)\b|\bin (?:\w+ )?danger\b|\bdangerous\b|\b(?:hurt|injured|bleeding|unconscious|unsafe)\b|\bnot safe\b"
    r"|\bhelp (?:me|us|him|her|them|now|quick)|^ *my (?:mum|mom|mother|dad|father|wife|husband|son|daughter|child|baby|grand\w+|neighbou?r)\b"
    r"|\b(?:somebody|someone) (?:is|was|has|fell)\b|\bthere(?:'s| is| are) (?:\w+ ){0,3}(?:child|children|kids?|m[ae]n|wom[ae]n|lady|person|people|baby|boy|girl)\b"
)


def anybody_in_danger(text: str) -> Inside | None:
    """What words say to the question whether anybody is in danger; a yes in any clause counts."""
    clauses = [clause.strip() for clause in _TURN.split(_plain(text))]
    found = {_of_safety(clause) for clause in clauses if clause}
    return _weightiest(found)


def _of_safety(clause: str) -> Inside | None:
    for pattern, meaning in ((_MAYBE, Inside.UNSURE), (_SAFE, Inside.NO), (_UNSAFE, Inside.YES)):
        if pattern.search(clause):
            return meaning
    return None


_LONGEST: Final = 40
_TAKEN_BACK: Final = re.compile(
    r"误会|开(?:个|下)?玩笑|闹着玩|讲笑|说笑|玩下啫?|虚惊|误报|搞错了?|弄错了?|看错了?|睇错|按错|撳错|发错"
    r"|\bfalse alarm\b|\b(?:only |just )?(?:joking|kidding)\b|\ba joke\b|\bmistake\b|\bmisunderst"
)
_OVER: Final = re.compile(
    r"(?:火|烟)(?:已经?|都|终于|被|自己)*(?:扑)?(?:灭|熄|散)(?:了|咗|掉|晒)|扑灭(?:了|咗)?|灭(?:了|咗)火(?:了)?$|(?:找|搵)(?:到|返|回)(?:人|佢|他|她)?(?:了|咗|啦|喇)|搵返(?:佢)?|(?:人|他|她|佢)?(?:自己)?(?:回来|返嚟|返来|回家)(?:了|咗|啦|喇)"
    r"|(?:送|去)(?:了|咗|到|去)*(?:医院|医|院)(?:了|咗|啦|喇)?|(?:救|放)(?:了|咗)?出(?:来|嚟)?(?:了|咗)?|(?:人|他|她|佢)(?:已经?|都)*出(?:来|嚟)(?:了|咗|啦|喇)"
    r"|(?:没|冇)(?:有)?事(?:了|啦|喇|咗)|(?:没|冇)(?:有)?危险(?:了|啦|喇)|(?:已经?|都)?(?:解决|解除|平安|脱险|过去|结束)(?:了|咗|啦|喇)|警察(?:已经)?(?:带走|处理)"
    r"|^(?:现在|而家|已经?|都|其实|应该|暂时)*(?:没有?|冇|无)(?:任何|什么|咩|乜)?危险[了啊呀吧的嘅啦喇 ]*$|^(?:(?:there(?:'s| is)|it'?s) )?no (?:more )?danger(?: (?:any ?more|now))?$"
    r"|\b(?:it'?s|it is|fire'?s?|fire is) (?:now )?(?:out|over)\b|\bput out\b|\b(?:found|rescued)\b|\ball clear\b|\b(?:all )?(?:ok|okay|fine|over) now\b|\bis over\b|\b(?:in|to|at) (?:the )?hospital\b|\bgot out\b|\b(?:he|she|they)(?:'s|'re| is| are) (?:out|back|home)\b"
)
_NOT_OVER: Final = re.compile(
    r"(?:没|未|冇|不|唔)(?:有|是|系|曾)?(?:被|能|人|在|喺)?(?:找|搵|扑|灭|熄|救|出|送|去|开玩笑|误会|讲笑|说笑|解|脱|安全|回|返|误报|搞错)|不了|唔到|越|(?:火|烟|水|血|伤)(?:很|好|太|势)|(?:很|好)(?:大|浓|多|严重)|快来|快啲|流血|受伤|晕|还|仍|仲|又|再|以为|好唔好|吗|咩|[?]|怎么|点解|需要|要不要|快送|快去|快救"
    r"|\bnot\b|n't\b|\bstill\b|\bbut\b|\bagain\b|\bno(?:body|t)\b"
)


def takes_back(text: str) -> bool:
    """Whether a cry for help is said to have been nothing."""
    plain = _plain(text)
    return _is_settled(plain) and bool(_TAKEN_BACK.search(plain))


def says_over(text: str) -> bool:
    """Whether a danger told before is said to be over, or to have been nothing."""
    plain = _plain(text)
    return _is_settled(plain) and bool(_TAKEN_BACK.search(plain) or _OVER.search(plain))


def _is_settled(plain: str) -> bool:
    return 0 < len(plain) <= _LONGEST and not _NOT_OVER.search(plain)


def kinds_ended(text: str) -> tuple[str, ...]:
    """The kinds of danger of which words say that they are over, where they name any."""
    plain = _plain(text)
    return tuple(kind for kind, words in _NAMED.items() if words.search(plain))


_NAMED: Final = {
    "fire": re.compile(r"火|烟|\bfire\b|\bit'?s out\b"),
    "missing_person": re.compile(r"找|搵|回来|返嚟|回家|\bfound\b|\bhome\b"),
    "injury": re.compile(r"医|\bhospital\b"),
    "trapped_in_lift": re.compile(r"出来|出嚟|\bout of\b|\bgot out\b"),
}

_ELSE: Final = re.compile(
    r"人工|真人|转人|找个?人(?:聊|说|工|跟)|搵(?:个|位)?(?:人|真人|同事)(?:讲|倾|工)|回(?:个)?电话?给我|打(?:个)?电话给我|打返(?:个)?(?:电话)?(?:畀|俾|给)我|客服"
    r"|我(?:的|嘅)(?:事项|事|工单|上报|报修|投诉|编号)$|进度|进展|跟成点|(?:处理|办|搞|跟进)(?:得|到|成)?(?:怎么样|怎样|点样|点)|怎么样了$|到哪(?:一)?步"
    r"|撤回|撤销|取消|怎么用|点用|使用说明|你(?:会|能|识)做(?:什么|乜|咩)"
    r"|\b(?:talk|speak) to (?:a |an |some)|\b(?:human|operator|real person)\b|\bcall me back\b|\bmy (?:matters|reports|tickets|cases)\b|\b(?:status|progress|any news|any update)\b|\b(?:cancel|withdraw)\b"
)


def asks_else(text: str) -> bool:
    """Whether words plainly ask for a person, for how it stands, or to take it back."""
    plain = _plain(text)
    return len(plain) <= _LONGEST and bool(_ELSE.search(plain))
