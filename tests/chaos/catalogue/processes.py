"""A: processes die."""

from tests.chaos.catalogue.fault import Fault

TITLE = "Processes die"

ROWS = (
    Fault("A1", "gateway killed at random"),
    Fault("A2", "killed at each named fail point"),
    Fault("A3", "killed while it holds a conversation"),
    Fault("A4", "stopped past its lease and woken again"),
    Fault("A5", "both gateways die in the same instant"),
    Fault("A6", "SIGTERM under load"),
    Fault("A7", "a message that breaks whoever handles it"),
    Fault("A8", "out of memory"),
    Fault("A9", "event loop blocked for ten seconds"),
)
