"""C: redis fails."""

from tests.chaos.catalogue.fault import Fault

TITLE = "Redis fails"

ROWS = (
    Fault("C1", "Redis killed or emptied"),
    Fault("C2", "Redis hangs"),
    Fault("C3", "Redis slow, cutting, loading, read-only, full, closed"),
    Fault("C4", "a wake-up is lost"),
    Fault("C5", "no Redis at start"),
)
