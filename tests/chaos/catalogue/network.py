"""G: the network and its clients fail."""

from tests.chaos.catalogue.fault import Fault

TITLE = "The network and its clients fail"

ROWS = (
    Fault("G1", "stream cut at a random byte"),
    Fault("G2", "two tabs, one asleep, nothing left of its stream"),
    Fault("G3", "sent, answer lost, sent again"),
    Fault("G4", "a reader that never reads"),
    Fault("G5", "a connection whose other end is gone"),
    Fault("G6", "partition from store, Redis and Rasa, each and in pairs"),
)
