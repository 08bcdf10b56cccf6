"""Words by which somebody says that they speak for somebody else, and whether those agree."""

import re
import unicodedata
from typing import Final

from actions.domain.origin import Agreed

_WHO: Final = (
    r"(?:老?妈|媽|妈妈|媽媽|阿妈|阿媽|老母|母亲|母親|老?爸|爸爸|阿爸|老窦|老豆|父亲|父親|爸妈|父母|奶奶|爷爷|爺爺|嫲嫲|阿嫲"
    r"|外婆|外公|姥姥|姥爷|婆婆|公公|阿婆|阿公|阿姨|阿叔|阿伯|大爷|大妈|老人家?|長者|长者|老太太?|老爷爷|伯母|伯父|岳母|岳父"
    r"|邻居|鄰居|街坊|隔壁|隔篱|隔籬|楼上|樓上|楼下|樓下|朋友|同事|老公|老婆|先生|太太|儿子|女儿|仔|囡|孩子|小孩|亲戚|親戚|姑妈"
    r"|舅舅|房东|租客|租户|住户|业主|残疾人|(?:何|陈|陳|李|黄|黃|张|張|梁|林|吴|吳|周|刘|劉|王|谭|譚)(?:姨|伯|叔|婆|生|太|大爷|大妈|阿姨))"
)
#: Whose they are and where they live; never whom something is to be told.
_OF: Final = r"[^,。!?;\n跟同和叫让讓向告劝勸报報反说說讲講问問投诉訴]{0,10}?"
_TELL: Final = (
    r"(?:报|報|反映|反應|说|說|讲|講|问|問|投诉|投訴|登记|登記|提|求助|话|話|转达|轉達"
    r"|申请|申請|留言)"
)
_CHINESE: Final = re.compile(
    rf"(?:帮|幫|替|(?<![时時现現古当當])代|代表){_OF}{_WHO}[^,。!?;\n]{{0,4}}?{_TELL}"
    rf"|替(?:我|我们|我哋)?(?:家|屋企|隔壁|隔篱|隔籬)?的?嘅?{_WHO}"
    rf"|{_WHO}(?:叫|让|讓|托|託|请|請)我(?![别別不唔咪莫])(?:来|來|帮|幫|代)?[^,。!?别別不]{{0,4}}?{_TELL}"
    r"|(?:帮|幫|替|代)(?:别人|人家|其他人|佢|他|她|他们|佢哋)[^,。!?跟同和叫让向告劝]{0,3}?" + _TELL
)
_ENGLISH: Final = re.compile(
    r"\bon behalf of\b|\bfor (?:my|an?|the|our) (?:elderly |old |blind |sick )?"
    r"(?:mother|mum|mom|father|dad|parents?|grand\w+|aunt\w*|uncle|neighbou?r|friend|tenant|landlord"
    r"|husband|wife|son|daughter|colleague)\b"
    r"|\b(?:my|our|the) (?:mother|mum|mom|father|dad|grand\w+|neighbou?r|friend|aunt\w*|uncle)"
    r"\b.{0,12}\basked me to\b",
    re.IGNORECASE,
)
_YES: Final = re.compile(
    r"(?<![不没沒冇未唔])(?:同意|知道|知|答应|答應|肯|愿意|願意|允许)|(?:让|讓|叫|托|託|请|請)我|^(?:是|对|對|係|啱|有|嗯|好)"
    r"|\b(?:yes|agrees?|agreed|knows?|asked me)\b",
    re.IGNORECASE,
)
_CANNOT: Final = re.compile(
    r"不方便|唔方便|问不了|問唔到|问不到|说不了|講唔到|听不(?:清|见)|聽唔到|昏迷|失智|痴呆|住院|中风|過身|太小"
    r"|\b(?:can(?:no|')?t|unable|not possible|inconvenient|dementia|in hospital)\b",
    re.IGNORECASE,
)
_NO: Final = re.compile(
    r"(?:没|沒|冇|未|不|唔)(?:有)?(?:问|問|说|說|讲|講|知|同意|告诉|話)|^(?:没有?|沒有?|冇|不是|唔係|未)"
    r"|\b(?:no|not|haven't|hasn't|didn't|doesn't)\b",
    re.IGNORECASE,
)
_NOTHING: Final = re.compile(
    r"(?:(?:她|他|佢|本人|那位|嗰位|我?妈|我?媽|我?爸|老人家?|长者|長者|信上|信里|信裏|信入面|上面|都|也|真的|家里|屋企)*"
    r"(?:没有?|沒有?|冇|不用|唔使|不留|唔留|不知道?|唔知|未|算了|无|無|跳过|跳過|免了)"
    r"(?:留|写|寫|用)?(?:手机|手機|电话|電話|联系方式|聯絡方[式法]|联络方式|门牌|門牌|微信)?(?:号码?|號碼?)?"
    r"|no|none|skip|nothing|no (?:phone|number|contact)(?: number)?"
    r"|(?:she|he|they) (?:has|have) (?:no|none)(?: (?:phone|number|contact))?)"
    r"[了啦喇吧嘅的㗎啊呀。.!\s]*",
    re.IGNORECASE,
)


def speaks_for_another(text: str) -> bool:
    """Whether the words say that somebody else's matter is told."""
    folded = unicodedata.normalize("NFKC", text)
    return bool(_CHINESE.search(folded) or _ENGLISH.search(folded))


def agreed_in(text: str) -> Agreed:
    """What words say to "do they agree?"; unknown when they say neither."""
    folded = unicodedata.normalize("NFKC", text).strip()
    if _CANNOT.search(folded):
        return Agreed.CANNOT
    if _NO.search(folded):
        return Agreed.UNASKED
    return Agreed.YES if _YES.search(folded) else Agreed.UNKNOWN


def leaves_nothing(text: str) -> bool:
    """Whether the words say that there is no contact to leave."""
    return bool(_NOTHING.fullmatch(unicodedata.normalize("NFKC", text).strip()))
