"""Whether words are about money: who is charged for the lift and who is stuck in it differ."""

import re
from typing import Final

from actions.domain.folding import fold
from actions.domain.script import SIMPLIFIED

_MONEY: Final = re.compile(
    r"费(?!劲|力|事|神)|(?<!纸)钱|收(?:款|租)|贵|涨价|提价|加价|账|帐(?!篷)|掏|赔|分摊|翻倍|工资|人工|蚊一|多少元|块一|退款"
    r"|\b(?:FEES?|CHARGES?|CHARGED|PAY(?:S|ING|MENT)?|PRICES?|COSTS?|MONEY|BILLS?|EXPENSIVE|REFUND)\b"
)


def speaks_of_money(words: str) -> bool:
    return bool(_MONEY.search(fold(words, SIMPLIFIED).text))
