"""Every address of the board, the tickets and the transcripts, on one page."""

from typing import Final

from bot.admin.signed import Served

#: All of these need a session; the paths stand behind `/admin`.
BOARD_ROUTES: Final[tuple[tuple[str, str, Served], ...]] = ()
