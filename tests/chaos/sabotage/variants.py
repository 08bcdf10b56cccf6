"""All of them."""

from typing import Final

from tests.chaos.sabotage.base import Variant
from tests.chaos.sabotage.confidence import CONFIDENCE
from tests.chaos.sabotage.durability import DURABILITY

VARIANTS: Final[tuple[Variant, ...]] = (*DURABILITY, *CONFIDENCE)
