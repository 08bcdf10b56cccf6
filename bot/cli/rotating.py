"""`rotate`: change a key in three steps, so that at no moment anything good is refused."""

import argparse
from typing import Final

from actions.bootstrap import ACTIONS_TOKEN, SIGNING, Stage, change_key
from bot.launcher.welcome import say
from bot.settings import Settings

KEYS: Final = {"signing": SIGNING, "actions-token": ACTIONS_TOKEN}
_SAYS: Final = {
    Stage.KNOWN: "1 of 3: the new key counts and is not used yet. Start every process anew, one "
    "after the other; then give this command again.",
    Stage.IN_USE: "2 of 3: the new key is in use and the old one still counts. Start every process "
    "anew; give this command again when what the old one signed need not count any more.",
    Stage.DONE: "3 of 3: the old key counts no more, once every process was started anew.",
}


def rotate(settings: Settings, options: argparse.Namespace) -> int:
    say(_SAYS[change_key(settings.house, KEYS[options.key])])
    return 0
