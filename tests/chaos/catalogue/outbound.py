"""E: what goes out does not arrive."""

from tests.chaos.catalogue.fault import Fault

TITLE = "What goes out does not arrive"

ROWS = (
    Fault("E1", "429 with retry_after"),
    Fault("E2", "5xx, time-out, DNS, TLS, reset"),
    Fault("E3", "accepted, answer lost"),
    Fault("E4", "blocked, chat gone, window closed"),
    Fault("E5", "access token expired, two processes refresh"),
    Fault("E6", "a slow API"),
    Fault("E7", "100k pushes wait after an outage"),
    Fault("E8", "one of two destinations is down"),
    Fault("E9", "a push cannot be worded"),
    Fault("E10", "text over the limit of the channel"),
)
