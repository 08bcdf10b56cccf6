"""Whether words speak of something that was there before: 还没修好, 仲係冇水, "still leaking"."""

import re
from typing import Final

from actions.domain.folding import fold
from actions.domain.script import SIMPLIFIED

_GOES_ON: Final = re.compile(
    r"还没|还未|还是|还在|还不|还有人|仍|依然|照样|老样子|到现在|至今|一直没|始终没|迟迟"
    r"|仲(?:未|系|喺|冇|有|在|是)|未整|未搞|未修|都未|完全冇改|说了也|讲极都|又(?:开始|坏|来|响|嚟|黑|漏|堵|翘|掉|打到|没)"
    r"|又有两|再次|第[二三四五]次|越来越|更(?:大|严重|厉害|冲)了?|消停|这两天|补充|进展|进度|跟进得"
    r"|(?:昨天|上次|之前|前天|上周|上星期)(?:说|反映|报|讲|提|来人)|说过|反映过|报过|讲过|就是我"
    r"|\b(?:STILL|AGAIN|YET|ANY NEWS|UPDATE|AS I (?:SAID|REPORTED)|REPORTED (?:THIS )?BEFORE"
    r"|WORSE|KEEPS?|FOLLOW(?:ING)?[ -]UP|ONCE MORE|NO ONE HAS COME|NOBODY CAME)\b"
)


def speaks_of_what_goes_on(words: str) -> bool:
    return bool(_GOES_ON.search(fold(words, SIMPLIFIED).text))
