"""J: somebody wants to break it."""

from tests.chaos.catalogue.fault import Fault

TITLE = "Somebody wants to break it"

ROWS = (
    Fault("J1", "bodies: empty, huge, endless, lying, compressed"),
    Fault("J2", "JSON"),
    Fault("J3", "XML"),
    Fault("J4", "bytes that are no UTF-8"),
    Fault("J5", "naughty texts in every sink"),
    Fault("J6", "ticket numbers as text"),
    Fault("J7", "patterns that take for ever"),
    Fault("J8", "file names"),
    Fault("J9", "frames of web sockets"),
    Fault("J10", "request smuggling, header floods, odd methods"),
)
