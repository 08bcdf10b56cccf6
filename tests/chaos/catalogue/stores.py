"""B: the store fails."""

from tests.chaos.catalogue.fault import Fault

TITLE = "The store fails"

ROWS = (
    Fault("B1", "power cut, SQLite"),
    Fault("B2", "fsync fails at the n-th call"),
    Fault("B3", "disk full"),
    Fault("B4", "the write-ahead log grows behind a long reader"),
    Fault("B5", "another process holds the write lock"),
    Fault("B6", "file read-only, missing, cut short or damaged"),
    Fault("B7", "killed in the middle of a migration; an older binary"),
    Fault("B8", "PostgreSQL killed or restarted"),
    Fault("B9", "PostgreSQL hangs"),
    Fault("B10", "COMMIT sent, answer lost"),
    Fault("B11", "serialization failure, deadlock"),
    Fault("B12", "PostgreSQL read-only, out of connections, sessions terminated"),
    Fault("B13", "restored from an older copy, then platforms deliver again"),
    Fault("B14", "the two stores behave alike"),
)
