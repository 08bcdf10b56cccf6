"""What a tier is called, and who decides in it."""

from typing import Any, Final

from actions.application import values
from actions.domain.category import Tier
from actions.domain.tier import decider

_NAMES: Final = {Tier.SMALL: "tier_small", Tier.URGENT: "tier_urgent", Tier.HARD: "tier_hard"}


def tier_params(tier: str) -> dict[str, Any]:
    """For texts that name `tier` and `decider`; a ticket without a tier says neither."""
    if not tier:
        return {"tier": "", "decider": ""}
    return {"tier": values.text(_NAMES[Tier(tier)]), "decider": values.role(decider(tier))}
