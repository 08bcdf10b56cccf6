"""Who takes which text or photo the bot has asked for."""

from collections.abc import Mapping
from functools import cache
from itertools import chain

from actions.application.awaited import Taker
from actions.application.handlers import (
    absence,
    agenda,
    appealing,
    call_talk,
    captains,
    changes,
    closing,
    danger,
    declining,
    deliberating,
    disputes,
    doors,
    draft_details,
    emergencies,
    enterprise,
    explaining,
    external,
    fieldwork,
    following,
    handing,
    handing_out,
    holding,
    inviting,
    merging,
    on_behalf,
    paper,
    praise,
    promises,
    proposing,
    questions,
    recategorising,
    recusal,
    relay,
    releasing,
    relocating,
    resolving,
    scheduling,
    splitting,
    suggestions,
    temporary,
    tiers,
)

#: Every module that asks for words; each names what it awaits in `AWAITED`.
ASKING = (
    draft_details, absence, agenda, appealing, call_talk, captains, changes, closing, danger,
    declining, deliberating, disputes, doors, emergencies, enterprise, explaining, external,
    fieldwork, following, handing, handing_out, holding, inviting, merging, on_behalf, paper,
    praise, promises, proposing, questions, recategorising, recusal, relay, releasing, relocating,
    resolving, scheduling, splitting, suggestions, temporary, tiers,
)  # fmt: skip


@cache
def takers() -> Mapping[str, Taker]:
    """By the value of `awaiting["for"]`; each has one taker."""
    found: dict[str, Taker] = {}
    for name, taker in chain.from_iterable(_taken_by(module) for module in ASKING):
        if name in found:
            raise ValueError(f"{name} has two takers")
        found[name] = taker
    return found


def _taken_by(module: object) -> list[tuple[str, Taker]]:
    table: Mapping[str, Taker] = module.AWAITED  # type: ignore[attr-defined]
    return list(table.items())
