"""F: what comes in is odd."""

from tests.chaos.catalogue.fault import Fault

TITLE = "What comes in is odd"

ROWS = (
    Fault("F1", "the same update many times, at once, late"),
    Fault("F2", "updates reordered, with gaps"),
    Fault("F3", "the platform tries again while the first try runs"),
    Fault("F4", "signature wrong, absent, odd, old"),
    Fault("F5", "updates of every kind"),
    Fault("F6", "media unreachable, huge, wrong, empty, dripping"),
    Fault("F7", "left, came back, blocked, migrated"),
)
