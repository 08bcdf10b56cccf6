"""Every address of the board, the tickets and the transcripts, on one page."""

from typing import Final

from bot.admin import board, correcting, photos, ticket, transcript
from bot.admin.signed import Served

#: All of these need a session; the paths stand behind `/admin`.
BOARD_ROUTES: Final[tuple[tuple[str, str, Served], ...]] = (
    ("GET", "/", board.show),
    ("GET", "/tickets/{number}", ticket.show),
    ("POST", "/tickets/{number}/do", correcting.do),
    ("POST", "/tickets/{number}/unmask", transcript.unmask),
    ("POST", "/tickets/{number}/redact", transcript.redact),
    ("GET", "/photos/{id}", photos.photo),
    ("GET", "/transcripts", transcript.browse),
    ("GET", "/transcripts/{conversation}", transcript.read),
)
