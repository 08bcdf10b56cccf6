"""Whether words ask something, by their form alone, in the languages people write here."""

import re
import unicodedata
from typing import Final

_ASKS: Final = re.compile(
    r"[?？]|[吗嗎]|(?:呢|么|麼|未|没|沒|冇|不)[啊呀吖]?$|怎么|怎麼|怎样|怎樣|怎[么麼]?办|如何|咋|[哪谁誰啥]"
    r"|什么|甚麼|多少|多久|多大|多远|[几幾](?:点|點|号|號|天|日|时|時|个|個|次|户|戶|多|钱|錢|耐|岁|歲)"
    r"|能不能|可不可以|可否|是不是|是否|有没有|有沒有|要不要|用不用|该不该|行不行|请问|請問|想问|想問"
    r"|[边邊](?:度|个|個|日|间|間|座|樣|样|位)|[喺去放擺摆](?:邊|边)|可唔可以|有冇|係咪|系咪|[咩乜]"
    r"|点样|(?<![0-9〇一二三四五六七八九十两兩早晚有差幾几慢快])點(?![鐘心半到都止數火名菜])"
    r"|([\u4e00-\u9fff])[不唔]\1"
    r"|^(?:how|what|where|when|who|whom|which|why|can|could|may|do|does|is|are|should|will|would)\b"
    r"|\b(?:how|where|who|whom|what|when|which)(?:'s|\s+(?:do|does|can|could|should|is|are|to|will))\b"
    r"|\b(?:at|from|until|till|by|which) (?:what|which|hour|number)\b"
    r"|[,-] ?(?:and )?(?:is|are|do|does|can|may|who|what|should) ",
    re.IGNORECASE,
)


def asks(text: str) -> bool:
    """A wish or a report may be put as a question too; this says no more than how it is put."""
    return bool(_ASKS.search(unicodedata.normalize("NFKC", text).strip()))
