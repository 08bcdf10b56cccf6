"""The platform of WeChat's Official Accounts on this machine, with the people who use the app.

    async with WeChatSimulator().running(url) as wechat:   # url: our `/channels/wechat`
        wechat.api_base                       # WECHAT_API_BASE; APP_ID, SECRET, TOKEN, AES_KEY
        anna = wechat.user("oAnna")
        await anna.follows()                  # or anna.follows("scene") by one of our codes
        await anna.writes("楼道灯坏了")         # delivered, sealed and signed; three tries
        anna.seen()                           # replies and pushes, in order; each an `Accepted`
        wechat.accepted, wechat.calls         # everything that arrived; every request
        wechat.calling.knocks                 # every try of a callback, how long, what came back

The modes are `secure`, `compatible` and `plain`. Quotas, windows, consents, tokens, sizes and
errcodes are those of the platform's pages; what is not simulated is refused with 48001.

Faults: `wechat.faults.on("message/custom/send", refusing(45047, "…"))`, or `hang`, `reset`, `cut`,
`bad_gateway`, `server_error` of `tests.simulators.telegram.faults`; methods are named by their
path behind `/cgi-bin/`. `tokens.forget(wechat.state)` makes every token bad.
"""

from tests.simulators.wechat.people import Person
from tests.simulators.wechat.server import refusing
from tests.simulators.wechat.simulator import (
    ACCOUNT,
    AES_KEY,
    APP_ID,
    SECRET,
    TOKEN,
    WeChatSimulator,
)
from tests.simulators.wechat.state import Accepted, Call

__all__ = [
    "ACCOUNT",
    "AES_KEY",
    "APP_ID",
    "SECRET",
    "TOKEN",
    "Accepted",
    "Call",
    "Person",
    "WeChatSimulator",
    "refusing",
]
