"""Does a question ask who the reporter is? Where there is another side it is not passed on."""

import re
import unicodedata
from typing import Final

_YOU: Final = r"(?:您|你|你哋|您家|你家|反映人)"
_WHO: Final = re.compile(
    rf"{_YOU}(?:的|嘅)?(?:电话|電話|手机|手機|号码|號碼|微信|姓名|名字|联系方式|聯絡方法|门牌|門牌|房号|房號)"
    r"|(?:电话|電話|手机|手機|微信)(?:号码|號碼|号|號)?(?:是)?(?:多少|几号|幾號|几多|幾多|给我|畀我)"
    r"|留(?:个|個|下|一个|低)?.{0,2}(?:电话|電話|手机|手機|微信|联系方式|聯絡)"
    rf"|{_YOU}(?:系|係|是|叫)(?:哪位|边位|邊位|谁|誰|边个|邊個|什么名|乜名|咩名)"
    r"|贵姓|貴姓|怎么称呼|怎樣稱呼|点称呼|點稱呼"
    rf"|{_YOU}(?:家|屋企)?(?:住|係|在|喺)(?:在|喺)?(?:哪|边|邊|几|幾)"
    rf"|{_YOU}(?:是|系|係)(?:几|幾|哪)(?:楼|樓|号|號|户|戶|层|層|栋|棟|座)"
    r"|\b(?:your|ur) (?:name|phone|number|mobile|flat|address|unit)\b"
    r"|\bwho are you\b|\bwhere do you live\b|\bwhich (?:flat|floor|unit) (?:are you|do you)\b",
    re.IGNORECASE,
)


def asks_who(text: str) -> bool:
    return _WHO.search(unicodedata.normalize("NFKC", text)) is not None
