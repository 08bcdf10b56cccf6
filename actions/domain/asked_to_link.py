"""Words by which somebody asks to go on elsewhere: another app, another phone."""

import re
import unicodedata
from typing import Final

_APP: Final = r"(?:微信|企业微信|企業微信|telegram|tg|电报|電報|wechat|weixin|网页版?|網頁版?)"
_PLEASE: Final = (
    r"(?:请|請|唔該|麻烦|麻煩|我要|我想|我|想|要|帮我|幫我"
    r"|可以|可唔可以|点样|點樣|怎么|怎樣|如何)*"
)
_END: Final = r"(?:吗|嗎|吧|呢|啊|呀|啦|呀|好吗|得唔得|可以吗|了|咗)*"
_LINK: Final = r"(?:连接|連接|连|連|关联|關聯|绑定|綁定|绑|綁|接)"
_PHONE: Final = r"(?:新)?(?:手机|手機|电话机|電話機|部机|部機)"
_ASKS: Final = re.compile(
    rf"{_PLEASE}{_LINK}(?:到|上|返|我的|我嘅)*{_APP}(?:账号|帳號|帐号|号|號)?{_END}"
    rf"|{_PLEASE}(?:在|用|喺|转到|轉到|换到|換到|改用|去){_APP}(?:上|度|里|裡|里面)?"
    rf"(?:继续|繼續|接着(?:聊|说|办)|继续(?:聊|说|办)|倾|傾|用){_END}"
    rf"|{_PLEASE}(?:换|換|转|轉)(?:了|咗)?(?:一?部|个|個)?{_PHONE}{_END}"
    rf"|{_PLEASE}(?:连接码|連接碼|绑定码|綁定碼){_END}"
    r"|(?:please |can i |can you |i want to |i'd like to |how do i )*"
    r"(?:link|connect|bind)(?: (?:to|with|my|this|the|account|chat))*"
    r" (?:telegram|wechat|web ?page|web ?chat|website|another (?:phone|device|app)|other phone"
    r"|new phone)(?: account| chat)?"
    r"|(?:please |can i |i want to |i'd like to )*"
    r"(?:continue|go on) (?:on|in|with) (?:telegram|wechat|the web ?page|my (?:new|other) phone)"
    r"|(?:i )?(?:have |'ve |got )?(?:a )?(?:changed|changing|change|new|switch(?:ed|ing)?)"
    r" (?:my )?(?:phones?)"
    r"|link code",
    re.IGNORECASE,
)  # fmt: skip
#: A space between the two scripts says nothing.
_BESIDE_HAN: Final = re.compile(r"(?<=[\u4e00-\u9fff]) | (?=[\u4e00-\u9fff])")


def asks_to_link(text: str) -> bool:
    """Whether a message asks for that, outright and for nothing else."""
    folded = " ".join(unicodedata.normalize("NFKC", text).split()).strip("。.!?~, ")
    return bool(_ASKS.fullmatch(_BESIDE_HAN.sub("", folded)))
