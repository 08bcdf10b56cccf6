"""Talking points: how a matter between neighbours is opened at a door without naming anybody."""

from typing import Final

#: Kinds that are settled by talking to the other side.
MEDIATED: Final = frozenset(
    {"NOI01", "NOI02", "NOI03", "ORD02", "GRN04", "SAF02", "SAF04", "PMC04"}
)
_OWN_WORDS: Final = MEDIATED - {"PMC04"}
#: Heard rather than seen: what comes back after a promise is a sound.
_HEARD: Final = frozenset({"NOI01", "NOI02", "NOI03"})


def opening_of(category: str) -> str:
    """Key of the first words for a kind."""
    return f"say_{category}" if category in _OWN_WORDS else "say_other"


def again_label(category: str) -> str:
    """What the reporter presses when it came back."""
    return "button_noise_again" if category in _HEARD else "button_again"
