"""H: time is wrong."""

from tests.chaos.catalogue.fault import Fault

TITLE = "Time is wrong"

ROWS = (
    Fault("H1", "the clock jumps"),
    Fault("H2", "gateways disagree about the time"),
    Fault("H3", "date rollover, 29 February, year end, 2038"),
    Fault("H4", "suspended for six hours"),
)
