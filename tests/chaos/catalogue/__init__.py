"""Every fault we know of, and what shows that nothing is lost, doubled or kept waiting by it.

Each family is a file of its own, named as the sections of the page it makes, `docs/faults.md`.
"""

from tests.chaos.catalogue import (
    clock,
    hostile,
    inbound,
    network,
    outbound,
    processes,
    rasa,
    redis,
    stores,
)

FAMILIES = (processes, stores, redis, rasa, outbound, inbound, network, clock, hostile)
CATALOGUE = tuple(fault for family in FAMILIES for fault in family.ROWS)
