"""`python -m tests.chaos.catalogue [--write]`: the table, or `docs/faults.md` made anew."""

import sys

from bot.launcher.welcome import say
from tests.chaos.catalogue.page import PAGE, page

if "--write" in sys.argv[1:]:
    PAGE.write_text(page(), encoding="utf-8")
else:
    say(page())
